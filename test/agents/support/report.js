const columns = {
  agent: (row) => row.agent,
  case: (row) => [row.suite, row.case].filter(Boolean).join(': '),
  'ready ms': (row) => milliseconds(row.readyMs),
  processes: (row) => String(row.ran ?? ''),
  'stop ms': (row) =>
    row.survivors?.length && row.stopMs === undefined ? 'lives on' : milliseconds(row.stopMs),
  survivors: (row) => String(row.survivors?.length ?? ''),
  found: (row) => row.note ?? '',
}

/** The results as a table, and below it whatever needs more words. */
export function report(rows) {
  const titles = Object.keys(columns)
  const cells = rows.map((row) => Object.values(columns).map((cell) => cell(row)))
  const widths = titles.map((title, index) =>
    Math.max(title.length, ...cells.map((line) => line[index].length)),
  )
  const table = [titles, ...cells].map((line) =>
    line.map((cell, index) => cell.padEnd(widths[index])).join('  '),
  )
  return `${[...table, ...rows.flatMap(remarks)].join('\n')}\n`
}

function remarks({agent, suite, case: name, survivors = [], problem}) {
  const heading = `${agent}, ${suite}, ${name}`
  return [
    ...survivors.map(({pid, command}) => `${heading}: survives: ${pid} ${command}`),
    ...(problem ? [`${heading}: ${problem}`] : []),
  ]
}

function milliseconds(value) {
  return value === undefined ? '' : value.toFixed(0)
}

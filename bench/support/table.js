/** Prints a table. Each column is as wide as its widest value; numbers are aligned to the right. */
export function printTable(heads, rows) {
  const texts = [heads, ...rows].map((row) => row.map(shown))
  const widths = heads.map((_, column) => Math.max(...texts.map((row) => row[column].length)))
  const isNumeric = heads.map((_, column) => rows.every((row) => typeof row[column] === 'number'))
  for (const row of texts) {
    const cells = row.map((text, column) =>
      isNumeric[column] ? text.padStart(widths[column]) : text.padEnd(widths[column]),
    )
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`)
  }
}

function shown(value) {
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(1) : String(value)
}

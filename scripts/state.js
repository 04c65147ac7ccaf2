// Runs the detectors on captures of real agents, one JSON object per line: npm run state -- FILE.jsonl ...
// Exits with 1 if a wrong reading could do harm: keys typed into work or into an open question.
import {readFileSync} from 'node:fs'
import {basename} from 'node:path'
import {detectorFor} from '../dist/agents/detector-for.js'
import {knownAgent} from '../dist/agents/known/index.js'

const files = process.argv.slice(2)
if (files.length === 0) {
  process.stderr.write('no file is given. Usage: npm run state -- FILE.jsonl ...\n')
  process.exit(2)
}

const readings = (await Promise.all(files.map(readFile))).flat()
for (const [name, group] of Map.groupBy(readings, ({agent}) => agent)) printMatrix(name, group)
for (const miss of readings.filter(isMiss)) printMiss(miss)
const harmful = readings.filter(isHarmful)
const right = readings.filter((reading) => !isMiss(reading)).length
print(`\n${right} of ${readings.length} right, ${readings.length - right} wrong (${harmful.length} harmful)`)
if (harmful.length > 0) process.exitCode = 1

async function readFile(file) {
  const lines = readFileSync(file, 'utf8').split('\n')
  const captures = lines.flatMap((line, index) =>
    line === '' ? [] : [{number: index + 1, ...JSON.parse(line)}],
  )
  return Promise.all(captures.map((capture) => read(file, capture)))
}

async function read(file, capture) {
  const {cli, version, label, state, number} = capture
  const detector = await detectorFor(cli)
  const observation = observe(capture, await knownAgent(cli))
  const reading = detector.read(observation)
  return {
    place: `${basename(file)}:${number}`,
    agent: `${cli} ${version}`,
    label,
    expected: state,
    reading,
    duration: durationOf(() => detector.read(observation)),
  }
}

/** Duration of the work in milliseconds. The code has run once before, as in a program that reads more than once. */
function durationOf(work) {
  const started = performance.now()
  work()
  return performance.now() - started
}

function observe({pane, size, screen, ansi, version, session_file: files}, known) {
  const [columns = 0, height = 0] = size.split('x').map(Number)
  const [column = 0, row = 0] = pane.cursor.split(',').map(Number)
  const own = files?.map((file) => known?.ownState?.read(file, file)).find((state) => state !== undefined)
  return {
    version,
    alive: flag(pane, 'dead') !== '1',
    terminal: {
      at: 0,
      columns,
      rows: rowsOf(screen, height),
      styledRows: rowsOf(ansi, height),
      cursor: {column, row, visible: flag(pane, 'cursor_flag') !== '0'},
      title: pane.title,
      command: pane.cmd,
      alternateScreen: pane.alt === '1',
      inMode: pane.in_mode === '1',
    },
    ...(own && {own}),
  }
}

/** A value that tmux reported. Some captures have it in a field, others in one line of `name=value`. */
function flag(pane, name) {
  const short = name === 'cursor_flag' ? 'flag' : name
  return pane[name] ?? new RegExp(`[|,]${short}=(\\d)`).exec(pane.meta ?? '')?.[1]
}

/** All rows of the terminal, even if the capture left out blank ones at the end. */
function rowsOf(text, height) {
  const rows = text.split('\n')
  return Array.from({length: Math.max(height, rows.length - 1)}, (_, index) => rows[index] ?? '')
}

function isMiss({expected, reading}) {
  return reading.state !== expected
}

function isHarmful(miss) {
  const {expected, reading} = miss
  if (expected === 'busy') return ['idle', 'draft', 'dead', 'shell'].includes(reading.state)
  return ['permission', 'question', 'dialog'].includes(expected) && isMiss(miss)
}

function printMatrix(name, group) {
  const expected = [...new Set(group.map((reading) => reading.expected))].sort()
  const got = [...new Set(group.map(({reading}) => reading.state))].sort()
  const durations = group.map(({duration}) => duration).sort((left, right) => left - right)
  const median = durations[Math.floor(durations.length / 2)].toFixed(2)
  print(`\n${name}: ${group.length} captures, ${group.filter(isMiss).length} wrong, median ${median} ms`)
  print(['expected \\ got', ...got].map(cell).join(''))
  for (const state of expected) {
    const counts = got.map((other) => count(group, state, other) || '.')
    print([state, ...counts].map(cell).join(''))
  }
}

function count(group, expected, got) {
  return group.filter((reading) => reading.expected === expected && reading.reading.state === got).length
}

function cell(value, index) {
  return index === 0 ? String(value).padEnd(16) : String(value).padStart(12)
}

function printMiss(miss) {
  const {place, label, expected, reading} = miss
  print(`\n${place} ${label}: ${expected}, got ${reading.state}${isHarmful(miss) ? ' (harmful)' : ''}`)
  if (reading.text) print(`  ${reading.text.replaceAll('\n', '\n  ')}`)
  for (const {source, state, value} of reading.evidence) print(`  ${source}: ${state}: ${value}`)
}

function print(line) {
  process.stdout.write(`${line}\n`)
}

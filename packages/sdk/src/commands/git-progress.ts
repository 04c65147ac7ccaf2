import {shorten} from '../names.js'

/** The part of a terminal stream that progress needs. */
export interface ProgressStream {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
}

export interface GitProgress {
  /** Consumes a chunk of git's stderr. */
  read(piece: string): void
  /** Leaves the stream at the beginning of an empty line. Idempotent. */
  end(): void
}

/** Shows nothing. */
export const silentGitProgress: GitProgress = {read() {}, end() {}}

/** Shows the stages of a clone, a checkout or a push: in one redrawn line on a terminal, elsewhere in one line per stage. */
export function showGitProgress(stream: ProgressStream): GitProgress {
  return stream.isTTY ? redrawnLine(stream) : lineEachStage(stream)
}

function redrawnLine(stream: ProgressStream): GitProgress {
  let drawn = false
  const read = lineReader((line) => {
    if (!parseStage(line)) return
    stream.write(`\r\u001b[K${shorten(line, (stream.columns || 80) - 2)}`)
    drawn = true
  })
  const end = () => {
    if (drawn) stream.write('\r\u001b[K')
    drawn = false
  }
  return {read, end}
}

function lineEachStage(stream: ProgressStream): GitProgress {
  const shown = new Set<string>()
  const read = lineReader((line) => {
    const stage = parseStage(line)
    if (stage === undefined || shown.has(stage)) return
    shown.add(stage)
    stream.write(`${shorten(stage)}\n`)
  })
  return {read, end() {}}
}

/** Git ends a line that it redraws with a carriage return, and the last line of a stage with a line feed. */
function lineReader(onLine: (line: string) => void): (piece: string) => void {
  let rest = ''
  return (piece) => {
    const lines = (rest + piece).split(/[\r\n]/)
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line.trim())
  }
}

/** The stage of a line like `remote: Counting objects:  50% (1/2)`; undefined for any other line. */
function parseStage(line: string): string | undefined {
  return /^(?:remote: )?([^:]+):\s+\d+(?:%|, done)/.exec(line)?.[1]
}

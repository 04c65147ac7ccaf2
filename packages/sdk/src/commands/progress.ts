import type {WriteStream} from 'node:tty'

/** A line at the bottom of a terminal that shows the work in progress. */
export interface Progress {
  begin(name: string): void
  end(name: string): void
  /** Prints above the progress line. */
  print(text: string): void
  /** Removes the progress line. */
  close(): void
}

const CLEAR_LINE = '\r\x1b[2K'

/**
 * Shows progress such as `3 of 50: alpha, beta`. If the stream is not a terminal, only `print` has an effect.
 *
 * @param total total number of items
 * @param say prints text
 */
export function openProgress(
  total: number,
  say: (text: string) => void,
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'> = process.stderr,
): Progress {
  if (!stream.isTTY) return {begin() {}, end() {}, print: say, close() {}}
  const underWay = new Set<string>()
  let done = 0
  const draw = () => {
    const line = `${done} of ${total}: ${[...underWay].join(', ')}`
    // A line that wraps could not be cleared.
    stream.write(`${CLEAR_LINE}${line.slice(0, (stream.columns || 80) - 1)}`)
  }
  return {
    begin(name) {
      underWay.add(name)
      draw()
    },
    end(name) {
      underWay.delete(name)
      done++
    },
    print(text) {
      stream.write(CLEAR_LINE)
      say(text)
      draw()
    },
    close() {
      stream.write(CLEAR_LINE)
    },
  }
}

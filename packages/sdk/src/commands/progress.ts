import type {WriteStream} from 'node:tty'

/** One line at the bottom of a terminal that says what is under way. */
export interface Progress {
  begin(name: string): void
  end(name: string): void
  /** Prints above that line. */
  print(text: string): void
  /** Takes the line away. */
  close(): void
}

const CLEAR_LINE = '\r\x1b[2K'

/**
 * Shows how much of a work is done, such as `3 of 50: alpha, beta`. Where the stream is no terminal, nothing but what is
 * printed.
 *
 * @param total how many there are
 * @param say where to print
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
    // A line that wraps could not be taken away again.
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

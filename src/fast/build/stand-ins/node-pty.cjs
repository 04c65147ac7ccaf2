// For `@lydell/node-pty`, whose native code Bun does not load: what the holder of a session uses of it, by Bun's own
// terminal.
const {readFileSync} = require('node:fs')
const {constants} = require('node:os')

exports.spawn = (file, args, options) => new Pty([file, ...args], options)

/** Milliseconds for which the output of others, who outlived the program, is still read. */
const REST_MS = 200

class Pty {
  #child
  #decoder = new TextDecoder()
  #onData = () => {}
  #onExit = () => {}

  constructor(command, {cols, rows, cwd, env}) {
    const closed = Promise.withResolvers()
    const data = (_, bytes) => this.#onData(this.#decoder.decode(bytes, {stream: true}))
    this.#child = Bun.spawn(command, {cwd, env, terminal: {cols, rows, data, exit: closed.resolve}})
    this.#end(closed.promise)
  }

  get pid() {
    return this.#child.pid
  }

  /** The first word of the process in the foreground; empty when there is none. */
  get process() {
    return process.platform === 'linux' ? this.#processOfLinux() : this.#processOfPs()
  }

  onData(listener) {
    this.#onData = listener
  }

  onExit(listener) {
    this.#onExit = listener
  }

  write(text) {
    this.#child.terminal.write(text)
  }

  resize(columns, rows) {
    if (!this.#child.terminal.closed) this.#child.terminal.resize(columns, rows)
  }

  // Bun reads no faster than the event loop turns, and so no faster than the screen is drawn.
  pause() {}

  resume() {}

  kill(signal) {
    this.#child.kill(signal)
  }

  async #end(closed) {
    await this.#child.exited
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, REST_MS))])
    this.#child.terminal.close()
    const {exitCode, signalCode} = this.#child
    this.#onExit({exitCode: exitCode ?? 0, signal: constants.signals[signalCode]})
  }

  #processOfLinux() {
    try {
      const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8')
      const foreground = fields.slice(fields.lastIndexOf(')') + 2).split(' ')[5]
      return readFileSync(`/proc/${foreground}/cmdline`, 'utf8').split('\0', 1)[0]
    } catch (error) {
      // It has ended.
      if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
      throw error
    }
  }

  #processOfPs() {
    const foreground = ps('tpgid=', String(this.pid))
    return foreground === '' ? '' : ps('comm=', foreground)
  }
}

function ps(column, pid) {
  const {stdout} = Bun.spawnSync(['ps', '-o', column, '-p', pid], {stdio: ['ignore', 'pipe', 'ignore']})
  return stdout.toString().trim()
}

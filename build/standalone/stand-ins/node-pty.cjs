// For `@lydell/node-pty`, whose native code Bun does not load: what the shim of a session uses of it, by Bun's own
// terminal.
const {closeSync, constants: modes, openSync, readFileSync} = require('node:fs')
const {constants} = require('node:os')
const {isMac, openLibrary} = require('./libc.cjs')

/** Of <termios.h>: holds back what programs write to a terminal, and lets it go on. */
const [HOLD, GO_ON] = isMac ? [1, 2] : [0, 1]
const {tcflow} = openLibrary({tcflow: {args: ['int', 'int'], returns: 'int'}})

exports.spawn = (file, args, options) => new Pty([file, ...args], options)

/** Milliseconds for which the output of others, who outlived the program, is still read. */
const REST_MS = 200

class Pty {
  #child
  #decoder = new TextDecoder()
  #onData = () => {}
  #onExit = () => {}
  /** The terminal as its programs have it, open while they are held back. */
  #held

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

  // Bun cannot be told to read no more: the terminal itself is told to take no more.
  pause() {
    if (this.#held !== undefined) return
    const path = this.#path()
    if (path === undefined) return
    this.#held = openSync(path, modes.O_RDWR | modes.O_NOCTTY)
    tcflow(this.#held, HOLD)
  }

  resume() {
    if (this.#held === undefined) return
    tcflow(this.#held, GO_ON)
    closeSync(this.#held)
    this.#held = undefined
  }

  kill(signal) {
    this.#child.kill(signal)
  }

  async #end(closed) {
    await this.#child.exited
    this.resume()
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, REST_MS))])
    this.#child.terminal.close()
    const {exitCode, signalCode} = this.#child
    this.#onExit({exitCode: exitCode ?? 0, signal: constants.signals[signalCode]})
  }

  #processOfLinux() {
    const [, , , , , foreground] = this.#stat()
    return foreground === undefined ? '' : (read(`/proc/${foreground}/cmdline`) ?? '').split('\0', 1)[0]
  }

  #processOfPs() {
    const foreground = ps('tpgid=', String(this.pid))
    return foreground === '' ? '' : ps('comm=', foreground)
  }

  /** Of the terminal; undefined when its program has ended. */
  #path() {
    if (process.platform !== 'linux')
      return ps('tty=', String(this.pid)).replace(/^(?=.)/, '/dev/') || undefined
    const device = Number(this.#stat()[4])
    // The lowest and the highest bits are of the minor number, and the first terminals have major number 136.
    const [major, minor] = [(device >> 8) & 0xfff, (device & 0xff) | ((device >> 12) & 0xfff00)]
    return device > 0 ? `/dev/pts/${(major - 136) * 256 + minor}` : undefined
  }

  /** The fields after the name; none when the process has ended. */
  #stat() {
    const text = read(`/proc/${this.pid}/stat`)
    return text === undefined ? [] : text.slice(text.lastIndexOf(')') + 2).split(' ')
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    // The process has ended.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  }
}

function ps(column, pid) {
  const {stdout} = Bun.spawnSync(['ps', '-o', column, '-p', pid], {stdio: ['ignore', 'pipe', 'ignore']})
  return stdout.toString().trim()
}

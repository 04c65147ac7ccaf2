// For `node:child_process`, which under Bun loads all of Node's streams: a program whose output alone is read is run
// without them.
exports.spawn = (file, args, options) => {
  const [stdin, ...output] = Array.isArray(options.stdio) ? options.stdio : []
  const isPlain = stdin === 'ignore' && output.join() === 'pipe,pipe'
  return isPlain ? new Program(file, args, options) : require('node:child_process').spawn(file, args, options)
}

/** What the caller uses of a `ChildProcess`. */
class Program {
  stdin = null
  stdout = new Output()
  stderr = new Output()
  #listeners = {error: [], close: []}

  constructor(file, args, options) {
    try {
      this.#read(Bun.spawn([file, ...args], options))
    } catch (error) {
      process.nextTick(() => this.#emit('error', error))
    }
  }

  on(event, listener) {
    this.#listeners[event].push(listener)
    return this
  }

  async #read(child) {
    const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
    this.stdout.take(stdout)
    this.stderr.take(stderr)
    this.#emit('close', child.exitCode, child.signalCode)
  }

  #emit(event, ...values) {
    for (const listener of this.#listeners[event]) listener(...values)
  }
}

class Output {
  #listeners = []

  setEncoding() {
    return this
  }

  on(_, listener) {
    this.#listeners.push(listener)
    return this
  }

  take(text) {
    if (text !== '') for (const listener of this.#listeners) listener(text)
  }
}

import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {top} from './list.js'

/** tsc's codes for syntax errors. A mutant may have type errors. */
const SYNTAX_ERROR = /error TS1\d{3}:/

/** A copy of the checkout, built, in which one file at a time is changed. */
export class Copy {
  /** Absolute path. */
  root = mkdtempSync(join(tmpdir(), 'gt-mutants-'))

  constructor() {
    // Some tests run gt as another user, who must be able to read the copy.
    chmodSync(this.root, 0o755)
    for (const file of filesOfCheckout()) {
      mkdirSync(join(this.root, dirname(file)), {recursive: true})
      cpSync(join(top, file), join(this.root, file), {verbatimSymlinks: true})
    }
    linkModules(this.root)
    this.#run('npm', ['run', '--silent', 'build'])
  }

  /**
   * Runs work while the mutant is in its file. Rebuilds what is built from it, but the bundle, which takes longest, only
   * if it is needed.
   *
   * @param {import('./list.js').Mutant} mutant
   * @param {boolean} needsBundle
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   * @template T
   */
  async whileChanged({file, old, new: broken}, needsBundle, work) {
    const path = join(this.root, file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace(old, () => broken),
    )
    try {
      const {stdout} = spawnSync('tsc', ['-b'], {cwd: this.root, encoding: 'utf8'})
      if (SYNTAX_ERROR.test(stdout))
        throw new Error(`the mutant of ${file} is not valid TypeScript:\n${stdout}`)
      if (needsBundle) this.#run('node', ['build/bundle.js'])
      return await work()
    } finally {
      writeFileSync(path, text)
    }
  }

  remove() {
    rmSync(this.root, {recursive: true, force: true, maxRetries: 5})
  }

  #run(command, args) {
    const {status, stdout, stderr} = spawnSync(command, args, {cwd: this.root, encoding: 'utf8'})
    if (status !== 0)
      throw new Error(`'${command} ${args.join(' ')}' failed in the copy:\n${stdout}${stderr}`)
  }
}

/** The files of the checkout as they are now, committed or not. */
function filesOfCheckout() {
  const list = (...args) =>
    spawnSync('git', ['ls-files', '-z', ...args], {cwd: top, encoding: 'utf8', maxBuffer: 2 ** 26}).stdout
  const gone = new Set(list('--deleted').split('\0'))
  const names = list('--cached', '--others', '--exclude-standard').split('\0')
  return names.filter((name) => name !== '' && !gone.has(name))
}

/** Shares the installed packages with the checkout, except gt's own, which are those of the copy. */
function linkModules(root) {
  const [installed, modules] = [join(top, 'node_modules'), join(root, 'node_modules')]
  mkdirSync(join(modules, '@gtown'), {recursive: true})
  for (const name of readdirSync(installed)) {
    if (name !== '@gtown') symlinkSync(join(installed, name), join(modules, name))
  }
  for (const name of readdirSync(join(installed, '@gtown'))) {
    symlinkSync(join('..', '..', 'packages', name), join(modules, '@gtown', name))
  }
}

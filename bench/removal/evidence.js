// Collects the evidence that a removal lost nothing: files, git's output in sandbox and submodules, and given objects.
import {createHash} from 'node:crypto'
import {existsSync, lstatSync, readdirSync, readFileSync, readlinkSync} from 'node:fs'

/** @param objects names of objects that must still exist */
export function gather(w, objects) {
  const ask = (cwd, ...args) => {
    try {
      return w.gitIn(cwd, ...args)
    } catch (error) {
      return `${error.stderr}`
    }
  }
  const said = [
    ['status', '--porcelain=v2', '--branch', '--untracked-files=all', '--ignored'],
    ['ls-files', '--stage', '-v', '--debug'],
    ['for-each-ref', 'refs/heads', 'refs/tags', 'refs/mine', 'refs/notes', 'refs/worktree', 'refs/bisect'],
    ['stash', 'list'],
    ['config', '--get-regexp', '^(branch|alias)\\.'],
    ['submodule', 'status', '--recursive'],
    [
      'submodule',
      '--quiet',
      'foreach',
      '--recursive',
      'git status --porcelain=v2 --branch; git for-each-ref; git stash list',
    ],
    ['rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD'],
  ].map((args) => ask(w.path, ...args))
  const lost = objects.filter((name) => ask(w.repository, 'cat-file', '-t', name).includes('fatal'))
  return {files: existsSync(w.path) ? filesOf(w.path) : {}, said, missing: lost}
}

function filesOf(path, top = Buffer.from(path)) {
  const name = Buffer.isBuffer(path) ? path : Buffer.from(path)
  const stats = lstatSync(name)
  const shown = name.subarray(top.length).toString('latin1')
  if (stats.isSymbolicLink()) return {[shown]: `-> ${readlinkSync(name)}`}
  const mode = (stats.mode & 0o7777).toString(8)
  if (!stats.isDirectory())
    return {[shown]: `${mode} ${stats.nlink} ${stats.isFile() ? held(name, shown) : 'special'}`}
  const entries = readdirSync(name, {encoding: 'buffer'})
  const below = entries.map((entry) => filesOf(Buffer.concat([name, Buffer.from('/'), entry]), top))
  return Object.assign({[shown]: mode}, ...below)
}

/** Ignores the content of git's own links, which are rewritten. Git's output shows whether they are right. */
const held = (path, shown) =>
  shown.endsWith('/.git') ? 'link' : createHash('sha1').update(readFileSync(path)).digest('hex')

/** `lost`: something is missing. `damaged`: something differs. `kept`: everything is as it was. */
export function compare(before, after) {
  const missing = Object.keys(before.files).filter((name) => !(name in after.files))
  if (after.missing.length > 0 || missing.length > 0)
    return {is: 'lost', what: [...after.missing, ...missing].join(', ')}
  const changed = Object.keys(after.files).filter((name) => after.files[name] !== before.files[name])
  const said = after.said.filter((text, index) => text !== before.said[index])
  if (changed.length + said.length > 0) return {is: 'damaged', what: [...changed, ...said].join('\n')}
  return {is: 'kept', what: ''}
}

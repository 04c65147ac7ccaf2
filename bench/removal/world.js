// Makes a rig with an origin and one worker. Every hiding place gets a fresh copy.
import {execFileSync} from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

const BRANCH = 'polecat/nux-m1'

/** @returns the base folder, and a function that makes a fresh world in it */
export function openWorlds() {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'gt-removal-')))
  const [world, template] = [join(base, 'world'), join(base, 'template')]
  mkdirSync(join(base, 'home'))
  const env = {...identity(), PATH: process.env.PATH, HOME: join(base, 'home'), LANG: 'C.UTF-8'}
  const run = (cwd, command, ...args) =>
    execFileSync(command, args, {cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}).trimEnd()
  const gitIn = (cwd, ...args) => run(cwd, 'git', '-c', 'protocol.file.allow=always', ...args)
  makeTemplate(world, gitIn)
  // Git stores absolute paths, so every copy must be at the path where the template was made.
  renameSync(world, template)
  const fresh = () => {
    removeAll(world)
    cpSync(template, world, {recursive: true, preserveTimestamps: true})
    return worldAt(world, {env, run, gitIn})
  }
  return {base, fresh}
}

/** Removes a folder. Makes its folders writable first, since only root can delete from read-only ones. */
export function removeAll(path) {
  if (existsSync(path)) execFileSync('chmod', ['-R', 'u+rwX', path])
  rmSync(path, {recursive: true, force: true})
}

function identity() {
  const [name, email] = ['worker', 'worker@example.com']
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  }
}

function makeTemplate(world, gitIn) {
  const [origin, repository, first] = ['origin.git', 'rig/.repo.git', 'first'].map((name) =>
    join(world, name),
  )
  mkdirSync(join(world, 'rig'), {recursive: true})
  gitIn(world, 'init', '--quiet', '--bare', '--initial-branch=main', origin)
  gitIn(world, 'clone', '--quiet', origin, first)
  for (const [file, text] of Object.entries({
    README: 'first\n',
    '.gitignore': 'build/\n*.log\n',
    'src/a': 'a\n',
  })) {
    mkdirSync(dirname(join(first, file)), {recursive: true})
    writeFileSync(join(first, file), text)
  }
  gitIn(first, 'add', '.')
  gitIn(first, 'commit', '--quiet', '--message', 'first')
  gitIn(first, 'push', '--quiet', 'origin', 'HEAD:main')
  rmSync(first, {recursive: true})
  gitIn(world, 'clone', '--quiet', '--bare', origin, repository)
  gitIn(repository, 'config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
  gitIn(repository, 'fetch', '--quiet', 'origin')
  gitIn(
    repository,
    'worktree',
    'add',
    '--quiet',
    '-b',
    BRANCH,
    join(world, 'rig/polecats/nux/rig'),
    'origin/main',
  )
}

function worldAt(dir, {env, run, gitIn}) {
  const [repository, path] = [join(dir, 'rig/.repo.git'), join(dir, 'rig/polecats/nux/rig')]
  const admin = join(repository, 'worktrees/rig')
  const git = (...args) => gitIn(path, ...args)
  const write = (file, text = `${file}\n`) => {
    mkdirSync(dirname(join(path, file)), {recursive: true})
    writeFileSync(join(path, file), text)
    return join(path, file)
  }
  const commit = (file) => {
    write(file)
    git('add', '--force', '--', file)
    git('commit', '--quiet', '--message', `add ${file}`)
    return git('rev-parse', 'HEAD')
  }
  const sh = (script, cwd = path) => run(cwd, 'sh', '-ec', script)
  const origin = join(dir, 'origin.git')
  return {dir, env, origin, repository, path, admin, branch: BRANCH, git, gitIn, write, commit, sh}
}

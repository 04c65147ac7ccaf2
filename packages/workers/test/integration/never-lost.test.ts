import {readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {purge} from '../../src/put-away/purge.js'
import {away, collect, contextOf} from '../support/put-away.js'
import {gate, makeWorker, type Worker} from '../support/worker.js'

/** Number of random histories; raise it by hand. */
const CASES = Number(process.env.GT_CASES ?? 30)

const land = (worker: Worker, ...merge: string[]) =>
  worker.elsewhere((clone) => {
    worker.gitIn(clone, ...merge)
    if (merge.includes('--squash')) worker.gitIn(clone, 'commit', '--quiet', '--message', 'landed')
  })

const onDefault = (worker: Worker, file: string, text: string) =>
  worker.elsewhere((clone) => {
    writeFileSync(join(clone, file), text)
    worker.gitIn(clone, 'add', '.')
    worker.gitIn(clone, 'commit', '--quiet', '--message', `others change ${file}`)
  })

/** Actions of a worker, its origin and others. Each may fail when it does not apply. */
const STEPS: Readonly<Record<string, (worker: Worker) => unknown>> = {
  commit: (worker) => worker.commit('work', 'one\n'),
  'commit another': (worker) => worker.commit('other', 'two\n'),
  'commit again': (worker) => worker.commit('work', 'one\nmore\n'),
  amend: (worker) => worker.git('commit', '--quiet', '--amend', '--message', 'amended'),
  'reset soft': (worker) => worker.git('reset', '--quiet', 'HEAD~1'),
  'reset hard': (worker) => worker.git('reset', '--quiet', '--hard', 'HEAD~1'),
  change: (worker) => worker.write('README', 'changed\n'),
  untracked: (worker) => worker.write('notes', 'only here\n'),
  stage: (worker) => worker.git('add', '.'),
  clean: (worker) => [worker.git('reset', '--quiet', '--hard'), worker.git('clean', '--quiet', '-fd')],
  ignored: (worker) => worker.write('build/output', 'built\n'),
  runtime: (worker) => worker.write('.runtime/heartbeat', 'now\n'),
  stash: (worker) => worker.git('stash', 'push', '--quiet', '--include-untracked'),
  'pop the stash': (worker) => worker.git('stash', 'pop', '--quiet'),
  detach: (worker) => worker.git('checkout', '--quiet', '--detach'),
  attach: (worker) => worker.git('checkout', '--quiet', worker.branch),
  'another branch': (worker) => worker.git('checkout', '--quiet', '-b', `polecat/nux-m${Math.random()}`),
  push: (worker) => worker.git('push', '--quiet', '--force', 'origin', 'HEAD'),
  'push, and work on': (worker) => [worker.git('push', '--quiet', 'origin', 'HEAD'), worker.commit('late')],
  'delete at origin': (worker) => worker.gitIn(worker.origin, 'branch', '-D', worker.branch),
  'merge at origin': (worker) => land(worker, 'merge', '--quiet', '--no-ff', `origin/${worker.branch}`),
  'squash at origin': (worker) => land(worker, 'merge', '--quiet', '--squash', `origin/${worker.branch}`),
  'pick at origin': (worker) => land(worker, 'cherry-pick', `HEAD..origin/${worker.branch}`),
  'others commit': (worker) => onDefault(worker, 'theirs', 'theirs\n'),
  'others conflict': (worker) => onDefault(worker, 'work', 'otherwise\n'),
  fetch: (worker) => worker.git('fetch', '--quiet', '--prune', 'origin'),
  rebase: (worker) => worker.git('rebase', '--quiet', 'origin/main'),
  'merge the default branch': (worker) => worker.git('merge', '--quiet', '--no-edit', 'origin/main'),
  lock: (worker) => worker.git('worktree', 'lock', worker.path),
}

function attempt(step: string, worker: Worker): void {
  try {
    STEPS[step]?.(worker)
  } catch (error) {
    if (!(error instanceof Error && 'status' in error)) throw error
  }
}

/** The files whose loss would lose work, as git blob ids. */
function contentsOf(worker: Worker): string[] {
  const files = readdirSync(worker.path, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(worker.path.length + 1))
    .filter((file) => !/^(?:\.git$|build\/|\.runtime\/)/.test(file))
  return files.length > 0 ? worker.git('hash-object', '--', ...files).split('\n') : []
}

/** All objects that refs reach, here and at the origin. */
function reachable(worker: Worker): Set<string> {
  const lists = [worker.repository, worker.origin].map((path) =>
    worker.gitIn(path, 'rev-list', '--all', '--objects'),
  )
  return new Set(
    lists
      .join('\n')
      .split('\n')
      .map((line) => line.slice(0, 40)),
  )
}

it('AnyHistory: refused, or every commit and file is still reachable', async () => {
  const verdicts: string[] = []
  const history = fc.array(fc.constantFrom(...Object.keys(STEPS)), {minLength: 1, maxLength: 9})
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const worker = makeWorker()
      const made = new Set<string>()
      for (const step of steps) {
        attempt(step, worker)
        made.add(worker.git('rev-parse', 'HEAD'))
      }
      for (const content of contentsOf(worker)) made.add(content)
      const result = await gate(worker)
      verdicts.push(result.verdict)
      if (result.verdict !== 'safe') return
      const {id} = await away(worker, {verdict: {is: 'safe', reasons: []}})
      await purge({...contextOf(worker), processesIn: () => [], id})
      collect(worker)
      const kept = reachable(worker)
      expect([...made].filter((object) => !kept.has(object))).toEqual([])
    }),
    {numRuns: CASES},
  )
  expect(new Set(verdicts)).toContain('safe')
  expect(new Set(verdicts)).toContain('unsafe')
}, 1_000_000)

import {realpath} from 'node:fs/promises'
import {type AgentReading, GtError, type Host, type Occupant, type RoleStatus} from '@gtown/sdk'
import type {Question} from '@gtown/sdk/commands'
import {addressOfWorker, isRealDirectory, oldSandbox, some, type WorkerRef} from '@gtown/workers'
import {checkMovable, lossesOf, type Verdict} from '@gtown/workers/put-away'
import type {Repository} from './git.js'
import {removalContext} from './removal-context.js'
import {polecatRole} from './role.js'
import type {Services} from './services.js'
import {healWorktree} from './worktree.js'

/** Refuses a caller in the sandbox before the session ends. It would lose the session for nothing. */
export async function refuseInside(ref: WorkerRef, cwd: string | undefined): Promise<void> {
  const home = oldSandbox(ref)
  if (cwd === undefined || !(await isRealDirectory(home))) return
  const [here, there] = await Promise.all([realpath(cwd), realpath(home)])
  if (here !== there && !here.startsWith(`${there}/`)) return
  throw new GtError(`${addressOfWorker(ref)} cannot be removed from inside its sandbox`, {
    code: 'SANDBOX_IN_USE',
    hint: 'Run it from another directory.',
  })
}

/**
 * Runs the checks that are possible while the agent runs: a removal that would be refused afterwards must not end the
 * session. Rejects as `putAway` does.
 */
export async function checkSandbox(
  services: Services,
  repository: Repository,
  ref: WorkerRef,
): Promise<void> {
  await healWorktree(repository, ref)
  const processesIn = (directory: string) => othersIn(services.host, ref, directory)
  await checkMovable({...removalContext(services, ref), processesIn, name: ref.name})
}

/**
 * The processes in a directory that the end of the worker's session would not end. Lists them before and after it asks
 * for the session's: one that began or ended in between tells nothing.
 */
async function othersIn(
  host: Host,
  ref: WorkerRef,
  directory: string,
): Promise<readonly Occupant[] | undefined> {
  const before = await host.workers.processesIn(directory)
  if (!before || before.length === 0) return before
  const own = await host.sessions.processesOf(polecatRole(), ref)
  const stayed = new Set(before.map(({pid}) => pid).filter((pid) => !own.has(pid)))
  return (await host.workers.processesIn(directory))?.filter(({pid}) => stayed.has(pid))
}

/** States in which the end of the session interrupts nothing. */
const AT_REST: ReadonlySet<AgentReading['state']> = new Set([
  'idle',
  'draft',
  'menu',
  'dialog',
  'limit',
  'shell',
  'dead',
])

/** The question before an agent is ended that works, or may do so; undefined if nothing is interrupted. */
export async function questionAboutWork(host: Host, ref: WorkerRef): Promise<Question | undefined> {
  const {liveness, reading}: RoleStatus = await host.sessions.status(polecatRole(), ref)
  if (liveness === 'absent' || liveness === 'dead') return undefined
  if (reading && AT_REST.has(reading.state)) return undefined
  const doing = DOING[reading?.state ?? 'unknown'] ?? 'may be working: gt cannot read its screen'
  return {
    question: `${addressOfWorker(ref)} ${doing}. End its session?`,
    refusal: `${addressOfWorker(ref)} ${doing}, so it was not removed`,
    hint: 'Nothing was changed.',
  }
}

const DOING: Partial<Record<AgentReading['state'], string>> = {
  busy: 'is working',
  permission: 'is working, and waits for a permission',
  question: 'is working, and waits for an answer',
  starting: 'is starting',
}

/** Maximum number of things that a question names. */
const MOST_SHOWN = 20

/** The question before work is deleted that may exist nowhere else. */
export function questionAboutLoss(ref: WorkerRef, verdict: Verdict): Question {
  const address = addressOfWorker(ref)
  const losses = some(lossesOf(verdict), MOST_SHOWN)
  return {
    question: `${address} has work that may exist nowhere else: ${losses}\nDelete it for good?`,
    refusal: `${address} has work that may exist nowhere else: ${losses}`,
    hint: `Nothing was changed. Without --purge the sandbox is kept: gt polecat nuke ${address}`,
  }
}

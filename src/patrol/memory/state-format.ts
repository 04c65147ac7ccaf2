import type {PatrolState} from './memory.js'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const isSwitch: Check = (value) => typeof value === 'boolean'

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const record =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check)

const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)

const object =
  (shape: Record<string, Check>): Check =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([key, check]) => check(value[key]))

const isIncidents = record(object({cause: isText, since: isNumber}))

const isPolecat = object({
  incarnation: orNull(isText),
  session: orNull(object({id: isText, createdAt: isNumber})),
  verdict: orNull(isText),
  verdictSince: isNumber,
  agent: isText,
  agentSince: isNumber,
  diedAt: orNull(isNumber),
  state: isText,
  stateSince: isNumber,
  promptSeen: isSwitch,
  progressAt: orNull(isNumber),
  cpuTicks: orNull(isNumber),
  quietCycles: isCount,
  failedProbes: isCount,
  screen: orNull(object({incarnation: isText, hash: isText, at: isNumber})),
  unknownCycles: isCount,
  orphan: orNull(isText),
  nudges: object({count: isCount, lastAt: orNull(isNumber), withDeadline: isSwitch}),
  limit: orNull(object({endsAt: orNull(isNumber), nudged: isSwitch})),
  dialogTries: isCount,
  restarts: list(isNumber),
  restartAllowedAt: isNumber,
  crashLooping: isSwitch,
  incidents: isIncidents,
})

const isWord = object({
  id: isText,
  is: isText,
  at: isNumber,
  branch: orNull(isText),
  mergeRequest: orNull(isText),
  exit: orNull(isText),
  text: isText,
})

const isWorkerMail = object({
  incarnation: orNull(isText),
  word: orNull(isWord),
  plea: orNull(object({id: isText, at: isNumber, text: isText, waits: isSwitch})),
})

const isMail = object({
  treated: list(isText),
  workers: record(isWorkerMail),
  strays: list(object({id: isText, cause: isText, detail: isText, since: isNumber})),
})

const isState = object({
  version: (value) => value === 1,
  cycle: isCount,
  clock: object({wallMs: isNumber, monotonicMs: isNumber, bootId: isText}),
  now: isNumber,
  trustedSince: orNull(isNumber),
  incidents: isIncidents,
  polecats: record(isPolecat),
  mail: isMail,
})

/** True for what this version of the patrol wrote. */
export function isPatrolState(value: unknown): value is PatrolState {
  return isState(value)
}

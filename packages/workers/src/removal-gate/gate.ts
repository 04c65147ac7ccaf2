import {realpath} from 'node:fs/promises'
import {isGtError} from '@gtown/sdk'
import {isSystemError, reasonOf} from '@gtown/sdk/files'
import {checkAtRest} from './at-rest.js'
import {checkFiles, readStatus} from './files.js'
import {type Finding, type OnlyHere, reason, unknownFinding} from './finding.js'
import {identifyWorktree, isInside, readHead, type Worktree} from './identify.js'
import {checkLanded} from './landed.js'
import {fetchBranches} from './remote.js'
import type {GateContext} from './repository.js'
import {checkStashes} from './stashes.js'
import {checkSubmodules, filledSubmodules} from './submodules.js'

export interface GateRequest extends GateContext {
  /** The branch on which the work is based, if not the default one. */
  base?: string
  mergeRequest: 'none' | 'open' | 'merged' | 'unknown'
  /** The caller's directory: a command must not remove the directory in which it runs. */
  callerDirectory: string
  /** Untracked files that are not work, relative to the sandbox; a path that ends in `/` is a folder. */
  runtimePaths: readonly string[]
}

/** The sandbox as the gate saw it. The verdict is about this commit only. */
export interface SeenSandbox {
  worktree: Worktree
}

export type GateResult =
  | {verdict: 'safe'; evidence: readonly string[]; seen: SeenSandbox}
  | {verdict: 'unsafe' | 'unknown'; reasons: readonly string[]}

export type ThoroughResult = GateResult & {
  /** What may exist only in the sandbox; ignored files come last. Not empty for `safe`, if there are ignored files. */
  onlyHere: readonly OnlyHere[]
}

/**
 * Decides whether a sandbox can be removed without losing work: only if everything in it certainly exists elsewhere.
 * Each call asks git and the remote again, but not the remote if the sandbox itself already refuses. It changes nothing,
 * except that it fetches commits. A failed check makes the verdict `unknown`, which refuses a removal just as `unsafe`
 * does.
 *
 * Call it after the processes of the sandbox have ended, inside `withFileLock` of its path.
 */
export async function lookThroughGate(request: GateRequest): Promise<GateResult> {
  const {result} = await runChecks(request, refuses)
  return result
}

/**
 * Like `lookThroughGate`, with the same verdict, but makes every check even if one refuses already, and also returns
 * what exists only in the sandbox, for a message such as `kept until 15 Dec: .env, out/, 2 commits in lib/`
 * (`listOnlyHere`). A check that fails adds nothing to that list, but its reason to the reasons.
 */
export async function lookThoroughly(request: GateRequest): Promise<ThoroughResult> {
  const {result, findings} = await runChecks(request, () => false)
  const things = findings.flatMap(({only}) => only)
  const isIgnored = ({kind}: OnlyHere) => kind === 'ignored'
  return {...result, onlyHere: [...things.filter((thing) => !isIgnored(thing)), ...things.filter(isIgnored)]}
}

interface Observed extends SeenSandbox {
  status: string
  /** Paths of the submodules that have files. */
  submodules: readonly string[]
}

type Findings = readonly Finding[]
type Check = () => Promise<Findings>

/** @param isEnough whether the checks so far make those of the next stage needless */
async function runChecks(
  request: GateRequest,
  isEnough: (findings: Findings) => boolean,
): Promise<{result: GateResult; findings: Findings}> {
  const seen = await attempt(() => observe(request))
  if (Array.isArray(seen)) return {result: resultOf(seen), findings: seen}
  const findings: Finding[] = []
  for (const stage of stagesOf(request, seen)) {
    if (isEnough(findings)) break
    for (const check of stage) findings.push(...(await attempt(check)))
  }
  const {worktree, status} = seen
  findings.push(...(await attempt(() => checkUnmoved(request, worktree, status))))
  return {result: resultOf(findings, seen), findings}
}

/** The checks, those that ask a remote last. */
function stagesOf(request: GateRequest, {worktree, status, submodules}: Observed): Check[][] {
  return [
    [
      () => checkRequest(request, worktree),
      () => checkAtRest(request, worktree),
      () => checkFiles(request, status, request.runtimePaths),
      () => checkStashes(request, worktree),
      () => checkSubmodules(request, submodules),
    ],
    [() => checkRemote(request, worktree)],
  ]
}

/** A check that fails is a finding, too: the others still say what they know. */
async function attempt<T>(check: () => Promise<T>): Promise<T | Finding[]> {
  try {
    return await check()
  } catch (error) {
    if (isGtError(error)) return [unknownFinding(error.message)]
    if (isSystemError(error)) return [unknownFinding(reasonOf(error))]
    throw error
  }
}

async function observe(request: GateRequest): Promise<Observed> {
  const worktree = await identifyWorktree(request)
  const status = await readStatus(request)
  const submodules = await filledSubmodules(request)
  return {worktree, status, submodules}
}

/** Condition 5: no merge request is open, and the caller's directory is outside. */
async function checkRequest(
  {mergeRequest, callerDirectory}: GateRequest,
  {path}: Worktree,
): Promise<Finding[]> {
  const findings: Finding[] = []
  if (mergeRequest === 'open') findings.push(reason('its merge request is open'))
  if (mergeRequest === 'unknown') findings.push(unknownFinding('cannot tell whether it has a merge request'))
  if (isInside(await realpath(callerDirectory), path)) findings.push(reason('this command runs inside it'))
  return findings
}

async function checkRemote(request: GateRequest, worktree: Worktree): Promise<Finding[]> {
  const branches = [worktree.branch, ...basesOf(request)].filter((branch) => branch !== null)
  return await checkLanded(request, worktree, await fetchBranches(request, worktree, branches))
}

/** The recorded base, also without the remote's name that some programs put before it. */
function basesOf({base, remote}: GateRequest): string[] {
  if (base === undefined) return []
  return base.startsWith(`${remote}/`) ? [base, base.slice(remote.length + 1)] : [base]
}

/**
 * Checks that the worktree has not changed during the checks.
 *
 * @param status earlier result of `readStatus`
 */
async function checkUnmoved(
  context: GateContext,
  {head, branch}: Pick<Worktree, 'head' | 'branch'>,
  status: string,
): Promise<Finding[]> {
  const now = await readHead(context)
  if (now.head !== head || now.branch !== branch) return [reason('HEAD moved during the check')]
  if ((await readStatus(context)) !== status) return [reason('its files changed during the check')]
  return []
}

const refuses = (findings: Findings) => findings.some(({is}) => is !== 'evidence')

/** @param seen undefined if the sandbox could not even be read */
function resultOf(findings: Findings, seen?: SeenSandbox): GateResult {
  const texts = (is: Finding['is']) => findings.filter((finding) => finding.is === is).map(({text}) => text)
  if (seen && !refuses(findings)) {
    return {verdict: 'safe', evidence: texts('evidence'), seen: {worktree: seen.worktree}}
  }
  const reasons = texts('reason')
  const all = new Set([...reasons, ...texts('unknown')])
  return {verdict: reasons.length > 0 ? 'unsafe' : 'unknown', reasons: [...all]}
}

import {realpath} from 'node:fs/promises'
import {isGtError} from '@gtown/sdk'
import {isSystemError, reasonOf} from '@gtown/sdk/files'
import {checkAtRest} from './at-rest.js'
import {checkFiles, readStatus} from './files.js'
import {type Finding, reason, unknownFinding} from './finding.js'
import {identifyWorktree, isInside, readHead, type Worktree} from './identify.js'
import {checkLanded} from './landed.js'
import {fetchBranches} from './remote.js'
import type {GateContext} from './repository.js'
import {checkStashes} from './stashes.js'
import {checkSubmodules} from './submodules.js'

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

/**
 * Decides whether a sandbox can be removed without losing work: only if everything in it certainly exists elsewhere.
 * Each call asks git and the remote again. It changes nothing, except that it fetches commits. A failed check makes the
 * verdict `unknown`, which refuses a removal just as `unsafe` does.
 *
 * Call it after the processes of the sandbox have ended, inside `withFileLock` of its path.
 */
export async function lookThroughGate(request: GateRequest): Promise<GateResult> {
  try {
    return await runChecks(request)
  } catch (error) {
    if (isGtError(error)) return {verdict: 'unknown', reasons: [error.message]}
    if (isSystemError(error)) return {verdict: 'unknown', reasons: [reasonOf(error)]}
    throw error
  }
}

async function runChecks(request: GateRequest): Promise<GateResult> {
  const worktree = await identifyWorktree(request)
  const status = await readStatus(request)
  const findings = [
    ...(await checkRequest(request, worktree)),
    ...(await checkAtRest(request, worktree)),
    ...(await checkFiles(request, status, request.runtimePaths)),
    ...(await checkStashes(request, worktree)),
    ...(await checkSubmodules(request)),
  ]
  // The remote is asked only when nothing else refuses.
  if (!refuses(findings)) findings.push(...(await checkRemote(request, worktree)))
  findings.push(...(await checkUnmoved(request, worktree, status)))
  return resultOf(findings, {worktree})
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

const refuses = (findings: readonly Finding[]) => findings.some(({is}) => is !== 'evidence')

function resultOf(findings: readonly Finding[], seen: SeenSandbox): GateResult {
  const texts = (is: Finding['is']) => findings.filter((finding) => finding.is === is).map(({text}) => text)
  if (!refuses(findings)) return {verdict: 'safe', evidence: texts('evidence'), seen}
  const reasons = texts('reason')
  return {verdict: reasons.length > 0 ? 'unsafe' : 'unknown', reasons: [...reasons, ...texts('unknown')]}
}

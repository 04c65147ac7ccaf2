import {realpath} from 'node:fs/promises'
import {isGtError} from '@gtown/sdk'
import {reasonOf} from '@gtown/sdk/files'
import {isRuntimeFile} from '../runtime-paths.js'
import {checkAtRest} from './at-rest.js'
import {checkFiles, readStatus} from './files.js'
import {type Finding, reason, unknown} from './finding.js'
import {identify, isInside, readHead, type Worktree} from './identify.js'
import {checkLanded} from './landed.js'
import {lookAtRemote} from './remote.js'
import {entriesOf, type GateContext} from './repository.js'
import {checkStashes} from './stashes.js'
import {checkSubmodules} from './submodules.js'

export interface GateRequest extends GateContext {
  /** The branch that the work began from, where it was not the default one. */
  base?: string
  mergeRequest: 'none' | 'open' | 'merged' | 'unknown'
  /** The directory of whoever asks: nobody removes the ground under their own feet. */
  callerDirectory: string
  /** Untracked files that hold no work, relative to the sandbox; one that ends in `/` is a folder. */
  runtimePaths: readonly string[]
}

/** The sandbox as the gate saw it. It may be removed only while it is still so. */
export interface SeenSandbox {
  worktree: Worktree
  status: string
  /** True where git removes it only when told twice: files of gt's own, or submodules, are in it. */
  needsForce: boolean
}

export type GateResult =
  | {verdict: 'safe'; evidence: readonly string[]; seen: SeenSandbox}
  | {verdict: 'unsafe' | 'unknown'; reasons: readonly string[]}

/**
 * Whether a sandbox may be destroyed without losing work: unless everything in it is certainly somewhere else, it may
 * not. Computed anew from git and the remote with every call; changes nothing but that what it fetched is there. What
 * fails makes the answer `unknown`, which refuses as `unsafe` does.
 *
 * To be called when the processes of the sandbox have ended, inside `withFileLock` of its path.
 */
export async function lookThroughGate(request: GateRequest): Promise<GateResult> {
  try {
    return await look(request)
  } catch (error) {
    if (isGtError(error)) return {verdict: 'unknown', reasons: [error.message]}
    if (isSystemError(error)) return {verdict: 'unknown', reasons: [reasonOf(error)]}
    throw error
  }
}

async function look(request: GateRequest): Promise<GateResult> {
  const worktree = await identify(request)
  const status = await readStatus(request)
  const submodules = await checkSubmodules(request)
  const findings = [
    ...(await checkRequest(request, worktree)),
    ...(await checkAtRest(request, worktree)),
    ...(await checkFiles(request, status, request.runtimePaths)),
    ...(await checkStashes(request, worktree)),
    ...submodules.findings,
  ]
  // What refuses already needs no word from the remote.
  if (!refuses(findings)) findings.push(...(await checkRemote(request, worktree)))
  findings.push(...(await checkUnmoved(request, worktree, status)))
  const needsForce =
    submodules.filled || entriesOf(status).some((entry) => isRuntimeFile(entry, request.runtimePaths))
  return resultOf(findings, {worktree, status, needsForce})
}

/** Condition 5: nobody waits for the branch to be merged, and nobody stands in it. */
async function checkRequest(
  {mergeRequest, callerDirectory}: GateRequest,
  {path}: Worktree,
): Promise<Finding[]> {
  const findings: Finding[] = []
  if (mergeRequest === 'open') findings.push(reason('its merge request is open'))
  if (mergeRequest === 'unknown') findings.push(unknown('whether it has a merge request cannot be told'))
  if (isInside(await realpath(callerDirectory), path))
    findings.push(reason('this command was called from inside of it'))
  return findings
}

async function checkRemote(request: GateRequest, worktree: Worktree): Promise<Finding[]> {
  const branches = [worktree.branch, ...basesOf(request)].filter((branch) => branch !== null)
  return await checkLanded(request, worktree, await lookAtRemote(request, worktree, branches))
}

/** The base as it is recorded, and without the remote's name, which some programs write before it. */
function basesOf({base, remote}: GateRequest): string[] {
  if (base === undefined) return []
  return base.startsWith(`${remote}/`) ? [base, base.slice(remote.length + 1)] : [base]
}

/**
 * What a look found may have changed while it lasted.
 *
 * @param status what `readStatus` said
 */
export async function checkUnmoved(
  context: GateContext,
  {head, branch}: Pick<Worktree, 'head' | 'branch'>,
  status: string,
): Promise<Finding[]> {
  const now = await readHead(context)
  if (now.head !== head || now.branch !== branch) return [reason('HEAD moved while it was looked at')]
  if ((await readStatus(context)) !== status) return [reason('its files changed while it was looked at')]
  return []
}

const refuses = (findings: readonly Finding[]) => findings.some(({is}) => is !== 'evidence')

function resultOf(findings: readonly Finding[], seen: SeenSandbox): GateResult {
  const texts = (is: Finding['is']) => findings.filter((finding) => finding.is === is).map(({text}) => text)
  if (!refuses(findings)) return {verdict: 'safe', evidence: texts('evidence'), seen}
  const reasons = texts('reason')
  return {verdict: reasons.length > 0 ? 'unsafe' : 'unknown', reasons: [...reasons, ...texts('unknown')]}
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string'
}

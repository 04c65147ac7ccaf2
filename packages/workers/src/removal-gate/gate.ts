import {realpath} from 'node:fs/promises'
import {entriesOf, linesOf} from '../git-output.js'
import {runtimePathsOf} from '../runtime-paths.js'
import {checkAtRest} from './at-rest.js'
import {attempt} from './attempt.js'
import {checkFiles, readStatus} from './files.js'
import {type Finding, type OnlyHere, reason, unknownFinding} from './finding.js'
import {guardedContext} from './guarded-git.js'
import {checkHidden} from './hidden.js'
import {identifyWorktree, isInside, readHead, type Worktree} from './identify.js'
import {checkLanded} from './landed.js'
import {checkLfs} from './lfs.js'
import {findModules, flatten, type ModuleRepository} from './module-repositories.js'
import {checkNested} from './nested.js'
import {inQuarantine} from './quarantine.js'
import {fetchBranches, originUrl} from './remote.js'
import {type GateContext, runGit} from './repository.js'
import {checkStashes} from './stashes.js'
import {checkModule, checkModuleFiles, checkModuleHidden, checkStrayFiles, linksIn} from './submodules.js'

export interface GateRequest extends GateContext {
  /** The branch on which the work is based, if not the default one. */
  base?: string
  mergeRequest: 'none' | 'open' | 'merged' | 'unknown'
  /** The caller's directory: a command must not remove the directory in which it runs. */
  callerDirectory: string
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
 * Call it after the processes of the sandbox have ended, inside `withGateLock`.
 */
export async function lookThroughGate(request: GateRequest): Promise<GateResult> {
  const {result} = await runChecks(request, refuses)
  return result
}

/**
 * Like `lookThroughGate`, with the same verdict, but makes every check even if one refuses already, and also returns
 * what exists only in the sandbox, for a message such as `kept until 15 Dec: .env, out/, 2 commits in lib/`.
 * A check that fails adds nothing to that list, but its reason to the reasons.
 */
export async function lookThoroughly(request: GateRequest): Promise<ThoroughResult> {
  const {result, findings} = await runChecks(request, () => false)
  const things = findings.flatMap(({only}) => only)
  const isIgnored = ({kind}: OnlyHere) => kind === 'ignored'
  return {...result, onlyHere: [...things.filter((thing) => !isIgnored(thing)), ...things.filter(isIgnored)]}
}

interface Observed extends SeenSandbox {
  status: string
  /** See `runtimePathsOf`. */
  runtimePaths: readonly string[]
  /** Its git runs no program that an agent can name, and asks no remote. */
  inside: GateContext
  modules: readonly ModuleRepository[]
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
  const {worktree, status, inside} = seen
  findings.push(...(await attempt(() => checkUnmoved(inside, worktree, status))))
  return {result: resultOf(findings, seen), findings}
}

/** The checks: those that read much later, and those that ask a remote last. */
function stagesOf(request: GateRequest, seen: Observed): Check[][] {
  const {worktree, status, inside, modules} = seen
  const all = flatten(modules)
  const known = new Set([worktree.path, ...all.flatMap(({files}) => files ?? [])])
  return [
    [
      () => checkRequest(request, worktree),
      () => checkAtRest(inside, worktree),
      () => checkFiles(inside, status, seen.runtimePaths),
      () => checkStrayFiles(inside),
      () => checkStashes(inside, worktree),
      ...all.map((module) => () => checkModuleFiles(inside, module)),
    ],
    [
      () => checkNested(inside, known),
      () => checkHidden(inside, status),
      ...all.map((module) => () => checkModuleHidden(inside, module)),
    ],
    [() => checkRemotes(request, seen)],
  ]
}

async function observe(request: GateRequest): Promise<Observed> {
  const worktree = await identifyWorktree(request)
  const {inside, modules} = await enterSandbox(request, worktree)
  const runtimePaths = await runtimePathsOf((folders) => trackedIn(inside, folders))
  return {inside, worktree, status: await readStatus(inside), modules, runtimePaths}
}

async function trackedIn(inside: GateContext, folders: readonly string[]): Promise<string[]> {
  return entriesOf(await runGit(inside, 'ls-files', '-z', '--', ...folders))
}

/** Git for a sandbox that runs none of the programs which it or its submodules name; and these submodules. */
async function enterSandbox(
  context: GateContext,
  {path, gitDir}: Pick<Worktree, 'path' | 'gitDir'>,
): Promise<{inside: GateContext; modules: readonly ModuleRepository[]}> {
  const modules = await findModules(await guardedContext(context), {gitDir, files: path, shown: ''})
  const gitDirs = flatten(modules).map((module) => module.gitDir)
  return {inside: await guardedContext({...context, path}, gitDirs), modules}
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

/** Condition 4, and the same for what submodules and Git LFS keep elsewhere. */
async function checkRemotes(request: GateRequest, seen: Observed): Promise<Findings> {
  const {worktree, modules, inside} = seen
  const {head, commonDir} = worktree
  const url = await originUrl(inside, worktree)
  return await inQuarantine({context: request, of: commonDir, url, isTrusted: true}, async (quarantine) => {
    const findings: Finding[] = []
    const wanted = [worktree.branch, ...basesOf(request)].filter((branch) => branch !== null)
    const branches = await attempt(() => fetchBranches(quarantine, worktree, wanted))
    if (Array.isArray(branches)) return branches
    findings.push(...(await attempt(() => checkLanded(quarantine, worktree, branches))))
    const tip = branches.tips.get(branches.defaultBranch ?? '')
    const links = modules.length > 0 ? await linksIn(quarantine, [head]) : []
    const parent = {quarantine, url, commits: tip === undefined ? [head] : [tip, head], links}
    for (const module of modules)
      findings.push(...(await attempt(() => checkModule(request, worktree, module, parent))))
    const first = await firstHead(inside)
    const question = {quarantine, gitDir: commonDir, url, tips: {commits: [head], first}, shown: ''}
    findings.push(...(await attempt(() => checkLfs(request, question))))
    return findings
  })
}

/** The commit with which the log of HEAD begins. */
async function firstHead(inside: GateContext): Promise<string | undefined> {
  return linesOf(await runGit(inside, 'log', '--walk-reflogs', '--format=%H', 'HEAD', '--')).at(-1)
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

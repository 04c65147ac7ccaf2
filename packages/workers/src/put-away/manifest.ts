import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import {isThere, parseStateFile, readStateFile, unwritable, writeStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {recordOf} from '../record-format.js'
import {type OpenRig, syncFolder} from './open-rig.js'

/** A path of a worker's sandbox, relative to the rig, in the layout of today or in the older one. */
const sandboxPath = v.pipe(v.text, v.regex(/^polecats\/[^./][^/]*(\/(?!\.{1,2}$)[^/]+)?$/))
const fileName = v.pipe(v.text, v.regex(/^(?!\.{1,2}$)[^/\0]+$/))
const pathInside = v.pipe(
  v.text,
  v.check((path) => path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')),
)
const linkForm = v.picklist(['absolute', 'relative', 'none'])

const moduleLinkSchema = v.objectOf({
  /** Where the repository of the submodule is, relative to the folder that git keeps of the worktree. */
  repository: pathInside,
  /** Its file that says where the submodule is checked out. */
  file: v.picklist(['config', 'config.worktree']),
  /** Where that is, relative to the sandbox. */
  worktree: pathInside,
  /** How the file names it, and how the `.git` there names the repository. */
  form: linkForm,
  backForm: linkForm,
})

const verdictSchema = v.objectOf({
  is: v.picklist(['safe', 'unsafe', 'unknown']),
  reasons: v.listOf(v.text),
})

const manifestFields = v.objectOf({
  version: v.literal(1),
  /** `moving` and `restoring`: a command is at work, or was killed. */
  state: v.picklist(['moving', 'removed', 'restoring']),
  /** The worker. */
  name: fileName,
  /** Where its sandbox was. */
  path: sandboxPath,
  /** Where it is brought back to, and as which worker. */
  target: v.optional(v.objectOf({name: fileName, path: sandboxPath})),
  /** The name of what git keeps of the worktree, in `worktrees/` of the repository. */
  admin: fileName,
  /** Null where there is no commit yet. */
  head: v.nullable(v.pipe(v.text, v.regex(/^[0-9a-f]{40,64}$/))),
  /** Null when HEAD was detached. */
  branch: v.nullable(v.text),
  branch_configuration: v.listOf(v.tuple([v.text, v.text])),
  /** Permissions of the top folder. */
  mode: v.wholeNumber,
  /** Whether git's two links between worktree and repository are relative. */
  relative: v.boolean(),
  modules: v.listOf(moduleLinkSchema),
  /** ISO 8601. */
  removed_at: v.timeText,
  verdict: verdictSchema,
  record: v.optional(v.unknown()),
})

/** A record of another worker, or of an unknown form, counts as none: the sandbox can be restored without it. */
const manifestSchema = v.pipe(
  manifestFields,
  v.transform(({record: written, ...manifest}) => {
    const record = v.safeParse(recordOf(manifest.name), written)
    return {...manifest, ...(record.success && {record: record.output})}
  }),
)

/** Where a submodule's repository and its files name each other. */
export type ModuleLink = v.InferOutput<typeof moduleLinkSchema>

/** What the removal gate said of a sandbox; `reasons` are what stands against its deletion. */
export type Verdict = v.InferOutput<typeof verdictSchema>

/** What is known of a sandbox that was put away, as its file holds it. */
export type Manifest = v.InferOutput<typeof manifestSchema>

export type ManifestRead =
  | {is: 'present'; manifest: Manifest}
  | {is: 'absent'}
  /** `setAside`: absolute path that the file was renamed to. */
  | {is: 'unusable'; setAside?: string}

/** The folder of a sandbox that was put away; beside its manifest, the sandbox is `tree` in it. */
export const entryFolder = ({removed}: Pick<OpenRig, 'removed'>, id: string) => join(removed, id)
export const treeOf = (entry: string) => join(entry, 'tree')
const manifestFile = (entry: string) => join(entry, 'manifest.json')

/**
 * Whether the sandbox itself is in its entry, while it is moved or brought back: something else of that name has no
 * `.git`.
 */
export const hasArrived = async (entry: string) => await isThere(join(treeOf(entry), '.git'))

/** Reads a manifest. A link in its place is not followed. Rejects with `UNREADABLE`. */
export async function peekManifest(entry: string): Promise<ManifestRead> {
  const content = parseStateFile(manifestFile(entry), manifestSchema)
  if (content.is === 'no file') throw content.error
  return content.is === 'usable' ? {is: 'present', manifest: content.state} : {is: content.is}
}

/** The same; a file that holds no manifest is renamed, so that nothing of it is lost. */
export async function readManifest(entry: string): Promise<ManifestRead> {
  const {state, setAside} = await readStateFile(manifestFile(entry), manifestSchema)
  if (state) return {is: 'present', manifest: state}
  return setAside === undefined ? {is: 'absent'} : {is: 'unusable', setAside}
}

/** Writes a manifest, whole or not at all, and waits until it is on the disk. */
export async function writeManifest(entry: string, manifest: Manifest): Promise<void> {
  await writeStateFile(manifestFile(entry), manifest)
  await syncFolder(entry)
}

/** Idempotent. */
export async function dropManifest(entry: string): Promise<void> {
  try {
    await rm(manifestFile(entry), {force: true})
  } catch (error) {
    throw unwritable(manifestFile(entry), error)
  }
}

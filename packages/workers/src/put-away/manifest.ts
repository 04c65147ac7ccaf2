import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import {isThere, parseStateFile, readStateFile, unwritable, writeStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {recordOf} from '../record-format.js'
import {type OpenRig, syncFolder} from './open-rig.js'

/** Path of a worker's sandbox, relative to the rig, in the current layout or the older one. */
const sandboxPath = v.pipe(v.text, v.regex(/^polecats\/[^./][^/]*(\/(?!\.{1,2}$)[^/]+)?$/))
const fileName = v.pipe(v.text, v.regex(/^(?!\.{1,2}$)[^/\0]+$/))
const pathInside = v.pipe(
  v.text,
  v.check((path) => path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')),
)
const linkForm = v.picklist(['absolute', 'relative', 'none'])

const moduleLinkSchema = v.objectOf({
  /** The submodule's repository, relative to the worktree's admin folder. */
  repository: pathInside,
  /** The configuration file of that repository that sets `core.worktree`. */
  file: v.picklist(['config', 'config.worktree']),
  /** The submodule's files, relative to the sandbox. */
  worktree: pathInside,
  /** Form of the path in `core.worktree`. */
  form: linkForm,
  /** Form of the path in the submodule's `.git` file. */
  backForm: linkForm,
})

const verdictSchema = v.objectOf({
  is: v.picklist(['safe', 'unsafe', 'unknown']),
  reasons: v.listOf(v.text),
  /** What may exist only in the sandbox, in a few words each, such as `.env` or `2 commits in lib/`. */
  only_here: v.exactOptional(v.listOf(v.text)),
})

const manifestFields = v.objectOf({
  version: v.literal(1),
  /** `moving` and `restoring`: a command is running, or was killed. */
  state: v.picklist(['moving', 'removed', 'restoring']),
  /** Name of the worker. */
  name: fileName,
  /** Old place of the sandbox. */
  path: sandboxPath,
  /** The worker and the place that a restore moves it to. */
  target: v.optional(v.objectOf({name: fileName, path: sandboxPath})),
  /** Name of the worktree's admin folder in `worktrees/` of the repository. Null if the repository had none for it. */
  admin: v.nullable(fileName),
  /** True if `path` was no working worktree of the rig. It was moved as it was, and git's links in it stay. */
  plain: v.optional(v.boolean()),
  /** Place of the admin folder's worktree, relative to a plain `path`; absent if it is `path` itself. */
  inside: v.optional(pathInside),
  /** Null if there is no commit yet. */
  head: v.nullable(v.pipe(v.text, v.regex(/^[0-9a-f]{40,64}$/))),
  /** Null if HEAD was detached. */
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

/** Drops a record of another worker or of an unknown form. A sandbox can be restored without it. */
const manifestSchema = v.pipe(
  manifestFields,
  v.transform(({record: written, ...manifest}) => {
    const record = v.safeParse(recordOf(manifest.name), written)
    return {...manifest, ...(record.success && {record: record.output})}
  }),
)

/** The paths by which a submodule's repository and its files refer to each other. */
export type ModuleLink = v.InferOutput<typeof moduleLinkSchema>

/** Verdict of the removal gate on a sandbox. `reasons` says why it should not be deleted. */
export type Verdict = v.InferOutput<typeof verdictSchema>

/** Description of a sandbox that was put away, as stored in its entry. */
export type Manifest = v.InferOutput<typeof manifestSchema>

export type ManifestRead =
  | {is: 'present'; manifest: Manifest}
  | {is: 'absent'}
  /** `setAside`: absolute path that the file was renamed to. */
  | {is: 'unusable'; setAside?: string}

/** Folder of a sandbox that was put away. It holds the manifest, and the sandbox as `tree`. */
export const entryFolder = ({removed}: Pick<OpenRig, 'removed'>, id: string) => join(removed, id)
export const treeOf = (entry: string) => join(entry, 'tree')
const manifestFile = (entry: string) => join(entry, 'manifest.json')

/** A manifest with an admin folder. */
export type OfWorktree = Manifest & {admin: string}

export const isOfWorktree = (manifest: Manifest): manifest is OfWorktree => manifest.admin !== null

/** Place of the sandbox in its entry. What is no worktree may be a file or a link, so it gets a folder around it. */
export const contentOf = (entry: string, {plain, name}: Pick<Manifest, 'plain' | 'name'>) =>
  plain ? join(treeOf(entry), name) : treeOf(entry)

/**
 * Whether the sandbox itself is in its entry, during a put-away or a restore. Anything else called `tree` has no
 * `.git`.
 */
export async function hasArrived(entry: string, manifest: Manifest): Promise<boolean> {
  const content = contentOf(entry, manifest)
  return await isThere(manifest.plain ? content : join(content, '.git'))
}

/** Reads a manifest. Does not follow a link in its place. Rejects with `UNREADABLE` if it cannot be read. */
export async function peekManifest(entry: string): Promise<ManifestRead> {
  const content = parseStateFile(manifestFile(entry), manifestSchema)
  if (content.is === 'no file') throw content.error
  return content.is === 'usable' ? {is: 'present', manifest: content.state} : {is: content.is}
}

/** Reads a manifest like `peekManifest`. Renames a file that holds no manifest, so that its content is kept. */
export async function readManifest(entry: string): Promise<ManifestRead> {
  const {state, setAside} = await readStateFile(manifestFile(entry), manifestSchema)
  if (state) return {is: 'present', manifest: state}
  return setAside === undefined ? {is: 'absent'} : {is: 'unusable', setAside}
}

/** Writes a manifest atomically, and waits until it is on disk. */
export async function writeManifest(entry: string, manifest: Manifest): Promise<void> {
  await writeStateFile(manifestFile(entry), manifest)
  await syncFolder(entry)
}

/** Removes a manifest. Idempotent. */
export async function dropManifest(entry: string): Promise<void> {
  try {
    await rm(manifestFile(entry), {force: true})
  } catch (error) {
    throw unwritable(manifestFile(entry), error)
  }
}

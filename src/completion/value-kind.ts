import type {ValueKind} from './tree.js'

/** What an argument or flag of such a name takes, in gt and in plugins. */
const BY_NAME: Readonly<Record<string, ValueKind>> = {
  rig: 'rig',
  address: 'address',
  agent: 'agent',
  role: 'role',
  backend: 'backend',
  file: 'file',
  'task-file': 'file',
  source: 'directory',
  dir: 'directory',
}

/** Where the name does not tell. */
const BY_COMMAND: Readonly<Record<string, ValueKind>> = {
  'rig:remove name': 'rig',
  'backend:conform name': 'backend',
}

/** What the argument or flag of that name takes; undefined where nothing can be offered for it. */
export function valueKindOf(commandId: string, name: string): ValueKind | undefined {
  return BY_COMMAND[`${commandId} ${name}`] ?? (Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined)
}

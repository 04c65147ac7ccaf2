import type {ValueKind} from './tree.js'

/** Kinds of values by the name of the argument or flag, in gt and in plugins. */
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

/** Kinds for names that are ambiguous. */
const BY_COMMAND: Readonly<Record<string, ValueKind>> = {
  'rig:remove name': 'rig',
  'backend:conform name': 'backend',
}

/** The kind of value of an argument or flag; undefined when nothing can be offered. */
export function valueKindOf(commandId: string, name: string): ValueKind | undefined {
  return BY_COMMAND[`${commandId} ${name}`] ?? (Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined)
}

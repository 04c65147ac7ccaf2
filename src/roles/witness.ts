import {join} from 'node:path'
import {defineRole, type RigRef, rigSessionName, startupBeacon} from '@gtown/sdk'
import {rigTheme} from './theme.js'

/** The agent that watches a rig's workers. */
export const witness = defineRole<RigRef>({
  name: 'witness',
  scope: 'rig',
  icon: '🦉',
  sessionName: ({rig}) => rigSessionName(rig.name, 'witness'),
  title: ({rig}) => `${rig.name}/witness`,
  homeDir: ({rig}) => join(rig.path, 'witness'),
  workDirs: ({rig}) => [join(rig.path, 'witness', 'rig'), join(rig.path, 'witness'), rig.path],
  env: ({rig}) => ({
    BD_ACTOR: `${rig.name}/witness`,
    GIT_AUTHOR_NAME: `${rig.name}/witness`,
    GIT_CEILING_DIRECTORIES: rig.town.root,
    GT_RIG: rig.name,
    GT_ROLE: 'witness',
    GT_ROOT: rig.town.root,
    GT_SCOPE: 'rig',
  }),
  prompt: ({rig}) =>
    `I am Witness for ${rig.name}. Start patrol: check gt hook, if empty create mol-witness-patrol wisp and execute it.`,
  startupMessages: ({rig}, now) => [
    startupBeacon(`${rig.name}/witness`, {sender: 'deacon', topic: 'patrol', now}),
    'Run `gt prime` to check patrol status and begin work.',
  ],
  theme: ({rig}) => rigTheme(rig.name),
  stopGraceMs: 5000,
  builtInAgent: {name: 'patrol', command: ['witness', 'patrol'], readyPromptPrefix: 'patrol cycle '},
})

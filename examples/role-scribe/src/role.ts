import {join} from 'node:path'
import {defineRole, type RigRef} from '@gtown/sdk'

/** An agent that keeps the notes of a rig. Data and pure functions only. */
export const scribe = defineRole<RigRef>({
  name: 'scribe',
  scope: 'rig',
  icon: '📜',
  sessionName: ({rig}) => `gt-${rig.name}-scribe`,
  title: ({rig}) => `${rig.name}/scribe`,
  homeDir: ({rig}) => join(rig.path, 'scribe'),
  workDirs: ({rig}) => [join(rig.path, 'scribe')],
  makesWorkDir: true,
  env: ({rig}) => ({GT_ROLE: 'scribe', GT_RIG: rig.name, GT_ROOT: rig.town.root, GT_SCOPE: 'rig'}),
  prompt: ({rig}) => `I am the scribe of ${rig.name}. Keep NOTES.md up to date.`,
  startupMessages: ({rig}) => [`You are the scribe of ${rig.name}. Keep NOTES.md up to date.`],
  theme: () => ({background: '#1f3d2d', foreground: '#c0d0b0'}),
  stopGraceMs: 5000,
})

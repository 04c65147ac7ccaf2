import {join} from 'node:path'
import {defineRole, startupBeacon} from '@gtown/sdk'
import {WATCHING} from './words.js'

/** The watchdog of a town: it watches over the witnesses of all its rigs. */
export const deacon = defineRole({
  name: 'deacon',
  scope: 'town',
  icon: '🐺',
  sessionName: () => 'hq-deacon',
  title: () => 'Deacon',
  homeDir: ({town}) => join(town.root, 'deacon'),
  workDirs: ({town}) => [join(town.root, 'deacon')],
  makesWorkDir: true,
  env: ({town}) => ({
    BD_ACTOR: 'deacon',
    GIT_AUTHOR_NAME: 'deacon',
    GIT_CEILING_DIRECTORIES: town.root,
    GT_ROLE: 'deacon',
    GT_ROOT: town.root,
    GT_SCOPE: 'town',
  }),
  prompt: () =>
    'I am Deacon. Start patrol: run gt deacon heartbeat, check gt hook, if empty create mol-deacon-patrol wisp and execute it.',
  startupMessages: (_, now) => [
    startupBeacon('deacon', {sender: 'daemon', topic: 'patrol', now}),
    'Run `gt prime` to check patrol status and begin heartbeat cycle.',
  ],
  theme: () => ({background: '#2d1f3d', foreground: '#c0b0d0'}),
  stopGraceMs: 5000,
  builtInAgent: {name: 'watch', command: ['deacon', 'watch'], readyPromptPrefix: WATCHING},
})

import type {Shell} from '../shells.js'
import {bashScript} from './bash.js'
import {fishScript} from './fish.js'
import {powershellScript} from './powershell.js'
import {zshScript} from './zsh.js'

/** The completion script for each shell. */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
}

import type {Host} from '@gtown/sdk'
import {type Question, RoleCommand, showGitProgress, silentGitProgress} from '@gtown/sdk/commands'
import {unattendedGit} from '@gtown/sdk/git'
import type {WorkerRef} from '@gtown/workers'
import {Args} from '@oclif/core'
import {parseAddress, polecatNamed} from './name.js'
import type {Services} from './services.js'

/** The argument of a command about one worker. */
export const addressArgument = Args.string({
  description: 'The polecat: rig/name',
  required: true,
  ignoreStdin: true,
})

/** Base class of the commands about workers. */
export abstract class PolecatCommand extends RoleCommand {
  // Repeated, because oclif stops searching for inherited statics at the first class without statics of its own.
  static override enableJsonFlag = true

  protected async services(): Promise<Services> {
    const host = await this.host()
    const warn = (message: string) => void this.warn(message)
    // Elsewhere than on a terminal, mostly an agent would read it.
    const isShown = process.stderr.isTTY && !this.jsonEnabled()
    const progress = isShown ? showGitProgress(process.stderr) : silentGitProgress
    return {host, git: unattendedGit(host.place().env), warn, progress}
  }

  /** Asks, unless the user has answered with --yes. An answer also holds if this command runs again elsewhere. */
  protected async agree(question: Question, yes: boolean): Promise<void> {
    if (yes) return
    await this.confirm(question)
    addFlag(process.argv, '--yes')
  }

  /** The worker of an address. Whether there is one is not looked at. */
  protected async polecat(host: Host, address: string): Promise<WorkerRef> {
    const {rig, name} = parseAddress(address)
    return await polecatNamed(await host.find(rig), name)
  }
}

/** Adds a flag to a command line, before the words that are no flags. */
function addFlag(argv: string[], flag: string): void {
  const end = argv.indexOf('--')
  argv.splice(end === -1 ? argv.length : end, 0, flag)
}

import {GtError, type Host, type RoleDefinition, type Town} from '@gtown/sdk'

/** The services for watching over the witnesses of one town. */
export interface Watch {
  host: Host
  town: Town
  witness: RoleDefinition
  warn: (message: string) => void
}

/** Prepares the watch of a town. Rejects if gt has no witness role. */
export async function openWatch(host: Host, town: Town, warn: (message: string) => void): Promise<Watch> {
  const witness = (await host.roles()).find(({name, scope}) => name === 'witness' && scope === 'rig')
  if (!witness) throw new GtError('this gt has no witness role to watch over', {code: 'NO_WITNESS'})
  return {host, town, witness, warn}
}

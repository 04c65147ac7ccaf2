import {ErrorCode, hasCode, isGtError, type Town} from '@gtown/sdk'
import {type Check, failure, ok, warn} from './check.js'
import type {Diagnostics} from './diagnostics.js'

/** The user's current town, if there is one and it can be used, with the checks about it. */
export async function checkTown(diagnostics: Diagnostics): Promise<{town?: Town; checks: Check[]}> {
  try {
    const town = await diagnostics.findTown()
    return {town, checks: [ok('workspace', `${town.root}, and you trust it`)]}
  } catch (error) {
    if (!hasCode(error, ErrorCode.notInWorkspace) || !isGtError(error)) {
      return {checks: [failure('workspace', error)]}
    }
    return {
      checks: [
        warn(
          'workspace',
          `${error.message}: rigs, settings and leftovers are not checked`,
          error.hint ?? 'Go to a workspace.',
        ),
      ],
    }
  }
}

/** Checks the registry, its rigs, and the settings of the town and of each rig. */
export async function checkRigs(diagnostics: Diagnostics, town: Town): Promise<Check[]> {
  const registry = await checkRegistry(diagnostics)
  if (registry.status === 'fail') return [registry, await checkSettings('the town', town)]
  const names = diagnostics.registeredRigs(town)
  const ofRigs = await Promise.all(names.map((name) => checkRig(diagnostics, name)))
  return [
    ok('registry', `readable, names ${names.length} ${names.length === 1 ? 'rig' : 'rigs'}`),
    await checkSettings('the town', town),
    ...ofRigs.flat(),
  ]
}

/** No rig has this name, so looking it up finds only faults of the registry itself. */
const NO_RIG = 'no-rig-has-this-name'

async function checkRegistry({findRig}: Diagnostics): Promise<Check> {
  try {
    await findRig(NO_RIG)
  } catch (error) {
    if (!hasCode(error, ErrorCode.rigNotFound)) return failure('registry', error)
  }
  return ok('registry', 'readable')
}

async function checkRig({findRig}: Diagnostics, name: string): Promise<Check[]> {
  try {
    const rig = await findRig(name)
    return [ok('rig', `${name}: ${rig.path}`), await checkSettings(name, rig)]
  } catch (error) {
    return [failure('rig', error)]
  }
}

async function checkSettings(whose: string, owner: Pick<Town, 'agentSettings'>): Promise<Check> {
  try {
    const files = (await owner.agentSettings()).map(({file}) => file)
    return ok('settings', `${whose}: ${files.length > 0 ? files.join(', ') : 'none'}`)
  } catch (error) {
    return failure('settings', error)
  }
}

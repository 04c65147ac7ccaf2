import type {StateEvidence} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'
import {readForeignJson} from './foreign-files.js'
import {knownAgent} from './known/index.js'
import type {OwnProcess} from './known-agent.js'

export interface OwnStateQuery extends OwnProcess {
  kind: string
  /** Milliseconds since the epoch. Older records describe an earlier process with the same pid. */
  bornAt: number
}

/** The state that the agent itself records; undefined when there is none that gt can read. */
export async function ownState({
  kind,
  bornAt,
  ...process
}: OwnStateQuery): Promise<StateEvidence | undefined> {
  const own = (await knownAgent(kind))?.ownState
  const file = own?.file(process)
  if (!own || file === undefined) return undefined
  // The file may be half-written: no evidence is better than wrong evidence.
  const evidence = own.read(readForeignJson(file, v.unknown()), process)
  return evidence && evidence.at >= bornAt ? evidence : undefined
}

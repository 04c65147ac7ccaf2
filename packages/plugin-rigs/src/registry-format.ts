import * as v from 'valibot'
import {objectOf, recordOf, text, version} from './schema.js'

const rigEntry = objectOf({git_url: v.nullish(text), added_at: v.nullish(text), local_repo: v.nullish(text)})

/** What a town has registered about a rig. */
export type RigEntry = v.InferOutput<typeof rigEntry>

/** `mayor/rigs.json` of a town. */
export const registryFormat = {version: 1, schema: objectOf({version, rigs: v.nullish(recordOf(rigEntry))})}

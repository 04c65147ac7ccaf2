import * as v from '@gtown/sdk/schema'

const rigEntry = v.objectOf({
  git_url: v.nullish(v.text),
  added_at: v.nullish(v.text),
  local_repo: v.nullish(v.text),
})

/** A rig's entry in the registry. */
export type RigEntry = v.InferOutput<typeof rigEntry>

/** `mayor/rigs.json` of a town. */
export const registryFormat = {
  version: 1,
  schema: v.objectOf({version: v.nullish(v.number), rigs: v.nullish(v.recordOf(rigEntry))}),
}

import {scribe} from '../role.js'

/** What gt asks every plugin for: completion, doctor and addresses such as `greenplace/scribe` know the role by it. */
export default async function roles() {
  return [scribe]
}

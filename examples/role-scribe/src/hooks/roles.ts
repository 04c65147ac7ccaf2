import {scribe} from '../role.js'

/** The answer to the hook `gt:roles`. Completion, `gt doctor` and addresses such as `greenplace/scribe` use it. */
export default async function roles() {
  return [scribe]
}

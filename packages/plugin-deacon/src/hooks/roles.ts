import {deacon} from '../role.js'

export default async function roles() {
  return [deacon]
}

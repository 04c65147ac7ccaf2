import {GtCommand} from '@gtown/sdk/commands'
import {cacheOwner} from '../../cli/complete.js'
import {completionTree, watchedPaths} from '../../cli/completion-tree.js'
import {answer} from '../../completion/answer.js'
import {writeCache} from '../../completion/write-cache.js'
import {currentPlace} from '../../host/place.js'

export default class CompletionCandidates extends GtCommand {
  static override hidden = true
  static override strict = false
  static override enableJsonFlag = false
  static override summary = 'Print the candidates for a Tab, and cache what the next Tab needs.'
  static override description =
    'The scripts of gt completion run this: gt completion candidates -- <shell> <word>...'

  async run(): Promise<void> {
    const request = this.argv.slice(1)
    const tree = await completionTree(this.config)
    process.stdout.write(answer(tree, request, currentPlace()))
    await writeCache(cacheOwner(), tree, await watchedPaths(this.config))
  }
}

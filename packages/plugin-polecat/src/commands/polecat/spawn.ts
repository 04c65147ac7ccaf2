import {parseEnvironment, startFlags, startOptions} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {PolecatCommand} from '../../polecat-command.js'
import {spawnWorker} from '../../spawn.js'
import {readTask} from '../../task.js'
import {polecatView} from '../../view.js'

export default class PolecatSpawn extends PolecatCommand {
  static override summary = 'Give a task to a new polecat: a worktree, a branch and a session of its own.'
  static override description =
    `The branch begins at the origin's default branch, or at the branch given with --base. An existing polecat
that is not done is started again in its sandbox. A failed spawn removes what it made; the next spawn finishes
one that was killed.`
  static override examples = [
    'gt polecat spawn greenplace --task "Fix the flaky test"',
    'gt polecat spawn greenplace nux --task-file task.md --base develop --agent codex',
  ]
  static override args = {
    rig: Args.string({description: 'Name of the rig', required: true, ignoreStdin: true}),
    name: Args.string({description: 'Name of the polecat; a free one when absent', ignoreStdin: true}),
  }
  static override flags = {
    task: Flags.string({description: 'The task', exclusive: ['task-file']}),
    'task-file': Flags.string({description: 'A file with the task'}),
    base: Flags.string({description: "The origin's branch to begin from, instead of the default branch"}),
    ...startFlags,
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(PolecatSpawn)
    const env = parseEnvironment(flags.env ?? [])
    const task = await readTask({text: flags.task, file: flags['task-file']})
    const services = await this.services()
    const rig = await services.host.find(args.rig)
    this.say(`Spawning a polecat in ${rig.rig.name}...`)
    const spawned = await this.interruptible((signal) => {
      const start = {...startOptions(flags, env), signal}
      return spawnWorker(services, {rig, name: args.name, task, base: flags.base, start})
    })
    return this.show(services.host, (style) => polecatView.spawned(spawned, style))
  }
}

import {parseDuration} from '@gtown/sdk'
import {parseEnvironment} from '@gtown/sdk/commands'
import {Args, Flags} from '@oclif/core'
import {PolecatCommand} from '../../polecat-command.js'
import {spawnWorker} from '../../spawn.js'
import {readTask} from '../../task.js'
import {polecatView} from '../../view.js'

const DEFAULT_TIMEOUT_MS = 60_000

export default class PolecatSpawn extends PolecatCommand {
  static override summary = 'Give a task to a new polecat: a worktree, a branch and a session of its own.'
  static override description =
    `The branch begins at the origin's default branch, or at the one of --base. A polecat that is there and not
done is started again in its sandbox, where it does not run. A spawn that fails takes back what it made; one that was
killed is finished by the next.`
  static override examples = [
    'gt polecat spawn greenplace --task "Fix the flaky test"',
    'gt polecat spawn greenplace nux --task-file task.md --base develop --agent codex',
  ]
  static override args = {
    rig: Args.string({description: 'Name of the rig', required: true, ignoreStdin: true}),
    name: Args.string({description: 'Name of the polecat; a free one when absent', ignoreStdin: true}),
  }
  static override flags = {
    task: Flags.string({description: 'What it is told to do', exclusive: ['task-file']}),
    'task-file': Flags.string({description: 'A file that says what it is to do'}),
    base: Flags.string({description: "The origin's branch to begin from, instead of its default branch"}),
    agent: Flags.string({description: 'Agent alias to run (overrides the configured one)'}),
    backend: Flags.string({
      description: 'Session backend to start it on (overrides GT_BACKEND and settings)',
    }),
    env: Flags.string({
      description: 'Environment variable override (KEY=VALUE, can be repeated)',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'accept-dialogs': Flags.boolean({
      description:
        "Answer the agent's own start-up dialogs (trust, its warning before it works without asking)",
      allowNo: true,
    }),
    timeout: Flags.custom<number>({
      description: 'How long the agent may take to be ready, e.g. 90s or 2m',
      defaultHelp: async () => '60s',
      parse: async (text) => parseDuration(text),
    })(),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(PolecatSpawn)
    const env = parseEnvironment(flags.env ?? [])
    const task = await readTask({text: flags.task, file: flags['task-file']})
    const services = await this.services()
    const rig = await services.host.find(args.rig)
    this.say(`Spawning a polecat in ${rig.rig.name}...`)
    const {agent, backend, base, timeout: timeoutMs = DEFAULT_TIMEOUT_MS, 'accept-dialogs': dialogs} = flags
    const spawned = await this.interruptible((signal) => {
      const chosen = {...(agent !== undefined && {agent}), ...(backend !== undefined && {backend})}
      const acceptDialogs = dialogs === undefined ? {} : {acceptDialogs: dialogs}
      const start = {...chosen, ...acceptDialogs, env, timeoutMs, signal}
      return spawnWorker(services, {rig, name: args.name, task, base, start})
    })
    return this.show(services.host, (style) => polecatView.spawned(spawned, style))
  }
}

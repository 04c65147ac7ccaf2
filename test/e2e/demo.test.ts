// The demo is the first thing that anybody runs, so all that it shows must happen.
import {spawn} from 'node:child_process'
import {readdirSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {finished} from '../support/cli.js'
import {sandbox} from '../support/sandbox.js'

const demo = fileURLToPath(new URL('../../scripts/demo.js', import.meta.url))

test.each(['tmux', 'pty'])(
  'The demo on %s: each worker is treated as it needs, its work is at the origin, and nothing is left',
  async (backend) => {
    const {dir, env} = sandbox()
    const options = {env: {...env, TMPDIR: dir, GT_BACKEND: backend}, cwd: dir}
    const before = readdirSync(dir)
    const {code, stdout, stderr} = await finished(spawn(process.execPath, [demo], options))
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    const story = ['steady makes progress', 'shaky crashed', 'sleepy waits', 'swift is done', 'shaky is done']
    for (const words of story) expect(stdout).toContain(words)
    for (const name of ['swift', 'shaky', 'sleepy']) {
      expect(stdout).toMatch(new RegExp(`^\\w+ ${name}: Begin ${name}\\.md$`, 'm'))
      expect(stdout).toMatch(new RegExp(`^\\w+ ${name}: Finish ${name}\\.md$`, 'm'))
    }
    expect(stdout).toContain('demo has no polecats')
    expect(readdirSync(dir)).toEqual(before)
  },
  120_000,
)

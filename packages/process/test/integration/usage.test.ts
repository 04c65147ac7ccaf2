import {execFileSync, spawn} from 'node:child_process'
import {mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it, onTestFinished, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {parseLsof, processesIn} from '../../src/occupants.js'
import {treeUsage} from '../../src/usage.js'
import {startZombie} from '../support/programs.js'

/** A shell with a child that runs until it is killed, busy or idle. */
function tree(cwd: string, child: string): number {
  const shell = spawn('/bin/sh', ['-c', `${child} & wait`], {cwd, detached: true, stdio: 'ignore'})
  onTestFinished(() => void process.kill(-(shell.pid ?? Number.NaN), 'SIGKILL'))
  return shell.pid ?? Number.NaN
}

function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'u')))
  onTestFinished(() => rmSync(path, {recursive: true}))
  return path
}

describe.runIf(process.platform === 'linux')('treeUsage', () => {
  it('counts a process with its descendants, and their CPU time', async () => {
    const pid = tree(folder(), 'sh -c "while :; do :; done"')
    const usage = () => treeUsage([pid])?.get(pid)
    await until('the child', () => usage()?.processes === 2)
    const before = usage()?.ticks ?? 0
    await until('it to compute', () => (usage()?.ticks ?? 0) > before + 10)
    expect(usage()?.program).toBe('sh')
  })

  it('EndedProcess: is left out, and so is a zombie', async () => {
    expect(treeUsage([4_194_305, await startZombie()])?.size).toBe(0)
  })
})

describe.runIf(process.platform === 'linux')('processesIn', () => {
  it('finds the processes in a directory, and none in its sibling', async () => {
    const path = folder()
    const pid = tree(path, 'sleep 600')
    await until('both to be there', () => processesIn(path)?.length === 2)
    expect(processesIn(path)).toContainEqual({pid, command: expect.stringContaining('sleep 600')})
    expect(processesIn(path.slice(0, -1))).toEqual([])
  })

  it("gt's own tmux server is left out; a user's server and a program with its marker are not", async () => {
    const path = folder()
    const serverIn = (env: Record<string, string>): number => {
      const box = sandbox()
      const options = {cwd: path, env: {...box.env, ...env}, encoding: 'utf8'} as const
      // The session itself is elsewhere.
      execFileSync('tmux', ['-L', 'default', 'new-session', '-d', '-c', '/', 'exec sleep 600'], options)
      return Number(box.tmux('display-message', '-p', '#{pid}'))
    }
    const own = serverIn({GT_SESSION_ID: 'infra'})
    const theirs = serverIn({})
    const marked = spawn('sleep', ['600'], {cwd: path, env: {...process.env, GT_SESSION_ID: 'infra'}})
    onTestFinished(() => void marked.kill())
    const found = () => processesIn(path)?.map(({pid}) => pid)
    await until('the program to be there', () => found()?.includes(marked.pid ?? 0))
    expect(found()?.sort()).toEqual([theirs, marked.pid].sort())
    expect(found()).not.toContain(own)
  })
})

test('what lsof says is read, with paths that hold blanks', () => {
  expect(parseLsof('p12\nfcwd\nn/a b\np13\nfcwd\nn/c\n')).toEqual([
    {pid: 12, path: '/a b'},
    {pid: 13, path: '/c'},
  ])
})

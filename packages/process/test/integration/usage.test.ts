import {spawn} from 'node:child_process'
import {mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it, onTestFinished, test} from 'vitest'
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
})

test('what lsof says is read, with paths that hold blanks', () => {
  expect(parseLsof('p12\nfcwd\nn/a b\np13\nfcwd\nn/c\n')).toEqual([
    {pid: 12, path: '/a b'},
    {pid: 13, path: '/c'},
  ])
})

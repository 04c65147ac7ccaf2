import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {polecatNamed} from '../../src/name.js'

function named(name: string, ...rigs: string[]) {
  const root = sandbox().dir
  for (const rig of rigs) mkdirSync(join(root, rig))
  const agentSettings = async () => []
  const town = {root, realRoot: root, agentSettings}
  return polecatNamed(
    {town, rig: {name: 'alpha', path: join(root, 'alpha'), town, workers: async () => [], agentSettings}},
    name,
  )
}

test.each(['nux', 'Nux_2', 'a-b-c', '7', 'crew_max', 'witnesses'])('%s is a name', async (name) => {
  expect(await named(name, 'alpha', 'beta')).toMatchObject({name})
})

test.each(['', '.', '..', 'a/b', '../x', '-x', 'a.b', 'a b', 'nux\n', 'x'.repeat(65)])(
  '%j is none',
  async (name) => {
    await expect(named(name)).rejects.toMatchObject({code: 'USAGE', exitCode: 2})
  },
)

test.each([
  'witness',
  'Witness',
  'boot',
  'crew',
  'deacon',
  'MAYOR',
  'polecats',
  'refinery',
  'crew-max',
  'Crew-max',
])('%s means another', async (name) => {
  await expect(named(name)).rejects.toThrow('it is reserved')
})

test.each([
  ['two-nux', 'alpha-two'],
  ['two-three-nux', 'alpha-two'],
  ['two-three-nux', 'alpha-two-three'],
])("A session of %s would be one of rig '%s'", async (name, rig) => {
  await expect(named(name, rig)).rejects.toThrow(`its session would be one of rig '${rig}'`)
})

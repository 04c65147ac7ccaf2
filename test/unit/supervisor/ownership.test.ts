import {symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {checkOurs} from '../../../src/supervisor/ownership.js'
import {alphaRef, aSession} from '../../support/refs.js'
import {sandbox} from '../../support/sandbox.js'

const check = (session: Parameters<typeof aSession>[0]) =>
  checkOurs(aSession(session), agentOf(witness, alphaRef()))

test('labels of this town, rig and role: ours', async () => {
  await expect(check({})).resolves.toBeUndefined()
})

test('labels of another town: foreign, and the error names it', async () => {
  await expect(check({labels: {town: '/other', rig: 'alpha', role: 'witness'}})).rejects.toMatchObject({
    code: 'SESSION_FOREIGN',
    message: "session 'gt-alpha-witness' belongs to another town: /other",
  })
})

test('labels of another role of this town: foreign', async () => {
  await expect(check({labels: {town: '/real/town', rig: 'alpha', role: 'polecat'}})).rejects.toThrow(
    "belongs to the polecat of rig 'alpha'",
  )
})

test.each([
  ['another worker of the rig', {name: 'nux'}, "the witness of rig 'alpha'"],
  ['another rig', {rig: 'beta'}, "the witness of rig 'beta'"],
  ['the whole town', {rig: undefined}, 'the witness'],
])('labels of %s: foreign', async (_, more, owner) => {
  const labels = {town: '/real/town', rig: 'alpha', role: 'witness', ...more} as Record<string, string>
  await expect(check({labels})).rejects.toThrow(`belongs to ${owner}`)
})

test('no labels, and the GT_ROOT of another town that is there: foreign', async () => {
  const {dir} = sandbox()
  await expect(check({labels: {}, environmentRoot: dir})).rejects.toThrow(`another town: ${dir}`)
})

test('no labels, and a GT_ROOT that leads in a circle: foreign, and no fault', async () => {
  const circle = join(sandbox().dir, 'circle')
  symlinkSync(circle, circle)
  await expect(check({labels: {}, environmentRoot: circle})).rejects.toMatchObject({code: 'SESSION_FOREIGN'})
})

test('no labels and no GT_ROOT: foreign, gt did not start it', async () => {
  await expect(check({labels: {}})).rejects.toThrow('gt did not start it')
})

test('labels go over GT_ROOT', async () => {
  await expect(check({labels: {town: '/other'}, environmentRoot: '/real/town'})).rejects.toThrow('/other')
})

test("no labels, but this town's GT_ROOT through a link: ours, the original made it", async () => {
  const {dir} = sandbox()
  symlinkSync(dir, join(dir, 'link'))
  const ref = alphaRef()
  ref.town.realRoot = dir
  const session = aSession({labels: {}, environmentRoot: join(dir, 'link')})
  await expect(checkOurs(session, agentOf(witness, ref))).resolves.toBeUndefined()
})

test('no labels and a GT_ROOT that leads nowhere: foreign', async () => {
  await expect(check({labels: {}, environmentRoot: '/no/such/town'})).rejects.toThrow('/no/such/town')
})

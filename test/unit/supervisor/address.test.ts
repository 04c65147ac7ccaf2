import type {RoleDefinition} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {witness} from '../../../src/roles/witness.js'
import {type AddressBook, resolveAddress} from '../../../src/supervisor/address.js'
import {alphaRef} from '../../support/refs.js'

const {rig, town} = alphaRef()

const book: AddressBook = {
  find: async (name = 'alpha') => {
    if (name !== 'alpha') throw new Error(`no rig ${name}`)
    return {rig, town}
  },
  findTown: async () => ({town}),
  roles: async () => [],
}

describe('resolveAddress', () => {
  test.each([
    ['alpha/witness', 'alpha/witness', 'gt-alpha-witness', 'witness'],
    ['witness', 'alpha/witness', 'gt-alpha-witness', 'witness'],
    ['refinery', 'alpha/refinery', 'gt-alpha-refinery', 'refinery'],
    ['alpha/nux', 'alpha/nux', 'gt-alpha-nux', 'polecat'],
    ['alpha/polecats/nux', 'alpha/nux', 'gt-alpha-nux', 'polecat'],
    ['alpha/crew/max', 'alpha/crew/max', 'gt-alpha-crew-max', 'crew'],
    ['deacon', 'deacon', 'hq-deacon', 'deacon'],
    ['hq/deacon', 'deacon', 'hq-deacon', 'deacon'],
    ['mayor', 'mayor', 'hq-mayor', 'mayor'],
    ['boot', 'boot', 'hq-boot', 'boot'],
  ])('%s means %s', async (text, address, session, role) => {
    const agent = await resolveAddress(book, text)
    expect([agent.address, agent.sessionName, agent.role.name]).toEqual([address, session, role])
  })

  test.each([
    '',
    'nux',
    '..',
    '../x',
    'alpha/..',
    'alpha/.',
    '/alpha/witness',
    'alpha//x',
    'alpha/x/',
    'a/b/c/d',
    'alpha/x y',
    'alpha/-x',
    'alpha/x\n',
    'alpha/dogs/x',
    'alpha/nux/x',
    `alpha/${'x'.repeat(65)}`,
  ])('%j is no address', async (text) => {
    await expect(resolveAddress(book, text)).rejects.toMatchObject({code: 'USAGE', exitCode: 2})
  })

  test('a worker, and a member of the crew, is meant by name', async () => {
    expect((await resolveAddress(book, 'alpha/nux')).name).toBe('nux')
    expect((await resolveAddress(book, 'alpha/crew/max')).name).toBe('max')
    expect((await resolveAddress(book, 'alpha/witness')).name).toBeUndefined()
  })

  describe('with roles of plugins', () => {
    const of = (name: string, scope: 'rig' | 'town') =>
      ({...witness, name, scope, sessionName: () => `plugin-${name}`}) as unknown as RoleDefinition
    const more = {
      ...book,
      roles: async () => [of('scout', 'rig'), of('herald', 'town'), of('witness', 'rig')],
    }

    test.each([
      ['alpha/scout', 'plugin-scout'],
      ['scout', 'plugin-scout'],
      ['herald', 'plugin-herald'],
      ['alpha/herald', 'gt-alpha-herald'],
      ['alpha/witness', 'gt-alpha-witness'],
      ['witness', 'gt-alpha-witness'],
    ])('%s means the session %s', async (text, session) => {
      expect((await resolveAddress(more, text)).sessionName).toBe(session)
    })
  })

  test('a rig that there is not is said by who knows the rigs', async () => {
    await expect(resolveAddress(book, 'alp/witness')).rejects.toThrow('no rig alp')
    await expect(resolveAddress(book, 'hq/deacon/x')).rejects.toThrow('no rig hq')
  })
})

import {expect, test} from 'vitest'
import {agentOf} from '../../../src/supervisor/agent-ref.js'
import {alphaRef} from '../../support/refs.js'

const role = {name: 'scribe', sessionName: ({name = 'nobody'}: {name?: string}) => `gt-alpha-${name}`}

test('the session and the address of an agent are those that its role and its ref say', () => {
  const {town, rig} = alphaRef()
  const named = {sessionName: 'gt-alpha-nux', address: 'alpha/nux', role, town, rig, name: 'nux'}
  expect(agentOf(role, {town, rig, name: 'nux'})).toEqual(named)
  expect(agentOf(role, {town, rig})).toMatchObject({sessionName: 'gt-alpha-nobody', address: 'alpha/scribe'})
  expect(agentOf(role, {town}).address).toBe('scribe')
})

test('what else a plugin gave with its ref reaches the functions of its role', () => {
  const ref = {...alphaRef(), shelf: 7}
  const agent = agentOf({...role, prompt: (of: object) => `shelf ${Reflect.get(of, 'shelf')}`}, ref)
  expect(agent.role.prompt(agent)).toBe('shelf 7')
})

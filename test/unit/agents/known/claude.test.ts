import {describe, expect, test} from 'vitest'
import {claude} from '../../../../src/agents/known/claude.js'

const read = (content: unknown) => claude.ownState?.read(content, {pid: 42})
const file = {pid: 42, status: 'idle', statusUpdatedAt: 1000}

describe('claude’s own state', () => {
  test.each([
    [{status: 'idle'}, 'idle'],
    [{status: 'busy'}, 'busy'],
    [{status: 'waiting', waitingFor: 'permission prompt'}, 'permission'],
    [{status: 'waiting', waitingFor: 'plan approval'}, 'permission'],
    [{status: 'waiting', waitingFor: 'sandbox request'}, 'permission'],
    [{status: 'waiting', waitingFor: 'worker request'}, 'permission'],
    [{status: 'waiting', waitingFor: 'dialog open'}, 'dialog'],
    [{status: 'waiting', waitingFor: 'something new'}, 'question'],
    [{status: 'waiting'}, 'question'],
  ])('%j: %s', (fields, state) => {
    const evidence = read({...file, ...fields})
    expect(evidence).toMatchObject({source: 'own', state, at: 1000})
    expect(evidence?.value).toContain(fields.status)
  })

  test.each([
    ['of another process', {...file, pid: 43}],
    ['with a status that is not known', {...file, status: 'dreaming'}],
    ['without a time', {pid: 42, status: 'idle'}],
    ['that is a list', []],
    ['that is null', null],
    ['that is text', 'idle'],
  ])('a file %s: nothing', (_what, content) => {
    expect(read(content)).toBeUndefined()
  })
})

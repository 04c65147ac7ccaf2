import {plainStyle} from '@gtown/sdk'
import {describe, expect, it} from 'vitest'
import {rigTable} from '../../src/rigs/rig-table.js'

describe('rigTable', () => {
  it('EmptyTown: says how to add a rig', () => {
    expect(rigTable('/t', [], plainStyle)).toBe(
      "No rigs in /t\n  Use 'gt rig add <name> <git-url>' to add one",
    )
  })

  it('Rigs: one line each, in columns', () => {
    const rigs = [
      {name: 'alpha', git_url: 'https://x/a', path: '/t/alpha', exists: true, polecats: ['nux', 'toast']},
      {name: 'ghost', git_url: null, path: '/t/ghost', exists: false, polecats: []},
      {name: 'a b', git_url: null, path: null, exists: false, polecats: []},
    ]
    expect(rigTable('/t', rigs, plainStyle)).toBe(
      [
        'Rig    Polecats  Cloned from',
        'alpha  2         https://x/a',
        'ghost  missing   -',
        'a b    bad name  -',
      ].join('\n'),
    )
  })
})

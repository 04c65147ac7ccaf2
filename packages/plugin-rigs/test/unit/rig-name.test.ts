import {describe, expect, it} from 'vitest'
import {checkNewRigName} from '../../src/rigs/rig-name.js'

describe('checkNewRigName', () => {
  it.each(['alpha', 'my_rig', 'A1', '_x', '7'])('accepts %s', (name) => {
    expect(() => checkNewRigName(name)).not.toThrow()
  })

  it.each(['my-rig', 'my.rig', 'my rig', 'my\trig'])('%j: suggests an underscore', (name) => {
    expect(() => checkNewRigName(name)).toThrow(
      expect.objectContaining({code: 'USAGE', exitCode: 2, hint: "Try 'my_rig'."}),
    )
  })

  it.each(['', '-x', '..', '../x', 'a/b', 'a:b', '🦉', 'a\nb', 'x'.repeat(300), '$(id)'])(
    'refuses %j',
    (name) => {
      expect(() => checkNewRigName(name)).toThrow(expect.objectContaining({code: 'USAGE'}))
    },
  )

  it.each([
    'mayor',
    'Mayor',
    'settings',
    'deacon',
    'daemon',
    'logs',
    'plugins',
    'polecats',
    'crew',
    '__proto__',
  ])('reserves %s', (name) => {
    expect(() => checkNewRigName(name)).toThrow(`'${name}' is reserved`)
  })
})

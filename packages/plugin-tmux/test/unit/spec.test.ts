import {expect, test} from 'vitest'
import {checkSpec} from '../../src/spec.js'
import {quiet} from '../support/world.js'

const coloured = (background: string, foreground = 'white') =>
  checkSpec(quiet('a', {appearance: {title: 'a', background, foreground}}))

test.each(['red', 'colour12', '#2d1f3d', 'default'])('checkSpec_Colour %s: is accepted', async (colour) => {
  await coloured(colour)
  await coloured('red', colour)
})

test.each(['', '#', '#(x)', 'red#(x)', '#(x)red', 'red,fg=blue', 'red\nblue', '#{pid}'])(
  'checkSpec_Colour %j: is refused, of the text and behind it',
  async (colour) => {
    await expect(coloured(colour)).rejects.toMatchObject({code: 'INVALID_SESSION'})
    await expect(coloured('red', colour)).rejects.toMatchObject({code: 'INVALID_SESSION'})
  },
)

// Every command, argument, flag and alias, as one text: a change of the surface is seen in the diff, and meant.
import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core'
import {expect, test} from 'vitest'

test('the surface of the commands is what was agreed on (npm test -- -u accepts a change)', async () => {
  const config = await Config.load({root: fileURLToPath(new URL('../../..', import.meta.url))})
  const lines = config.commands
    .filter(({aliases, id}) => !aliases.includes(id))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((command) => {
      const args = Object.values(command.args).map(({name, required}) =>
        required ? `<${name}>` : `[${name}]`,
      )
      const flags = Object.values(command.flags)
        .map(
          (flag) => `--${flag.name}${flag.char ? `/-${flag.char}` : ''}${flag.type === 'option' ? '=' : ''}`,
        )
        .sort()
      const aliases = command.aliases.map((alias) => `(also ${alias.replaceAll(':', ' ')})`)
      return ['gt', command.id.replaceAll(':', ' '), ...args, ...flags, ...aliases].join(' ')
    })
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('command-surface.txt')
})

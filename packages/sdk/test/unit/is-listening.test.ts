import {writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {isListening} from '../../src/files/is-listening.js'

test('Only where somebody does', async () => {
  const {dir} = sandbox()
  const [alive, file, absent] = [join(dir, 'alive'), join(dir, 'file'), join(dir, 'absent')]
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(alive, resolve))
  onTestFinished(() => void server.close())
  writeFileSync(file, '')
  expect(await Promise.all([alive, file, absent].map(isListening))).toEqual([true, false, false])
})

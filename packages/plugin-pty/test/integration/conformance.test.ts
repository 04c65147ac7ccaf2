import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {conformanceCases, runConformance} from '@gtown/sdk/conformance'
import {expect, test} from 'vitest'
import {killer} from '../../../process/src/index.js'
import {createPtyBackend} from '../../src/backend.js'
import {diagnose} from '../../src/diagnose.js'
import {world} from '../support/world.js'

test.each(conformanceCases)('pty: $name', async (testCase) => {
  const {backend, env, dir} = world()
  const notAFolder = join(dir, 'file')
  writeFileSync(notAFolder, '')
  const unreachable = createPtyBackend({killer, env: {...env, GT_PTY_DIR: notAFolder}})
  const options = {backend, unreachable, diagnose: () => diagnose(env), directory: dir}
  const {value} = await runConformance({...options, cases: [testCase]}).next()
  expect(value).toMatchObject({outcome: 'passed'})
})

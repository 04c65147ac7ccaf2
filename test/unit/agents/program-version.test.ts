import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {programVersion} from '../../../src/agents/program-version.js'

function folder() {
  const root = realpathSync(mkdtempSync(join(process.env.GT_TEST_ROOT ?? tmpdir(), 'v')))
  onTestFinished(() => rmSync(root, {recursive: true}))
  return (path: string, text = '') => {
    const file = join(root, path)
    mkdirSync(dirname(file), {recursive: true})
    writeFileSync(file, text)
    return file
  }
}

const manifest = (content: object) => JSON.stringify({version: '1.2.3', ...content})

test.each([
  ['a folder of versions', 'share/claude/versions/2.1.330/claude', '2.1.330'],
  ['Homebrew', 'Cellar/opencode/1.18.0/bin/opencode', '1.18.0'],
])('%s tells it', async (_, path, version) => {
  const file = folder()
  expect(await programVersion(file(path))).toBe(version)
})

test('a link into a package provides it, if the package names the program', async () => {
  const file = folder()
  const program = file('lib/node_modules/agent/dist/cli.js')
  file('lib/node_modules/agent/package.json', manifest({bin: {agent: './dist/cli.js'}}))
  const link = join(dirname(file('bin/x')), 'agent')
  symlinkSync(program, link)
  expect(await programVersion(link)).toBe('1.2.3')
})

test.each([manifest({}), manifest({bin: 'other.js'}), manifest({bin: {other: 3}}), 'null', '{"vers'])(
  'a script in a project of its own (%s): not known',
  async (text) => {
    const file = folder()
    file('package.json', text)
    expect(await programVersion(file('scripts/my-agent.js'))).toBeUndefined()
  },
)

test('a folder beside the Python libraries provides none', async () => {
  const file = folder()
  file('env/lib/pypy/site-packages/aider_chat-0.1.0.dist-info/METADATA')
  expect(await programVersion(file('env/bin/aider'))).toBeUndefined()
})

test('a Python environment provides it', async () => {
  const file = folder()
  file('env/lib/python3.12/site-packages/aider_chat-0.86.1.dist-info/METADATA')
  expect(await programVersion(file('env/bin/aider'))).toBe('0.86.1')
})

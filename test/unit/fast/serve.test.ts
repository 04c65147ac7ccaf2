// What a plugin on disk is given for gt's own modules, in a process of its own: the hooks stay for good.
import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {sandbox} from '../../support/sandbox.js'

const serve = new URL('../../../dist/fast/serve.js', import.meta.url).href
const HERE = {'@gtown/sdk': '0.1.5', '@oclif/core': '4.2.3'}
type Package = keyof typeof HERE

interface Plugin {
  uses: Package
  range?: string
  /** The package.json of the copy that it brings. */
  own?: object
}

/** Whose copy the plugin gets, or the code of what it fails with. */
function given({uses, range, own}: Plugin): string {
  const {dir} = sandbox()
  const write = (file: string, text: string | object) => {
    mkdirSync(dirname(join(dir, file)), {recursive: true})
    writeFileSync(join(dir, file), typeof text === 'string' ? text : JSON.stringify(text))
  }
  write(`bundle/served/${uses.replace('/', '+')}.mjs`, `export const whose = 'gt'`)
  write('plugin/package.json', {
    name: 'a-plugin',
    type: 'module',
    ...(range && {dependencies: {[uses]: range}}),
  })
  write('plugin/index.js', `import {whose} from '${uses}'; export default whose`)
  if (own) {
    write(`plugin/node_modules/${uses}/package.json`, {
      name: uses,
      type: 'module',
      main: './index.js',
      ...own,
    })
    write(`plugin/node_modules/${uses}/index.js`, `export const whose = 'own'`)
  }
  const program = `import {serve} from '${serve}'
    serve('${dir}/bundle', '${dir}/plugin', {modules: {'${uses}': () => ({})}, versions: ${JSON.stringify(HERE)}})
    const whose = await import('${dir}/plugin/index.js').then((it) => it.default, (error) => error.code)
    process.stdout.write(whose)`
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], {encoding: 'utf8'}).stdout
}

describe('a plugin that brings no sdk', () => {
  test.each([undefined, '*', '^0.1.0', '~0.1.5', '0.1.5', '0.1.4'])('made for %s: gets gt’s', (range) => {
    expect(given({uses: '@gtown/sdk', ...(range && {range})})).toBe('gt')
  })

  test.each(['^0.1.6', '^0.2.0', '^0.0.9', '^1.0.0', '>=0.1.0', 'latest'])(
    'made for %s: is refused',
    (range) => {
      expect(given({uses: '@gtown/sdk', range})).toBe('API_VERSION')
    },
  )
})

describe('a plugin that brings a copy', () => {
  test.each([
    ['@gtown/sdk', '^0.1.0', 'own'],
    ['@gtown/sdk', '^9.0.0', 'own'],
    ['@oclif/core', '^4.2.0', 'gt'],
    ['@oclif/core', '^4.3.0', 'own'],
    ['@oclif/core', '^3.0.0', 'own'],
  ] as const)('of %s, made for %s: %s', (uses, range, whose) => {
    expect(given({uses, range, own: {}})).toBe(whose)
  })

  test('that is broken: fails, and gets no other in its place', () => {
    const own = {exports: {'./other': './index.js'}}
    expect(given({uses: '@gtown/sdk', range: '^0.1.0', own})).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })
})

import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {resolveSource, withoutCredentials} from '../../src/git/source.js'
import {failureOf, placeAt, write} from '../support/town.js'

describe('resolveSource', () => {
  it.each([
    'https://example.com/x.git',
    'ssh://git@example.com/x',
    'git@example.com:x.git',
    'file:///x',
    'codecommit::eu-west-1://x',
  ])('Url: %s stays as it is', async (url) => {
    expect(await resolveSource(url, placeAt(sandbox(), '/'))).toBe(url)
  })

  it.each([
    '--upload-pack=touch /tmp/x',
    '-x',
    '-oProxyCommand=id',
    'ext::sh -c id',
    'fd::3',
    '',
    'https://x/\u001b[2J',
    '/x\n',
  ])('Dangerous: %j is refused', async (source) => {
    expect(await failureOf(resolveSource(source, placeAt(sandbox(), '/')))).toMatchObject({code: 'USAGE'})
  })

  it('Refused: without its password', async () => {
    const {message} = await failureOf(resolveSource('https://me:canary@host/\n', placeAt(sandbox(), '/')))
    expect(message).toMatch(/^'https:\/\/\*\*\*@host\/\?' cannot be cloned/)
  })

  it('Path: becomes absolute, even with a colon in it', async () => {
    const box = sandbox()
    write(join(box.dir, 'a:b', 'HEAD'), '')
    expect(await resolveSource('a:b', placeAt(box, box.dir))).toBe(join(box.dir, 'a:b'))
    expect(await resolveSource('../home', placeAt(box, join(box.dir, 'a:b')))).toBe(join(box.dir, 'home'))
  })

  it('MissingPath: is named as an absolute path', async () => {
    const box = sandbox()
    const error = await failureOf(resolveSource('nothing', placeAt(box, box.dir)))
    expect(error).toMatchObject({
      code: 'SOURCE_NOT_FOUND',
      message: expect.stringContaining(join(box.dir, 'nothing')),
    })
  })

  it('DeletedDirectory: a URL works, a relative path does not', async () => {
    const gone = placeAt(sandbox(), undefined)
    expect(await resolveSource('https://example.com/x', gone)).toBe('https://example.com/x')
    expect(await failureOf(resolveSource('x', gone))).toMatchObject({code: 'SOURCE_NOT_FOUND'})
  })
})

describe('withoutCredentials', () => {
  it.each([
    ['https://user:secret@host/x', 'https://***@host/x'],
    ['https://token@host/x', 'https://***@host/x'],
    ['HTTPS://token@host/x', 'HTTPS://***@host/x'],
    ['ssh://git:secret@host/x', 'ssh://git:***@host/x'],
    ['ssh://git@host/x', 'ssh://git@host/x'],
    ['git@host:x', 'git@host:x'],
    ["fatal: 'https://a:b@host/x' and https://c:d@host", "fatal: 'https://***@host/x' and https://***@host"],
  ])('%s', (text, expected) => {
    expect(withoutCredentials(text)).toBe(expected)
  })
})

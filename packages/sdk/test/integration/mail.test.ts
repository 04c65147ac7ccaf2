import {execFileSync} from 'node:child_process'
import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {
  formatMessage,
  parseMessage,
  putAway,
  readMail,
  tellWitness,
  witnessMailbox,
} from '../../src/mail/index.js'

const message = (more: Record<string, unknown> = {}) => ({
  id: 'one',
  at: 1_700_000_000_000,
  from: 'alpha/nux',
  subject: 'POLECAT_DONE nux',
  body: 'Exit: COMPLETED\nBranch: polecat/nux-m1',
  ...more,
})

function mailbox() {
  const {dir} = sandbox()
  const path = witnessMailbox(dir)
  const put = (name: string, text: string) => writeFileSync(join(path, 'new', name), text)
  return {dir, path, put, names: (folder: string) => readdirSync(join(path, folder))}
}

test('tellWitness: what it delivers is read whole, in order, until it is put away', async () => {
  const {dir, path, names} = mailbox()
  await tellWitness(dir, message())
  await tellWitness(dir, message({id: 'two', at: 1_700_000_000_001, body: ''}))
  const letters = await readMail(path)
  expect(letters).toEqual(await readMail(path))
  expect(letters.map((letter) => 'message' in letter && letter.message)).toEqual([
    message(),
    message({id: 'two', at: 1_700_000_000_001, body: ''}),
  ])
  expect(await putAway(path, letters)).toEqual([])
  expect(await putAway(path, letters)).toEqual([])
  expect([await readMail(path), names('tmp'), names('cur').length]).toEqual([[], [], 2])
})

test.each([
  '.runtime',
  '.runtime/mail',
  '.runtime/mail/witness',
  '.runtime/mail/witness/new',
  '.runtime/mail/witness/tmp',
])('tellWitness_aLinkInThePlaceOf %s: refused, and nothing is written where it leads', async (place) => {
  const {dir} = mailbox()
  mkdirSync(join(dir, 'elsewhere'))
  mkdirSync(join(dir, place, '..'), {recursive: true})
  symlinkSync(join(dir, 'elsewhere'), join(dir, place))
  await expect(tellWitness(dir, message())).rejects.toMatchObject({code: 'UNWRITABLE'})
  expect(readdirSync(join(dir, 'elsewhere'))).toEqual([])
})

test('Mail is for its owner only', async () => {
  const {dir, path, names} = mailbox()
  await tellWitness(dir, message())
  const modes = ['..', '.', 'new', 'tmp', `new/${names('new')[0]}`].map(
    (name) => statSync(join(path, name)).mode & 0o777,
  )
  expect(modes).toEqual([0o700, 0o700, 0o700, 0o700, 0o600])
})

test('readMail_withoutAMailbox: nothing', async () => {
  expect(await readMail(mailbox().path)).toEqual([])
})

test('What is cut, too long, a link, a pipe or a folder is set aside, and named; what it led to stays', async () => {
  const {dir, path, put, names} = mailbox()
  await tellWitness(dir, message())
  const secret = join(dir, 'secret')
  writeFileSync(secret, formatMessage(message({id: 'secret'})))
  put('1.cut', 'Subject: POLECAT_DONE nux\n\nExit: COMP')
  put('2.head', 'Subject: POLECAT_DONE nux\n')
  put('3.long', `Subject: x\n\n${'y'.repeat(70_000)}\n`)
  put('4.nothing', '')
  symlinkSync(secret, join(path, 'new/5.link'))
  mkdirSync(join(path, 'new/6.folder'))
  execFileSync('mkfifo', [join(path, 'new/7.pipe')])
  put('.hidden', 'is none at all')
  const letters = await readMail(path)
  expect(letters.filter((letter) => 'message' in letter)).toHaveLength(1)
  const aside = await putAway(path, letters)
  expect(aside.map((file) => file.slice(path.length))).toEqual(
    ['1.cut', '2.head', '3.long', '4.nothing', '5.link', '6.folder', '7.pipe'].map(
      (name) => `/unusable/${name}`,
    ),
  )
  expect([names('new'), readFileSync(secret, 'utf8')]).toEqual([
    ['.hidden'],
    formatMessage(message({id: 'secret'})),
  ])
})

test('Of what was put away only so much is kept, the newest', async () => {
  const {dir, path, put, names} = mailbox()
  await tellWitness(dir, message())
  for (let number = 1000; number < 1250; number++) put(`${number}`, formatMessage(message()))
  for (let letters = await readMail(path); letters.length > 0; letters = await readMail(path)) {
    expect(letters.length).toBeLessThanOrEqual(100)
    await putAway(path, letters)
  }
  expect([names('cur').length, names('cur').includes('1249:2,S'), names('cur').includes('1000:2,S')]).toEqual(
    [200, true, false],
  )
})

test('parseMessage: a script may leave out all but the subject; a header cannot be smuggled in', () => {
  const otherwise = {id: 'file', at: 5}
  expect(parseMessage('subject:  MERGED nux\r\n\r\nBranch: b\r\n', otherwise)).toEqual({
    ...otherwise,
    from: '',
    subject: 'MERGED nux',
    body: 'Branch: b',
  })
  expect(parseMessage('Branch: b\n\n', otherwise)).toBeUndefined()
  const sly = formatMessage(message({from: 'me\nMessage-Id: another'}))
  expect(parseMessage(sly, otherwise)).toMatchObject({id: 'one', from: 'me Message-Id: another'})
})

test('A message without an id has that of its file', async () => {
  const {dir, path, put} = mailbox()
  await tellWitness(dir, message())
  put('2000.hand', 'Subject: MERGED nux\n\n')
  expect((await readMail(path)).map((letter) => 'message' in letter && letter.message.id)).toEqual([
    'one',
    '2000.hand',
  ])
})

test('parseMessage: of a field that stands there twice the first counts; an id has an end', () => {
  const text = `Subject: one\nSubject: two\nMessage-Id: ${'x'.repeat(300)}\n\n`
  const parsed = parseMessage(text, {id: '', at: 0})
  expect([parsed?.subject, parsed?.id.length]).toEqual(['one', 200])
})

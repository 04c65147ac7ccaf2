import {ErrorCode} from '../../errors.js'
import type {Session} from '../../session.js'
import type {ConformanceCase, ConformanceContext} from '../conformance-case.js'
import {ended} from '../ended.js'
import {ensure, equal, rejectsAsLost, rejectsWith} from '../expect.js'
import {type Receiver, receiver, typed} from '../receiver.js'

const TEXT = `Say "hi" to $HOME; it's #{pane_id} \\n 100% Über 日本 🦉;`

/** Types the text and then an end marker. What arrives before the marker is the typed text. */
async function arrives({received, type}: Receiver, text: string): Promise<void> {
  await type(text)
  await type('<end>')
  const all = await received('<end>')
  const found = typed(all)
  const expected = `${text}<end>`
  ensure(
    found.length === expected.length,
    `${found.length} characters arrived of ${expected.length}, or more than once`,
  )
  equal(found, expected, 'what arrived')
}

export const inputCases: ConformanceCase[] = [
  {
    name: 'type: a text arrives whole and once',
    level: 'must',
    needs: ['type'],
    run: async (context) => arrives(await receiver(context), TEXT),
  },
  {
    name: 'type: a text of 20 KB arrives whole',
    level: 'must',
    needs: ['type'],
    run: async (context) => arrives(await receiver(context), '0123456789'.repeat(2000)),
  },
  {
    name: 'type: a text of 1 MB arrives whole',
    level: 'should',
    needs: ['type'],
    run: async (context) => arrives(await receiver(context), '0123456789'.repeat(100_000)),
  },
  {
    name: 'type: several lines are one paste where the program tells pasted text from typed',
    level: 'must',
    needs: ['type'],
    async run(context) {
      const {type, received} = await receiver(context, 'paste')
      await type('one\ntwo\nthree')
      const all = (await received('\x1b[201~')).replaceAll('\r', '\n')
      equal(all, '\x1b[200~one\ntwo\nthree\x1b[201~', 'what arrived')
    },
  },
  {
    name: 'type: control characters but newline and tab are left out',
    level: 'must',
    needs: ['type'],
    async run(context) {
      const {type, received} = await receiver(context)
      await type('a\x03b\x1bc\x04d\x7fe\x9bf\x1a\tg\nh<end>')
      equal(typed(await received('<end>')), 'abcdef\tg\nh<end>', 'what arrived')
    },
  },
  {
    name: 'type: presses no Enter; press does',
    level: 'must',
    needs: ['type', 'press'],
    async run(context) {
      const {backend, session, type, received} = await receiver(context)
      await type('text')
      await received('text')
      await backend.press(session, 'Enter')
      equal(await received('\r'), 'text\r', 'what arrived')
    },
  },
  {
    name: 'press: arrow keys arrive as such',
    level: 'must',
    needs: ['press'],
    async run(context) {
      const {backend, session, received} = await receiver(context)
      await backend.press(session, 'Up')
      await backend.press(session, 'Down')
      const keys = (await received('B')).replaceAll('\x1bO', '\x1b[')
      equal(keys, '\x1b[A\x1b[B', 'what arrived')
    },
  },
  {
    name: 'type: to a program that has ended rejects, and so does press',
    level: 'must',
    needs: ['type', 'press'],
    async run(context) {
      const {backend, spec, file, program} = context
      const session = await backend.start(spec({command: program('print', file('report'), 'bye', '0')}))
      await ended(context, session)
      await rejectLost(context, session)
    },
  },
  {
    name: 'type: of an earlier life types nothing into the later one, or into one of a like name',
    level: 'must',
    needs: ['type', 'press'],
    async run(context) {
      const {backend, spec} = context
      const earlier = await backend.start(spec())
      await backend.stop(earlier, {graceMs: 0})
      const later = await receiver(context, 'plain', earlier.name)
      const longer = await receiver(context, 'plain', `${earlier.name}0`)
      await rejectLost(context, earlier)
      for (const {type, received} of [later, longer]) {
        await type('<end>')
        equal(await received('<end>'), '<end>', 'what arrived')
      }
    },
  },
  {
    name: 'type: nothing is typed when the screen is not what was seen, and press presses nothing',
    level: 'must',
    needs: ['type', 'press', 'view'],
    async run(context) {
      const {backend, session, type, received} = await receiver(context)
      const seen = await backend.view(session)
      await backend.type(session, 'first', {seen})
      await received('first')
      await context.until('the cursor to move', async () => {
        const now = await backend.view(session)
        return now.cursor.column !== seen.cursor.column
      })
      await rejectsWith(ErrorCode.screenChanged, backend.type(session, 'x', {seen}), 'type')
      await rejectsWith(ErrorCode.screenChanged, backend.press(session, 'Enter', {seen}), 'press')
      await type('<end>')
      equal(await received('<end>'), 'first<end>', 'what arrived')
    },
  },
]

async function rejectLost({backend}: ConformanceContext, session: Session): Promise<void> {
  await rejectsAsLost(backend.type(session, 'x'), 'type')
  await rejectsAsLost(backend.press(session, 'Enter'), 'press')
}

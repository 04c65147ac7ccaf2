import type {Session} from '../../session.js'
import type {TerminalView} from '../../terminal.js'
import type {ConformanceCase, ConformanceContext} from '../conformance-case.js'
import {ended} from '../ended.js'
import {ensure, equal, rejectsAsLost} from '../expect.js'

/** The escape sequence for bold, alone or combined with others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
const BOLD = /\x1b\[([\d;]*;)?1m/

const WORD = 'word '.repeat(60).trimEnd()

/** Starts a session that prints the text, and waits for the output. Concurrent sessions need different files. */
async function printing(
  {backend, spec, file, program, report}: ConformanceContext,
  text: string,
  {code, name = 'report'}: {code?: number; name?: string} = {},
): Promise<Session> {
  const args = [file(name), text, ...(code === undefined ? [] : [`${code}`])]
  const session = await backend.start(spec({command: program('print', ...args)}))
  await report(file(name))
  return session
}

async function captured(context: ConformanceContext, session: Session, last: string): Promise<string[]> {
  const {backend, until} = context
  return until(`'${last}' to be shown`, async () => {
    const lines = await backend.capture(session, {lines: 10})
    return lines.at(-1) === last && lines
  })
}

async function viewed(context: ConformanceContext, session: Session, last: string): Promise<TerminalView> {
  return context.until(`'${last}' to be viewed`, async () => {
    const view = await context.backend.view(session)
    return view.rows.some((row) => row.trimEnd() === last) && view
  })
}

export const screenCases: ConformanceCase[] = [
  {
    name: 'capture: shows what was printed, without colours and blank lines at the end',
    level: 'must',
    needs: ['capture'],
    async run(context) {
      const session = await printing(context, 'one\r\n\x1b[31mtwo\x1b[0m\r\n\r\nÜber 日本\r\n\r\n')
      equal(await captured(context, session, 'Über 日本'), ['one', 'two', '', 'Über 日本'], 'the screen')
    },
  },
  {
    name: 'capture: gives no more lines than were asked for, the last ones',
    level: 'must',
    needs: ['capture'],
    async run(context) {
      const session = await printing(context, 'one\r\ntwo\r\nthree\r\n')
      await captured(context, session, 'three')
      equal(await context.backend.capture(session, {lines: 2}), ['two', 'three'], 'the last two lines')
    },
  },
  {
    name: 'capture: joins a line that the terminal wrapped',
    level: 'must',
    needs: ['capture'],
    async run(context) {
      const session = await printing(context, WORD)
      equal(await captured(context, session, WORD), [WORD], 'the screen')
    },
  },
  {
    name: 'capture: shows the screen of a program that has ended',
    level: 'must',
    needs: ['capture'],
    async run(context) {
      const session = await printing(context, 'last words\r\n', {code: 3})
      await ended(context, session)
      equal(await captured(context, session, 'last words'), ['last words'], 'the screen')
    },
  },
  {
    name: 'capture: of a session that is over rejects, and shows no other of a like name',
    level: 'must',
    needs: ['capture'],
    async run({backend, spec}) {
      const session = await backend.start(spec())
      await backend.stop(session, {graceMs: 0})
      await backend.start(spec({name: `${session.name}0`}))
      await rejectsAsLost(backend.capture(session, {lines: 1}), 'capture')
      await backend.start(spec({name: session.name}))
      await rejectsAsLost(backend.capture(session, {lines: 1}), 'capture of a later life')
    },
  },
  {
    name: 'view: shows rows, cursor and title',
    level: 'must',
    needs: ['view'],
    async run(context) {
      const session = await printing(context, '\x1b]2;a title\x07one\r\n\x1b[1mtwo\x1b[0m and more')
      const {columns, rows, styledRows, cursor, title, alternateScreen, inMode} = await viewed(
        context,
        session,
        'two and more',
      )
      equal(
        rows.slice(0, 2).map((row) => row.trimEnd()),
        ['one', 'two and more'],
        'the first rows',
      )
      equal(styledRows.length, rows.length, 'the number of styled rows')
      ensure(BOLD.test(styledRows[1] ?? ''), 'a bold word is not bold in the styled rows')
      equal(cursor, {column: 12, row: 1, visible: true}, 'the cursor')
      ensure(columns > 12, `there are only ${columns} columns`)
      equal({title, alternateScreen, inMode}, {title: 'a title', alternateScreen: false, inMode: false}, 'it')
    },
  },
  {
    name: 'view: keeps a no-break space at the end of a row, and no blank',
    level: 'must',
    needs: ['view'],
    async run(context) {
      const session = await printing(context, 'prompt\u00a0\r\nblank  \r\nlast')
      const {rows} = await viewed(context, session, 'last')
      equal(rows.slice(0, 3), ['prompt\u00a0', 'blank', 'last'], 'the rows')
    },
  },
  {
    name: 'view: tells of the alternate screen and a hidden cursor',
    level: 'must',
    needs: ['view'],
    async run(context) {
      const session = await printing(context, '\x1b[?1049h\x1b[2J\x1b[H\x1b[?25lfull screen')
      const {alternateScreen, cursor} = await viewed(context, session, 'full screen')
      equal({alternateScreen, visible: cursor.visible}, {alternateScreen: true, visible: false}, 'it')
    },
  },
  {
    name: 'view: of a session that is over rejects',
    level: 'must',
    needs: ['view'],
    async run({backend, spec}) {
      const session = await backend.start(spec())
      await backend.stop(session, {graceMs: 0})
      await rejectsAsLost(backend.view(session), 'view')
    },
  },
  {
    name: 'views: shows of each session what view shows, whatever stands on their screens',
    level: 'must',
    needs: ['view', 'views'],
    async run(context) {
      const texts = ['first', `second\r\nview|%0|80|24|0|0|1|0|0|x|y`, 'third']
      const sessions = await Promise.all(
        texts.map((text, index) => printing(context, `${text}\r\nend`, {name: `report-${index}`})),
      )
      for (const session of sessions) await viewed(context, session, 'end')
      const views = await context.backend.views(sessions)
      equal(views.size, sessions.length, 'the number of sessions')
      for (const session of sessions) {
        const {at: _, ...alone} = await context.backend.view(session)
        const {at: __ = 0, ...together} = views.get(session.name) ?? {}
        equal(together, alone, 'what is shown')
      }
    },
  },
  {
    name: 'views: leaves out a session that is over, and shows no later one in its place',
    level: 'must',
    needs: ['views'],
    async run({backend, spec}) {
      const [over, alive] = [await backend.start(spec()), await backend.start(spec())]
      await backend.stop(over, {graceMs: 0})
      await backend.start(spec({name: over.name}))
      const views = await backend.views([over, alive])
      equal([...views.keys()], [alive.name], 'the sessions shown')
      equal((await backend.views([])).size, 0, 'of none')
    },
  },
]

import {join} from 'node:path'
import {beforeEach, describe, expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {fixture, quiet, readIfThere, shell, type World, world} from '../support/world.js'

describe('capture', () => {
  test('capture_Screen: is its last lines, wrapped ones joined, without blanks at the end', async () => {
    const {backend} = world()
    const long = 'x'.repeat(200)
    const script = `printf 'one\\n\\n${long}  \\nü \\n\\n\\n'; sleep 600`
    const session = await backend.start(quiet('a', {command: shell(script)}))
    const screen = await until('the text', async () => {
      const lines = await backend.capture(session, {lines: 100})
      return lines.at(-1) === 'ü' && lines
    })
    expect(screen).toEqual(['one', '', long, 'ü'])
    expect(await backend.capture(session, {lines: 2})).toEqual([long, 'ü'])
    expect(await backend.capture(session, {lines: 0})).toEqual([])
  })

  test('capture_MoreThanTheScreen: is the visible part', async () => {
    const {backend} = world()
    const session = await backend.start(quiet('a', {command: shell('seq 100; sleep 600')}))
    await until('the text', async () => (await backend.capture(session, {lines: 1}))[0] === '100')
    expect(await backend.capture(session, {lines: 1000})).toEqual(
      Array.from({length: 23}, (_, n) => `${n + 78}`),
    )
  })
})

describe('view', () => {
  const drawing = `printf '\\033]2;a title\\007\\033[2J\\033[1;1H\\033[1;31mred\\033[0m 漢字 🦉\\033[3;5Hx\\033[2m\\033[48;5;200mdim\\033[0m\\033[38;2;1;2;3mrgb\\033[0m \\033[?25l'`

  test('view_Terminal: is its rows, colours, cursor, title and foreground command', async () => {
    const {backend} = world()
    const session = await backend.start(quiet('a', {command: shell(`${drawing}; exec sleep 600`)}))
    const seen = await until('the drawing', async () => {
      const view = await backend.view(session)
      return view.command === 'sleep' && view.rows[2] === '    xdimrgb' ? view : undefined
    })
    expect(seen).toMatchObject({
      columns: 80,
      cursor: {column: 12, row: 2, visible: false},
      title: 'a title',
      alternateScreen: false,
      inMode: false,
    })
    expect(seen.rows).toHaveLength(24)
    expect(seen.styledRows).toHaveLength(24)
    expect(seen.rows.slice(0, 2)).toEqual(['red 漢字 🦉', ''])
    expect(seen.styledRows.slice(0, 3)).toEqual([
      '\x1b[1;31mred\x1b[0m 漢字 🦉',
      '',
      '    x\x1b[2;48;5;200mdim\x1b[0m\x1b[38;2;1;2;3mrgb\x1b[0m',
    ])
  })

  test('view_WideCharacters: the cursor is where a terminal has it', async () => {
    const {backend} = world()
    const session = await backend.start(quiet('a', {command: shell(`printf '漢🦉é'; sleep 600`)}))
    await until('the cursor', async () => (await backend.view(session)).cursor.column === 5)
  })

  test('view_AlternateScreen: is reported, and the main screen comes back', async () => {
    const {backend, dir} = world()
    const file = join(dir, 'go')
    const script = `echo before; printf '\\033[?1049hinside'; until [ -e ${file} ]; do sleep 0.05; done; printf '\\033[?1049l'; sleep 600`
    const session = await backend.start(quiet('a', {command: shell(script)}))
    await until('the other screen', async () => (await backend.view(session)).alternateScreen)
    await backend.runOutside(['/usr/bin/touch', file], {cwd: dir, env: {}})
    await until('the first screen', async () => !(await backend.view(session)).alternateScreen)
    expect((await backend.view(session)).rows[0]).toBe('before')
  })

  test('view_ProgramThatQueriesItsTerminal: is answered', async () => {
    const {backend} = world()
    const script = `stty raw -echo; printf 'ab\\033[6n'; dd bs=1 count=6 2>/dev/null | od -c | head -1; sleep 600`
    const session = await backend.start(quiet('a', {command: shell(script)}))
    await until('the answer', async () =>
      (await backend.capture(session, {lines: 1})).join().includes('[   1   ;   3   R'),
    )
  })
})

describe('type', () => {
  let here: World
  let file: string
  beforeEach(() => {
    here = world()
    file = join(here.dir, 'typed')
  })

  /** A session whose program reads keys as an agent does. */
  async function prompt() {
    const session = await here.backend.start(quiet('a', {command: fixture('type.mjs', file)}))
    await until('the prompt', async () => (await here.backend.capture(session, {lines: 1}))[0] === 'ready')
    return session
  }

  const pasted = (text: string) => `\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`

  test('type_Text: is one paste, whole and once, and no Enter', async () => {
    const session = await prompt()
    const text = '-l "quoted" $HOME `x` #{pane_id} \\ ~ ü 🦉\n\tsecond line;\nC-c Enter ;'
    await here.backend.type(session, text)
    await until('the text', () => readIfThere(file) === pasted(text))
    await here.backend.press(session, 'Enter')
    await here.backend.press(session, 'Up')
    await here.backend.press(session, 'Down')
    await until('the keys', () => readIfThere(file) === `${pasted(text)}\r\x1b[A\x1b[B`)
  })

  test('type_ControlCharacters: are left out, except newline and tab', async () => {
    const session = await prompt()
    const controls = Array.from({length: 160}, (_, n) => String.fromCharCode(n)).filter((char) =>
      /\p{Cc}/u.test(char),
    )
    await here.backend.type(session, `a${controls.join('')}b\x1b[201~c\r\nd`)
    await until('the text', () => readIfThere(file) === pasted('a\t\n\nb[201~c\nd'))
  })

  test('type_1MB: arrives whole and once', async () => {
    const session = await prompt()
    const text = Array.from({length: 40_000}, (_, n) => `line ${n} ü of the long text\n`).join('')
    await here.backend.type(session, text)
    await here.backend.type(session, 'after')
    await until('the text', () => readIfThere(file) === pasted(text) + pasted('after'), 30_000)
  })

  test('type_NothingToType: types nothing', async () => {
    const session = await prompt()
    await here.backend.type(session, '\x00')
    await here.backend.press(session, 'Enter')
    await until('the key', () => readIfThere(file) === '\r')
  })

  test('type_ProgramWithoutBracketedPaste: gets the text as typed, and arrow keys in its mode', async () => {
    const script = `stty raw -echo; printf 'ready\\033[?1h'; cat > ${file}`
    const session = await here.backend.start(quiet('a', {command: shell(script)}))
    await until('the prompt', async () => (await here.backend.capture(session, {lines: 1}))[0] === 'ready')
    await here.backend.type(session, 'one\ntwo')
    await here.backend.press(session, 'Up')
    await until('the text', () => readIfThere(file) === 'one\rtwo\x1bOA')
  })

  test('type_ScreenAsSeen: is typed; on a changed screen it is refused and nothing is typed', async () => {
    const session = await prompt()
    const seen = await here.backend.view(session)
    for (const other of [
      {...seen, title: 'x'},
      {...seen, alternateScreen: true},
      {...seen, cursor: {...seen.cursor, column: 7}},
    ]) {
      const refusal = {code: 'SCREEN_CHANGED'}
      await expect(here.backend.type(session, 'x', {seen: other})).rejects.toMatchObject(refusal)
      await expect(here.backend.press(session, 'Enter', {seen: other})).rejects.toMatchObject(refusal)
    }
    await here.backend.type(session, 'y', {seen})
    await until('the text', () => readIfThere(file) === pasted('y'))
  })

  test('type_AgentThatHasEnded: is lost', async () => {
    const session = await here.backend.start(quiet('a', {command: shell('exit 0')}))
    await until('it to end', async () => (await here.backend.inspect('a'))?.liveness === 'dead')
    const lost = {code: 'SESSION_LOST', message: "session 'a' is lost: its agent has ended"}
    await expect(here.backend.type(session, 'x')).rejects.toMatchObject(lost)
    await expect(here.backend.press(session, 'Enter')).rejects.toMatchObject(lost)
  })
})

test('inspect_Output: moves the last activity', async () => {
  const {backend} = world()
  const session = await backend.start(quiet('a', {command: ['/bin/cat']}))
  await backend.type(session, 'x')
  await until(
    'the echo',
    async () => ((await backend.inspect('a'))?.lastActivityAt ?? 0) > session.lastActivityAt,
  )
})

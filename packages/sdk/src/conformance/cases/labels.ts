import type {ConformanceCase} from '../conformance-case.js'
import {equal, found} from '../expect.js'

const AWKWARD = {
  town: '/srv/a town',
  quotes: `"double" 'single' \`back\``,
  'key=&': 'a=b&c=d',
  newline: 'one\ntwo\n',
  format: '#{pane_id} #(id) $HOME %41 + ;',
  utf8: 'Übergröße 日本 🦉',
}

export const labelCases: ConformanceCase[] = [
  {
    name: 'labels: come back as they were given, whatever is in them',
    level: 'must',
    async run({backend, spec}) {
      const many = Object.fromEntries(Array.from({length: 50}, (_, index) => [`key${index}`, `${index}`]))
      const labels = {...AWKWARD, ...many}
      const {name} = await backend.start(spec({labels}))
      equal({...found(await backend.inspect(name)).labels}, labels, 'the labels')
      const [listed] = await backend.list({prefix: name})
      equal({...found(listed).labels}, labels, 'the labels in the list')
    },
  },
  {
    name: 'labels: an empty value is kept',
    level: 'must',
    async run({backend, spec}) {
      const {name} = await backend.start(spec({labels: {empty: '', other: 'x'}}))
      equal({...found(await backend.inspect(name)).labels}, {empty: '', other: 'x'}, 'the labels')
    },
  },
  {
    name: 'labels: those of one session are not those of another',
    level: 'must',
    async run({backend, spec}) {
      const [first, second] = await Promise.all([
        backend.start(spec({labels: {which: 'first', own: 'x'}})),
        backend.start(spec({labels: {which: 'second'}})),
      ])
      equal({...found(await backend.inspect(first.name)).labels}, {which: 'first', own: 'x'}, 'of the first')
      equal({...found(await backend.inspect(second.name)).labels}, {which: 'second'}, 'of the second')
    },
  },
  {
    name: 'labels: are gone with their session',
    level: 'must',
    async run({backend, spec}) {
      const session = await backend.start(spec({labels: {which: 'first'}}))
      await backend.stop(session, {graceMs: 0})
      await backend.start(spec({name: session.name}))
      equal({...found(await backend.inspect(session.name)).labels}, {}, 'the labels of the next life')
    },
  },
]

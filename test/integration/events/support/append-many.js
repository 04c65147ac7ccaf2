// Writes so many events to the log of a town, one at a time: DIRECTORY WRITER COUNT. Runs the built files.
import {appendEvents} from '../../../../dist/events/event-log.js'

const [, , directory, writer, count] = process.argv
for (let number = 0; number < Number(count); number++) {
  const payload = {writer, number, text: 'x'.repeat(2000)}
  await appendEvents(directory, [{type: 'written', actor: 'alpha/witness', payload, visibility: 'audit'}])
}

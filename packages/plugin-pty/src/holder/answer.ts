import type {Socket} from 'node:net'
import type {Answers, Ask, Request} from '../protocol.js'
import {runDetached} from '../run-outside.js'
import type {Holder} from './holder.js'
import {pasted, pressed} from './keys.js'
import {Refused} from './refused.js'

/** Does what is asked. Rejects with `Refused` when the session cannot do it. */
export async function answer(holder: Holder, request: Request, socket: Socket): Promise<Answers[Ask]> {
  if ('incarnation' in request && request.incarnation !== holder.incarnation) throw new Refused('otherLife')
  const {screen, agent} = holder
  switch (request.ask) {
    case 'inspect':
      return holder.session()
    case 'capture':
      await screen.drawn()
      return screen.lines()
    case 'view':
      await screen.drawn()
      return holder.look()
    case 'environment':
      return holder.environment
    case 'type':
      await screen.drawn()
      await holder.write(pasted(request.text, screen.modes), request.seen)
      return null
    case 'press':
      await screen.drawn()
      await holder.write(pressed(request.key, screen.modes), request.seen)
      return null
    case 'attach':
      holder.viewers.add(socket, request.size)
      return null
    case 'run':
      await runDetached(request.command, request, agent.descriptor)
      return null
    case 'stop':
      return await holder.prepareStop()
    case 'end':
      await holder.saved()
      return null
    default:
      throw new Error('there is no such request')
  }
}

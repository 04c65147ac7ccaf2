import type {Socket} from 'node:net'
import type {Answers, Ask, Request} from '../protocol.js'
import {runDetached} from '../run-outside.js'
import {pasted, pressed} from './keys.js'
import {Refused} from './refused.js'
import type {Shim} from './shim.js'

/** Carries out a request. Rejects with `Refused` when the session cannot do it. */
export async function handleRequest(shim: Shim, request: Request, socket: Socket): Promise<Answers[Ask]> {
  if ('incarnation' in request && request.incarnation !== shim.incarnation) throw new Refused('otherLife')
  const {screen, agent} = shim
  switch (request.ask) {
    case 'inspect':
      return shim.session()
    case 'capture':
      await screen.drawn()
      return screen.lines()
    case 'view':
      await screen.drawn()
      return shim.view()
    case 'environment':
      return shim.environment
    case 'type':
      await screen.drawn()
      await shim.write(pasted(request.text, screen.modes), request.seen)
      return null
    case 'press':
      await screen.drawn()
      await shim.write(pressed(request.key, screen.modes), request.seen)
      return null
    case 'attach':
      shim.viewers.add(socket, request.size)
      return null
    case 'run':
      await runDetached(request.command, request, agent.descriptor)
      return null
    case 'stop':
      return await shim.prepareStop()
    case 'end':
      await shim.saved()
      return null
    default:
      throw new Error('unknown request')
  }
}

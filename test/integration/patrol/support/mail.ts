import {randomUUID} from 'node:crypto'
import {type Message, tellWitness} from '@gtown/sdk/mail'
import type {World} from './world.js'

/** Delivers a message to the witness, written now unless it says otherwise; returns its id. */
export async function send(
  {rig, services}: World,
  subject: string,
  fields: Record<string, string>,
  more: Partial<Message> = {},
): Promise<string> {
  const body = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  const message = {
    id: randomUUID(),
    at: services.clock().wallMs,
    from: '',
    subject,
    body: body.join('\n'),
    ...more,
  }
  await tellWitness(rig, message)
  return message.id
}

import type {AgentReading, Key} from '@gtown/sdk'
import {knownAgent} from './known/index.js'

/**
 * The next key that answers a start dialog; undefined for a dialog that may not be answered, or whose marked choice
 * cannot be read. Only two kinds are answered: trust in the folder, and the agent's own warning about working without
 * asking. Never a dialog that signs in, accepts terms, spends money or stores a key.
 */
export async function answerTo(
  kind: string,
  {state, text = '', choices = []}: AgentReading,
): Promise<Extract<Key, 'Enter' | 'Down' | 'Up'> | undefined> {
  if (state !== 'dialog' && state !== 'permission') return undefined
  const known = (await knownAgent(kind))?.startDialogs ?? []
  const dialog = known.find((one) => one.text.test(text))
  const marked = choices.findIndex((choice) => choice.marked)
  const wanted = choices.findIndex(({label}) => dialog?.answer.test(label))
  if (!dialog || marked === -1 || wanted === -1) return undefined
  if (marked === wanted) return 'Enter'
  return marked < wanted ? 'Down' : 'Up'
}

/** How long (ms) an empty prompt must stay after the start until no dialog is expected any more. */
export async function promptSettlesMs(kind: string): Promise<number> {
  return (await knownAgent(kind))?.promptSettlesMs ?? 0
}

import type {Rig, WorkAnswer, WorkSource} from '@gtown/sdk'
import {reasonOf} from '@gtown/sdk/files'
import type {RecordRead, WorkerRecord} from '@gtown/workers'
import type {Word} from '../mail/mail-memory.js'
import {unknown} from '../signal.js'
import type {PolecatSignals, Signal} from '../signals.js'

export interface WorkLook {
  rig: Rig
  worker: string
  branch: string | undefined
  read: RecordRead
  /** What the newest message about its work says. */
  word: Word | null
  sources: readonly WorkSource[]
}

/**
 * W and M: from the first source that knows; then from messages, and from the worker's own file last. A source that fails makes both unknown: what
 * it would have said may stand against all that others say.
 */
export async function findWork(look: WorkLook): Promise<Pick<PolecatSignals, 'work' | 'mergeRequest'>> {
  const record = look.read.is === 'present' ? look.read.record : undefined
  const task = record?.task ?? undefined
  const query = {rig: look.rig, worker: look.worker, branch: look.branch, task}
  const answers: Answered[] = []
  for (const {name, read} of look.sources) {
    try {
      answers.push({source: name, answer: (await read(query)) ?? {}})
    } catch (error) {
      const failed = unknown(name, reasonOf(error))
      return {work: failed, mergeRequest: failed}
    }
  }
  if (look.word) answers.push({source: 'message', answer: wordAnswer(look.word, record)})
  answers.push({source: 'worker file', answer: ownAnswer(look.read)})
  return {
    work: firstOf(answers, ({work}) => work),
    mergeRequest: firstOf(answers, ({mergeRequest}) => mergeRequest),
  }
}

interface Answered {
  source: string
  answer: WorkAnswer
}

function firstOf<Value>(
  answers: readonly Answered[],
  read: (answer: WorkAnswer) => Value | 'unknown' | undefined,
): Signal<Value> {
  for (const {source, answer} of answers) {
    const value = read(answer)
    if (value !== undefined) return {value, source, ageMs: 0, ...(answer.detail && {detail: answer.detail})}
  }
  return unknown('nobody', 'nobody says')
}

function wordAnswer(word: Word, record: WorkerRecord | undefined): WorkAnswer {
  const at = new Date(word.at).toISOString()
  switch (word.is) {
    case 'merged':
      return {work: 'terminal', mergeRequest: 'merged', detail: `merged, as a message of ${at} says`}
    case 'merge failed':
      // It was mended, and handed in again.
      if (record?.done_at !== undefined && Date.parse(record.done_at) > word.at) return {}
      return {work: 'open', mergeRequest: 'none', detail: `its merge failed: ${word.text}`}
    case 'shutdown':
      return {work: 'terminal', detail: `a message of ${at} asks that it ends`}
    case 'done': {
      const {mergeRequest: request} = word
      // Its record says more.
      const mergeRequest = request === null || (request === 'none' && record) ? undefined : request
      return {work: 'terminal', ...(mergeRequest && {mergeRequest}), detail: `a message of ${at} says so`}
    }
  }
}

/** A file that is not there says nothing: the worker may be one of another program's. */
function ownAnswer(read: RecordRead): WorkAnswer {
  if (read.is !== 'present') {
    const detail = read.is === 'unreadable' ? read.reason : 'nobody wrote down what it works on'
    return {work: 'unknown', mergeRequest: 'unknown', detail}
  }
  const {exit, task, merge_request: mergeRequest = 'none'} = read.record
  if (exit !== undefined) return {work: 'terminal', mergeRequest, detail: `it said ${exit}`}
  return {work: task === null ? 'none' : 'open', mergeRequest}
}

import type {Rig, WorkAnswer, WorkSource} from '@gtown/sdk'
import {reasonOf} from '@gtown/sdk/files'
import type {RecordRead, WorkerRecord} from '@gtown/workers'
import type {LastReport} from '../mail/mail-memory.js'
import {unknown} from '../signal.js'
import type {PolecatSignals, Signal} from '../signals.js'

export interface WorkInput {
  rig: Rig
  worker: string
  branch: string | undefined
  read: RecordRead
  /** The newest message about its work. */
  lastReport: LastReport | null
  sources: readonly WorkSource[]
}

/**
 * Signals W and M: from the first source that knows, then from messages, and last from the worker's record. A failed
 * source makes both unknown, since its answer could have contradicted the others.
 */
export async function findWork(look: WorkInput): Promise<Pick<PolecatSignals, 'work' | 'mergeRequest'>> {
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
  if (look.lastReport) answers.push({source: 'message', answer: reportAnswer(look.lastReport, record)})
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
  return unknown('nobody', 'no source knows')
}

function reportAnswer(word: LastReport, record: WorkerRecord | undefined): WorkAnswer {
  const at = new Date(word.at).toISOString()
  switch (word.is) {
    case 'merged':
      return {work: 'terminal', mergeRequest: 'merged', detail: `merged according to a message of ${at}`}
    case 'merge failed':
      // The worker has fixed it and reported done again.
      if (record?.done_at !== undefined && Date.parse(record.done_at) > word.at) return {}
      return {work: 'open', mergeRequest: 'none', detail: `its merge failed: ${word.text}`}
    case 'shutdown':
      return {work: 'terminal', detail: `a message of ${at} asks it to shut down`}
    case 'done': {
      const {mergeRequest: request} = word
      // The record knows better.
      const mergeRequest = request === null || (request === 'none' && record) ? undefined : request
      return {work: 'terminal', ...(mergeRequest && {mergeRequest}), detail: `a message of ${at} says so`}
    }
  }
}

/** A missing record means unknown: another program may have spawned the worker. */
function ownAnswer(read: RecordRead): WorkAnswer {
  if (read.is !== 'present') {
    const detail = read.is === 'unreadable' ? read.reason : 'there is no record of its task'
    return {work: 'unknown', mergeRequest: 'unknown', detail}
  }
  const {exit, task, merge_request: mergeRequest = 'none'} = read.record
  if (exit !== undefined) return {work: 'terminal', mergeRequest, detail: `it reported ${exit}`}
  return {work: task === null ? 'none' : 'open', mergeRequest}
}

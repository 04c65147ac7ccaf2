import type {Action} from '../actions.js'
import {restartOrWait} from './restart.js'
import {expectationOf, nothing, type Row, raiseIncident} from './row.js'
import {agentFor, hasSandbox, isAgentGone, isFinished, type Situation} from './situation.js'

const isLeft = (situation: Situation) => isAgentGone(situation) && hasSandbox(situation)

const isOpen = ({signals}: Situation) => signals.work.value === 'open'

/** Rows 7 to 11: the agent is gone, and its sandbox still exists. */
export const GONE_ROWS: readonly Row[] = [
  {
    row: '7',
    verdict: 'waiting for merge',
    because: ['mergeRequest'],
    fits: (situation) => isLeft(situation) && situation.signals.mergeRequest.value === 'open',
    act: nothing,
  },
  {
    row: '8',
    verdict: 'done, clean',
    because: ['work', 'mergeRequest', 'git'],
    fits: (situation) =>
      isLeft(situation) &&
      isFinished(situation) &&
      situation.signals.git.value === 'safe' &&
      agentFor(situation) >= situation.thresholds.doneAfter,
    act: clearAway,
  },
  {
    row: '9',
    verdict: 'done, dirty',
    because: ['work', 'mergeRequest', 'git'],
    fits: (situation) =>
      isLeft(situation) && isFinished(situation) && situation.signals.git.value === 'unsafe',
    act: (situation) => {
      const {branch, head, git} = situation.signals
      return [
        raiseIncident(
          situation,
          'done, dirty',
          git.detail ?? 'its work exists only in its sandbox',
          branch,
          head,
        ),
      ]
    },
  },
  {
    row: '10',
    verdict: 'crash-looping',
    because: ['work'],
    fits: (situation) => isLeft(situation) && isOpen(situation) && isCrashLooping(situation),
    act: (situation) => [
      raiseIncident(
        situation,
        'crash-looping',
        `it crashed ${situation.thresholds.crashLoopCrashes} times in a short time and is no longer restarted`,
      ),
    ],
  },
  {
    row: '11',
    verdict: 'crashed',
    because: ['work'],
    fits: (situation) => isLeft(situation) && isOpen(situation),
    act: restartOrWait,
  },
]

function clearAway(situation: Situation): readonly Action[] {
  const expect = expectationOf(situation)
  const end: Action[] = situation.signals.life ? [{kind: 'end-session', expect}] : []
  return situation.thresholds.keepDone ? end : [...end, {kind: 'nuke', expect}]
}

/** Counts restarts, each of which followed a crash, plus this crash. A loop ends only with a stable or a new life. */
function isCrashLooping({memory, thresholds, time}: Situation): boolean {
  const recent = memory.restarts.filter((at) => time.now - at <= thresholds.crashLoopWindow)
  return memory.crashLooping || recent.length + 1 >= thresholds.crashLoopCrashes
}

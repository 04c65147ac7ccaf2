import type {Action} from '../actions.js'
import {restart} from './restart.js'
import {escalate, expectationOf, nothing, type Row} from './row.js'
import {agentFor, hasSandbox, isFinished, isGone, type Situation} from './situation.js'

const isLeft = (situation: Situation) => isGone(situation) && hasSandbox(situation)

const isOpen = ({signals}: Situation) => signals.work.value === 'open'

/** Rows 7 to 11: the agent is gone, and its sandbox is there. */
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
        escalate(
          situation,
          'done, dirty',
          git.detail ?? 'its work is nowhere but in its sandbox',
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
      escalate(
        situation,
        'crash-looping',
        `ended ${situation.thresholds.crashLoopCrashes} times in a short time; it is not restarted any more`,
      ),
    ],
  },
  {
    row: '11',
    verdict: 'crashed',
    because: ['work'],
    fits: (situation) => isLeft(situation) && isOpen(situation),
    act: restart,
  },
]

function clearAway(situation: Situation): readonly Action[] {
  const expect = expectationOf(situation)
  const end: Action[] = situation.signals.life ? [{kind: 'end-session', expect}] : []
  return situation.thresholds.keepDone ? end : [...end, {kind: 'nuke', expect}]
}

/** Every restart followed a crash, and this is one more. Once looping, only a stable life or a new one ends it. */
function isCrashLooping({memory, thresholds, time}: Situation): boolean {
  const recent = memory.restarts.filter((at) => time.now - at <= thresholds.crashLoopWindow)
  return memory.crashLooping || recent.length + 1 >= thresholds.crashLoopCrashes
}

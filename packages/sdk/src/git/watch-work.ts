import type {Readable} from 'node:stream'
import type {GitLimits} from './git-limits.js'
import {processTree} from './process-tree.js'

/** Checks within the longest silence. They count instead of a clock, so that a suspended machine is no silence. */
const CHECKS = 4

/** CPU time that counts as work: a tick (10 ms) in 20 s of the longest silence. Processes that only wait use less. */
const workTicks = (silenceMs: number) => Math.max(1, silenceMs / 20_000)

/** The part of a child process that watching it needs. */
interface Watchable {
  pid?: number | undefined
  stdout: Readable | null
  stderr: Readable | null
}

/**
 * Watches a child process that shows that it works by output, or by CPU time in its process tree. Calls `onLimit` once,
 * when one of the limits is reached.
 *
 * @returns ends the watch; idempotent
 */
export function watchWork(
  child: Watchable,
  {silenceMs, deadlineMs}: Pick<GitLimits, 'silenceMs' | 'deadlineMs'>,
  onLimit: (limit: 'silence' | 'deadline') => void,
): () => void {
  const end = () => {
    clearInterval(checks)
    clearTimeout(deadline)
  }
  const reach = (limit: 'silence' | 'deadline') => {
    end()
    onLimit(limit)
  }
  const isAtWork = workSigns(child, workTicks(silenceMs))
  let silent = 0
  const checks = setInterval(() => {
    silent = isAtWork() ? 0 : silent + 1
    if (silent >= CHECKS) reach('silence')
  }, silenceMs / CHECKS)
  const deadline = setTimeout(() => reach('deadline'), deadlineMs)
  return end
}

/** Returns a probe that is true if the process has worked since the last time that the probe was true. */
function workSigns({pid, stdout, stderr}: Watchable, minTicks: number): () => boolean {
  let hasSpoken = false
  for (const stream of [stdout, stderr]) {
    stream?.on('data', () => {
      hasSpoken = true
    })
  }
  const cpuTicks = () => (pid === undefined ? 0 : sum(processTree(pid).map((found) => found.cpuTicks)))
  let before = 0
  return () => {
    const now = cpuTicks()
    // Less than before, if a part of the tree has ended on its own.
    const isAtWork = hasSpoken || Math.abs(now - before) >= minTicks
    hasSpoken = false
    if (isAtWork) before = now
    return isAtWork
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

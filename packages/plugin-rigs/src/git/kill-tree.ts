import {execa} from 'execa'
import treeKill from 'tree-kill'

/** The part of a subprocess that killing it needs. */
interface Killable {
  pid?: number
  kill(signal: 'SIGKILL'): boolean
}

/**
 * Kills a process and its descendants at once: a clone has nothing to save. When processes cannot be listed, it kills
 * only the process itself, and the children end when their pipes close.
 */
export async function killTree(subprocess: Killable): Promise<void> {
  const {pid} = subprocess
  if (pid !== undefined && (await canListProcesses())) {
    // Stopped first, since tree-kill kills children before parents: a git that is still running would take the death
    // of its transport's probe for an answer, and start the transport.
    await signalTree(pid, 'SIGSTOP')
    await signalTree(pid, 'SIGKILL')
  }
  // tree-kill gives up when it may not signal one of the descendants.
  subprocess.kill('SIGKILL')
}

function signalTree(pid: number, signal: NodeJS.Signals): Promise<unknown> {
  return new Promise((resolve) => treeKill(pid, signal, resolve))
}

/** Without the program that tree-kill runs, it would throw where the error cannot be caught. */
async function canListProcesses(): Promise<boolean> {
  const {code} = await execa(process.platform === 'darwin' ? 'pgrep' : 'ps', ['-V'], {reject: false})
  return code !== 'ENOENT'
}

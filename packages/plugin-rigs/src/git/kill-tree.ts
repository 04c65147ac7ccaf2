import {execa} from 'execa'
import treeKill from 'tree-kill'

/** The part of a subprocess that is needed to end it. */
interface Killable {
  pid?: number
  kill(signal: 'SIGKILL'): boolean
}

/**
 * Ends a process and all that it started, at once: a clone has nothing to save. Without the system's process
 * list, only the process itself, whose children then lose the other end of their pipes.
 */
export async function killTree(subprocess: Killable): Promise<void> {
  const {pid} = subprocess
  if (pid !== undefined && (await canListProcesses())) {
    // tree-kill ends children first. A git that still runs takes the end of a transport's probe as an answer, and
    // starts the transport.
    await signalTree(pid, 'SIGSTOP')
    await signalTree(pid, 'SIGKILL')
  }
  // Where one of its descendants may not be signalled, tree-kill stops half-way.
  subprocess.kill('SIGKILL')
}

function signalTree(pid: number, signal: NodeJS.Signals): Promise<unknown> {
  return new Promise((resolve) => treeKill(pid, signal, resolve))
}

/** Without the program that tree-kill asks, it would throw where nobody can catch. */
async function canListProcesses(): Promise<boolean> {
  const {code} = await execa(process.platform === 'darwin' ? 'pgrep' : 'ps', ['-V'], {reject: false})
  return code !== 'ENOENT'
}

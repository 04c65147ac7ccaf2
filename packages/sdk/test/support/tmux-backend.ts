import type {Killer, SessionBackend} from '@gtown/sdk'
import type {Sandbox} from '../../../../test/support/sandbox.js'
import {createTmuxBackend} from '../../../plugin-tmux/src/backend.js'
import {killer as realKiller} from '../../../process/src/index.js'

/** The real backend on the sandbox's own tmux server. */
export function tmuxBackend({env}: Sandbox, killer: Killer = realKiller): Required<SessionBackend> {
  return createTmuxBackend({killer, env})
}

/** The same where no tmux is found: it gets no answer, and knows nothing. */
export function unreachableTmux({env}: Sandbox): Required<SessionBackend> {
  return createTmuxBackend({killer: realKiller, env: {...env, PATH: '/nowhere'}})
}

export {realKiller}

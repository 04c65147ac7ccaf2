/**
 * `GT_SESSION_ID` of gt's own processes that outlive a session: a tmux server that gt started, a shim, a dispatcher. Never
 * a session's own id, so that ending a session never ends them.
 */
export const INFRA_MARKER = 'infra'

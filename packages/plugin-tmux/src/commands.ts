/**
 * tmux's commands, abbreviated on purpose. A user's `command-alias` can turn any command into another one, but it only
 * matches the whole word. An abbreviation that fits one command and no alias always reaches that command. Each of
 * these is unambiguous in tmux 3.2 and all later versions so far.
 */
export const command = {
  attachSession: 'attach-sessio',
  capturePane: 'capture-pan',
  copyMode: 'copy-mod',
  deleteBuffer: 'delete-buffe',
  displayMessage: 'display-messag',
  ifShell: 'if-shel',
  killSession: 'kill-sessio',
  listPanes: 'list-pane',
  loadBuffer: 'load-buffe',
  newSession: 'new-sessio',
  pasteBuffer: 'paste-buffe',
  runShell: 'run-shel',
  sendKeys: 'send-key',
  setHook: 'set-hoo',
  setOption: 'set-optio',
  showEnvironment: 'show-environmen',
  sourceFile: 'source-fil',
  startServer: 'start-serve',
  switchClient: 'switch-clien',
} as const

/** Several commands for one tmux process. When one fails, tmux skips the rest. */
export function sequence(...commands: readonly (readonly string[])[]): string[] {
  return commands.flatMap((words, index) => (index === 0 ? words : [';', ...words]))
}

/** A target that matches only the session of exactly this name, not one whose name begins with it. */
export function exactName(name: string): string {
  return `=${name}:`
}

/** Exit code and output of one tmux process. */
export interface TmuxResult {
  code: number
  stdout: string
  stderr: string
}

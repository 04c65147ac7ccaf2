/** How one tmux process ended, and what it wrote. */
export interface TmuxResult {
  code: number
  stdout: string
  stderr: string
}

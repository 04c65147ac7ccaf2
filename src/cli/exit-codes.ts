/** Every exit code of gt, for `gt help exit-codes`. */
export const exitCodes: readonly {code: number; meaning: string}[] = [
  {code: 0, meaning: 'Done, or nothing to do (it was already running, or already stopped).'},
  {code: 1, meaning: 'It failed, or the state is unknown; stderr says why.'},
  {code: 2, meaning: 'The command was called incorrectly and did nothing.'},
  {code: 3, meaning: 'A nudge is queued; it is delivered when its agent is idle.'},
  {code: 4, meaning: 'A nudge expired; it was not delivered.'},
  {
    code: 5,
    meaning: "An agent failed its health checks and should be force-killed ('gt deacon health-check').",
  },
  {code: 129, meaning: 'Ended by SIGHUP; unfinished changes were undone.'},
  {code: 130, meaning: 'Interrupted by Ctrl-C (SIGINT); unfinished changes were undone.'},
  {code: 143, meaning: 'Ended by SIGTERM; unfinished changes were undone.'},
]

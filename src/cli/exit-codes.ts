/** Every exit code of gt, as `gt help exit-codes` prints them. */
export const exitCodes: readonly {code: number; meaning: string}[] = [
  {code: 0, meaning: 'Done, or nothing had to be done (it was already running, or already stopped).'},
  {code: 1, meaning: 'It failed, or the truth cannot be told; stderr says why.'},
  {code: 2, meaning: 'The command was called wrongly and did nothing.'},
  {code: 3, meaning: 'A nudge is queued: it is delivered when its agent is idle.'},
  {code: 4, meaning: 'A nudge expired: it was not delivered.'},
  {
    code: 5,
    meaning: "An agent has failed its health checks: it is to be force-killed ('gt deacon health-check').",
  },
  {code: 129, meaning: 'Ended by SIGHUP; what was begun was undone.'},
  {code: 130, meaning: 'Interrupted by Ctrl-C (SIGINT); what was begun was undone.'},
  {code: 143, meaning: 'Ended by SIGTERM; what was begun was undone.'},
]

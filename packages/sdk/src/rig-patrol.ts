/** The recorded state of a rig's patrol, a witness without AI. */
export interface RigPatrol {
  /** Whether the rig should be patrolled. */
  standing: 'operational' | 'parked' | 'docked' | 'paused' | 'shutting down' | 'unknown'
  /** The reason, if one was given. */
  reason?: string
  /** Milliseconds from one cycle to the next, from the settings. */
  intervalMs: number
  /** Days that a sandbox is kept after it was put away, if all of its work is at the origin. */
  keepRemovedDays: number
  /** The last completed cycle: its time (ISO 8601) and its duration in milliseconds. */
  lastCycle?: {at: string; tookMs: number}
}

/** A problem that a person should know about, or the news that it is over. */
export interface RigIncident {
  status: 'open' | 'resolved'
  /** Identical for `open` and `resolved`. */
  id: string
  /** A few words that follow the worker's name, such as `crash-looping`. */
  cause: string
  /** What was found, in one sentence. */
  detail?: string
  /** Its subject: the witness, or a worker of the rig. */
  worker: string
  /** The sender, as shown to people, such as `Deacon`. */
  teller: string
}

/** `told`: everyone was notified, or nobody is to be. */
export type Escalated = {told: boolean; detail?: string}

/** What a rig's patrol, a witness without AI, has left. */
export interface RigPatrol {
  /** Whether the rig is to be patrolled at all. */
  standing: 'operational' | 'parked' | 'docked' | 'paused' | 'shutting down' | 'unknown'
  /** Why, where somebody said so. */
  reason?: string
  /** Milliseconds from one cycle to the next, by the settings. */
  intervalMs: number
  /** The last cycle that came to its end: when (ISO 8601), and how long it took in milliseconds. */
  lastCycle?: {at: string; tookMs: number}
}

/** Something that a person should know of, or, later, that it is over. */
export interface RigIncident {
  status: 'open' | 'resolved'
  /** The same at both. */
  id: string
  /** In a few words that follow the name of whom it is about, such as `crash-looping`. */
  cause: string
  /** In one sentence, what was found. */
  detail?: string
  /** Whom it is about: the witness, or a worker of the rig. */
  worker: string
  /** Who tells it, as it is to be shown, such as `Deacon`. */
  teller: string
}

/** `told`: nobody need be told again. */
export type Escalated = {told: boolean; detail?: string}

import type {BackendRegistration, SessionBackend} from '../backend.js'
import type {SessionSpec} from '../session.js'
import type {Report} from './programs/write-report.js'

/** The methods that a backend may leave out. */
export type OptionalMethod = {
  [Method in keyof SessionBackend]-?: undefined extends SessionBackend[Method] ? Method : never
}[keyof SessionBackend]

/** The small programs that the cases run in sessions; the head of each file says what it does. */
export type Program = 'escape' | 'family' | 'print' | 'receive' | 'report' | 'term' | 'tick'

export type Falsy = false | '' | 0 | null | undefined

/** What a case is given. All of it is the case's own, and is cleaned up after it. */
export interface ConformanceContext {
  /** The backend under test. Of its optional methods those are there that the case names as needed. */
  readonly backend: Required<SessionBackend>
  /** What `gt doctor` asks its registration, where the caller gave it. */
  readonly diagnose?: BackendRegistration['diagnose']
  /** One of the same kind that gets no answer from what it stands on, where the caller has one. */
  readonly unreachable?: SessionBackend
  /** Absolute path of an empty directory. */
  readonly directory: string
  /** A session name that nobody else has, and that is no prefix of another. */
  uniqueName(): string
  /** The absolute path of a file in the directory. */
  file(name: string): string
  /** The command line of a program of the suite. */
  program(name: Program, ...args: string[]): [string, ...string[]]
  /** A session of its own name that runs `report`, but for what is given. `env` is added to, not replaced. */
  spec(more?: Partial<SessionSpec>): SessionSpec
  /** What a program reports to the file; waits for it. */
  report(file: string): Promise<Report>
  /** What is in the file; empty while there is none. */
  read(file: string): Promise<string>
  /** Waits until the probe returns something truthy, and returns that. Rejects, naming what it waited for, after 10 s. */
  until<T>(what: string, probe: () => T | Promise<T>): Promise<Exclude<T, Falsy>>
  /** True while the process of that number runs. */
  isAlive(pid: number): boolean
  /** Ends the case as skipped. */
  skip(reason: string): never
}

/** One promise of the contract, and how to see whether a backend keeps it. */
export interface ConformanceCase {
  /** Unique. */
  name: string
  /** `must`: without it gt does not work right. `should`: without it something is worse. */
  level: 'must' | 'should'
  /** The case is skipped where the backend lacks one of these. */
  needs?: readonly OptionalMethod[]
  /** Rejects when the promise is not kept. */
  run(context: ConformanceContext): Promise<void>
}

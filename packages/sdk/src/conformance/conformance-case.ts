import type {BackendRegistration, SessionBackend} from '../backend.js'
import type {SessionSpec} from '../session.js'
import type {Report} from './programs/write-report.js'

/** The optional methods of a backend. */
export type OptionalMethod = {
  [Method in keyof SessionBackend]-?: undefined extends SessionBackend[Method] ? Method : never
}[keyof SessionBackend]

/** The small programs that cases run in sessions. The head of each file describes it. */
export type Program = 'escape' | 'family' | 'print' | 'receive' | 'report' | 'term' | 'tick'

export type Falsy = false | '' | 0 | null | undefined

/** The context of a case. It is not shared, and is cleaned up after the case. */
export interface ConformanceContext {
  /** The backend under test. Only the optional methods listed in `needs` are guaranteed to exist. */
  readonly backend: Required<SessionBackend>
  /** The `diagnose` of its registration, if the caller gave it. */
  readonly diagnose?: BackendRegistration['diagnose']
  /** A backend of the same kind whose server does not answer, if the caller has one. */
  readonly unreachable?: SessionBackend
  /** Absolute path of an empty directory. */
  readonly directory: string
  /** A unique session name that is not a prefix of another. */
  uniqueName(): string
  /** The absolute path of a file in the directory. */
  file(name: string): string
  /** The command line of a program of the suite. */
  program(name: Program, ...args: string[]): [string, ...string[]]
  /** A session with a unique name that runs `report`, with these changes. `env` is added to the default environment. */
  spec(more?: Partial<SessionSpec>): SessionSpec
  /** Waits for a program's report in the file and returns it. */
  report(file: string): Promise<Report>
  /** The content of the file; empty if there is none. */
  read(file: string): Promise<string>
  /** Waits until the probe returns a truthy value and returns it. Rejects after 10 s, naming what it waited for. */
  until<T>(what: string, probe: () => T | Promise<T>): Promise<Exclude<T, Falsy>>
  /** True while the process with that pid runs. */
  isAlive(pid: number): boolean
  /** Ends the case as skipped. */
  skip(reason: string): never
}

/** One promise of the contract, with a test of it. */
export interface ConformanceCase {
  /** Unique. */
  name: string
  /** `must`: gt does not work correctly without it. `should`: something works less well without it. */
  level: 'must' | 'should'
  /** The case is skipped if the backend lacks one of these. */
  needs?: readonly OptionalMethod[]
  /** Rejects if the promise is not kept. */
  run(context: ConformanceContext): Promise<void>
}

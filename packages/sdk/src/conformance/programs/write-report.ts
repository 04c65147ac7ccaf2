import {renameSync, writeFileSync} from 'node:fs'

/** How a program of the suite was started. */
export interface Report {
  pid: number
  cwd: string
  /** The arguments after the file name. */
  args: string[]
  env: Record<string, string>
}

/** Writes the report of this process atomically. */
export function writeReport(file: string, args: string[] = []): void {
  const report = {pid: process.pid, cwd: process.cwd(), args, env: process.env}
  writeFileSync(`${file}.new`, JSON.stringify(report))
  renameSync(`${file}.new`, file)
}

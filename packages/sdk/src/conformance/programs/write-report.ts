import {renameSync, writeFileSync} from 'node:fs'

/** What a program of the suite found itself started with. */
export interface Report {
  pid: number
  cwd: string
  /** The arguments behind the file's name. */
  args: string[]
  env: Record<string, string>
}

/** Writes the report of this process; whoever sees the file sees all of it. */
export function writeReport(file: string, args: string[] = []): void {
  const report = {pid: process.pid, cwd: process.cwd(), args, env: process.env}
  writeFileSync(`${file}.new`, JSON.stringify(report))
  renameSync(`${file}.new`, file)
}

import {Console} from 'node:console'
import {openStream} from '../cli/streams.js'
import type {Served} from './served.js'

/** The part of Bun's runtime that is used here. */
export interface Runtime {
  semver: {satisfies(version: string, range: string): boolean}
  plugin(plugin: {name: string; setup(build: Build): void}): void
}

interface Build {
  module(specifier: string, load: () => {exports: unknown; loader: 'object'}): void
}

/** The runtime of the standalone executable; undefined under Node. */
export function bunRuntime(): Runtime | undefined {
  return (globalThis as {Bun?: Runtime}).Bun
}

/** Gives plugins on disk gt's own copies of the served modules, without exception. */
export function serveToBun(runtime: Runtime, {modules}: Served): void {
  // Plugins write to the real streams.
  openStream('stdout')
  openStream('stderr')
  // Bun's own console bypasses process.stdout, which may be redirected.
  globalThis.console = new Console(process.stdout, process.stderr)
  runtime.plugin({
    name: 'gt',
    setup(build) {
      for (const [specifier, load] of Object.entries(modules)) {
        build.module(specifier, () => ({exports: load(), loader: 'object'}))
      }
    },
  })
}

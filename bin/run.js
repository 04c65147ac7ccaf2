#!/usr/bin/env node
// What stands here must parse and run under any Node, to be able to say that it is too old.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 15)) {
  process.stderr.write(`Error: gt needs Node 22.15 or newer, and this is Node ${process.versions.node}\n`)
  process.exit(1)
}

// A value given with --env may be a secret: take it out of the list that every user of the machine can read.
if (process.argv.some((word) => word.startsWith('--env'))) process.title = 'gt'

bundle().run(__filename)

function bundle() {
  try {
    return require('../dist-bundle/gt.js')
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    process.stderr.write(`Error: gt is not built: run 'npm ci && npm run build' first\n${error.message}\n`)
    process.exit(1)
  }
}

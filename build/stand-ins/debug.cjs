// For the package `debug`: the real one where somebody asked for it, and otherwise something that says nothing.
module.exports = process.env.DEBUG ? require('debug') : silent

function silent(namespace) {
  return Object.assign(() => {}, {namespace, enabled: false, extend: silent})
}

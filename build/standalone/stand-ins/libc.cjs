// What Bun does not offer of the system, by its C library.
const {dlopen} = require('bun:ffi')

exports.isMac = process.platform === 'darwin'

/** The functions of that name; their parameters and what they return are in the words of `bun:ffi`. */
exports.openLibrary = (functions) =>
  dlopen(exports.isMac ? 'libSystem.B.dylib' : 'libc.so.6', functions).symbols

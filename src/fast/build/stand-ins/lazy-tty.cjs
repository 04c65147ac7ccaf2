// For `node:tty`, which loads sockets: a file or a pipe is no terminal, and neither is /dev/null.
const {fstatSync} = require('node:fs')

const MEMORY_DEVICE = 1

exports.isatty = (descriptor) => mayBeTerminal(descriptor) && require('node:tty').isatty(descriptor)

function mayBeTerminal(descriptor) {
  const stats = fstatSync(descriptor)
  return stats.isCharacterDevice() && !(process.platform === 'linux' && stats.rdev >> 8 === MEMORY_DEVICE)
}

// For `node:tty`, which loads sockets: what is certainly a file or a pipe is no terminal.
const {isPlainFile} = require('../../dist/cli/unopened-stream.js')

exports.isatty = (descriptor) => !isPlainFile(descriptor) && require('node:tty').isatty(descriptor)

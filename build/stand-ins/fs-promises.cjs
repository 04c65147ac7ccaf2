// For `node:fs/promises`: oclif reads a few small files, and to load that module and start threads for them takes longer.
const {readFileSync, statSync} = require('node:fs')

exports.readFile = async (...args) => readFileSync(...args)
exports.stat = async (...args) => statSync(...args)
for (const name of ['access', 'readdir'])
  exports[name] = (...args) => require('node:fs/promises')[name](...args)

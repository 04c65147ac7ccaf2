// For the package `which`, with which the plugin manager looks for npm on PATH: there is none beside the executable.
const {GtError} = require('@gtown/sdk')
const which = require('which')

module.exports = async (name) => {
  const found = await which(name, {nothrow: true})
  if (found !== null) return found
  throw new GtError(`plugins are installed by ${name}, and there is none on PATH`, {
    code: 'NOT_INSTALLED',
    hint: `Install ${name}, or use 'gt plugins link --no-install <folder>' for a plugin that is on this machine.`,
  })
}

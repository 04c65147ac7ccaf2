// For the package `wsl-utils`: asks it only where something hints at Windows' Linux, by the signs that it looks for.
const {existsSync, readFileSync} = require('node:fs')

exports.isWsl = process.platform === 'linux' && hasSign() && require('wsl-utils').isWsl
exports.powerShellPath = async () => require('wsl-utils').powerShellPath()

function hasSign() {
  if (existsSync('/proc/sys/fs/binfmt_misc/WSLInterop') || existsSync('/run/WSL')) return true
  try {
    // The release of the kernel stands in it, too.
    return readFileSync('/proc/version', 'utf8').toLowerCase().includes('microsoft')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EACCES') return false
    throw error
  }
}

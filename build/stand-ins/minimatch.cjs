// For the package `minimatch`: a name without special characters matches itself.
exports.minimatch = (name, pattern) =>
  /^[\w@/.-]+$/.test(pattern) ? name === pattern : require('minimatch').minimatch(name, pattern)

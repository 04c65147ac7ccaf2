// For `node:os`, which asks the system for much as soon as it is loaded: what Node itself knows is taken from there.
module.exports = new Proxy(
  {arch: () => process.arch, platform: () => process.platform},
  {get: (known, name) => known[name] ?? require('node:os')[name]},
)

// Which file of the bundle a module is in. Each further file costs a start half a millisecond, and so do 200 KB that it
// does not need.

/** Rooms that `gt witness status` and `gt --version` do without; an end-to-end test fails where they load one. */
const OTHER_ROOMS = [
  /^dist.(completion|doctor|events|nudge|patrol)\b/,
  /^dist.commands.(?!witness.status)/,
  /^packages.plugin-(polecat|pty).dist.(?!hooks|registration)/,
  /^packages.plugin-rigs.dist.(commands|rigs|settings)\b/,
  /^packages.sdk.dist.(conformance|git|mail|watchdog)\b/,
  /^packages.plugin-tmux.dist.diagnose/,
  /^packages.workers\b/,
]

/** gt, its plugins, and what each start needs of others. */
function isOurs(id) {
  return !id.includes('node_modules') || /node_modules.(@oclif.core|get-package-type|valibot)/.test(id)
}

/** What oclif lays out help with. */
const HELP =
  /node_modules.(ansi-regex|ansi-styles|ansis|ejs|emoji-regex|has-flag|indent-string|is-fullwidth-code-point|string-width|strip-ansi|supports-color|widest-line|wrap-ansi)\b/

/**
 * Options of rolldown's output: a file for what each start uses, one for other rooms, one for help, and one for each
 * package that a status does without.
 *
 * @param {string} top gt's root
 */
export function inParts(top) {
  const isRare = (id) => OTHER_ROOMS.some((room) => room.test(id.replace(top, '')))
  const groups = [
    {name: 'each-start', test: (id) => isOurs(id) && !isRare(id), priority: 2},
    {name: 'other-rooms', test: isOurs, priority: 1},
    {name: 'help', test: HELP, priority: 1},
    {name: packageOf, debugName: 'packages', test: /node_modules/},
  ]
  return {
    // A module runs when something first needs it, in whichever file it ended up.
    strictExecutionOrder: true,
    codeSplitting: {groups, includeDependenciesRecursively: false},
  }
}

function packageOf(id) {
  const [, name = 'package'] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id) ?? []
  return name.replace(/[@\\/]/g, '-')
}

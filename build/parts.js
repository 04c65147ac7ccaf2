// Which file of the bundle a module is in. Each further file costs a start half a millisecond, and so does each 100 KB that
// it does not need.

/** What `gt witness status` and `gt --version` do without; a test fails where they load it nevertheless. */
const RARE = [
  /^dist.(completion|doctor|events|nudge|patrol)\b/,
  /^dist.commands.(?!witness.status)/,
  /^dist.render.(?!agent-state|witness)/,
  /^dist.cli.(?!guard|hand-over|host|main|place|services|streams|style|unknown|unopened)/,
  /^dist.host.(?!host|nudges|place|services|sessions)/,
  /^dist.supervisor.(?!backend-of|exit-words|fleet|observe|ownership|session-record.read|status)/,
  /packages.plugin-(deacon|polecat|pty).dist.(?!hooks|registration)/,
  /packages.plugin-tmux.dist.diagnose/,
  /packages.plugin-rigs.dist.(commands|settings|town-layout|registry-update)/,
  /packages.process.dist.(?!proc-stat|processes|read-proc|state)/,
  /packages.workers.dist/,
  /packages.sdk.dist.(conformance|git)\b/,
  /oclif.core.lib.(errors.(errors|handle|logger)|help.(command|docopts|root)|screen|execute|flush|ux.(action.(?!base|simple)|list))/,
  /^gt:served$/,
]

function isRare(id) {
  return RARE.some((pattern) => pattern.test(id))
}

/** gt, its plugins, and what each start needs of others. */
function isOurs(id) {
  return !id.includes('node_modules') || /node_modules.(@oclif.core|get-package-type|valibot)/.test(id)
}

/** What oclif lays out help with. */
const HELP =
  /node_modules.(ansi-regex|ansi-styles|ansis|ejs|emoji-regex|has-flag|indent-string|is-fullwidth-code-point|string-width|strip-ansi|supports-color|widest-line|wrap-ansi)\b/

/** The options of rolldown's output. */
export function inParts(top) {
  const groups = [
    {name: 'each-start', test: (id) => isOurs(id) && !isRare(id.replace(top, '')), priority: 2},
    {name: 'rest', test: isOurs, priority: 1},
    {name: 'help', test: HELP, priority: 1},
    {name: (id) => packageOf(id), debugName: 'packages', test: /node_modules/},
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

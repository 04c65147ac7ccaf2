// Which part of the bundle a module belongs to.

/** What `gt witness status` and `gt --version` do without; a test fails where they load it nevertheless. */
const RARE = [
  /^dist.(completion|doctor|events|nudge|patrol)\b/,
  /^dist.commands.(?!witness.status)/,
  /^dist.render.(?!agent-state|witness)/,
  /^dist.cli.(?!guard|hand-over|host|main|place|services|streams|unknown)/,
  /^dist.supervisor.(?!backend-of|exit-words|observe|ownership|session-record.read|status)/,
  /packages.plugin-(deacon|polecat|pty).dist.(?!hooks|registration)/,
  /packages.plugin-rigs.dist.(commands|settings|town-layout|registry-update)/,
  /packages.process.dist.(?!proc-stat|processes|read-proc|state)/,
  /packages.sdk.dist.(conformance|git)\b/,
  /oclif.core.lib.(errors.(errors|handle|logger)|help.(command|docopts|root)|screen|execute|flush|ux.(action.(?!base|simple)|list))/,
  /^gt:served$/,
]

export function isRare(id) {
  return RARE.some((pattern) => pattern.test(id))
}

/** gt, its plugins, and what each start needs of others. */
export function isOurs(id) {
  return !id.includes('node_modules') || /node_modules.(@oclif.core|get-package-type|valibot)/.test(id)
}

/** What oclif lays out help with. */
export const ofHelp =
  /node_modules.(ansi-regex|ansi-styles|ansis|ejs|emoji-regex|has-flag|indent-string|is-fullwidth-code-point|string-width|strip-ansi|supports-color|widest-line|wrap-ansi)\b/

import {checkSessionSpec, refusedSpec, type SessionSpec, shorten} from '@gtown/sdk'

/** Rejects a spec that no process can be given, or that tmux would misinterpret. */
export async function checkSpec(spec: SessionSpec): Promise<void> {
  const {background = 'default', foreground = 'default'} = spec.appearance ?? {}
  await checkSessionSpec(spec)
  for (const colour of [background, foreground]) {
    // Anything else in a style may be a format, and a format can run a command.
    if (!/^#?[A-Za-z0-9]+$/.test(colour)) throw refusedSpec(spec, `'${shorten(colour)}' is not a colour`)
  }
}

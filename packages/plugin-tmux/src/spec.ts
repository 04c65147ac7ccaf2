import {checkSessionSpec, refusedSpec, type SessionSpec, shorten} from '@gtown/sdk'

/** Rejects what no process could be given, or what tmux would take for something else. */
export async function checkSpec(spec: SessionSpec): Promise<void> {
  const {background = 'default', foreground = 'default'} = spec.appearance ?? {}
  await checkSessionSpec(spec)
  for (const colour of [background, foreground]) {
    // In a style anything else may be a format, and a format may run a command.
    if (!/^#?[A-Za-z0-9]+$/.test(colour)) throw refusedSpec(spec, `'${shorten(colour)}' is not a colour`)
  }
}

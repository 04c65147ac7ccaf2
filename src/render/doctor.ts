import {type Style, shorten} from '@gtown/sdk'
import type {Check} from '../doctor/check.js'

const MARKS = {ok: 'ok  ', warn: 'warn', fail: 'FAIL'} as const

/** One line per check with its cure below, then the totals. */
export function doctorText(checks: readonly Check[], {bold, dim}: Style): string {
  const lines = checks.flatMap(({check, status, message, cure}) => {
    const mark = status === 'ok' ? dim(MARKS.ok) : bold(MARKS[status])
    const line = `${mark}  ${check.padEnd(12)}  ${shorten(message, 400)}`
    return cure === null ? [line] : [line, ...cure.split('\n').map((text) => `${' '.repeat(20)}${text}`)]
  })
  const count = (status: Check['status']) => checks.filter((check) => check.status === status).length
  const sum = [`${count('ok')} ok`, counted(count('warn'), 'warning'), counted(count('fail'), 'error')].join(
    ', ',
  )
  return [...lines, '', sum].join('\n')
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Prefix of the line that shows that the watch is running. */
export const WATCHING = 'watching '

/** Local time, such as 2026-11-22 16:36:05. */
export function localTime(at: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const time = new Date(at)
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`
}

/** Formats milliseconds for people, to the second: `42s`, `4m59s`, `1h0m5s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const parts = [hours > 0 && `${hours}h`, minutes > 0 && `${minutes % 60}m`, `${seconds % 60}s`]
  return parts.filter(Boolean).join('')
}

import type {Row} from './row.js'
import {nothing} from './row.js'
import {GONE_ROWS} from './rows-gone.js'
import {LIVING_ROWS} from './rows-living.js'
import {RIG_ROWS} from './rows-rig.js'

const UNCLEAR: Row = {
  row: '20',
  verdict: 'unclear',
  because: ['state', 'quiet', 'work'],
  fits: () => true,
  act: nothing,
}

/** The verdict table: the first row that fits is the verdict. */
export const TABLE: readonly Row[] = [...RIG_ROWS, ...GONE_ROWS, ...LIVING_ROWS, UNCLEAR]

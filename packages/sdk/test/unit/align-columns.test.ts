import {expect, test} from 'vitest'
import {alignColumns} from '../../src/align-columns.js'

test('alignColumns_RowsOfDifferentLengths: each column as wide as its widest cell, no blanks at the end', () => {
  expect(alignColumns([['Rig', 'State'], ['alpha', 'x', 'more'], ['b']])).toEqual([
    'Rig    State',
    'alpha  x      more',
    'b',
  ])
})

test('alignColumns_NoRows: no lines', () => {
  expect(alignColumns([])).toEqual([])
})

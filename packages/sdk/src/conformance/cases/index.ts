import type {ConformanceCase} from '../conformance-case.js'
import {cancelCases} from './cancel.js'
import {deathCases} from './death.js'
import {fidelityCases} from './fidelity.js'
import {inputCases} from './input.js'
import {labelCases} from './labels.js'
import {lookCases} from './look.js'
import {otherCases} from './other.js'
import {processCases} from './processes.js'
import {screenCases} from './screen.js'
import {secretCases} from './secrets.js'
import {startCases} from './start.js'
import {stopCases} from './stop.js'

/** The contract of every session backend. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...startCases,
  ...cancelCases,
  ...lookCases,
  ...labelCases,
  ...fidelityCases,
  ...secretCases,
  ...deathCases,
  ...stopCases,
  ...processCases,
  ...screenCases,
  ...inputCases,
  ...otherCases,
]

import { describe, expect, test } from 'vitest'
import { judgeRisk, type RiskReason, type SignInSituation } from './judge-risk.ts'

/** Someone at their desk, as every morning. */
const USUAL: SignInSituation = {
  isFirst: false,
  knowsDevice: true,
  knowsNetwork: true,
  knowsCountry: true,
  isUsualTime: true,
  failures: 0,
  isForgotten: false,
}
const elsewhere = { knowsDevice: false, knowsNetwork: false }
const abroad = { ...elsewhere, knowsCountry: false }
const THRESHOLDS = { stepUpFrom: 40, denyFrom: 90 }

/** What it is called, what differs, the points, what follows, and why. */
const SITUATIONS: readonly [
  string,
  Partial<SignInSituation>,
  number,
  'none' | 'stepUp' | 'deny',
  readonly RiskReason[],
][] = [
  ['at the usual desk', {}, 0, 'none', []],
  ['with the usual laptop in a train', { knowsNetwork: false }, 20, 'none', ['newNetwork']],
  [
    'with the usual laptop abroad',
    { knowsNetwork: false, knowsCountry: false },
    50,
    'stepUp',
    ['newNetwork', 'newCountry'],
  ],
  ['with a new laptop in the office', { knowsDevice: false }, 30, 'none', ['newDevice']],
  ['with a new telephone on the road', elsewhere, 50, 'stepUp', ['newDevice', 'newNetwork']],
  [
    'with an unknown device in the office at night',
    { knowsDevice: false, isUsualTime: false },
    40,
    'stepUp',
    ['newDevice', 'unusualTime'],
  ],
  ['with a new telephone abroad', abroad, 80, 'stepUp', ['newDevice', 'newNetwork', 'newCountry']],
  [
    'from abroad with an unknown device at night',
    { ...abroad, isUsualTime: false },
    90,
    'deny',
    ['newDevice', 'newNetwork', 'newCountry', 'unusualTime'],
  ],
  ['at the usual desk while strangers guess', { failures: 30 }, 20, 'none', ['manyFailures']],
  [
    'with the usual laptop in a train while strangers guess',
    { knowsNetwork: false, failures: 10 },
    40,
    'stepUp',
    ['newNetwork', 'manyFailures'],
  ],
  [
    'with an unknown device elsewhere after ten wrong passwords',
    { ...elsewhere, failures: 10 },
    90,
    'deny',
    ['newDevice', 'newNetwork', 'manyFailures'],
  ],
  [
    'with an unknown device in the office after three wrong passwords',
    { knowsDevice: false, failures: 3 },
    50,
    'stepUp',
    ['newDevice', 'failures'],
  ],
  ['after two wrong passwords', { failures: 2 }, 0, 'none', []],
  ['for the first time ever', { isFirst: true, ...abroad, isUsualTime: undefined }, 0, 'none', []],
  [
    'after a year away',
    { ...elsewhere, knowsCountry: undefined, isUsualTime: undefined, isForgotten: true },
    60,
    'stepUp',
    ['newDevice', 'newNetwork', 'longAway'],
  ],
  [
    'where neither address nor country is known',
    { knowsNetwork: undefined, knowsCountry: undefined, isUsualTime: undefined },
    0,
    'none',
    [],
  ],
]

describe('K-AUTH-10: signing in', () => {
  test.each(SITUATIONS)('%s', (_name, differing, score, outcome, reasons) => {
    expect(judgeRisk({ ...USUAL, ...differing }, THRESHOLDS)).toEqual({ score, outcome, reasons })
  })

  test('is judged at the points the workspace sets, and never beyond a hundred', () => {
    const all = { ...USUAL, ...abroad, isUsualTime: false, failures: 10, isForgotten: true }
    expect(judgeRisk(all, { stepUpFrom: 10, denyFrom: 100 })).toMatchObject({ score: 100, outcome: 'deny' })
    const train = { ...USUAL, knowsNetwork: false }
    expect(judgeRisk(train, { stepUpFrom: 20, denyFrom: 21 }).outcome).toBe('stepUp')
    expect(judgeRisk(train, { stepUpFrom: 21, denyFrom: 22 }).outcome).toBe('none')
    expect(judgeRisk(train, { stepUpFrom: 10, denyFrom: 20 }).outcome).toBe('deny')
  })
})

import { describe, expect, test } from 'vitest'
import { passwordFaults } from './password-rules.ts'
import { passwordScore } from './password-score.ts'
import { passwordSection, type PasswordPolicy } from './policy/password.ts'

const { defaults } = passwordSection
const KNOWN = ['Jana Behrens', 'jana.behrens@acme.example', 'Acme Werkzeugbau GmbH', 'acme']
const codes = async (password: string, policy: Partial<PasswordPolicy> = {}) =>
  (await passwordFaults(password, { ...defaults, ...policy }, KNOWN)).map(({ code }) => code)

/** The nine values some still ask for. */
const NINE: Partial<PasswordPolicy> = {
  minLength: 12,
  requireSpecial: true,
  requireNumbers: true,
  requireUppercase: true,
  requireLowercase: true,
  maxAgeDays: 90,
  history: 12,
  minScore: 70,
}

describe('K-AUTH-08: by default', () => {
  test.each([
    ['kranich-lampe-z', []],
    ['kranich-lampe-', ['passwordTooShort']],
    ['zwölf Kraniche üben Walzer', []],
    ['passwordpassword', ['passwordWeak']],
    ['aaaaaaaaaaaaaaaaaaaa', ['passwordWeak']],
    ['123456789012345', ['passwordWeak']],
    ['qwertyuiopasdfgh', ['passwordWeak']],
    ['jana.behrens@acme.example', ['passwordWeak']],
    ['BehrensJanaAcme1', ['passwordWeak']],
    ['acmewerkzeugbau', ['passwordWeak']],
    ['p4$$w0rdp4$$w0rd', ['passwordWeak']],
    ['', ['passwordTooShort']],
  ])('%s is found to be %j', async (password, faults) => {
    expect(await codes(password)).toEqual(faults)
  })

  test('200 characters are taken, 201 are not, whatever they are made of', async () => {
    const words = 'Kranich Lampe Zug Wolke '.repeat(20)
    expect(await codes(words.slice(0, 200))).toEqual([])
    expect(await codes(words.slice(0, 201))).toEqual(['passwordTooLong'])
    expect(await codes('🦜'.repeat(15))).not.toContain('passwordTooShort')
    expect(await codes('🦜'.repeat(14))).toEqual(['passwordTooShort'])
    expect(await codes('x'.repeat(1_000_000))).toEqual(['passwordTooLong'])
  })
})

describe('K-AUTH-08: the nine values', () => {
  test.each([
    ['Kranich7-Zug', []],
    ['Kranich7-Zu', ['passwordTooShort']],
    ['kranich7-zug', ['passwordUppercase']],
    ['KRANICH7-ZUG', ['passwordLowercase']],
    ['Kranich--Zug', ['passwordNumber']],
    ['Kranich77Zug', ['passwordSpecial']],
    ['kranichlampe', ['passwordUppercase', 'passwordNumber', 'passwordSpecial']],
  ])('%s is found to be %j', async (password, faults) => {
    expect(await codes(password, NINE)).toEqual(faults)
  })

  test('the score that is asked for is enough, and one more is too much', async () => {
    const password = 'Sommer2026Sommer'
    const score = await passwordScore(password, KNOWN)
    expect(score).toBeGreaterThan(0)
    expect(score).toBeLessThan(100)
    expect(await codes(password, { minScore: score })).toEqual([])
    expect(await codes(password, { minScore: score + 1 })).toEqual(['passwordWeak'])
  })

  test('come with a warning each, where they weaken what they seem to strengthen', () => {
    const warnings = passwordSection.warnings!({ ...defaults, ...NINE })
    expect(warnings.map(({ setting, code }) => `${setting} ${code}`)).toEqual([
      'minLength short',
      'requireUppercase composition',
      'requireLowercase composition',
      'requireNumbers composition',
      'requireSpecial composition',
      'maxAgeDays rotation',
    ])
    expect(passwordSection.warnings!(defaults)).toEqual([])
  })
})

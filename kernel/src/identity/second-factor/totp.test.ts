import { describe, expect, test } from 'vitest'
import { newTotp, totpStep } from './totp.ts'

/** The secret of RFC 6238, appendix B, in Base32; the last six digits of its codes. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const

describe('K-AUTH-09: a code of an authenticator app', () => {
  test.each(VECTORS)('is that of RFC 6238 at second %i', async (at, code) => {
    expect(await totpStep(SECRET, code, at)).toBe(Math.floor(at / 30))
  })

  test('is taken one step before and after its own, and not two', async () => {
    const [at, code] = VECTORS[3]
    const step = Math.floor(at / 30)
    for (const [second, expected] of [
      [(step - 1) * 30 - 1, undefined],
      [(step - 1) * 30, step],
      [step * 30 + 29, step],
      [(step + 2) * 30 - 1, step],
      [(step + 2) * 30, undefined],
    ] as const)
      expect(await totpStep(SECRET, code, second), String(second - step * 30)).toBe(expected)
  })

  test.each(['', '28708', '2870820', ' 287082', '２８７０８２', 'abcdef', '28708\n'])(
    'is not %j',
    async (code) => expect(await totpStep(SECRET, code, 59)).toBeUndefined(),
  )

  test('has a secret of 160 bits, which is another one each time, and says whose it is', async () => {
    const [one, other] = await Promise.all([newTotp('Acme & Co', 'jana@acme.example'), newTotp('a', 'b')])
    expect(one.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(one.secret).not.toBe(other.secret)
    const uri = new URL(one.uri)
    expect(uri.href).toContain('otpauth://totp/Acme%20%26%20Co:jana%40acme.example')
    expect(uri.searchParams.get('secret')).toBe(one.secret)
    expect(uri.searchParams.get('issuer')).toBe('Acme & Co')
  })
})

import { expect, test } from 'vitest'
import { SealBroken } from './sealed-value.ts'
import { Vault } from './vault.ts'

const vault = new Vault('a secret of more than thirty-two characters')

test('what was sealed opens again, also with a vault made anew of the same secret', () => {
  const sealed = vault.seal('codes', 'acme|1', 'JBSWY3DPEHPK3PXP')
  expect(sealed.toString('latin1')).not.toContain('JBSWY3DPEHPK3PXP')
  expect(new Vault('a secret of more than thirty-two characters').open('codes', 'acme|1', sealed)).toBe(
    'JBSWY3DPEHPK3PXP',
  )
})

test('it opens at no other place, for no other purpose and with no other secret', () => {
  const sealed = vault.seal('codes', 'acme|1', 'JBSWY3DPEHPK3PXP')
  const another = new Vault('another secret of more than thirty-two characters')
  for (const attempt of [
    () => vault.open('codes', 'beta|1', sealed),
    () => vault.open('providers', 'acme|1', sealed),
    () => another.open('codes', 'acme|1', sealed),
  ])
    expect(attempt).toThrow(SealBroken)
})

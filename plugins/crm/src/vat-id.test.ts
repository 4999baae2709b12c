import { expect, test } from 'vitest'
import { checkVatId, spellVatId } from './vat-id.ts'

test.each(['DE136695976', 'ATU13585627', 'FR40303265045', 'NL004495445B01', 'PL8567346215', 'EL094259216'])(
  '%s is accepted',
  async (vatId) => {
    expect(await checkVatId(vatId, 'en')).toBe(vatId)
  },
)

test('blanks, dots, dashes and small letters are how people write it, not how it is stored', async () => {
  expect(spellVatId(' de 136.695-976 ')).toBe('DE136695976')
  expect(await checkVatId('de 136 695 976', 'en')).toBe('DE136695976')
})

test.each([
  ['a wrong check digit', 'DE136695977'],
  ['too few digits', 'ATU1358562'],
  ['a country outside the European Union', 'CHE116281710MWST'],
  ['no country at all', '136695976'],
  ['nothing but a country', 'DE'],
])('%s is refused at the field', async (_, vatId) => {
  await expect(checkVatId(vatId, 'de')).rejects.toMatchObject({ code: 'vat_id_invalid', pointer: '/vatId' })
})

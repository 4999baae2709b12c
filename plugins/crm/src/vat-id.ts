import { pick, PluginProblem } from '@plinth/sdk'

/** As VAT IDs spell the member states: Greece is EL, Northern Ireland is not one. */
const EU_MEMBERS = new Set(
  'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

/** The spelling a VAT ID is stored in: capitals, without the blanks, dots and dashes people write into it. */
export function spellVatId(written: string): string {
  return written.replace(/[\s.\-/]+/gu, '').toUpperCase()
}

/**
 * Checks the form of a VAT ID and its check digit, offline. Whether it was ever issued is not known from that.
 *
 * @param written as a person types it
 * @param language in which the reason is given
 * @returns the VAT ID as it is stored
 * @throws PluginProblem `vat_id_invalid`
 */
export async function checkVatId(written: string, language: string): Promise<string> {
  const vatId = spellVatId(written)
  // The rules of all countries are only loaded where a VAT ID is given.
  const { checkVAT, countries } = await import('jsvat')
  if (EU_MEMBERS.has(vatId.slice(0, 2)) && checkVAT(vatId, countries).isValid) return vatId

  const reason = {
    en: `${vatId} is not a VAT ID of an EU member state: form or check digit is wrong.`,
    de: `${vatId} ist keine USt-IdNr. eines EU-Mitgliedstaats: Form oder Prüfziffer stimmt nicht.`,
  }
  throw new PluginProblem('vat_id_invalid', pick(reason, language), { pointer: '/vatId' })
}

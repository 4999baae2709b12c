import type { Secret } from './secret-dialog.ts'
import { t } from './texts.ts'

/** What is shown this once of a key. */
export function keySecret(name: string, key: string): Secret {
  return {
    heading: t('keys.secret', { name }),
    text: t('keys.secret.text'),
    values: [{ label: t('keys.title'), value: key }],
    example: `curl -H 'Authorization: Bearer ${key}' ${new URL('api/v1/openapi.json', document.baseURI).href}`,
  }
}

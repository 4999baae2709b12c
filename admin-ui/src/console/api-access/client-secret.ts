import type { ClientSecret } from './clients-api.ts'
import type { Secret } from './secret-dialog.ts'
import { t } from './texts.ts'

/** What is shown of a client when it was made or has a new secret; those that can keep none have only their id. */
export function clientSecret(name: string, { id, secret }: ClientSecret): Secret {
  const heading = t('clients.made', { name })
  const values = [{ label: t('clients.id'), value: id }]
  if (secret === null) return { heading, text: t('clients.noSecret.text'), values }
  return {
    heading,
    text: t('clients.secret.text'),
    values: [...values, { label: t('clients.secret'), value: secret }],
  }
}

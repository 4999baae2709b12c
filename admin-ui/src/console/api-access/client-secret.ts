import type { ApiClientKind } from '@plinth/sdk'
import type { ClientSecret } from './clients-api.ts'
import type { Secret } from './secret-dialog.ts'
import { t } from './texts.ts'

/** What is shown of a client when it was made or has a new secret; those that can keep none have only their id. */
export function clientSecret(name: string, kind: ApiClientKind, { id, secret }: ClientSecret): Secret {
  const heading = t('clients.made', { name })
  const values = [{ label: t('clients.id'), value: id }]
  if (secret === null) return { heading, text: t('clients.noSecret.text'), values }
  return {
    heading,
    text: t('clients.secret.text'),
    values: [...values, { label: t('clients.secret'), value: secret }],
    ...(kind === 'service' ? { example: tokenCommand(id, secret) } : {}),
  }
}

function tokenCommand(id: string, secret: string): string {
  return `curl -u '${id}:${secret}' -d grant_type=client_credentials ${new URL('api/v1/oauth/token', document.baseURI).href}`
}

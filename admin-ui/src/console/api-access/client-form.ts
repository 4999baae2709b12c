import type { ApiClientDocument, EntityMeta } from '@plinth/sdk'
import type { FormValues } from '@plinth/ui/form'
import type { ClientInput } from './clients-api.ts'
import { formField, formOf } from './key-form.ts'
import { both } from './texts.ts'

export function clientMeta(): EntityMeta {
  return formOf([
    formField('name', 'string', both('keys.name'), { maxLength: 100, help: both('clients.name.help') }),
    formField('perMinute', 'int', both('keys.rate'), { min: 1, max: 100_000, help: both('keys.rate.help') }),
  ])
}

export function clientValues(client: ApiClientDocument | undefined): FormValues {
  return { name: client?.name ?? '', perMinute: client?.perMinute ?? 600 }
}

/** What is sent. */
export function clientInput(values: FormValues, scopes: readonly string[]): ClientInput {
  return { name: (values['name'] as string).trim(), scopes, perMinute: Number(values['perMinute']) }
}

import type { ApiClientDocument, ApiClientKind, EntityMeta } from '@plinth/sdk'
import type { FormValues } from '@plinth/ui/form'
import type { ClientInput } from './clients-api.ts'
import { formField, formOf } from '../../form-dialog/generated-form.ts'
import { both } from './texts.ts'

const KINDS: readonly ApiClientKind[] = ['service', 'web', 'native']

/**
 * @param client the one that is changed; its kind stays
 * @param values what stands in the form: a service is sent back nowhere
 */
export function clientMeta(client: ApiClientDocument | undefined, values: FormValues): EntityMeta {
  const kind = kindIn(values)
  return formOf([
    formField('name', 'string', both('keys.name'), { maxLength: 100, help: both('clients.name.help') }),
    ...(client
      ? []
      : [
          formField('kind', 'enum', both('clients.kind'), {
            values: KINDS.map((value) => ({ value, label: both(`clients.kind.${value}`) })),
            help: both(`clients.kind.${kind}.help`),
          }),
        ]),
    ...(kind === 'service'
      ? []
      : [
          formField('redirectUris', 'text', both('clients.redirects'), {
            help: both(`clients.redirects.${kind}.help`),
          }),
        ]),
    formField('perMinute', 'int', both('keys.rate'), { min: 1, max: 100_000, help: both('keys.rate.help') }),
  ])
}

export function clientValues(client: ApiClientDocument | undefined): FormValues {
  return {
    name: client?.name ?? '',
    kind: client?.kind ?? 'service',
    redirectUris: client?.redirectUris.join('\n') ?? '',
    perMinute: client?.perMinute ?? 600,
  }
}

/** What is sent. */
export function clientInput(values: FormValues, scopes: readonly string[]): ClientInput {
  const addresses = ((values['redirectUris'] as string | null) ?? '').split('\n').map((line) => line.trim())
  return {
    name: (values['name'] as string).trim(),
    scopes,
    perMinute: Number(values['perMinute']),
    ...(kindIn(values) === 'service' ? {} : { redirectUris: addresses.filter(Boolean) }),
  }
}

export function kindIn(values: FormValues): ApiClientKind {
  return KINDS.find((kind) => kind === values['kind']) ?? 'service'
}

import type { ApiClientDocument, EntityMeta } from '@plinth/sdk'
import type { FormValues } from '@plinth/ui/form'
import { clientInput, clientMeta, clientValues, kindIn } from './client-form.ts'
import { clientSecret } from './client-secret.ts'
import { changeClient, createClient } from './clients-api.ts'
import { ProgramDialog } from './program-dialog.ts'
import type { Secret } from './secret-dialog.ts'
import { t } from './texts.ts'

/** Makes a client or changes one. */
export class ClientDialog extends ProgramDialog<ApiClientDocument> {
  protected override get words() {
    return { heading: t('clients.new'), create: t('clients.create') }
  }

  protected override meta(client: ApiClientDocument | undefined, values: FormValues): EntityMeta {
    return clientMeta(client, values)
  }

  protected override valuesOf(client: ApiClientDocument | undefined): FormValues {
    return clientValues(client)
  }

  protected override scopesOf(client: ApiClientDocument): readonly string[] {
    return client.scopes
  }

  protected override async create(values: FormValues, scopes: readonly string[]): Promise<Secret> {
    const input = clientInput(values, scopes)
    const kind = kindIn(values)
    return clientSecret(input.name, kind, await createClient(kind, input))
  }

  protected override change(
    { id }: ApiClientDocument,
    values: FormValues,
    scopes: readonly string[],
  ): Promise<ApiClientDocument> {
    return changeClient(id, clientInput(values, scopes))
  }
}

customElements.define('pl-client-dialog', ClientDialog)

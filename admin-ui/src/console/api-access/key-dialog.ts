import type { ApiKeyDocument, EntityMeta } from '@plinth/sdk'
import type { FormValues } from '@plinth/ui/form'
import { keyInput, keyMeta, keyValues } from './key-form.ts'
import { changeKey, createKey } from './keys-api.ts'
import { keySecret } from './key-secret.ts'
import { ProgramDialog } from './program-dialog.ts'
import type { Secret } from './secret-dialog.ts'
import { t } from './texts.ts'

/** Makes a key or changes one. */
export class KeyDialog extends ProgramDialog<ApiKeyDocument> {
  protected override get words() {
    return { heading: t('keys.new'), create: t('keys.create') }
  }

  protected override meta(key: ApiKeyDocument | undefined): EntityMeta {
    return keyMeta(key)
  }

  protected override valuesOf(key: ApiKeyDocument | undefined): FormValues {
    return keyValues(key)
  }

  protected override scopesOf(key: ApiKeyDocument): readonly string[] {
    return key.permissions
  }

  protected override async create(values: FormValues, scopes: readonly string[]): Promise<Secret> {
    const input = keyInput(values, scopes)
    return keySecret(input.name, (await createKey(input)).key)
  }

  protected override change(
    { id }: ApiKeyDocument,
    values: FormValues,
    scopes: readonly string[],
  ): Promise<ApiKeyDocument> {
    return changeKey(id, keyInput(values, scopes))
  }
}

customElements.define('pl-key-dialog', KeyDialog)

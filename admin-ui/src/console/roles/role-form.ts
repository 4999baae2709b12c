import type { EntityMeta, FieldMeta, RoleDocument, RoleInput } from '@plinth/sdk'
import type { FormValues } from '@plinth/ui/form'
import { both } from './texts.ts'

const field = (name: string, more: Partial<FieldMeta>): FieldMeta => ({
  name,
  type: 'string',
  label: { en: name },
  required: false,
  readOnly: false,
  immutable: false,
  sortable: false,
  ...more,
})

/** What the form about a role's name is drawn from. */
export const ROLE_META = {
  fields: [
    field('en', { label: both('roles.name.en'), required: true, maxLength: 100 }),
    field('de', { label: both('roles.name.de'), maxLength: 100 }),
    field('description', { label: both('roles.description'), maxLength: 500 }),
  ],
  form: { groups: [{ label: null, fields: ['en', 'de', 'description'] }] },
} as unknown as EntityMeta

export function roleValues(role: RoleDocument | undefined): FormValues {
  return { en: role?.label.en ?? '', de: role?.label['de'] ?? '', description: role?.description ?? '' }
}

/** What is sent of the form. */
export function roleWords(values: FormValues): Pick<RoleInput, 'label' | 'description'> {
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name].trim() : '')
  const [en, de] = [text('en'), text('de')]
  return { label: de === '' ? { en } : { en, de }, description: text('description') }
}

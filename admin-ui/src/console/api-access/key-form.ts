import type { ApiKeyDocument, EntityMeta } from '@plinth/sdk'
import { fmt } from '@plinth/ui'
import type { FormValues } from '@plinth/ui/form'
import { formField, formOf } from '../../form-dialog/generated-form.ts'
import type { KeyInput } from './keys-api.ts'
import { both } from './texts.ts'

const DAY_MS = 86_400_000

/** Days until a key ends. */
const ENDS: Readonly<Record<string, number>> = { days30: 30, days90: 90, year: 365 }

/** @param key the one that is changed */
export function keyMeta(key: ApiKeyDocument | undefined): EntityMeta {
  const stays = key?.expiresAt
    ? [{ value: 'stays', label: both('keys.ends.stays', endOf(key.expiresAt)) }]
    : []
  return formOf([
    formField('name', 'string', both('keys.name'), { maxLength: 100, help: both('keys.name.help') }),
    formField('ends', 'enum', both('keys.ends'), {
      values: [
        ...stays,
        { value: 'days30', label: both('keys.ends.days', { days: 30 }) },
        { value: 'days90', label: both('keys.ends.days', { days: 90 }) },
        { value: 'year', label: both('keys.ends.year') },
        { value: 'never', label: both('keys.ends.never') },
      ],
    }),
    formField('perMinute', 'int', both('keys.rate'), { min: 1, max: 100_000, help: both('keys.rate.help') }),
  ])
}

export function keyValues(key: ApiKeyDocument | undefined): FormValues {
  if (!key) return { name: '', ends: 'days90', perMinute: 600 }
  return { name: key.name, ends: key.expiresAt ? 'stays' : 'never', perMinute: key.perMinute }
}

/** What is sent. */
export function keyInput(values: FormValues, permissions: readonly string[], now = Date.now()): KeyInput {
  const ends = values['ends'] as string
  const days = ENDS[ends]
  return {
    name: (values['name'] as string).trim(),
    permissions,
    perMinute: Number(values['perMinute']),
    ...(ends === 'stays'
      ? {}
      : { expiresAt: days === undefined ? null : new Date(now + days * DAY_MS).toISOString() }),
  }
}

function endOf(moment: string): { date: string } {
  return { date: fmt.date(moment.slice(0, 10)) }
}

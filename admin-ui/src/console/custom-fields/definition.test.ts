import type { CustomFieldDocument } from '@plinth/sdk'
import { setLocale } from '@plinth/ui'
import { beforeEach, describe, expect, it } from 'vitest'
import { atForm, definitionMeta, definitionValues, previewMeta, toInput } from './definition.ts'

beforeEach(() => setLocale('en'))

const stored: CustomFieldDocument = {
  id: '1',
  entity: 'crm.customer',
  name: 'fee',
  type: 'decimal',
  label: { en: 'Fee', de: 'Gebühr' },
  min: 0,
  scale: 3,
  required: true,
  position: 0,
  archivedAt: null,
  version: 4,
}
const names = (values: object, before?: CustomFieldDocument): string[] =>
  definitionMeta({ ...definitionValues(before), ...values }, before).form.groups.flatMap(
    (group) => group.fields,
  )

describe('the form of a definition', () => {
  it('asks for what the chosen type knows', () => {
    expect(names({ type: 'string' })).toEqual(expect.arrayContaining(['pattern', 'unique', 'search']))
    expect(names({ type: 'bool' })).not.toContain('unique')
    expect(names({ type: 'enum' })).toContain('choices')
  })

  it('does not ask for what cannot change any more', () => {
    for (const fixed of ['type', 'scale', 'unique']) expect(names({}, stored)).not.toContain(fixed)
  })

  it('begins with the language of the member', () => {
    setLocale('de')
    expect(names({}).slice(0, 2)).toEqual(['label.de', 'label.en'])
  })
})

describe('amounts', () => {
  const fee: CustomFieldDocument = { ...stored, type: 'money', currency: 'EUR', default: '5.00' }

  it('have a default where they have one currency', () => {
    expect(names({ type: 'money' })).not.toContain('initial')
    expect(names({ type: 'money', currency: 'EUR' })).toContain('initial')
    expect(names({}, fee)).not.toContain('currency')
  })

  it('are sent as the number alone', () => {
    expect(definitionValues(fee)['initial']).toEqual({ amount: '5.00', currency: 'EUR' })
    const initial = { amount: '6', currency: 'EUR' }
    expect(toInput({ ...definitionValues(fee), initial }, fee)).toMatchObject({ default: '6' })
    const none = { amount: null, currency: 'EUR' }
    expect(toInput({ ...definitionValues(fee), initial: none }, fee)).toMatchObject({ default: null })
  })
})

it('a mask is offered where there is one for the type', () => {
  expect(names({ type: 'member' })).not.toContain('mask')
  const values = { ...definitionValues(undefined), type: 'date', 'label.en': 'Born', mask: 'year' }
  expect(toInput(values, undefined)).toEqual({ type: 'date', label: { en: 'Born' }, mask: 'year' })
})

describe('what is sent', () => {
  it('is of a new field what was filled in, and nothing of other types', () => {
    const values = { ...definitionValues(undefined), type: 'int', 'label.en': ' Seats ', max: 9 }
    expect(toInput(values, undefined)).toEqual({ type: 'int', label: { en: 'Seats' }, max: 9 })
  })

  it('names the values of a choice and its default by their labels', () => {
    const values = {
      ...definitionValues(undefined),
      type: 'enum',
      'label.en': 'Fuel',
      choices: ['Gas'],
      initial: 'Gas',
    }
    expect(toInput(values, undefined)).toMatchObject({ values: [{ label: 'Gas' }], default: 'Gas' })
  })

  it('takes away from a stored field what was emptied', () => {
    const input = toInput({ ...definitionValues(stored), min: null, required: false }, stored)
    expect(input).toMatchObject({
      label: { en: 'Fee', de: 'Gebühr' },
      min: null,
      required: false,
      help: null,
    })
    expect(input).not.toHaveProperty('scale')
  })
})

it('refusals stand at the fields of the form', () => {
  const errors = [
    { pointer: '/label', code: 'required', detail: '' },
    { pointer: '/label/de', code: 'maxLength', detail: '' },
    { pointer: '/values/1/value', code: 'unique', detail: '' },
  ]
  expect(atForm(errors, undefined).map(({ pointer }) => pointer)).toEqual([
    '/label.en',
    '/label.de',
    '/choices',
  ])
})

it('shows what the field will be like, in the language of the member', () => {
  setLocale('de')
  expect(previewMeta(definitionValues(stored), stored)).toMatchObject({
    type: 'decimal',
    label: { en: 'Gebühr' },
    required: true,
    scale: 3,
  })
})

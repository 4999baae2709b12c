import type { FieldMeta, ProblemError } from '@plinth/sdk'
import { describe, expect, test } from 'vitest'
import {
  areChanged,
  contestedValues,
  draftsOf,
  type ChildForm,
  moved,
  newDraft,
  problemsByChild,
  rebased,
  sentItems,
} from './child-drafts.ts'

const field = (name: string, more: Partial<FieldMeta> = {}): FieldMeta =>
  ({
    name,
    type: 'string',
    label: { en: name },
    required: false,
    readOnly: false,
    immutable: false,
    ...more,
  }) as FieldMeta
const fields = [field('text'), field('kind', { immutable: true })]
const rows = [
  { id: 'a', version: 1, text: 'One' },
  { id: 'b', version: 1, text: 'Two' },
]
const typed = (text: string) => {
  const draft = newDraft(fields)
  return { ...draft, values: { ...draft.values, text } }
}

describe('what is sent of children', () => {
  test('is nothing but their ids where nothing changed', () => {
    const drafts = draftsOf(rows)
    expect(areChanged(fields, rows, drafts)).toBe(false)
    expect(sentItems(fields, drafts)).toEqual([{ id: 'a' }, { id: 'b' }])
  })

  test('is what changed, what is new, and the order', () => {
    const [one, two] = draftsOf(rows)
    const drafts = moved([{ ...one!, values: { ...one!.values, text: 'Eins' } }, two!, typed('Three')], 2, -1)
    expect(areChanged(fields, rows, drafts)).toBe(true)
    expect(sentItems(fields, drafts)).toEqual([{ id: 'a', text: 'Eins' }, { text: 'Three' }, { id: 'b' }])
  })

  test('differs when one is missing or moved', () => {
    const drafts = draftsOf(rows)
    expect(areChanged(fields, rows, drafts.slice(1))).toBe(true)
    expect(areChanged(fields, rows, moved(drafts, 0, 1))).toBe(true)
    expect(moved(drafts, 0, -1)).toBe(drafts)
  })
})

test('only values that both have changed, each otherwise, are contested', () => {
  const [one, two] = draftsOf(rows)
  const form = {
    collection: { name: 'lines', field: 'parentId', label: { en: 'Lines' } },
    meta: { fields },
  } as unknown as ChildForm
  const mine = [
    { ...one!, values: { ...one!.values, text: 'Eins' } },
    { ...two!, values: { ...two!.values, text: 'Zwei' } },
  ]
  const contested = (...texts: string[]) =>
    contestedValues(
      form,
      texts.map((text, index) => ({ id: 'ab'[index], text })),
      mine,
    ).map(({ theirs, yours }) => [theirs['text'], yours['text']])
  expect(contested('One', 'Two')).toEqual([])
  expect(contested('Un', 'Zwei')).toEqual([['Un', 'Eins']])
  expect(contested('Un')).toEqual([['Un', 'Eins']])
})

describe('children someone else has changed meanwhile', () => {
  test('take what both did', () => {
    const [one, two] = draftsOf(rows)
    const mine = [typed('Mine'), { ...two!, values: { ...two!.values, text: 'Zwei' } }, one!]
    const latest = [
      { id: 'c', version: 1, text: 'Theirs' },
      { id: 'b', version: 2, text: 'Deux', kind: 'new' },
      { id: 'a', version: 2, text: 'Un' },
    ]
    const drafts = rebased(fields, rows, latest, mine)
    expect(drafts.map(({ values }) => values['text'])).toEqual(['Mine', 'Zwei', 'Un', 'Theirs'])
    expect(sentItems(fields, drafts)).toEqual([
      { text: 'Mine' },
      { id: 'b', text: 'Zwei' },
      { id: 'a' },
      { id: 'c' },
    ])
  })

  test('stay gone, unless they were changed here', () => {
    const [one, two] = draftsOf(rows)
    const drafts = rebased(fields, rows, [], [one!, { ...two!, values: { ...two!.values, text: 'Zwei' } }])
    expect(sentItems(fields, drafts)).toEqual([{ text: 'Zwei' }])
  })

  test('stay removed where they were removed here', () => {
    const [one] = draftsOf(rows)
    expect(sentItems(fields, rebased(fields, rows, rows, [one!]))).toEqual([{ id: 'a' }])
  })
})

test('refusals are sorted to their children, with pointers into these', () => {
  const error = (pointer: string): ProblemError => ({ pointer, code: 'x', detail: '' })
  const { children, own } = problemsByChild('lines', [
    error('/lines'),
    error('/lines/3/price/amount'),
    error('/lines/3/text'),
    error('/name'),
  ])
  expect(own).toEqual([error('/lines')])
  expect([...children]).toEqual([[3, [error('/price/amount'), error('/text')]]])
})

import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { SortKey } from './list-query.ts'
import { readPage, SEPARATOR } from './page.ts'

const by = (name: string, type: string, custom?: string): SortKey =>
  ({
    descending: false,
    field: { name, declaration: { type }, ...(custom === undefined ? {} : { custom: { key: custom } }) },
  }) as unknown as SortKey

const rowOf = (records: readonly unknown[]) => ({
  items: records.length === 0 ? null : records.map((record) => JSON.stringify(record)).join(SEPARATOR),
  count: records.length,
  total: null,
})

describe('a page of records', () => {
  it('is empty where there are none', () => {
    expect(readPage({ limit: 50, sort: [by('id', 'string')] }, rowOf([]))).toEqual({
      items: '[]',
      last: undefined,
      total: null,
    })
  })

  it('leaves out the one record that only tells that more follow, and knows the last before it', () => {
    const texts = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 11 }), (values, limit) => {
        fc.pre(values.length <= limit + 1)
        const records = values.map((name, id) => ({ id, name }))
        const page = readPage({ limit, sort: [by('name', 'string'), by('id', 'int')] }, rowOf(records))
        expect(JSON.parse(page.items)).toEqual(records.slice(0, limit))
        const more = records.length > limit
        expect(page.last).toEqual(more ? [values[limit - 1], String(limit - 1)] : undefined)
      }),
    )
  })

  it('remembers amounts in minor units, and values of fields a tenant has added', () => {
    const record = {
      money: { amount: '-12.30', currency: 'EUR' },
      custom: { size: 4 },
      done: false,
      none: null,
    }
    const sort = [by('money', 'money'), by('custom', 'int', 'size'), by('done', 'bool'), by('none', 'string')]
    expect(readPage({ limit: 1, sort }, rowOf([record, record])).last).toEqual(['-1230', '4', 'false', null])
  })
})

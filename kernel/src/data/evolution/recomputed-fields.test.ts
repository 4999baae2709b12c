import { describe, expect, test } from 'vitest'
import { between, entity, type Fields } from '../../../test/between-versions.ts'
import { hasContract } from './upgrade-plan.ts'

describe('computed fields are worked out anew', () => {
  const line = (fields: Fields) =>
    entity({ billId: { type: 'ref', entity: 'bill', required: true, onDelete: 'cascade' }, ...fields })
  const bill = (fields: Fields) =>
    entity(fields, { children: { lines: { entity: 'line', field: 'billId' } } })
  const price = { type: 'decimal' } as const
  const twice = { type: 'decimal', computed: { multiply: ['price', { value: '2' }] } } as const
  const sum = (name: string) => ({ type: 'decimal', computed: { sum: `lines.${name}` } }) as const
  const recomputed = ({ plan }: ReturnType<typeof between>) =>
    plan.entities.map(({ entity: each, recomputed: names = [] }) => [each, ...names])

  test('where they are new, children before what follows from them', () => {
    const made = between(
      { bill: bill({}), line: line({ price }) },
      { bill: bill({ total: sum('twice') }), line: line({ price, twice }) },
    )
    expect(recomputed(made)).toEqual([
      ['line', 'twice'],
      ['bill', 'total'],
    ])
    expect(hasContract(made.plan)).toBe(true)
  })

  test('where they follow from something else, in columns of their own, and from nothing of what they were', () => {
    const thrice = { type: 'decimal', computed: { multiply: ['price', { value: '3' }] } } as const
    const made = between(
      { bill: bill({ total: sum('twice') }), line: line({ price, twice }) },
      { bill: bill({ total: sum('twice') }), line: line({ price, twice: thrice }) },
    )
    expect(recomputed(made)).toEqual([
      ['line', 'twice'],
      ['bill', 'total'],
    ])
    expect(made.plan.entities[0]!.moves).toEqual([{ field: 'twice', from: ['twice'], to: ['twice__2'] }])
    expect(made.plan.entities[1]!.moves).toEqual([])
  })

  test('where values they follow from change, and nowhere else', () => {
    const wide = { type: 'decimal', scale: 4 } as const
    const before = { bill: bill({ total: sum('twice') }), line: line({ price, twice }) }
    const moved = between(before, { ...before, line: line({ price: wide, twice }) })
    expect(recomputed(moved)).toEqual([
      ['line', 'twice'],
      ['bill', 'total'],
    ])
    const note = { type: 'string' } as const
    const more = between(before, {
      bill: bill({ total: sum('twice'), note }),
      line: line({ price, twice, note }),
    })
    expect(recomputed(more)).toEqual([['line'], ['bill']])
    expect(hasContract(more.plan)).toBe(false)
  })

  test('where someone gave the values before; what was computed stays where it is given from now on', () => {
    const [given, made] = [{ thing: entity({ price, a: price }) }, { thing: entity({ price, a: twice }) }]
    expect(recomputed(between(given, made))).toEqual([['thing', 'a']])
    expect(recomputed(between(made, given))).toEqual([['thing']])
    expect(between(made, given).plan.entities[0]!.moves).toEqual([])
  })
})

import assert from 'node:assert/strict'
import type { EntityMeta } from '@plinth/sdk'
import fc from 'fast-check'
import type { AnyRecord } from '../make-record.ts'
import { readAll, type ConformanceCase, type ConformanceWorld } from './conformance-world.ts'
import { arbitraryFilterOf, isComparable, isOrdered, meetsFilter } from './record-model.ts'
import { runs } from '../chance.ts'

/** Lists of an entity, held against the same question answered in memory. */
export function listCases(world: ConformanceWorld, meta: EntityMeta): ConformanceCase[] {
  return [
    {
      name: `${meta.id}: a filter finds what it finds in memory, page by page`,
      run: () => filterAtRandom(world, meta),
    },
    {
      name: `${meta.id}: sorted by any field, each record is on one page, and in order`,
      run: () => sortByEach(world, meta),
    },
  ]
}

async function filterAtRandom(world: ConformanceWorld, meta: EntityMeta): Promise<void> {
  const records = await readAll(world, meta, { limit: '200' })
  const fields = meta.fields.filter(isComparable)
  const types = new Map(fields.map(({ name, type }) => [name, type]))
  await fc.assert(
    fc.asyncProperty(
      arbitraryFilterOf(fields, records),
      fc.integer({ min: 1, max: 7 }),
      async (filter, limit) => {
        const expected = records.filter((record) => meetsFilter(record, filter, types) === true)
        const found = await readAll(world, meta, { limit: String(limit), filter: JSON.stringify(filter) })
        assert.deepEqual(idsOf(found), idsOf(expected), JSON.stringify(filter))
        const { body } = await world.tenant.admin.get(
          `${meta.api}?limit=1&count=true&filter=${encodeURIComponent(JSON.stringify(filter))}`,
        )
        assert.equal(body.total, expected.length, JSON.stringify(filter))
      },
    ),
    { numRuns: runs(30) },
  )
}

async function sortByEach(world: ConformanceWorld, meta: EntityMeta): Promise<void> {
  const all = idsOf(await readAll(world, meta, { limit: '200' }))
  for (const field of meta.fields.filter((each) => each.sortable)) {
    const whole = await readAll(world, meta, { limit: '200', sort: field.name })
    assert.deepEqual(idsOf(whole), all, field.name)
    assert.ok(isOrdered(field, whole), `${meta.id} is not in the order of ${field.name}`)
    const pages = await readAll(world, meta, { limit: '2', sort: field.name })
    assert.deepEqual(sequence(pages), sequence(whole), field.name)
    const backwards = await readAll(world, meta, { limit: '3', sort: `-${field.name}` })
    // Without a value they come last in either direction.
    const isEmpty = (record: AnyRecord): boolean => (record[field.name] ?? null) === null
    const expected = [
      ...whole.filter((record) => !isEmpty(record)).toReversed(),
      ...whole.filter(isEmpty).toReversed(),
    ]
    assert.deepEqual(sequence(backwards), sequence(expected), `-${field.name}`)
  }
}

function sequence(records: readonly { readonly id: string }[]): string[] {
  return records.map(({ id }) => id)
}

function idsOf(records: readonly { readonly id: string }[]): string[] {
  return sequence(records).toSorted()
}

import {
  compileLookup,
  filterValue,
  isStorable,
  type FieldModel,
  type LookupRow,
  type ReadScope,
} from '../data/index.ts'
import type { Work } from '../plugins/index.ts'
import { pointerTo } from './field-value.ts'
import type { Binding, MappedRow } from './map-row.ts'
import { excerpt } from './table-row.ts'

/** Values of one question at most. */
const AT_ONCE = 200

interface Found {
  readonly ids: readonly string[]
}

/**
 * Puts ids in place of the labels by which rows name other records and members. Only what the actor may see is found; what is not
 * found, or not alone, is a fault of its cell.
 */
export async function resolveLabels(
  work: Work,
  rows: readonly MappedRow[],
  bindings: readonly Binding[],
): Promise<void> {
  for (const binding of bindings.filter(({ target }) => target.part === 'label')) {
    const keys = new Map<string, string | number | undefined>()
    const by = lookupField(work, binding)
    for (const row of rows) {
      const text = row.values.get(binding)
      if (typeof text === 'string') keys.set(text, by && by !== 'label' ? keyOf(by, text) : storable(text))
    }
    const wanted = [...new Set([...keys.values()].filter((key) => key !== undefined))]
    const found = new Map<string, Found>()
    for (let at = 0; at < wanted.length; at += AT_ONCE)
      for (const row of await lookUp(work, binding, by, wanted.slice(at, at + AT_ONCE)))
        found.set(row.key, row)
    for (const row of rows) settle(row, binding, keys, found)
  }
}

/** The value a text stands for, as the database compares it; undefined when it stands for none. */
export function keyOf(field: FieldModel, text: string): string | number | undefined {
  const { type } = field.declaration
  const value = filterValue(field, type === 'int' ? Number(text) : type === 'text' ? text : text.trim())
  return typeof value === 'number' ? value : storable(value)
}

/** What cannot be stored is nowhere to be found. */
function storable(value: unknown): string | undefined {
  return typeof value === 'string' && isStorable(value) ? value : undefined
}

function lookupField(work: Work, { target, by }: Binding): FieldModel | 'label' | undefined {
  if (target.field.declaration.type === 'member' || by === undefined || by === 'label') return 'label'
  return work.view.entities.get(target.field.target ?? '')?.byName.get(by)
}

async function lookUp(
  work: Work,
  { target, by }: Binding,
  field: FieldModel | 'label' | undefined,
  keys: readonly (string | number)[],
): Promise<(LookupRow | (Found & { key: string }))[]> {
  if (target.field.declaration.type === 'member') return findMembers(work, by === 'email', keys)
  const model = work.view.entities.get(target.field.target ?? '')
  if (!model || !field) return []
  return work.unit.run<LookupRow & Record<string, unknown>>(compileLookup(model, field, keys, scopeOf(work)))
}

/** What the actor of the work may see. */
export function scopeOf(work: Work): ReadScope {
  return {
    models: work.view.entities,
    schema: work.tenant.schema,
    timeZone: work.tenant.timeZone,
    readable: (model) => work.access.rows(model, 'read'),
  }
}

async function findMembers(
  work: Work,
  byEmail: boolean,
  keys: readonly (string | number)[],
): Promise<(Found & { key: string })[]> {
  if (!work.access.can('platform.kernel.member.read')) return []
  const column = byEmail ? 'email' : 'name'
  const texts = keys.map((key) => (byEmail ? String(key).toLowerCase() : String(key)))
  const rows = await work.unit.run<Found & { key: string }>({
    text: `SELECT ${column} AS key, (array_agg(id))[1:2]::text[] AS ids FROM plinth.member
      WHERE tenant_id = $1 AND status = 'active' AND ${column} = ANY($2::text[]) GROUP BY 1`,
    values: [work.tenant.id, texts],
  })
  return byEmail
    ? keys.flatMap((key) => {
        const row = rows.find((each) => each.key === String(key).toLowerCase())
        return row ? [{ key: String(key), ids: row.ids }] : []
      })
    : rows
}

function settle(
  row: MappedRow,
  binding: Binding,
  keys: ReadonlyMap<string, string | number | undefined>,
  found: ReadonlyMap<string, Found>,
): void {
  const text = row.values.get(binding)
  if (typeof text !== 'string') return
  const ids = found.get(String(keys.get(text)))?.ids ?? []
  row.values.delete(binding)
  if (ids.length === 1) row.values.set(binding, ids[0])
  else
    row.faults.push({
      binding,
      pointer: pointerTo(binding.target.field),
      code: ids.length === 0 ? 'reference' : 'ambiguous',
      detail:
        ids.length === 0
          ? `Nothing is called "${excerpt(text, 100)}".`
          : `Several are called "${excerpt(text, 100)}".`,
    })
}

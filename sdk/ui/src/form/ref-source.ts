import type { EntityMeta, FieldMeta, ListPage } from '@plinth/sdk'
import { api, type AnyRecord } from '../api/client.ts'
import { displayLabel, entityMeta } from '../meta/entity-meta.ts'

/** A record to choose: its id and what it is called. */
export interface RefItem {
  readonly id: string
  readonly label: string
}

/** Where the choices of a reference come from. */
export interface RefSource {
  page(search: string, cursor: string | undefined, signal: AbortSignal): Promise<ListPage<RefItem>>
  /** The item of a known id, or undefined when it cannot be seen. */
  find(id: string): Promise<RefItem | undefined>
}

/** Records of another entity. */
function entitySource(entity: string, address: string): RefSource {
  const toItem = (meta: EntityMeta, record: AnyRecord): RefItem => ({
    id: record.id,
    label: displayLabel(meta.display, record),
  })
  return {
    async page(search, cursor, signal) {
      const meta = await entityMeta(entity)
      const byName = meta.display.at(-1)
      const page = await api.list(
        address,
        {
          limit: 50,
          cursor,
          fields: meta.display,
          sort: meta.fields.find(({ name }) => name === byName)?.sortable ? byName : undefined,
          // A target without search still has a name to look into.
          ...(search &&
            (meta.list.searchable
              ? { q: search }
              : { filter: { or: meta.display.map((name) => ({ [name]: { contains: search } })) } })),
        },
        { signal },
      )
      return { ...page, items: page.items.map((record) => toItem(meta, record)) }
    },
    async find(id) {
      const [meta, record] = await Promise.all([
        entityMeta(entity),
        api.get(`${address}/${encodeURIComponent(id)}`),
      ]).catch(() => [])
      return meta && record && toItem(meta, record)
    },
  }
}

/** Members of the workspace. They are no records of an entity: the server gives their names ready to show. */
function memberSource(address: string): RefSource {
  type Member = { readonly id: string; readonly label?: string; readonly name?: string }
  const itemsOf = ({ items }: ListPage<Member>): RefItem[] =>
    items.map(({ id, label, name }) => ({ id, label: label ?? name ?? id }))
  return {
    page: async (search, _cursor, signal) => ({
      items: itemsOf(await api.list<Member>(address, { q: search }, { signal })),
      next: null,
    }),
    async find(id) {
      // Not all are listed, but each is by its id.
      const page = await api
        .get<ListPage<Member>>(`${address}?id=${encodeURIComponent(id)}`)
        .catch(() => undefined)
      return page && itemsOf(page).find((member) => member.id === id)
    },
  }
}

/** The choices for a field of type `ref` or `member`. */
export function refSource(field: Pick<FieldMeta, 'type' | 'ref'>): RefSource {
  if (field.type === 'member' || !field.ref) return memberSource(field.ref?.api ?? '/api/v1/members')
  return entitySource(field.ref.entity, field.ref.api)
}

import type { ActionMeta, EntityMeta } from '@plinth/sdk'
import { makeInput, makeRecord, type AnyRecord } from '../support/make-record.ts'
import type { Deed, DeedWorld } from './deed-world.ts'

/** How records of an entity are changed, by every operation the API has for that. Follows from metadata alone. */
export function recordDeeds({ acme }: DeedWorld, meta: EntityMeta): Record<string, Deed> {
  const { admin } = acme
  const path = meta.api.replace('/api/v1', '')
  const make = (): Promise<AnyRecord> => makeRecord(admin, meta.id)
  const thrownAway = async (): Promise<AnyRecord> => {
    const record = await make()
    const { status, text } = await admin.delete(`${path}/${record.id}`)
    if (status !== 204) throw new Error(`${meta.id} cannot be thrown away: ${status} ${text}`)
    return record
  }
  const actions = [
    ...(meta.actions ?? []).map((action) => [`POST ${path}/{id}/actions/${action.name}`, action] as const),
    ...(meta.collectionActions ?? []).map(
      (action) => [`POST ${path}/actions/${action.name}`, action] as const,
    ),
  ]
  return {
    [`POST ${path}`]: async () => {
      const input = await makeInput(admin, meta.id)
      return () => admin.post(path, input)
    },
    [`POST ${path}/bulk`]: async () => {
      const input = await makeInput(admin, meta.id)
      return () => admin.post(`${path}/bulk`, { create: [input], atomic: true })
    },
    [`PATCH ${path}/{id}`]: async () => {
      const { id, version, ...record } = await make()
      const changes = await otherValues(acme.admin, meta, record)
      return () => admin.patch(`${path}/${id}`, changes, { version })
    },
    [`DELETE ${path}/{id}`]: async () => {
      const { id } = await make()
      return () => admin.delete(`${path}/${id}`)
    },
    [`POST ${path}/{id}/restore`]: async () => {
      const { id } = await thrownAway()
      return () => admin.post(`${path}/${id}/restore`)
    },
    [`DELETE ${path}/trash/{id}`]: async () => {
      const { id } = await thrownAway()
      return () => admin.delete(`${path}/trash/${id}`)
    },
    [`DELETE ${path}/trash`]: async () => {
      await thrownAway()
      return () => admin.delete(`${path}/trash`)
    },
    ...Object.fromEntries(
      actions.map(([operation, action]): [string, Deed] => [
        operation,
        async () => {
          const body = await inputOf(action, make)
          const { id } = await make()
          return () => admin.post(operation.slice('POST '.length).replace('{id}', id), body)
        },
      ]),
    ),
  }
}

/** As many records as the action is carried out on together, the first of them chosen. */
async function inputOf(
  { records, chosen = [] }: ActionMeta,
  make: () => Promise<AnyRecord>,
): Promise<object> {
  if (!records) return {}
  const together: { id: string; version: number }[] = []
  for (let count = 0; count < records.min; count += 1) {
    const { id, version } = await make()
    together.push({ id, version })
  }
  return { ...Object.fromEntries(chosen.map((name) => [name, together[0]!.id])), records: together }
}

/** Another value for one field that may have one. Of two values that are made up for texts and numbers, some differ. */
async function otherValues(
  admin: DeedWorld['acme']['admin'],
  meta: EntityMeta,
  record: Readonly<Record<string, unknown>>,
): Promise<object> {
  const input = await makeInput(admin, meta.id, {}, { full: true })
  const fields = meta.fields.filter(
    ({ name, immutable, readOnly }) =>
      !immutable && !readOnly && name in input && input[name] !== record[name],
  )
  const other =
    fields.find(({ type }) => type === 'string' || type === 'text') ??
    fields.find(({ type }) => type === 'int' || type === 'bool' || type === 'date')
  if (!other) throw new Error(`${meta.id} has no field that could become another`)
  return { [other.name]: input[other.name] }
}

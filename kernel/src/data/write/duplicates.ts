import type { ProblemError } from '@plinth/sdk'
import type { EntityModel } from '../model/entity-model.ts'
import { uniqueSets } from '../model/orm-schema.ts'
import type { RecordJson } from './render-record.ts'

/** Values that must be unique and stand twice among records that are saved together; the database could not say which they are. */
export function duplicatesAmong(
  model: EntityModel,
  records: readonly { readonly pointer: string; readonly values: RecordJson }[],
): ProblemError[] {
  return uniqueSets(model).flatMap(({ fields }) => {
    const seen = new Set<string>()
    return records.flatMap(({ pointer, values }) => {
      const own = fields.map((field) => values[field])
      // As in the database, what is empty collides with nothing.
      if (own.some((value) => value === null || value === undefined)) return []
      const key = JSON.stringify(own)
      const detail = 'Another record has this value already.'
      if (seen.has(key))
        return fields.map((field) => ({ pointer: `${pointer}/${field}`, code: 'unique', detail }))
      seen.add(key)
      return []
    })
  })
}

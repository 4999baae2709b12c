import { maskOf } from '@plinth/sdk'
import type { EntityModel } from '../model/entity-model.ts'
import type { RecordJson } from './render-record.ts'

/**
 * A record, or some of its fields, as reads show it to people: with masks instead of what they hide.
 *
 * @param shown masked fields whose values are shown all the same
 */
export function maskRecord(
  model: EntityModel,
  values: RecordJson,
  shown: (field: string) => boolean = () => false,
): RecordJson {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const mask = model.byName.get(name)?.declaration.mask
      return [name, mask === undefined || shown(name) ? value : maskOf(mask, value)]
    }),
  )
}

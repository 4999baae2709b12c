import type { Computed } from '@plinth/sdk'
import { inputsOf } from '../model/compute.ts'
import type { EntityModel } from '../model/entity-model.ts'
import type { EntityUpgrade } from './upgrade-plan.ts'

/** How one entity is brought along, before it is known what follows from that. */
export interface PlannedEntity {
  readonly model: EntityModel
  readonly upgrade: EntityUpgrade
  /** Names of the fields that the version before did not have. */
  readonly fresh: ReadonlySet<string>
}

/**
 * Says of each entity which computed fields have to be worked out in every record: those that are new, that follow from something else than
 * before, or from values that are other than before. Children come before the records that add them up.
 */
export function withRecomputed(planned: readonly PlannedEntity[]): EntityUpgrade[] {
  const open = new Map(planned.map((each) => [each.model.id, each]))
  const touched = new Map<string, ReadonlySet<string>>()
  const done: EntityUpgrade[] = []
  const visit = (id: string): void => {
    const each = open.get(id)
    if (!each || !open.delete(id)) return
    for (const { entity } of each.model.children) visit(entity)
    const names = touchedFields(each, (collection, field) => {
      const child = each.model.children.find(({ name }) => name === collection)!.entity
      return touched.get(child)?.has(field) ?? false
    })
    touched.set(id, names)
    const recomputed = each.model.computed.map(({ name }) => name).filter((name) => names.has(name))
    done.push(recomputed.length > 0 ? { ...each.upgrade, recomputed } : each.upgrade)
  }
  for (const { model } of planned) visit(model.id)
  return done
}

/** Fields whose values are other than before in some records, computed ones included. */
function touchedFields(
  { model, upgrade, fresh }: PlannedEntity,
  isTouchedChild: (collection: string, field: string) => boolean,
): ReadonlySet<string> {
  const filled = new Set(upgrade.fills.map(({ column }) => column))
  const touched = new Set([...fresh, ...upgrade.moves.map(({ field }) => field)])
  for (const { name, base, columns, declaration } of model.fields)
    if (!base && !declaration.computed && (upgrade.byCode || columns.some((column) => filled.has(column))))
      touched.add(name)
  // In their order of dependence.
  for (const { name, declaration } of model.computed) {
    const inputs = inputsOf(declaration.computed!)
    if (inputs.some((input) => touched.has(input)) || fromChildren(declaration.computed!, isTouchedChild))
      touched.add(name)
  }
  return touched
}

function fromChildren(
  computed: Computed,
  isTouched: (collection: string, field: string) => boolean,
): boolean {
  if ('sum' in computed) {
    const [collection = '', field = ''] = computed.sum.split('.')
    return isTouched(collection, field)
  }
  if (!('count' in computed)) return false
  return Object.keys(computed.where ?? {}).some((field) => isTouched(computed.count, field))
}

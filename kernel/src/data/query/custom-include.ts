import type { FieldModel } from '../model/entity-model.ts'
import type { Include } from './include.ts'

/** Whether it leads along a field the tenant has added: what it leads to may be out of reach, see `withCustomLabels`. */
export function isCustom(include: Include): include is Include & { readonly via: FieldModel } {
  return 'custom' in include.via && include.via.custom !== undefined
}

import type { FieldMeta } from '@plinth/sdk'
import { isSortable, literalDefault, type FieldModel } from '../data/index.ts'
import { DEFAULT_FILE_BYTES } from '../media/index.ts'
import type { PluginView } from '../plugins/index.ts'
import { screenPath } from './shell-document.ts'

/** One field as screens know it. */
export function fieldMeta(field: FieldModel, view: PluginView): FieldMeta {
  const {
    type,
    label,
    help,
    required,
    readOnly,
    immutable,
    sequence,
    minLength,
    maxLength,
    min,
    max,
    scale,
    currency,
    values,
    accept,
    maxBytes,
    encrypted,
  } = field.declaration
  const target = field.target === undefined ? undefined : view.entities.get(field.target)
  return {
    name: field.name,
    type,
    label,
    required: required === true && sequence === undefined,
    // What a plugin that is off holds cannot be chosen.
    readOnly: readOnly === true || (type === 'ref' && field.custom !== undefined && target === undefined),
    immutable: immutable === true,
    sortable: isSortable(field.declaration),
    ...given({
      computed: field.declaration.computed ? (true as const) : undefined,
      help,
      default: literalDefault(field.declaration),
      minLength,
      maxLength,
      min,
      max,
      scale,
      currency,
      values,
      accept,
      maxBytes: type === 'file' ? (maxBytes ?? DEFAULT_FILE_BYTES) : undefined,
    }),
    ...(encrypted ? { encrypted } : {}),
    ...(type === 'member' && field.include !== undefined ? { include: field.include } : {}),
    ...(target && field.include
      ? {
          ref: {
            entity: target.id,
            include: field.include,
            api: `/api/v1/${target.path}`,
            path: screenPath(target),
          },
        }
      : {}),
  }
}

/** Only the members that have a value. */
function given<T extends Record<string, unknown>>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never
}

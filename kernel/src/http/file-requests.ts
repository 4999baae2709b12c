import { fileFields, filePlace, isStorable, type EntityModel, type FieldModel } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { FilePurpose } from '../files/index.ts'
import { DEFAULT_FILE_BYTES } from '../media/index.ts'
import type { ByteRange } from '../storage/index.ts'
import type { HttpContext } from './environment.ts'

/** The file field the address names. */
export function findFileField(c: HttpContext, model: EntityModel | undefined): FieldModel | undefined {
  return model && fileFields(model).find(({ name }) => name === c.req.param('field'))
}

export function purposeOf(model: EntityModel, field: FieldModel): FilePurpose {
  const { maxBytes = DEFAULT_FILE_BYTES, accept } = field.declaration
  return { place: filePlace(model, field), maxBytes, accept }
}

/** What the sender calls the file. @throws Failure `query_invalid` */
export function readFileName(c: HttpContext): string {
  const name = c.req.query('name')?.trim() || 'file'
  if (name.length > 255 || !isStorable(name))
    throw new Failure('query_invalid', {
      errors: [{ pointer: '/query/name', code: 'maxLength', detail: 'A name has at most 255 characters.' }],
    })
  return name
}

/** Whether the reader has these very bytes already. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((each) => [etag, '*'].includes(each.trim().replace(/^W\//, '')))
}

/**
 * The part of a file that is asked for; undefined for all of it. Several parts at once are answered with the whole, as RFC 9110 permits.
 *
 * @throws Failure `range_invalid` when nothing of it is within the file
 */
export function readRange(
  { range, ifRange }: { readonly range: string | undefined; readonly ifRange: string | undefined },
  size: number,
  etag: string,
): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? []
  if ((first === '' && last === '') || (ifRange !== undefined && ifRange !== etag)) return undefined
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start > end) throw new Failure('range_invalid', { extensions: { size } })
  return { start, end }
}

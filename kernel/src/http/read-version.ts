import { Failure, invalid } from '../errors.ts'

/**
 * The version of a record its sender has seen, from `If-Match` or the body.
 *
 * @throws Failure `version_required` | `version_conflict` | `validation_failed`
 */
export function readVersion(header: string | undefined, inBody: unknown): number {
  const text = header === undefined ? undefined : /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  if (text !== undefined) return Number(text)
  if (header !== undefined)
    throw new Failure('version_conflict', { detail: 'If-Match names no version of this record.' })
  if (inBody === undefined)
    throw new Failure('version_required', { detail: 'Send If-Match with the version you have seen.' })
  if (!Number.isInteger(inBody)) throw invalid('/version', 'type', 'The version is a whole number.')
  return inBody as number
}

/**
 * The version its sender has seen, where it may be left open: without the header, or with `*`, whatever there is.
 *
 * @throws Failure `version_conflict`
 */
export function readSeen(header: string | undefined): number | undefined {
  return header === undefined || header.trim() === '*' ? undefined : readVersion(header, undefined)
}

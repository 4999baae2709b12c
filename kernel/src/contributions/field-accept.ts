import { ENDINGS, typeOfEnding } from '../media/index.ts'
import { suggestion } from './nearest.ts'
import type { Path, Report } from './point.ts'
import { texts } from './reading.ts'

const MEDIA_TYPE = /^[a-z]+\/([a-z0-9][a-z0-9.+-]*|\*)$/u

/** Checks which files a field takes: media types, or endings whose type is known. */
export function checkAccept(accept: unknown, path: Path, report: Report): void {
  const seen = new Set<string>()
  for (const [index, entry] of texts(accept)) {
    const at = [...path, index]
    if (seen.has(entry)) report(at, 'duplicate', `"${entry}" stands twice.`)
    seen.add(entry)
    if (entry.startsWith('.')) {
      if (typeOfEnding(entry) !== undefined && entry === entry.toLowerCase()) continue
      const message = `Files are told apart by content, and of "${entry}" none is known.${suggestion(entry, ENDINGS)} Name the media type instead.`
      report(at, 'ending_unknown', message)
    } else if (!MEDIA_TYPE.test(entry)) {
      const message = `"${entry}" is neither a media type like "application/pdf" or "image/*" nor an ending like ".csv".`
      report(at, 'media_type_invalid', message)
    }
  }
}

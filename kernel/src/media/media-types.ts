const OFFICE = 'application/vnd.openxmlformats-officedocument'
const OPEN = 'application/vnd.oasis.opendocument'

/** Media types by ending. */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  txt: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  json: 'application/json',
  xml: 'application/xml',
  eml: 'message/rfc822',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  heic: 'image/heic',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  mp3: 'audio/mpeg',
  m4a: 'audio/x-m4a',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  pdf: 'application/pdf',
  rtf: 'application/rtf',
  zip: 'application/zip',
  gz: 'application/gzip',
  '7z': 'application/x-7z-compressed',
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  pptx: `${OFFICE}.presentationml.presentation`,
  odt: `${OPEN}.text`,
  ods: `${OPEN}.spreadsheet`,
  odp: `${OPEN}.presentation`,
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  msg: 'application/vnd.ms-outlook',
}

/** Endings a field may accept, with the dot. */
export const ENDINGS: readonly string[] = Object.keys(TYPES).map((ending) => `.${ending}`)

/** The media type of an ending with its dot; undefined of one that is not known. */
export function typeOfEnding(ending: string): string | undefined {
  const name = ending.slice(1).toLowerCase()
  return Object.hasOwn(TYPES, name) ? TYPES[name] : undefined
}

/** The ending of a name, `.csv`; empty where it has none. */
export function endingOf(name: string): string {
  return (/\.[A-Za-z0-9]{1,10}$/.exec(name.trim())?.[0] ?? '').toLowerCase()
}

/**
 * Whether a field takes files of a type. Endings stand for their type: a file is what its content says, not what its name says.
 *
 * @param accept as declared; any where there is none
 */
export function isAccepted(accept: readonly string[] | undefined, type: string): boolean {
  return (
    accept?.some((each) => {
      if (each.startsWith('.')) return typeOfEnding(each) === type
      return each.endsWith('/*') ? type.startsWith(each.slice(0, -1)) : each === type
    }) ?? true
  )
}

/** Types a browser only shows: without scripts, without anything it would fetch. */
const SHOWN: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'text/plain',
])

/** Whether a browser may show files of the type instead of saving them. */
export function isShown(type: string): boolean {
  return SHOWN.has(type)
}

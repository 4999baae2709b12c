import type { Readable } from 'node:stream'
import type { SaxesParser, SaxesTagPlain } from 'saxes'
import type { Entry, ZipFile } from 'yauzl'
import { Failure } from '../errors.ts'
import { MAX_ENTRIES, MAX_SMALL_PART_BYTES, MAX_STRINGS_BYTES } from './file-limits.ts'
import { streamOf, type StoredFile } from './stored-file.ts'
import { plainText } from './xlsx-text.ts'

export interface Workbook {
  /** Sheets by name, in their order, with the path of their part. */
  readonly sheets: ReadonlyMap<string, string>
  /** Texts that cells refer to by position. */
  readonly strings: readonly string[]
  /** Whether a cell style shows its number as a date. */
  readonly dateStyles: readonly boolean[]
  /** Opens a part, refusing to unpack more than `limit` bytes. */
  open(path: string, limit: number): Promise<Readable>
  close(): void
}

type Tag = SaxesTagPlain

interface Handlers {
  readonly open?: (tag: Tag, name: string) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/**
 * Opens a workbook without unpacking more than is asked for. Formulas, links and everything else but texts and numbers are left alone.
 *
 * @throws Failure `file_unreadable`
 */
export async function openWorkbook(file: StoredFile): Promise<Workbook> {
  const entries = new Map<string, Entry>()
  const zip = await openZip(file)
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MAX_ENTRIES) throw unreadable('The workbook has too many parts.')
      entries.set(entry.fileName, entry)
    }
    const open = async (path: string, limit: number): Promise<Readable> => {
      const entry = entries.get(path)
      if (!entry) throw unreadable(`The workbook lacks its part ${path}.`)
      if (entry.uncompressedSize > limit) throw unreadable('The workbook is too large when unpacked.')
      return zip.openReadStreamPromise(entry)
    }
    const relations = await readRelations(open)
    const sheets = await readSheets(open, relations)
    const has = (path: string): boolean => entries.has(path)
    const find = (kind: string, usual: string): string | undefined =>
      [relations.byType.get(kind), usual].find((path) => path !== undefined && has(path))
    const stringsPart = find('sharedStrings', 'xl/sharedStrings.xml')
    const stylesPart = find('styles', 'xl/styles.xml')
    return {
      sheets,
      strings: stringsPart ? await readStrings(await open(stringsPart, MAX_STRINGS_BYTES)) : [],
      dateStyles: stylesPart ? await readStyles(await open(stylesPart, MAX_SMALL_PART_BYTES)) : [],
      open,
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw asUnreadable(error)
  }
}

async function openZip(file: StoredFile): Promise<ZipFile> {
  const { fromRandomAccessReaderPromise, RandomAccessReader } = await import('yauzl')
  class Pieces extends RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      return streamOf(file, start, end)
    }
  }
  try {
    return await fromRandomAccessReaderPromise(new Pieces(), file.size, {
      lazyEntries: true,
      autoClose: false,
    })
  } catch (error) {
    throw asUnreadable(error)
  }
}

/** Whatever is wrong with a foreign file is no fault of the platform. */
export function asUnreadable(error: unknown): Failure {
  if (error instanceof Failure) return error
  return new Failure('file_unreadable', {
    detail: `The workbook is damaged: ${(error as Error).message.slice(0, 200)}`,
    cause: error,
  })
}

export function unreadable(detail: string): Failure {
  return new Failure('file_unreadable', { detail })
}

/** Follows the XML of a part. Handlers get names without their prefix. */
async function followXml(source: Readable, handlers: Handlers): Promise<void> {
  const parser = await newParser(handlers)
  const decoder = new TextDecoder()
  for await (const bytes of source as AsyncIterable<Buffer>)
    parser.write(decoder.decode(bytes, { stream: true }))
  parser.write(decoder.decode()).close()
}

export async function newParser({ open, text, close }: Handlers): Promise<SaxesParser> {
  const { SaxesParser: Parser } = await import('saxes')
  const parser = new Parser()
  const local = (name: string): string => name.slice(name.indexOf(':') + 1)
  parser.on('error', (error) => {
    throw error
  })
  // Workbooks have no document types; whoever sends one is up to something.
  parser.on('doctype', () => {
    throw unreadable('The workbook holds a document type.')
  })
  if (open) parser.on('opentag', (tag) => open(tag, local(tag.name)))
  if (text) parser.on('text', text)
  if (text) parser.on('cdata', text)
  if (close) parser.on('closetag', (tag) => close(local(tag.name)))
  return parser
}

type Open = (path: string, limit: number) => Promise<Readable>

interface Relations {
  readonly byId: ReadonlyMap<string, string>
  readonly byType: ReadonlyMap<string, string>
}

async function readRelations(open: Open): Promise<Relations> {
  const byId = new Map<string, string>()
  const byType = new Map<string, string>()
  await followXml(await open('xl/_rels/workbook.xml.rels', MAX_SMALL_PART_BYTES), {
    open({ attributes }, name) {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return
      const target = String(attributes['Target'])
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      byId.set(String(attributes['Id']), path)
      byType.set(String(attributes['Type']).split('/').at(-1)!, path)
    },
  })
  return { byId, byType }
}

async function readSheets(open: Open, { byId }: Relations): Promise<Map<string, string>> {
  const sheets = new Map<string, string>()
  await followXml(await open('xl/workbook.xml', MAX_SMALL_PART_BYTES), {
    open({ attributes }, name) {
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const path = name === 'sheet' ? byId.get(String(relation)) : undefined
      if (path !== undefined && path.includes('worksheets/')) sheets.set(String(attributes['name']), path)
    },
  })
  if (sheets.size === 0) throw unreadable('The workbook has no sheet.')
  return sheets
}

/** Phonetic readings (`rPh`) are no part of the text. */
async function readStrings(source: Readable): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let inText = false
  let phonetic = false
  await followXml(source, {
    open(_, name) {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      inText = name === 't' && !phonetic
    },
    text(part) {
      if (inText) text += part
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') phonetic = false
      if (name === 'si') strings.push(plainText(text))
    },
  })
  return strings
}

/** Formats of dates that need no definition, see ECMA-376 part 1, 18.8.30. */
const isDateFormat = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 45 && id <= 47)

async function readStyles(source: Readable): Promise<boolean[]> {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCells = false
  await followXml(source, {
    open({ attributes }, name) {
      if (name === 'numFmt') {
        const code = String(attributes['formatCode']).replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
        own.set(
          Number(attributes['numFmtId']),
          /[dmyhs]/i.test(code) && !/[#0?]/.test(code.replaceAll(/\.0+/g, '')),
        )
      }
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'])
        styles.push(own.get(id) ?? isDateFormat(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { ARTICLES, bring, upload, XLSX } from './import-client.ts'
import type { AnyRecord, TestPlatform, TestTenant } from './support/index.ts'

let platform: TestPlatform
let acme: TestTenant

beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['depot'] })
  acme = platform.tenant('acme')
})
afterAll(() => platform.stop())

const titles = async (start: string): Promise<unknown[]> => {
  const filter = encodeURIComponent(JSON.stringify({ title: { startsWith: start } }))
  const { body } = await acme.admin.get(`${ARTICLES}?limit=200&sort=title&filter=${filter}`)
  return body.items.map((item: AnyRecord) => item['title'])
}

const NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const WORKBOOK = {
  'xl/workbook.xml': `<workbook ${NAMESPACE} xmlns:r="${RELATION}"><sheets><sheet name="First" sheetId="1" r:id="a"/><sheet name="Zweites" sheetId="2" r:id="b"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${RELATION}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="${RELATION}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
}
const sheet = (rows: string): string => `<worksheet ${NAMESPACE}><sheetData>${rows}</sheetData></worksheet>`
const inline = (address: string, value: string): string =>
  `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`

async function zip(parts: Readonly<Record<string, string | Buffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const file = new ZipFile()
  for (const [path, content] of Object.entries(parts)) file.addBuffer(Buffer.from(content), path)
  file.end()
  const chunks: Buffer[] = []
  for await (const chunk of file.outputStream as AsyncIterable<Buffer>) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

const workbook = (parts: Readonly<Record<string, string | Buffer>>): Promise<Uint8Array<ArrayBuffer>> =>
  zip({ ...WORKBOOK, 'xl/worksheets/sheet2.xml': sheet(''), ...parts })

const TABLE = 'title;tags\r\nGrün für "Öl" €;süß'

describe('text files', () => {
  const utf16 = (bytes: Buffer, swap: boolean): Buffer => (swap ? bytes.swap16() : bytes)
  const files: readonly (readonly [name: string, bytes: Buffer, encoding: string])[] = [
    ['UTF-8', Buffer.from(TABLE), 'utf-8'],
    ['UTF-8 with byte order mark', Buffer.from(`\ufeff${TABLE}`), 'utf-8'],
    [
      'Windows-1252',
      Buffer.from(Array.from(TABLE, (sign) => (sign === '€' ? 0x80 : sign.charCodeAt(0)))),
      'windows-1252',
    ],
    ['UTF-16', utf16(Buffer.from(`\ufeff${TABLE}`, 'utf16le'), false), 'utf-16le'],
    ['UTF-16, big end first', utf16(Buffer.from(`\ufeff${TABLE}`, 'utf16le'), true), 'utf-16be'],
    ['UTF-16 without mark', Buffer.from(TABLE, 'utf16le'), 'utf-16le'],
  ]
  test.each(files)('in %s are read as they were written', async (_, bytes, encoding) => {
    const { body } = await upload(acme.admin, new Uint8Array(bytes))
    expect(body.settings).toMatchObject({ encoding, delimiter: ';' })
    expect(body.headers).toEqual(['title', 'tags'])
    expect(body.sample).toEqual([{ row: 2, cells: ['Grün für "Öl" €', 'süß'] }])
  })

  test('are read again where a person knows better', async () => {
    const { body } = await upload(acme.admin, 'title,note|x\nA,"B;C"\n')
    expect(body.headers).toEqual(['title', 'note|x'])
    const { body: again } = await acme.admin.patch(`${ARTICLES}/imports/${body.id}`, { delimiter: ';' })
    expect(again.headers).toEqual(['title,note|x', ''])
    const other = await acme.admin.patch(`${ARTICLES}/imports/${body.id}`, { encoding: 'utf-7' })
    expectProblem(other, 422, 'validation_failed')
  })

  test.each([
    ['tabs', 'title\tnote\nT1\ta,b;c\n', '\t'],
    ['commas beside many semicolons in quotes', 'title,note\nT2,"a;b;c;d"\n', ','],
    ['nothing but one column', 'title\nT3, with a comma\n', ','],
  ])('with %s are taken apart rightly', async (_, file, delimiter) => {
    const { body } = await upload(acme.admin, file)
    expect(body.settings.delimiter).toBe(delimiter)
    expect(body.headers[0]).toBe('title')
  })

  test('with signs no database holds are shown, and refused where they would be stored', async () => {
    const done = await bring(acme.admin, 'title,note\nOdd\u0000,a\nFine,b\u0000\n')
    expect(done.counts).toMatchObject({ created: 0, refused: 2 })
    expect(await titles('Odd')).toEqual([])
  })
})

describe('workbooks', () => {
  test('with shared texts, dates, several sheets and formulas give their values', async () => {
    const file = await workbook({
      'xl/sharedStrings.xml': `<sst ${NAMESPACE}><si><t>title</t></si><si><r><t>Rich </t></r><r><t>text</t></r><rPh><t>no</t></rPh></si></sst>`,
      'xl/styles.xml': `<styleSheet ${NAMESPACE}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
      'xl/worksheets/sheet1.xml': sheet(`<row r="1">${inline('A1', 'other')}</row>`),
      'xl/worksheets/sheet2.xml': sheet(
        `<row r="1"><c r="A1" t="s"><v>0</v></c>${inline('B1', 'day')}${inline('D1', 'count')}</row>` +
          `<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>46023</v></c><c r="D3"><f>1+1</f><v>2</v></c></row>`,
      ),
    })
    const { body } = await upload(acme.admin, file, { type: XLSX, name: 'book.xlsx' })
    expect(body).toMatchObject({ format: 'xlsx', sheets: ['First', 'Zweites'] })
    const at = `${ARTICLES}/imports/${body.id}`
    expectProblem(await acme.admin.patch(at, { sheet: 'Third' }), 422, 'validation_failed')
    const { body: second } = await acme.admin.patch(at, { sheet: 'Zweites' })
    expect(second.headers).toEqual(['title', 'day', '', 'count'])
    expect(second.sample).toEqual([{ row: 3, cells: ['Rich text', '2026-01-01', '', '2'] }])
  })

  test('open at their first sheet that has rows', async () => {
    const file = await workbook({
      'xl/worksheets/sheet1.xml': sheet(''),
      'xl/worksheets/sheet2.xml': sheet(`<row r="1">${inline('A1', 'title')}</row>`),
    })
    const { status, body } = await upload(acme.admin, file, { type: XLSX })
    expect(status).toBe(201)
    expect(body).toMatchObject({ headers: ['title'], settings: { sheet: 'Zweites' } })
    const answer = await acme.admin.patch(`${ARTICLES}/imports/${body.id}`, { sheet: 'First' })
    expectProblem(answer, 422, 'file_unreadable')
  })

  const row = `<row r="1">${inline('A1', 'title')}</row>`
  test.each([
    ['a bomb of texts', { 'xl/sharedStrings.xml': Buffer.alloc(65 * 1_048_576, 32) }],
    ['a document type', { 'xl/worksheets/sheet1.xml': `<!DOCTYPE x [<!ENTITY a "b">]>${sheet(row)}` }],
    ['an entity of its own', { 'xl/worksheets/sheet1.xml': sheet(`<row><c t="str"><v>&a;</v></c></row>`) }],
    ['broken XML', { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row>' }],
    ['a row beyond all sheets', { 'xl/worksheets/sheet1.xml': sheet('<row r="99999999999"></row>') }],
    [
      'an endless cell',
      { 'xl/worksheets/sheet1.xml': sheet(`<row>${inline('A1', 'x'.repeat(300_000))}</row>`) },
    ],
    ['no sheet', { 'xl/workbook.xml': `<workbook ${NAMESPACE}><sheets/></workbook>` }],
  ])('with %s are refused', async (_, parts) => {
    const answer = await upload(acme.admin, await workbook(parts), { type: XLSX })
    expectProblem(answer, 422, 'file_unreadable')
  })

  test('that lie about how large they become are refused', async () => {
    const file = Buffer.from(
      await workbook({ 'xl/worksheets/sheet1.xml': sheet(row + ' '.repeat(5_000_000)) }),
    )
    const size = Buffer.alloc(4)
    size.writeUInt32LE(sheet(row + ' '.repeat(5_000_000)).length)
    const small = Buffer.alloc(4)
    small.writeUInt32LE(100)
    for (let at = file.indexOf(size); at >= 0; at = file.indexOf(size)) small.copy(file, at)
    expectProblem(await upload(acme.admin, new Uint8Array(file), { type: XLSX }), 422, 'file_unreadable')
  })

  test('with too many parts are refused', async () => {
    const parts = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`x/${index}`, '']))
    expectProblem(await upload(acme.admin, await workbook(parts), { type: XLSX }), 422, 'file_unreadable')
  })
})

test.each([
  ['nothing', ''],
  ['no row', '\r\n\r\n'],
  ['a workbook of the old kind', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
  ['an archive of something else', Buffer.from('PK\u0003\u0004garbage')],
  ['a record without end', `title\n"${'x'.repeat(3_000_000)}`],
])('a file with %s is refused and not kept', async (_, content) => {
  const body = typeof content === 'string' ? content : new Uint8Array(content)
  const before = await acme.sql('SELECT count(*)::int AS count FROM plinth.import')
  expectProblem(await upload(acme.admin, body), 422, 'file_unreadable')
  expect(await acme.sql('SELECT count(*)::int AS count FROM plinth.import')).toEqual(before)
})

test('a file that is too large or of a foreign type is refused', async () => {
  const large = await acme.admin.send('POST', `${ARTICLES}/imports`, {
    headers: { 'content-type': 'text/csv' },
    body: new Uint8Array(51 * 1_048_576).fill(97),
  })
  expectProblem(large, 413, 'file_too_large')
  expect(await acme.sql(`SELECT id FROM plinth.import WHERE status = 'receiving'`)).toEqual([])
  expectProblem(await upload(acme.admin, 'title\nx', { type: 'image/png' }), 415, 'media_type_unsupported')
  expectProblem(await upload(acme.admin, 'title\nx', { name: 'n'.repeat(256) }), 400, 'query_invalid')
})

test('more rows than an import takes end it before the first one', async () => {
  const file = `title\n${'x\n'.repeat(100_001)}`
  const done = await bring(acme.admin, file)
  expect(done).toMatchObject({ status: 'failed', reason: { code: 'file_too_large' }, done: 0 })
  expect(await titles('x')).toEqual([])
})

test('a file that is sent again with its key is the same import', async () => {
  const send = (body: string, key = 'k-1') =>
    acme.admin.send('POST', `${ARTICLES}/imports?name=a.csv`, {
      headers: { 'content-type': 'text/csv', 'idempotency-key': key },
      body,
    })
  const first = await send('title\nOnce\n')
  expect(first.status).toBe(201)
  const second = await send('title\nOnce\n')
  expect([second.status, second.headers.get('idempotency-replayed'), second.body.id]).toEqual([
    201,
    'true',
    first.body.id,
  ])
  expectProblem(await send('title\nOther\n'), 422, 'idempotency_mismatch')
  expectProblem(
    await send('title\nOther\n', 'ü'.repeat(2)).catch((error: unknown) => Promise.reject(error)),
    400,
    'idempotency_key_invalid',
  )
  expect((await send('title\nOther\n', 'k-2')).body.id).not.toBe(first.body.id)
  const together = await Promise.all(Array.from({ length: 4 }, () => send('title\nRace\n', 'k-3')))
  const taken = together.filter(({ status }) => status === 201).map(({ body }) => body.id)
  expect(new Set(taken).size).toBe(1)
  expect(together.filter(({ status }) => status !== 201).every(({ status }) => status === 409)).toBe(true)
})

test('the file of refused rows is a workbook where a workbook was brought', async () => {
  const file = await workbook({
    'xl/worksheets/sheet1.xml': sheet(
      `<row r="1">${inline('A1', 'title')}${inline('B1', 'count')}</row><row r="2">${inline('A2', '=Bad')}${inline('B2', 'many')}</row>`,
    ),
  })
  const done = await bring(acme.admin, file, {}, 'run', { type: XLSX })
  expect(done.counts).toMatchObject({ refused: 1 })
  const answer = await acme.admin.raw('GET', `${ARTICLES}/imports/${done.id}/refused`)
  expect(answer.headers.get('content-type')).toBe(XLSX)
  const { fromBufferPromise } = await import('yauzl')
  const book = await fromBufferPromise(Buffer.from(await answer.arrayBuffer()))
  let xml = ''
  for await (const entry of book.eachEntry())
    if (entry.fileName === 'xl/worksheets/sheet1.xml')
      xml = await text(await book.openReadStreamPromise(entry))
  for (const part of ['Refused because', '=Bad', 'many', 'count: This is no number in the chosen form.'])
    expect(xml).toContain(part)
})

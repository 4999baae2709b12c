import fc from 'fast-check'
import { ZipFile } from 'yazl'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { contentDisposition } from './disposition.ts'
import { findMediaType } from './find-media-type.ts'
import { ENDINGS, isAccepted, isShown, typeOfEnding } from './media-types.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

test.each([
  [PNG, 'a.txt', 'image/png'],
  [Buffer.from('GIF89a<script>'), 'a.html', 'image/gif'],
  ['%PDF-1.4', 'a', 'application/pdf'],
  ['{"a":1}', 'a.json', 'application/json'],
  ['BEGIN:VCARD', 'a.vcf', 'text/vcard'],
  ['Größe;Menge\n', 'a.csv', 'text/csv'],
  ['words', 'a.exe', 'text/plain'],
  ['  \n<!-- x --><HTML>', 'a.csv', 'text/html'],
  ['\ufeff<svg onload="x">', 'a.csv', 'image/svg+xml'],
  ['hello', 'a.html', 'text/html'],
  [Buffer.from('\ufeff<script>alert(1)</script>', 'utf16le'), 'a.txt', 'text/html'],
  [Buffer.from([0xc4, 0x3b, 0xd6]), 'windows-1252.csv', 'text/csv'],
  [Buffer.from([0, 1, 2]), 'a.csv', 'application/octet-stream'],
  [Buffer.from('MZ\u0090\u0000\u0003'), 'a.csv', 'application/x-msdownload'],
  ['', 'a', 'text/plain'],
])('%o called %s is %s', async (content, name, type) => {
  expect(await findMediaType(Buffer.from(content as string), name)).toBe(type)
})

test('an archive is what its name says only where its name says what archives may be', async () => {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from('x'), 'any.txt')
  zip.end()
  const bytes = await buffer(zip.outputStream as never)
  expect(await findMediaType(bytes, 'a.zip')).toBe('application/zip')
  expect(await findMediaType(bytes, 'a.png')).toBe('application/zip')
  expect(await findMediaType(bytes, 'a.docx')).toBe(typeOfEnding('.docx'))
})

test('whatever the bytes, there is a type', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (bytes, name) => {
      expect(await findMediaType(bytes, name)).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/)
    }),
  )
})

test('a field takes types, families of types, and endings for their type', () => {
  expect(isAccepted(undefined, 'x/y')).toBe(true)
  expect(isAccepted(['image/*'], 'image/png')).toBe(true)
  expect(isAccepted(['image/*'], 'imagery/png')).toBe(false)
  expect(isAccepted(['application/pdf', '.csv'], 'text/csv')).toBe(true)
  expect(isAccepted(['application/pdf', '.csv'], 'text/plain')).toBe(false)
  for (const ending of ENDINGS) expect(isAccepted([ending], typeOfEnding(ending)!)).toBe(true)
})

test.each(['text/html', 'image/svg+xml', 'application/xml', 'application/pdf', 'text/csv'])(
  '%s is not shown by browsers',
  (type) => expect(isShown(type)).toBe(false),
)

test.each([
  ['a b.pdf', 'attachment; filename="a b.pdf"'],
  ['ä€.pdf', `attachment; filename="__.pdf"; filename*=UTF-8''%C3%A4%E2%82%AC.pdf`],
  ["it's (1)*.txt", `attachment; filename="it's (1).txt"`],
  ['100%.txt', `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`],
  ['../../etc/passwd', 'attachment; filename="passwd"'],
  ['C:\\temp\\x.txt', 'attachment; filename="x.txt"'],
  ['.htaccess', 'attachment; filename="htaccess"'],
  ['\u202egpj.exe', 'attachment; filename="gpj.exe"'],
  ['\r\nx-evil: 1', 'attachment; filename="x-evil 1"'],
  ['"";', 'attachment; filename=";"'],
  ['...', 'attachment; filename="file"'],
])('%o is saved as %s', (name, value) => {
  expect(contentDisposition(name, false)).toBe(value)
})

test('whatever the name, the header is one line that says it back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const value = contentDisposition(name, true)
      expect(value).toMatch(/^inline; filename="[^"\\%]+"(; filename\*=UTF-8''[A-Za-z0-9%._~-]+)?$/)
      expect(() => new Headers({ 'content-disposition': value })).not.toThrow()
    }),
  )
})

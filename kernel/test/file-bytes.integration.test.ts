import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { fetched, uploaded } from './file-client.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({ plugins: ['cabinet'] })
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')
const FOLDERS = '/cabinet/folders'
const ANYTHING = `${FOLDERS}/files/anything`

async function folder(values: object) {
  const { body, status, text } = await admin.post(FOLDERS, { name: 'Letters', ...values })
  expect(status, text).toBe(201)
  return body
}

describe('bytes are read in parts', async () => {
  const bytes = Buffer.from('0123456789')
  const file = await uploaded(admin, ANYTHING, bytes, 'digits.txt')
  const { id } = await folder({ anything: { id: file.id } })
  const path = `${FOLDERS}/${id}/files/anything`
  const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`

  test.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-30', '0123456789', 'bytes 0-9/10'],
    ['bytes=9-99', '9', 'bytes 9-9/10'],
  ])('%s', async (range, text, contentRange) => {
    const part = await fetched(admin, path, { range })
    expect([part.status, part.bytes.toString(), part.headers.get('content-range')]).toEqual([
      206,
      text,
      contentRange,
    ])
    expect(part.headers.get('content-length')).toBe(String(text.length))
  })

  test.each(['bytes=4-2', 'bytes=a-b', 'lines=1-2', 'bytes=1-2,4-5', 'bytes=-'])(
    '%s is answered with the whole',
    async (range) => {
      expect((await fetched(admin, path, { range })).status).toBe(200)
    },
  )

  test('what lies outside is refused', async () => {
    expectProblem(await admin.get(path, { headers: { range: 'bytes=10-' } }), 416, 'range_invalid')
  })

  test('a part of another version is answered with the whole', async () => {
    expect((await fetched(admin, path, { range: 'bytes=1-2', 'if-range': '"other"' })).status).toBe(200)
    expect((await fetched(admin, path, { range: 'bytes=1-2', 'if-range': etag })).status).toBe(206)
  })

  test('who has the bytes is not sent them again', async () => {
    const { status, bytes: none } = await fetched(admin, path, { 'if-none-match': `W/"x", ${etag}` })
    expect([status, none.length]).toEqual([304, 0])
  })

  test('HEAD answers without them', async () => {
    const response = await admin.raw('HEAD', path)
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      '10',
      '',
    ])
  })
})

test('whatever is uploaded comes back, byte for byte, as a whole and in parts', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(pieces, fc.nat(130_000), fc.nat(130_000), async (parts, from, to) => {
      const bytes = Buffer.concat(parts)
      const body = new ReadableStream({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          controller.close()
        },
      })
      const { body: file, text } = await admin.send('POST', ANYTHING, {
        headers: { 'content-type': 'application/octet-stream' },
        body,
      })
      expect(file, text).toMatchObject({ size: bytes.length })
      const { id } = await folder({ anything: { id: file.id } })
      const path = `${FOLDERS}/${id}/files/anything`
      expect((await fetched(admin, path)).bytes.equals(bytes)).toBe(true)
      const [start, end] = [Math.min(from, to), Math.max(from, to)]
      const part = await fetched(admin, path, { range: `bytes=${start}-${end}` })
      if (start >= bytes.length) expect(part.status).toBe(416)
      else expect(part.bytes.equals(bytes.subarray(start, end + 1))).toBe(true)
    }),
    { numRuns: runs(40) },
  )
})

import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { isMask, type FileReference } from '@plinth/sdk'
import { compileField, filePlace, type EntityModel, type FieldModel } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { AttachedFile } from '../../files/index.ts'
import { contentDisposition, isShown } from '../../media/index.ts'
import { answerOnce, jsonAnswer } from '../answer-once.ts'
import { requireId } from '../entity-request.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { findFileField, isKnown, purposeOf, readFileName, readRange } from '../file-requests.ts'
import { describeEach } from '../openapi/describe.ts'
import { describeDownload, describeUpload } from '../openapi/file-descriptions.ts'
import { findModel, readScope } from '../read-scope.ts'
import { noteShown, revealing } from '../reveal.ts'
import type { HttpServices } from '../services.ts'

/** The bytes of file fields: brought in before their record refers to them, and read with the rights its field is read with. */
export function fileRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .post('/:plugin/:collection/files/:field', describeEach(describeUpload), async (c, next) => {
      const model = findModel(c)
      const field = findFileField(c, model)
      if (!model || !field || field.declaration.readOnly) return next()
      return upload(c, services, model, field)
    })
    .get('/:plugin/:collection/:id/files/:field', describeEach(describeDownload), async (c, next) => {
      const model = findModel(c)
      const field = findFileField(c, model)
      if (!model || !field) return next()
      return download(c, services, model, field)
    })
}

async function upload(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  field: FieldModel,
): Promise<Response> {
  const access = c.get('access')
  if (!access.can(model.permission('update'))) access.require(model.permission('create'))
  const purpose = purposeOf(model, field)
  const name = readFileName(c)
  if (Number(c.req.header('content-length') ?? 0) > purpose.maxBytes)
    throw new Failure('file_too_large', { extensions: { maxBytes: purpose.maxBytes } })
  const tenantId = c.get('tenant').id
  const { actor } = c.get('identity')
  const received = await services.files.receive(tenantId, actor, purpose, name, c.req.raw.body ?? empty())
  const { id, sha256, ...known } = received
  let kept = false
  try {
    const body = { ...known, sha256 }
    return await answerOnce(c, services, { plugin: model.plugin, role: undefined, body }, async (work) => {
      await services.files.keep(work.unit, received)
      kept = true
      return jsonAnswer(201, { id, ...known } satisfies FileReference)
    })
  } catch (error) {
    kept = false
    throw error
  } finally {
    // Refused, or sent once before: that one counts.
    if (!kept) await services.files.remove(tenantId, id)
  }
}

async function* empty(): AsyncGenerator<Uint8Array> {}

/** Nothing in a file may act in the name of who looks at it. */
const HARMLESS = { 'content-security-policy': "default-src 'none'; sandbox" }

async function download(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  field: FieldModel,
): Promise<Response> {
  c.get('access').require(model.permission('read'))
  const recordId = requireId(c)
  const { id, file } = await findFile(c, services, model, field, recordId)
  const etag = `"${file.sha256}"`
  const headers = {
    ...HARMLESS,
    etag,
    'accept-ranges': 'bytes',
    // Kept by the browser of who has read it, and asked for anew each time: rights may have changed.
    'cache-control': 'private, no-cache',
    'content-disposition': contentDisposition(file.name, isShown(file.type)),
  }
  if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
  const asked = { range: c.req.header('range'), ifRange: c.req.header('if-range') }
  const range = readRange(asked, file.size, etag)
  const all = { ...headers, 'content-type': contentType(file.type) }
  const length = range ? range.end - range.start + 1 : file.size
  const sized = { ...all, 'content-length': String(length) }
  if (c.req.raw.method === 'HEAD') return c.body(null, 200, sized)
  const bytes = await services.files.open(c.get('tenant').id, id, range)
  bytes.on('error', (error: Error & { code?: string }) => {
    // Whoever goes away in the middle has no fault to report.
    if (error.code !== 'ABORT_ERR')
      services.log.error({ err: error, requestId: c.get('requestId') }, 'download broken off')
  })
  const stream = Readable.toWeb(bytes) as ReadableStream<Uint8Array>
  if (!range) return c.body(stream, 200, sized)
  return c.body(stream, 206, { ...sized, 'content-range': `bytes ${range.start}-${range.end}/${file.size}` })
}

/** The file of a record, as far as the actor may see that field of that record. @throws Failure `not_found` | `permission_missing` */
async function findFile(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  field: FieldModel,
  recordId: string,
): Promise<{ readonly id: string; readonly file: AttachedFile }> {
  const { mask } = field.declaration
  const read = await readScope(c, services, model)
  const scope = mask === undefined ? read : revealing(c, model, [field], read)
  const tenantId = c.get('tenant').id
  const [row] = await services.database.query<{ value: FileReference | string | null }>(
    { tenantId, role: model.role },
    compileField(model, field, recordId, scope),
  )
  if (!row?.value) throw new Failure('not_found')
  if (typeof row.value === 'string' || (mask !== undefined && isMask(mask, row.value)))
    throw new Failure('permission_missing', { extensions: { permission: model.permission('reveal') } })
  const { id } = row.value
  if (mask !== undefined)
    await noteShown(c, services, model, [field], JSON.stringify({ id: recordId, [field.name]: row.value }))
  const file = await services.files.find(tenantId, id, filePlace(model, field), recordId)
  // Given up between the two looks.
  if (!file) throw new Failure('not_found')
  return { id, file }
}

/** Text is shown as what nearly all of it is. */
function contentType(type: string): string {
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type
}

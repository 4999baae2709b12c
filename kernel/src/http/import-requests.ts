import type { ProblemError } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import { isStorable, type EntityModel } from '../data/index.ts'
import {
  describeFile,
  importTargets,
  MAX_FILE_BYTES,
  readSettings,
  settingProblems,
  type ImportRecord,
} from '../transfer/index.ts'
import { idempotencyKey } from './answer-once.ts'
import type { HttpContext } from './environment.ts'
import { FILE_TYPES } from './openapi/import-descriptions.ts'
import { readObject } from './read-json.ts'
import type { HttpServices } from './services.ts'

/**
 * Stores the file a request carries, while it comes, and looks into it.
 *
 * @throws Failure `media_type_unsupported` | `file_too_large` | `file_unreadable` | `query_invalid` | `idempotency_key_invalid` |
 * `idempotency_mismatch` | `idempotency_in_progress`
 */
export async function takeFile(
  c: HttpContext,
  { imports }: HttpServices,
  model: EntityModel,
): Promise<ImportRecord> {
  const key = idempotencyKey(c)
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (!FILE_TYPES.some((each) => each === type))
    throw new Failure('media_type_unsupported', {
      detail: `Send a file as one of: ${FILE_TYPES.join(', ')}.`,
    })
  if (Number(c.req.header('content-length') ?? 0) > MAX_FILE_BYTES) throw new Failure('file_too_large')
  const name = c.req.query('name') ?? 'import'
  if (name.length > 255 || !isStorable(name))
    throw new Failure('query_invalid', {
      errors: [{ pointer: '/query/name', code: 'maxLength', detail: 'A name has at most 255 characters.' }],
    })
  const { id: tenantId, timeZone } = c.get('tenant')
  const { actor } = c.get('identity')
  const received = await imports.receive(tenantId, model.id, actor, name, limited(c.req.raw.body))
  const { id, file } = received
  try {
    const before = key === undefined ? undefined : await imports.claimKey(tenantId, actor, received, key)
    if (before) {
      c.header('idempotency-replayed', 'true')
      return before
    }
    const targets = importTargets(model, c.get('plugins').view.entities)
    return (await imports.describe(tenantId, id, await describeFile(file, targets, timeZone)))!
  } catch (error) {
    await imports.remove(tenantId, id)
    throw error
  }
}

async function* limited(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const bytes of body ?? []) {
    size += bytes.byteLength
    if (size > MAX_FILE_BYTES) throw new Failure('file_too_large')
    yield bytes
  }
}

/**
 * Changes how a file is to be imported. Where it is to be read in another way, its columns are proposed anew.
 *
 * @throws Failure `validation_failed` | `import_busy` once it runs
 */
export async function changeSettings(
  c: HttpContext,
  { imports }: HttpServices,
  model: EntityModel,
  record: ImportRecord,
): Promise<ImportRecord> {
  const targets = importTargets(model, c.get('plugins').view.entities)
  const errors: ProblemError[] = []
  const changes = readSettings(await readObject(c), targets, (pointer, code, detail) =>
    errors.push({ pointer, code, detail }),
  )
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
  const { id: tenantId, timeZone } = c.get('tenant')
  const { encoding, delimiter, sheet } = { ...record.settings, ...changes }
  const same =
    encoding === record.settings.encoding &&
    delimiter === record.settings.delimiter &&
    sheet === record.settings.sheet
  const found = same
    ? record
    : await describeFile(imports.file(tenantId, record), targets, timeZone, changes, record.settings)
  const { columns } = changes
  if (columns && columns.length > found.facts.headers.length)
    throw new Failure('validation_failed', {
      errors: [{ pointer: '/columns', code: 'maxItems', detail: 'The file has fewer columns.' }],
    })
  const stored = await imports.describe(tenantId, record.id, {
    ...found,
    settings: { ...found.settings, ...changes },
  })
  if (!stored) throw new Failure('import_busy')
  return stored
}

/** @throws Failure `validation_failed` | `permission_missing` when it cannot be checked or run as it is */
export function requireReady(c: HttpContext, model: EntityModel, { settings }: ImportRecord): void {
  const access = c.get('access')
  if (settings.mode !== 'update') access.require(model.permission('create'))
  if (settings.mode !== 'create') access.require(model.permission('update'))
  const errors = settingProblems(model, settings, importTargets(model, c.get('plugins').view.entities))
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
}

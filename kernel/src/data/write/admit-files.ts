import type { FileReference, ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { fileFields, filePlace } from '../model/file-fields.ts'
import { isUuid } from '../uuid.ts'
import type { RecordJson } from './render-record.ts'
import type { UnitOfWork, WorkContext } from './unit-of-work.ts'
import type { LoneWrite } from './write.ts'

/** Files of one record were refused. There may be more to say of what is saved along with it. */
export class FilesRefused extends Failure {
  constructor(errors: readonly ProblemError[]) {
    super('reference_unknown', { errors })
  }
}

interface PendingFile extends Omit<FileReference, 'size'> {
  readonly place: string
  readonly size: string
}

/** Files that were asked for in a transaction, and those there are: uploaded by the actor, and of no record yet. */
const asked = new WeakMap<WorkContext, Map<string, PendingFile | undefined>>()

/**
 * Looks up at once the files that several records are going to refer to, so that `admitFiles` need not do so for each.
 *
 * @param records what requests say of them, unchecked
 */
export async function lookUpFiles(
  work: UnitOfWork,
  records: readonly (readonly [model: EntityModel, input: unknown])[],
): Promise<void> {
  const ids = records.flatMap(([model, input]) =>
    fileFields(model).flatMap(({ name }) => {
      const id = idOf((input as RecordJson | null | undefined)?.[name])
      return isUuid(id) ? [id.toLowerCase()] : []
    }),
  )
  if (ids.length > 0) await ask(work, ids)
}

/**
 * The values of a record with all that is known of its files, instead of what their sender says. A file the record has already stays.
 *
 * @param before the record as it is, if there is one
 * @throws Failure `reference_unknown` for files that were not uploaded for this field by this actor, or belong to another record
 */
export async function admitFiles(
  { work, model }: LoneWrite,
  values: RecordJson,
  before?: RecordJson,
): Promise<RecordJson> {
  const given = fileFields(model).filter(({ name }) => idOf(values[name]) !== undefined)
  if (given.length === 0) return values
  const known = await ask(
    work,
    given
      .map(({ name }) => idOf(values[name])!)
      .filter((id) => given.every(({ name }) => idOf(before?.[name]) !== id)),
  )
  const admitted: RecordJson = {}
  const unknown: ProblemError[] = []
  for (const field of given) {
    const id = idOf(values[field.name])!
    const file = known.get(id)
    if (idOf(before?.[field.name]) === id) admitted[field.name] = before![field.name]
    else if (file?.place !== filePlace(model, field)) unknown.push(refused(field))
    else admitted[field.name] = { id, name: file.name, type: file.type, size: Number(file.size) }
  }
  if (unknown.length > 0) throw new FilesRefused(unknown)
  return { ...values, ...admitted }
}

/** What `admitFiles` would refuse of a request, unchecked, as far as its files have been looked up. */
export function strangeFiles(
  { work, model }: LoneWrite,
  input: RecordJson,
  before?: RecordJson,
): ProblemError[] {
  const known = asked.get(work.context)
  if (!known) return []
  return fileFields(model).flatMap((field) => {
    const id = idOf(input[field.name])?.trim().toLowerCase()
    if (id === undefined || !known.has(id) || idOf(before?.[field.name]) === id) return []
    return known.get(id)?.place === filePlace(model, field) ? [] : [refused(field)]
  })
}

function refused({ name }: FieldModel): ProblemError {
  return {
    pointer: `/${name}`,
    code: 'reference',
    detail: 'There is no such file that was uploaded for this field, or it belongs to a record already.',
  }
}

async function ask(
  work: UnitOfWork,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PendingFile | undefined>> {
  const { context } = work
  const known = asked.get(context) ?? new Map<string, PendingFile | undefined>()
  asked.set(context, known)
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length === 0) return known
  const { actor } = context
  const found = await work.run<PendingFile>({
    text: `SELECT id, place, name, type, size::text FROM plinth.pending_files($1::uuid[], $2, $3::uuid)`,
    values: [`{${missing.join(',')}}`, actor.kind, actor.id],
  })
  for (const id of missing) known.set(id, undefined)
  for (const file of found) known.set(file.id, file)
  return known
}

function idOf(value: unknown): string | undefined {
  const id = (value as Partial<FileReference> | null | undefined)?.id
  return typeof id === 'string' ? id : undefined
}

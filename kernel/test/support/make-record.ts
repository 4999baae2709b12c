import { randomBytes } from 'node:crypto'
import type { ChildrenMeta, EntityMeta, FieldMeta, ProblemError, RecordBase } from '@plinth/sdk'
import type { Answer, Client } from './client.ts'
import { uploadSample } from './sample-file.ts'
import { sampleValue, type ValueSchema } from './sample-value.ts'

type Values = Readonly<Record<string, unknown>>
export type AnyRecord = RecordBase & Readonly<Record<string, any>>

export interface MakeRecordOptions {
  /** Give optional fields values too, as far as the plugin's own rules accept them. Default: only what is needed. */
  readonly full?: boolean
  /** Text to put wherever free text goes, to recognise the record by. */
  readonly mark?: string
}

interface CreateSchema {
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, ValueSchema>>
}

const schemas = new WeakMap<Client, Promise<Answer>>()

/**
 * Creates a record of any entity, from what the API says about it: with values for all that is required, and the records it must
 * refer to created first.
 *
 * @param entity `plugin.entity`, of a plugin that is on
 * @param given values to use instead of made-up ones
 * @throws Error when the platform refuses it
 */
export async function makeRecord(
  client: Client,
  entity: string,
  given: Values = {},
  options: MakeRecordOptions = {},
): Promise<AnyRecord> {
  const [{ api }, schema] = await Promise.all([readMeta(client, entity), readCreateSchema(client, entity)])
  let input = await makeInput(client, entity, given, options)
  for (;;) {
    const { status, body, text } = await client.post(api, input)
    if (status === 201) return body as AnyRecord
    // Rules of the plugin's own may refuse a made-up value; what is optional is left out then.
    const refused = ((body?.errors ?? []) as ProblemError[]).map((error) => error.pointer.split('/')[1] ?? '')
    const dispensable = refused.filter(
      (name) => name in input && !(name in given) && !schema.required.includes(name),
    )
    if (dispensable.length === 0) throw new Error(`No ${entity} could be made: ${status} ${text}`)
    input = Object.fromEntries(Object.entries(input).filter(([name]) => !dispensable.includes(name)))
  }
}

/** What `makeRecord` would send, without sending it. The records it refers to are created. */
export async function makeInput(
  client: Client,
  entity: string,
  given: Values = {},
  options: MakeRecordOptions = {},
): Promise<Record<string, unknown>> {
  const [meta, schema] = await Promise.all([readMeta(client, entity), readCreateSchema(client, entity)])
  const input: Record<string, unknown> = {}
  for (const [name, valueSchema] of Object.entries(schema.properties)) {
    const field = meta.fields.find((each) => each.name === name)
    // What a workspace has added is for the test to fill in.
    if (!field) continue
    const needed = schema.required.includes(name)
    const wanted = needed || (options.full === true && field.default === undefined)
    if (name in given || !wanted) continue
    const mark = `${options.mark ?? 'sample'}-${randomBytes(4).toString('hex')}`
    const value = await makeValue(client, meta, field, valueSchema, mark, options)
    if (value !== undefined) input[name] = value
  }
  for (const children of meta.children ?? []) {
    if (children.min > 0 && !(children.name in given))
      input[children.name] = await makeChildren(client, children, options)
  }
  return { ...input, ...given }
}

/** As many as the parent must have; others are made by themselves. */
async function makeChildren(
  client: Client,
  { entity, field, min }: ChildrenMeta,
  { mark }: MakeRecordOptions,
): Promise<object[]> {
  const made: object[] = []
  for (let index = 0; index < min; index += 1) {
    const { [field]: _parent, ...child } = await makeInput(
      client,
      entity,
      { [field]: null },
      mark === undefined ? {} : { mark },
    )
    made.push(child)
  }
  return made
}

async function makeValue(
  client: Client,
  meta: EntityMeta,
  field: FieldMeta,
  schema: ValueSchema,
  mark: string,
  options: MakeRecordOptions,
): Promise<unknown> {
  if (field.ref) {
    // An optional reference to its own kind would never end, and to what the client may not create is left out.
    if (field.ref.entity === meta.id) return undefined
    if (!field.required && !(await mayCreate(client, field.ref.entity))) return undefined
    const { mark: passedOn } = options
    const target = await makeRecord(
      client,
      field.ref.entity,
      {},
      passedOn === undefined ? {} : { mark: passedOn },
    )
    return target.id
  }
  if (field.type === 'member') return client.isKey ? undefined : (await client.session()).member.id
  if (field.type === 'file') return uploadSample(client, meta.api, field, mark)
  return sampleValue(schema, field, mark)
}

async function mayCreate(client: Client, entity: string): Promise<boolean> {
  const { status, body } = await client.get<EntityMeta>(`/meta/${entity.replace('.', '/')}`)
  return status === 200 && body.can.includes('create')
}

async function readMeta(client: Client, entity: string): Promise<EntityMeta> {
  const { status, body, text } = await client.get(`/meta/${entity.replace('.', '/')}`)
  if (status !== 200) throw new Error(`${entity} cannot be read: ${status} ${text}`)
  return body as EntityMeta
}

async function readCreateSchema(client: Client, entity: string): Promise<CreateSchema> {
  let answer = schemas.get(client)
  if (!answer) schemas.set(client, (answer = client.get('/openapi.json')))
  const found = (await answer).body.components.schemas[`${entity}.create`] as CreateSchema | undefined
  if (found) return found
  // A plugin has been switched on since.
  schemas.delete(client)
  const again = (await client.get('/openapi.json')).body.components.schemas[`${entity}.create`]
  if (!again) throw new Error(`The API does not know ${entity}`)
  return again as CreateSchema
}

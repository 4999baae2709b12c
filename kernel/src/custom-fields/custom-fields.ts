import type { CustomFieldDocument, ExtensibleEntity } from '@plinth/sdk'
import { RESERVED_FIELD_NAMES } from '../contributions/index.ts'
import { newId, refreshCustomSearch, type Bus, type Database, type EntityModel } from '../data/index.ts'
import { Failure, invalid } from '../errors.ts'
import type { PluginView, Work } from '../plugins/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { camelName, freeName } from './names.ts'
import { readDefinition } from './read-definition.ts'
import { presentField, STORED_COLUMNS, toDocument, type StoredField } from './stored-field.ts'

/** Fields of an entity in use at most: every one is a part of every answer. */
const MOST_FIELDS = 40

/** Archived ones included: their names stay taken. */
const MOST_EVER = 400

type Json = Readonly<Record<string, unknown>>

/**
 * The fields a tenant adds to extensible entities. Archiving takes a field out of use and keeps its values; restoring brings both back.
 * Nodes learn of a change by a notice, so whoever changes something calls `announce` after the commit.
 */
export class CustomFields {
  readonly #database: Database
  readonly #bus: Bus

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
  }

  /** The extensible entities of a tenant's active plugins. */
  async entities(tenant: Tenant, view: PluginView): Promise<ExtensibleEntity[]> {
    const rows = await this.#database.query<{ entity: string; fields: number; archived: number }>(
      { tenantId: tenant.id },
      {
        name: 'plinth_custom_counts',
        text: `SELECT entity, count(*) FILTER (WHERE archived_at IS NULL)::int AS fields, count(archived_at)::int AS archived
          FROM plinth.custom_field WHERE tenant_id = $1 GROUP BY entity`,
        values: [tenant.id],
      },
    )
    const counts = new Map(rows.map((row) => [row.entity, row]))
    return [...view.entities.values()]
      .filter((model) => model.declaration.extensible)
      .map((model) => ({
        id: model.id,
        plugin: model.plugin,
        label: model.declaration.label,
        labelPlural: model.declaration.labelPlural,
        icon: model.declaration.icon ?? 'file-text',
        fields: counts.get(model.id)?.fields ?? 0,
        archived: counts.get(model.id)?.archived ?? 0,
        limit: MOST_FIELDS,
      }))
  }

  /** All fields a tenant ever added to an entity: those in use in their order, then the archived ones. */
  async list(tenant: Tenant, { models }: PluginView, model: EntityModel): Promise<CustomFieldDocument[]> {
    const rows = await this.#database.query<StoredField>(
      { tenantId: tenant.id },
      {
        name: 'plinth_custom_fields',
        text: `SELECT ${STORED_COLUMNS} FROM plinth.custom_field WHERE tenant_id = $1 AND entity = $2
          ORDER BY archived_at IS NOT NULL, position, id`,
        values: [tenant.id, model.id],
      },
    )
    return rows.map((row) => toDocument(presentField(row, models)))
  }

  /** @throws Failure `validation_failed` */
  async create(
    work: Work,
    model: EntityModel,
    { name: wanted, ...input }: Json,
  ): Promise<CustomFieldDocument> {
    const declaration = readDefinition(input, undefined)
    if (declaration.entity !== undefined && !work.view.entities.has(declaration.entity))
      throw invalid('/target', 'reference', 'There is no such entity, or its plugin is off.')
    await lockEntity(work, model)
    const fields = await lockFields(work, model)
    const active = fields.filter((field) => field.archivedAt === null)
    if (active.length >= MOST_FIELDS || fields.length >= MOST_EVER) throw tooMany()
    const row: StoredField = {
      id: newId(),
      entity: model.id,
      name: nameOf(wanted, declaration.label.en, model, fields),
      declaration,
      position: active.length,
      archivedAt: null,
      version: 1,
    }
    await work.unit.run({
      text: `INSERT INTO plinth.custom_field (tenant_id, id, entity, name, declaration, position) VALUES ($1, $2, $3, $4, $5::jsonb, $6)`,
      values: [work.tenant.id, row.id, row.entity, row.name, JSON.stringify(row.declaration), row.position],
    })
    note(work, 'created', undefined, row)
    return toDocument(row)
  }

  /**
   * Changes a definition, its place or whether it is archived.
   *
   * @param version the version the actor saw
   * @throws Failure `not_found` | `version_conflict` | `validation_failed`
   */
  async change(
    work: Work,
    model: EntityModel,
    id: string,
    version: number | undefined,
    input: Json,
  ): Promise<CustomFieldDocument> {
    const fields = await lockFields(work, model)
    const before = fields.find((field) => field.id === id)
    if (!before) throw new Failure('not_found')
    if (version !== undefined && before.version !== version)
      throw new Failure('version_conflict', { extensions: { current: before.version } })
    const { name, position, archived = before.archivedAt !== null, ...options } = input
    if (name !== undefined && name !== before.name)
      throw invalid(
        '/name',
        'immutable',
        'The name cannot be changed: values are stored under it, and others ask by it.',
      )
    if (typeof archived !== 'boolean') throw invalid('/archived', 'type', 'True or false is needed here.')
    const others = fields.filter((field) => field.archivedAt === null && field !== before)
    if (
      position !== undefined &&
      (!Number.isInteger(position) || (position as number) < 0 || (position as number) > others.length)
    )
      throw invalid('/position', 'range', `A place from 0 to ${others.length}.`)
    if (!archived && others.length >= MOST_FIELDS) throw tooMany()
    const now = work.unit.now.toISOString()
    const restored = before.archivedAt !== null && !archived
    const place = (position as number | undefined) ?? (restored ? others.length : before.position)
    const after: StoredField = {
      ...before,
      declaration: readDefinition(options, before.declaration),
      position: place,
      archivedAt: archived ? (before.archivedAt ?? now) : null,
      version: before.version + 1,
    }
    requireMask(work, model, before, after)
    await this.#store(work, after, archived ? others : others.toSpliced(place, 0, after))
    note(
      work,
      restored ? 'restored' : before.archivedAt === null && archived ? 'archived' : 'updated',
      before,
      after,
    )
    const searched = ({ declaration, archivedAt }: StoredField) =>
      archivedAt === null && declaration.search === true
    if (searched(before) !== searched(after)) {
      const keys = [...others, after].filter(searched).map((field) => field.name)
      await refreshCustomSearch(work.unit, { model, schema: work.tenant.schema }, after.name, keys)
    }
    return toDocument(after)
  }

  /** Takes a field out of use. @throws Failure `not_found` */
  async archive(work: Work, model: EntityModel, id: string): Promise<void> {
    await this.change(work, model, id, undefined, { archived: true })
  }

  /** Tells all nodes, and everyone who has the workspace open. */
  async announce(tenant: Tenant): Promise<void> {
    await this.#bus.publish({ topic: 'tenant', tenantId: tenant.id })
  }

  async #store(work: Work, field: StoredField, order: readonly StoredField[]): Promise<void> {
    await work.unit.run({
      text: `UPDATE plinth.custom_field f SET position = coalesce(p.position, f.position),
          declaration = CASE WHEN f.id = $2::uuid THEN $3::jsonb ELSE f.declaration END,
          archived_at = CASE WHEN f.id = $2::uuid THEN $4::timestamptz ELSE f.archived_at END,
          version = CASE WHEN f.id = $2::uuid THEN $5::int ELSE f.version END
        FROM plinth.custom_field o LEFT JOIN (SELECT value::uuid AS id, ordinality::int - 1 AS position FROM jsonb_array_elements_text($6::jsonb) WITH ORDINALITY) p ON p.id = o.id
        WHERE o.tenant_id = $1 AND o.entity = $7 AND f.tenant_id = o.tenant_id AND f.id = o.id AND (f.id = $2::uuid OR p.position <> f.position)`,
      values: [
        work.tenant.id,
        field.id,
        JSON.stringify(field.declaration),
        field.archivedAt,
        field.version,
        JSON.stringify(order.map((each) => each.id)),
        field.entity,
      ],
    })
  }
}

/** Who adds a field waits for others who do, so that there are never too many and no name is taken twice. */
async function lockEntity(work: Work, model: EntityModel): Promise<void> {
  await work.unit.run({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`custom fields of ${model.id} in ${work.tenant.id}`],
  })
}

/**
 * All fields of an entity in their order, while no one else changes them. What follows may take longer than a request otherwise: every
 * record with a value is written when a field becomes searchable or ceases to be.
 */
async function lockFields(work: Work, model: EntityModel): Promise<StoredField[]> {
  const rows = await work.unit.run<StoredField>({
    text: `SELECT ${STORED_COLUMNS}, (SELECT set_config('statement_timeout', '120s', true)) AS timeout
      FROM plinth.custom_field WHERE tenant_id = $1 AND entity = $2 ORDER BY position, id FOR UPDATE`,
    values: [work.tenant.id, model.id],
  })
  return rows.map((row) => presentField(row, work.models))
}

function nameOf(wanted: unknown, label: string, model: EntityModel, fields: readonly StoredField[]): string {
  const taken = (name: string): boolean =>
    model.byName.has(name) || RESERVED_FIELD_NAMES.has(name) || fields.some((field) => field.name === name)
  if (wanted === undefined || wanted === null || wanted === '') return freeName(camelName(label), taken)
  if (typeof wanted !== 'string' || !/^[a-z][A-Za-z0-9]{0,39}$/u.test(wanted))
    throw invalid('/name', 'pattern', 'A name in camelCase of at most 40 letters and digits.')
  if (taken(wanted)) throw invalid('/name', 'unique', 'Another field has this name, maybe an archived one.')
  return wanted
}

/** Another mask, or none, shows what the one before hid: to everyone who may read. */
function requireMask(work: Work, model: EntityModel, before: StoredField, after: StoredField): void {
  const { mask } = before.declaration
  if (mask === undefined || mask === after.declaration.mask || after.declaration.mask === 'full') return
  if (work.access.rows(model, 'reveal', `custom.${before.name}`) === true) return
  throw new Failure('permission_missing', { extensions: { permission: model.permission('reveal') } })
}

function tooMany(): Failure {
  return invalid('', 'too_many', `At most ${MOST_FIELDS} further fields of an entity can be in use.`)
}

function note(work: Work, what: string, before: StoredField | undefined, after: StoredField): void {
  const action = `customField.${what}`
  work.unit.audit({
    action,
    subjectType: 'customField',
    subjectId: after.id,
    ...(before ? { before: toDocument(before) } : {}),
    after: toDocument(after),
  })
  const { entity, name, declaration } = after
  work.unit.emit(`kernel.${action}`, after.id, { entity, name, type: declaration.type })
}

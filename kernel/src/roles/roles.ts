import type { RoleDocument, RoleMember } from '@plinth/sdk'
import type { TracedGrant } from '../access/index.ts'
import { freeName, kebabName } from '../custom-fields/index.ts'
import { storeEntry, type Bus, type Database, type Origin, type Transaction } from '../data/index.ts'
import { Failure, invalid } from '../errors.ts'
import type { PluginView } from '../plugins/index.ts'
import { checkRole, requireHeld, rightsOf, SYSTEM_ROLES } from './check-role.ts'
import { readRole } from './read-role.ts'
import { describeOwn, SYSTEM_LABELS, systemRoles, templateRoles } from './role-documents.ts'
import { heirsOf } from './role-graph.ts'
import { removeRole } from './remove-role.ts'
import { lockRoles, namedElsewhere, notedRole, ROLE_COLUMNS, type StoredRole } from './stored-role.ts'

/** Roles a workspace makes at most: each is looked at with every first request of a member. */
const MOST_ROLES = 200

/** Members that are named at most. */
const MOST_MEMBERS = 500

type Json = Readonly<Record<string, unknown>>

/** In whose name, and where, something is asked of roles. */
export interface RoleOrder {
  readonly tenantId: string
  readonly view: PluginView
  /** What the one who asks has been granted. */
  readonly held: readonly TracedGrant[]
}

export type RoleChange = RoleOrder & { readonly origin: Origin }

/** The roles of workspaces: of the platform, of plugins, and their own, which alone can be changed. */
export class Roles {
  readonly #database: Database
  readonly #bus: Bus

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
  }

  /** All roles: the platform's, the workspace's own, and those of plugins that are on. */
  async list(order: RoleOrder): Promise<RoleDocument[]> {
    const [row] = await this.#database.query<{
      roles: StoredRole[] | null
      counts: Record<string, number> | null
    }>(
      { tenantId: order.tenantId },
      {
        name: 'plinth_roles',
        text: `SELECT (SELECT json_agg(r ORDER BY r.id) FROM (SELECT ${ROLE_COLUMNS} FROM plinth.role WHERE tenant_id = $1) r) AS roles,
          (SELECT json_object_agg(role, count) FROM (SELECT role, count(*) FROM plinth.member, unnest(roles) role
            WHERE tenant_id = $1 AND status = 'active' GROUP BY role) c) AS counts`,
        values: [order.tenantId],
      },
    )
    const roles = new Map((row?.roles ?? []).map((role) => [role.id, role]))
    const world = { ...order, roles, counts: row?.counts ?? {} }
    return [
      ...systemRoles(world),
      ...[...roles.values()].map((role) => describeOwn(world, role)),
      ...templateRoles(world),
    ]
  }

  /** @throws Failure `not_found` */
  async get(order: RoleOrder, id: string): Promise<RoleDocument> {
    const found = (await this.list(order)).find((role) => role.id === id)
    if (!found) throw new Failure('not_found')
    return found
  }

  /** Active members who have a role, by whichever role they were given. @throws Failure `not_found` */
  async members(order: RoleOrder, id: string): Promise<{ items: RoleMember[]; total: number }> {
    const roles = new Map((await this.list(order)).map((role) => [role.id, role]))
    if (!roles.has(id)) throw new Failure('not_found')
    const ways = heirsOf(roles, id)
    const rows = await this.#database.query<Omit<RoleMember, 'via'> & { roles: string[]; total: number }>(
      { tenantId: order.tenantId },
      {
        text: `SELECT id, name AS label, email, roles, count(*) OVER ()::int AS total FROM plinth.member
          WHERE tenant_id = $1 AND status = 'active' AND (roles && $2::text[] OR $3)
          ORDER BY name COLLATE "und-x-icu", id LIMIT ${MOST_MEMBERS}`,
        values: [order.tenantId, [...ways.keys()], roles.get(id)!.everyMember],
      },
    )
    const items = rows.map(({ id: member, label, email, roles: given }) => ({
      id: member,
      label,
      email,
      via: [...ways].find(([role]) => given.includes(role))?.[1] ?? [id],
    }))
    return { items, total: rows[0]?.total ?? 0 }
  }

  /** @throws Failure `validation_failed` | `permission_missing` */
  async create(order: RoleChange, input: Json): Promise<RoleDocument> {
    const wanted = readRole(input, undefined)
    return this.#change(order, async (transaction, roles) => {
      if (roles.size >= MOST_ROLES)
        throw invalid('', 'too_many', `A workspace has at most ${MOST_ROLES} roles of its own.`)
      const named = await namedElsewhere(transaction, order.tenantId)
      const taken = (id: string): boolean => roles.has(id) || SYSTEM_ROLES.includes(id) || named.has(id)
      if (wanted.id !== undefined && taken(wanted.id))
        throw invalid('/id', 'unique', 'Another role has this id.')
      const id = wanted.id ?? freeName(idOf(wanted.label.en), taken, '-')
      const role: StoredRole = { ...wanted, id, version: 1 }
      requireOwnLabel(roles, role)
      checkRole(order.view, roles, role)
      requireHeld(order.held, rightsOf([id], order.view, new Map(roles).set(id, role)))
      transaction.later({
        text: 'INSERT INTO plinth.role (tenant_id, id, label, description, grants, inherits) VALUES ($1, $2, $3::jsonb, $4, $5::jsonb, $6)',
        values: [order.tenantId, id, ...valuesOf(role)],
      })
      transaction.later(
        storeEntry(order.tenantId, order.origin, {
          action: 'role.created',
          subjectType: 'platform.role',
          subjectId: id,
          after: notedRole(role),
        }),
      )
      return role
    })
  }

  /**
   * Changes a role of the workspace. Who does must hold all it gives, before and after.
   *
   * @param version the version the actor saw
   * @throws Failure `not_found` | `role_fixed` | `version_conflict` | `validation_failed` | `permission_missing`
   */
  async change(order: RoleChange, id: string, version: number, input: Json): Promise<RoleDocument> {
    return this.#change(order, async (transaction, roles) => {
      const before = requireOwn(order.view, roles, id)
      requireVersion(before, version)
      const after: StoredRole = { ...readRole(input, before), id, version: before.version + 1 }
      requireOwnLabel(roles, after)
      checkRole(order.view, roles, after)
      requireHeld(order.held, rightsOf([id], order.view, roles))
      requireHeld(order.held, rightsOf([id], order.view, new Map(roles).set(id, after)))
      transaction.later({
        text: `UPDATE plinth.role SET label = $3::jsonb, description = $4, grants = $5::jsonb, inherits = $6, version = $7, changed_at = now()
          WHERE tenant_id = $1 AND id = $2`,
        values: [order.tenantId, id, ...valuesOf(after), after.version],
      })
      transaction.later(
        storeEntry(order.tenantId, order.origin, {
          action: 'role.changed',
          subjectType: 'platform.role',
          subjectId: id,
          before: notedRole(before),
          after: notedRole(after),
        }),
      )
      return after
    })
  }

  /**
   * Removes a role of the workspace, when nobody has it or with another in its place.
   *
   * @param options.version the version the actor saw; undefined: whichever there is
   * @param options.replacement given to its members, and inherited by its heirs, instead
   * @throws Failure `not_found` | `role_fixed` | `role_in_use` | `version_conflict` | `query_invalid` | `permission_missing`
   */
  async remove(
    order: RoleChange,
    id: string,
    options: { readonly version: number | undefined; readonly replacement: string | undefined },
  ): Promise<void> {
    await this.#database.transaction({ tenantId: order.tenantId }, async (transaction) => {
      const roles = await lockRoles(transaction, order.tenantId)
      const before = requireOwn(order.view, roles, id)
      if (options.version !== undefined) requireVersion(before, options.version)
      requireHeld(order.held, rightsOf([id], order.view, roles))
      await removeRole(transaction, order, roles, before, options.replacement)
    })
    await this.#announce(order)
  }

  async #change(
    order: RoleChange,
    work: (transaction: Transaction, roles: ReadonlyMap<string, StoredRole>) => Promise<StoredRole>,
  ): Promise<RoleDocument> {
    const { id } = await this.#database.transaction({ tenantId: order.tenantId }, async (transaction) =>
      work(transaction, await lockRoles(transaction, order.tenantId)),
    )
    await this.#announce(order)
    return this.get(order, id)
  }

  /** Every node forgets what it knew of the workspace's rights, and whoever has it open asks anew. */
  async #announce({ tenantId }: RoleOrder): Promise<void> {
    await this.#bus.publish({ topic: 'tenant', tenantId })
  }
}

function valuesOf({ label, description, grants, inherits }: StoredRole): unknown[] {
  return [JSON.stringify(label), description, JSON.stringify(grants), inherits]
}

/** An id never begins with a digit. */
function idOf(label: string): string {
  const id = kebabName(label).slice(0, 40).replace(/-$/u, '')
  return /^[a-z]/u.test(id) ? id : `role-${id}`.slice(0, 40)
}

function requireOwn(view: PluginView, roles: ReadonlyMap<string, StoredRole>, id: string): StoredRole {
  const found = roles.get(id)
  if (found) return found
  throw new Failure(SYSTEM_ROLES.includes(id) || view.roles.has(id) ? 'role_fixed' : 'not_found')
}

function requireVersion({ version }: StoredRole, seen: number): void {
  if (version !== seen) throw new Failure('version_conflict', { extensions: { current: version } })
}

/** Two roles of one name cannot be told apart by those who give them. */
function requireOwnLabel(roles: ReadonlyMap<string, StoredRole>, role: StoredRole): void {
  const fold = (text: string): string => text.toLocaleLowerCase('en')
  const mine = new Set(Object.values(role.label).map((text) => fold(text)))
  const others = [...roles.values()].filter(({ id }) => id !== role.id).map(({ label }) => label)
  for (const label of [...Object.values(SYSTEM_LABELS), ...others])
    if (Object.values(label).some((text) => mine.has(fold(text))))
      throw invalid('/label', 'unique', 'Another role is called that.')
}

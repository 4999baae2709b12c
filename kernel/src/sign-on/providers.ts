import type { Vault } from '../crypto/index.ts'
import {
  newId,
  NoticeCache,
  storeEntries,
  storeEntry,
  type Bus,
  type Database,
  type Origin,
  type Transaction,
} from '../data/index.ts'
import { Failure } from '../errors.ts'
import { dropSource, lockMapped, rolesMapped, type RoleChange } from './mapped-roles.ts'
import type { Provider } from './provider.ts'
import {
  assignProvisioned,
  provisionedMembers,
  provisionedSource,
  withdrawUnmapped,
} from './provisioned-roles.ts'
import type { ProviderInput } from './provider-input.ts'

const PURPOSE = 'sign-on secret'
/** Those stored before there was a choice end their sessions. */
const COLUMNS = `id, kind, name, enabled, '{"endsSessions":true}'::jsonb || settings AS settings, secret, version`

/** Those from whom a tenant takes who people are. */
export class Providers {
  readonly #database: Database
  readonly #bus: Bus
  readonly #vault: Vault
  readonly #cache: NoticeCache<readonly Provider[]>

  constructor({ database, bus, vault }: { database: Database; bus: Bus; vault: Vault }) {
    this.#database = database
    this.#bus = bus
    this.#vault = vault
    this.#cache = new NoticeCache(bus, 2_000)
  }

  /** All, in the order they were added. */
  async list(tenantId: string): Promise<readonly Provider[]> {
    return this.#cache.get(tenantId, '', () =>
      this.#database.query<Provider & Record<string, unknown>>(
        { tenantId },
        {
          name: 'plinth_providers',
          text: `SELECT ${COLUMNS} FROM plinth.sign_on_provider WHERE tenant_id = $1 ORDER BY id`,
          values: [tenantId],
        },
      ),
    )
  }

  /** @throws Failure `not_found` */
  async get(tenantId: string, id: string): Promise<Provider> {
    const found = (await this.list(tenantId)).find((each) => each.id === id)
    if (!found) throw new Failure('not_found')
    return found
  }

  /** One that is in use. @throws Failure `not_found` */
  async inUse(tenantId: string, id: string): Promise<Provider> {
    const found = await this.get(tenantId, id)
    if (!found.enabled) throw new Failure('not_found')
    return found
  }

  /** All roles of those who sign in by a provider, or are kept in step by it. */
  async rolesOfPeople(tenantId: string, id: string): Promise<string[]> {
    const rows = await this.#database.query<{ role: string }>(
      { tenantId },
      {
        text: `SELECT DISTINCT unnest(m.roles) AS role FROM plinth.member m WHERE m.tenant_id = $1 AND (
            EXISTS (SELECT FROM plinth.sign_on_identity i WHERE i.tenant_id = m.tenant_id AND i.member_id = m.id AND i.provider_id = $2::uuid)
            OR EXISTS (SELECT FROM plinth.scim_user u WHERE u.tenant_id = m.tenant_id AND u.member_id = m.id AND u.provider_id = $2::uuid AND NOT u.deleted))`,
        values: [tenantId, id],
      },
    )
    return rows.map(({ role }) => role)
  }

  /** What the provider and the platform share; undefined where there is nothing. */
  secretOf(tenantId: string, { id, secret }: Pick<Provider, 'id' | 'secret'>): string | undefined {
    return secret === null ? undefined : this.#vault.open(PURPOSE, `${tenantId}|${id}`, secret)
  }

  async create(tenantId: string, origin: Origin, input: ProviderInput): Promise<Provider> {
    const id = newId()
    const secret = this.#sealed(tenantId, id, input.secret ?? null)
    await this.#change(tenantId, async (transaction) => {
      await transaction.run({
        text: `INSERT INTO plinth.sign_on_provider (tenant_id, id, kind, name, enabled, settings, secret) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        values: [tenantId, id, input.kind, input.name, input.enabled, JSON.stringify(input.settings), secret],
      })
      transaction.later(storeEntry(tenantId, origin, entry('provider.created', id, undefined, input)))
    })
    return this.get(tenantId, id)
  }

  /**
   * Changes a provider. A mapping acts at once on those it keeps in step, and on whoever has a role it gives no more; else as they sign on.
   *
   * @throws Failure `version_conflict`
   */
  async update(
    tenantId: string,
    origin: Origin,
    before: Provider,
    version: number,
    input: ProviderInput,
  ): Promise<Provider> {
    const { id } = before
    // What is not said stays as it was known: that has to be what the one who asks has seen.
    if (version !== before.version)
      throw new Failure('version_conflict', { extensions: { current: before.version } })
    const secret = input.secret === undefined ? before.secret : this.#sealed(tenantId, id, input.secret)
    await this.#change(tenantId, async (transaction) => {
      lockMapped(transaction, tenantId)
      const rows = await transaction.run({
        text: `UPDATE plinth.sign_on_provider SET name = $3, enabled = $4, settings = $5, secret = $6, version = version + 1, updated_at = now()
               WHERE tenant_id = $1 AND id = $2::uuid AND version = $7 RETURNING version`,
        values: [tenantId, id, input.name, input.enabled, JSON.stringify(input.settings), secret, version],
      })
      if (rows.length === 0)
        throw new Failure('version_conflict', { extensions: { current: before.version } })
      const changes = isMappedAsBefore(before, input)
        ? []
        : await mapAnew(transaction, tenantId, { id, settings: input.settings })
      const entries = changes.map((change) => rolesMapped(change, id))
      transaction.later(
        storeEntries(tenantId, origin, [entry('provider.changed', id, before, input), ...entries])!,
      )
      if (before.enabled && !input.enabled) endSessions(transaction, tenantId, { ...input, id })
    })
    return this.get(tenantId, id)
  }

  /** Takes a provider away, with the roles that followed from what it said. Its members stay. @throws Failure `not_found` */
  async remove(tenantId: string, origin: Origin, before: Provider): Promise<void> {
    const provider = before.id
    await this.#change(tenantId, async (transaction) => {
      lockMapped(transaction, tenantId)
      const changes = await dropSource(transaction, tenantId, {
        provider,
        source: provisionedSource(provider),
      })
      changes.push(...(await dropSource(transaction, tenantId, { provider, source: provider })))
      const rows = await transaction.run({
        text: 'DELETE FROM plinth.sign_on_provider WHERE tenant_id = $1 AND id = $2::uuid RETURNING id',
        values: [tenantId, before.id],
      })
      if (rows.length === 0) throw new Failure('not_found')
      endSessions(transaction, tenantId, before)
      const entries = changes.map((change) => rolesMapped(change, provider))
      transaction.later(
        storeEntries(tenantId, origin, [entry('provider.removed', provider, before, undefined), ...entries])!,
      )
    })
  }

  #sealed(tenantId: string, id: string, secret: string | null): Buffer | null {
    return secret === null ? null : this.#vault.seal(PURPOSE, `${tenantId}|${id}`, secret)
  }

  async #change(tenantId: string, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    await this.#database.transaction({ tenantId }, work)
    await this.#bus.publish({ topic: 'identity', tenantId })
  }
}

async function mapAnew(
  transaction: Transaction,
  tenantId: string,
  provider: Pick<Provider, 'id' | 'settings'>,
): Promise<RoleChange[]> {
  const members = await provisionedMembers(transaction, tenantId, provider.id)
  const provisioned = await assignProvisioned(transaction, tenantId, provider, members)
  return [...provisioned, ...(await withdrawUnmapped(transaction, tenantId, provider))]
}

function isMappedAsBefore(before: Provider, { settings }: ProviderInput): boolean {
  const rules = ({ mapping, defaultRoles }: Provider['settings']) => JSON.stringify([mapping, defaultRoles])
  return rules(before.settings) === rules(settings)
}

/** Ends what it has opened, where that is wanted: who may not come by it any more does not stay by it either. */
function endSessions(
  transaction: Transaction,
  tenantId: string,
  { id, settings }: Pick<Provider, 'id' | 'settings'>,
): void {
  if (!settings.endsSessions) return
  transaction.later({
    text: 'DELETE FROM plinth.session WHERE tenant_id = $1 AND provider = $2::uuid',
    values: [tenantId, id],
  })
}

type Told = Pick<Provider, 'kind' | 'name' | 'enabled' | 'settings'>

/** The secret itself is never told, only that there is a new one. */
function entry(
  action: string,
  subjectId: string,
  before: Told | undefined,
  after: ProviderInput | undefined,
) {
  const tell = ({ kind, name, enabled, settings }: Told) => ({ kind, name, enabled, ...settings })
  const hasNewSecret = before !== undefined && after?.secret !== undefined
  return {
    action,
    subjectType: 'platform.provider',
    subjectId,
    ...(before ? { before: tell(before) } : {}),
    ...(after ? { after: { ...tell(after), ...(hasNewSecret ? { secret: 'changed' } : {}) } } : {}),
  }
}

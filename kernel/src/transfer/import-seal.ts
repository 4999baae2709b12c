import type { TenantKeys } from '../data/index.ts'
import type { PluginCatalogue } from '../plugins/index.ts'
import type { ImportRecord } from './import-record.ts'

/** What of an import may hold values of encrypted fields: its file, and the rows that are shown of it. */
export interface ImportSeal {
  readonly bytes: (id: string, n: number, bytes: Buffer) => Buffer
  readonly opened: (id: string, n: number, bytes: Buffer) => Promise<Buffer>
  readonly facts: (id: string, facts: ImportRecord['facts']) => { readonly sealed: string }
  readonly openedFacts: (id: string, facts: { readonly sealed: string }) => Promise<ImportRecord['facts']>
  readonly hash: (hash: string) => string
}

/** Seals imports of entities with encrypted fields. Whether one is sealed is noted with it: fields may become encrypted later. */
export class ImportSeals {
  readonly #keys: TenantKeys
  readonly #catalogue: PluginCatalogue

  constructor({ tenantKeys, catalogue }: { tenantKeys: TenantKeys; catalogue: PluginCatalogue }) {
    this.#keys = tenantKeys
    this.#catalogue = catalogue
  }

  isNeeded(entity: string): boolean {
    return (this.#catalogue.models.get(entity)?.secret.length ?? 0) > 0
  }

  /** The import with its facts, which are kept sealed of a sealed one. */
  async open<R extends ImportRecord | undefined>(tenantId: string, record: R): Promise<R> {
    if (!record?.sealed || record.facts === null) return record
    const seal = await this.of(tenantId)
    const facts = await seal.openedFacts(record.id, record.facts as unknown as { readonly sealed: string })
    return { ...record, facts }
  }

  /** @throws Failure `key_unavailable` | `key_destroyed` when it is used */
  async of(tenantId: string): Promise<ImportSeal> {
    const secrets = await this.#keys.of(tenantId, this.#catalogue.models)
    return {
      bytes: (id, n, bytes) => secrets.sealBytes(bytes, `import|${id}|${n}`),
      opened: (id, n, bytes) => secrets.openBytes(bytes, `import|${id}|${n}`),
      facts: (id, facts) => ({ sealed: secrets.sealText(JSON.stringify(facts), `import facts|${id}`) }),
      openedFacts: async (id, { sealed }) =>
        JSON.parse(await secrets.openText(sealed, `import facts|${id}`)) as ImportRecord['facts'],
      hash: (hash) => secrets.digest(hash, 'import'),
    }
  }
}

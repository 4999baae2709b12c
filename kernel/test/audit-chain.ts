import { cp, rm } from 'node:fs/promises'
import {
  AUDIT_KEY,
  sealEntries,
  verifyChain,
  type ChainFault,
  type Verification,
} from '../src/audit/index.ts'
import { makeRecord, type TestPlatform, type TestTenant } from './support/index.ts'

/** Seals what a tenant has waiting, block after block, and writes down where its chain ends. */
export async function seal({ platform }: TestPlatform, tenant: TestTenant): Promise<void> {
  const { database, vault, checkpoints } = platform.root.cradle
  for (;;) {
    const { head, more } = await sealEntries(database, vault.key(AUDIT_KEY), tenant.id)
    if (head) await checkpoints.append(new Map([[tenant.id, head]]))
    if (!more) return
  }
}

export function verify({ platform }: TestPlatform, tenant: TestTenant): Promise<Verification> {
  const { database, vault, checkpoints } = platform.root.cradle
  return verifyChain({ database, key: vault.key(AUDIT_KEY), checkpoints }, tenant.id)
}

/** What is wrong with a tenant's chain, shortly. */
export async function faultsOf(platform: TestPlatform, tenant: TestTenant): Promise<string[]> {
  const { faults } = await verify(platform, tenant)
  return faults.map(({ kind, block, entry }: ChainFault) =>
    [kind, block, entry].filter((part) => part !== null).join(' '),
  )
}

export interface Link {
  readonly seq: number
  readonly entries: string[]
}

/** Gives a tenant a chain of a few blocks with three entries each. */
export async function grow(platform: TestPlatform, tenant: TestTenant, blocks = 3): Promise<void> {
  for (let block = 0; block < blocks; block += 1) {
    for (let entry = 0; entry < 3; entry += 1) await makeRecord(tenant.admin, 'library.author')
    await seal(platform, tenant)
  }
}

export function chainOf(tenant: TestTenant): Promise<Link[]> {
  return tenant.sql<Link & Record<string, unknown>>(
    'SELECT seq::int, entries FROM plinth.audit_block WHERE tenant_id = $1 ORDER BY 1',
    [tenant.id],
  )
}

const TABLES = ['audit', 'audit_pending', 'audit_block']

/** Runs an attack as superuser, answers what is found out of it, and puts everything back. */
export async function attacked(
  platform: TestPlatform,
  tenant: TestTenant,
  attack: () => Promise<unknown>,
): Promise<string[]> {
  const { config, witness } = platform.platform.root.cradle
  const { checkpointsFolder } = config
  // It must not look while everything is put back.
  await witness.stop()
  await cp(checkpointsFolder, `${checkpointsFolder}-kept`, { recursive: true })
  for (const table of TABLES)
    await tenant.sql(`CREATE TABLE public.kept_${table} AS SELECT * FROM plinth.${table}`)
  try {
    await attack()
    return await faultsOf(platform, tenant)
  } finally {
    for (const table of TABLES) {
      await tenant.sql(`DELETE FROM plinth.${table}`)
      await tenant.sql(`INSERT INTO plinth.${table} SELECT * FROM public.kept_${table}`)
      await tenant.sql(`DROP TABLE public.kept_${table}`)
    }
    await rm(checkpointsFolder, { recursive: true })
    await cp(`${checkpointsFolder}-kept`, checkpointsFolder, { recursive: true })
    await rm(`${checkpointsFolder}-kept`, { recursive: true })
    witness.start()
  }
}

import { randomBytes } from 'node:crypto'
import { afterEach, expect, inject, test } from 'vitest'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '../../test/support/test-database.ts'
import { prepareDatabase } from './prepare-database.ts'

const databases: TestDatabase[] = []
const login = `plinth_app_${randomBytes(4).toString('hex')}`

afterEach(async () => {
  const [first, ...others] = databases.splice(0)
  for (const each of others) await each.drop()
  await first?.sql(`DROP OWNED BY ${login}; DROP ROLE ${login}`)
  await first?.drop()
})

test('databases of one server that are set up at the same moment do not get into each other’s way', async () => {
  for (let n = 0; n < 6; n += 1) databases.push(await createTestDatabase(inject('adminUrl')))
  // Each of them sets the same login to what its sessions start with.
  const addresses = await Promise.all(databases.map(({ url }) => prepareDatabase(url, TEST_SECRET, login)))
  expect(addresses.map(({ appUrl }) => new URL(appUrl).username)).toEqual(databases.map(() => login))
  const [role] = await databases[0]!.sql<{ rolconfig: string[] }>(
    'SELECT rolconfig FROM pg_roles WHERE rolname = $1',
    [login],
  )
  expect(role!.rolconfig.toSorted()).toEqual([
    'DateStyle=ISO, MDY',
    'TimeZone=UTC',
    'idle_in_transaction_session_timeout=15s',
    'statement_timeout=10s',
  ])
})

import { afterAll, expect, test } from 'vitest'
import { FenceMissing } from '../src/boot.ts'
import { bootFixtures } from './boot-fixtures.ts'

const first = await bootFixtures({ plugins: ['lending'] })
const { database } = first
await first.platform.stop()

afterAll(() => first.stop())

const start = () => bootFixtures({ plugins: ['lending'], tenants: [], database })

const BOOK = 'shared.library_book'
const RULE = `tenant_id = current_setting('plinth.tenant')::uuid`

/** The missing fence · how it is taken away · how it is put back · the sentence that names it. */
const missing: readonly [fence: string, remove: string, restore: string, sentence: string][] = [
  [
    'row-level security that binds the owner',
    `ALTER TABLE ${BOOK} NO FORCE ROW LEVEL SECURITY`,
    `ALTER TABLE ${BOOK} FORCE ROW LEVEL SECURITY`,
    `${BOOK} does not force row-level security.`,
  ],
  [
    'row-level security',
    'ALTER TABLE plinth.audit DISABLE ROW LEVEL SECURITY',
    'ALTER TABLE plinth.audit ENABLE ROW LEVEL SECURITY',
    'plinth.audit does not force row-level security.',
  ],
  [
    'the policy of a table',
    `DROP POLICY tenant ON ${BOOK}`,
    `CREATE POLICY tenant ON ${BOOK} USING (${RULE}) WITH CHECK (${RULE})`,
    `${BOOK} has no row-level security policy.`,
  ],
  [
    'a policy that is the only one',
    `CREATE POLICY everyone ON ${BOOK} USING (true)`,
    `DROP POLICY everyone ON ${BOOK}`,
    `${BOOK}: the policy everyone does not confine rows to their tenant.`,
  ],
  [
    'a policy that holds for what is written',
    `ALTER POLICY tenant ON ${BOOK} WITH CHECK (true)`,
    `ALTER POLICY tenant ON ${BOOK} WITH CHECK (${RULE})`,
    `${BOOK}: the policy tenant does not confine rows to their tenant.`,
  ],
  [
    'a tenant in a key',
    `CREATE UNIQUE INDEX global_title ON ${BOOK} (title)`,
    'DROP INDEX shared.global_title',
    `${BOOK}: the key global_title does not start with tenant_id.`,
  ],
  [
    'a tenant in a table',
    'CREATE TABLE shared.everything (id int PRIMARY KEY)',
    'DROP TABLE shared.everything',
    'shared.everything has no tenant_id.',
  ],
  [
    'a view without a superuser behind it',
    `CREATE VIEW shared.all_books AS SELECT * FROM ${BOOK}`,
    'DROP VIEW shared.all_books',
    'shared.all_books is a view or function of a superuser and would pass row-level security.',
  ],
  [
    'a copy without a superuser behind it',
    `CREATE MATERIALIZED VIEW shared.copied_books AS SELECT * FROM ${BOOK}`,
    'DROP MATERIALIZED VIEW shared.copied_books',
    'shared.copied_books is a view or function of a superuser and would pass row-level security.',
  ],
  [
    'a function without a superuser behind it',
    `CREATE FUNCTION shared.count_books() RETURNS bigint SECURITY DEFINER LANGUAGE sql AS 'SELECT count(*) FROM ${BOOK}'`,
    'DROP FUNCTION shared.count_books',
    'shared.count_books is a view or function of a superuser and would pass row-level security.',
  ],
  [
    'a table that is not the login’s own',
    `GRANT ALL ON SCHEMA shared TO plinth_app; ALTER TABLE ${BOOK} OWNER TO plinth_app`,
    `ALTER TABLE ${BOOK} OWNER TO plinth_owner; REVOKE ALL ON SCHEMA shared FROM plinth_app`,
    `${BOOK} is owned by the application's login.`,
  ],
  [
    'a login without powers',
    'ALTER ROLE plinth_app BYPASSRLS',
    'ALTER ROLE plinth_app NOBYPASSRLS',
    'The login plinth_app has powers the application must not have.',
  ],
  [
    'a login that inherits nothing',
    'ALTER ROLE plinth_app INHERIT',
    'ALTER ROLE plinth_app NOINHERIT',
    'The login plinth_app has powers the application must not have.',
  ],
  [
    'a login that cannot become the owner',
    'GRANT plinth_owner TO plinth_app',
    'REVOKE plinth_owner FROM plinth_app',
    'The application can take the role plinth_owner, which has powers it must not have.',
  ],
]

test.each(missing)(
  'without %s the platform does not start, and says so',
  async (_, remove, restore, sentence) => {
    await database.sql(remove)
    try {
      const refusal = await start().then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(refusal).toBeInstanceOf(FenceMissing)
      expect((refusal as Error).message.split('\n').slice(1)).toContain(`  ${sentence}`)
    } finally {
      await database.sql(restore)
    }
  },
)

test('without two fences it names both', async () => {
  await database.sql(`ALTER TABLE ${BOOK} DISABLE ROW LEVEL SECURITY; DROP POLICY tenant ON plinth.sequence`)
  await expect(start()).rejects.toThrow(
    /library_book does not force.*\n.*sequence has no row-level security policy|sequence has no row-level security policy.*\n.*library_book does not force/,
  )
  await database.sql(
    `ALTER TABLE ${BOOK} ENABLE ROW LEVEL SECURITY; CREATE POLICY tenant ON plinth.sequence USING (${RULE}) WITH CHECK (${RULE})`,
  )
})

test('with all of them it starts', async () => {
  const platform = await start()
  expect((await platform.platform.app.request('http://localhost/healthz/ready')).status).toBe(200)
  await platform.stop()
})

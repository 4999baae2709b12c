import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { ended, order } from './moving-tenant.ts'
import { bootFirst, type Succession } from './succession.ts'
import type { Client, TestDatabase, TestPlatform, TestTenant } from './support/index.ts'
import { bootVersion, operate, versionFolder } from './versions.ts'

const CARS = '/garage/cars'
/** More than the first page of an export. */
const ROWS = 1_500
const decoder = new TextDecoder()

/** A file whose head and first page have been taken, and no more of it has been made. */
async function begun(client: Client, query = '') {
  const answer = await client.raw('GET', `${CARS}/export?sort=plate${query}`)
  expect(answer.status).toBe(200)
  const reader = answer.body!.getReader()
  let text = ''
  const take = async (): Promise<boolean> => {
    const { done, value } = await reader.read()
    text += decoder.decode(value, { stream: true })
    return !done
  }
  await take()
  await take()
  return {
    lines: () => text.trimEnd().split('\r\n'),
    async rest(): Promise<void> {
      while (await take());
    },
  }
}

async function fill(tenant: TestTenant): Promise<void> {
  await tenant.sql(
    `INSERT INTO shared.garage_car (tenant_id, id, version, created_at, updated_at, plate)
     SELECT $1, gen_random_uuid(), 1, now(), now(), 'P ' || lpad(n::text, 5, '0') FROM generate_series(1, $2::int) n`,
    [tenant.id, ROWS],
  )
}

const expectWhole = (lines: readonly string[]): void => {
  expect(lines).toHaveLength(ROWS + 1)
  expect(new Set(lines).size).toBe(ROWS + 1)
}

const INCOMPLETE = '!!! INCOMPLETE: The export was broken off. Please export again.'

describe('while a file is made', () => {
  let platform: TestPlatform
  let tenant: TestTenant
  let fieldId: string
  beforeAll(async () => {
    platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }] })
    tenant = platform.tenant('acme')
    await fill(tenant)
    const { body } = await tenant.admin.post('/custom-fields/garage/car', { type: 'string', label: 'Region' })
    fieldId = body.id
  }, 120_000)
  afterAll(() => platform?.stop())

  const change = async (changes: object): Promise<void> => {
    const path = '/custom-fields/garage/car'
    const { items } = (await tenant.admin.get(path)).body
    const { version } = items.find(({ id }: { id: string }) => id === fieldId)
    const { status, text } = await tenant.admin.patch(`${path}/${fieldId}`, changes, { version })
    expect(status, text).toBe(200)
  }
  const lastEnd = async (): Promise<unknown> =>
    (await tenant.admin.get('/audit?subjectType=garage.car')).body.items[0].after

  test('a field is added: the file has the columns it began with, and all records', async () => {
    const file = await begun(tenant.admin)
    await tenant.admin.post('/custom-fields/garage/car', { type: 'int', label: 'Doors' })
    await change({ label: 'Area' })
    await file.rest()
    expectWhole(file.lines())
    expect(file.lines()[0]).not.toContain('doors')
    expect(await lastEnd()).toEqual({ records: ROWS, complete: true })
  })

  test(
    'the workspace moves, and moves back: the file goes on where its records are',
    { timeout: 120_000 },
    async () => {
      const file = await begun(tenant.admin, '&fields=id,plate')
      expect(await ended(platform, await order(platform, tenant, 'schema', 'main'))).toMatchObject({
        step: 'done',
      })
      await file.rest()
      expectWhole(file.lines())
      const back = await begun(tenant.admin, '&fields=id,plate')
      expect(await ended(platform, await order(platform, tenant, 'shared', 'main'))).toMatchObject({
        step: 'done',
      })
      await back.rest()
      expectWhole(back.lines())
    },
  )

  test.each([
    ['masked', { mask: 'full' }, { mask: null }],
    ['archived', { archived: true }, { archived: false }],
  ])(
    'a field of it is %s: it breaks off, says so, and is on record as incomplete',
    async (_, changes, back) => {
      const file = await begun(tenant.admin)
      await change(changes)
      await expect(file.rest()).rejects.toThrow('What is exported has changed meanwhile')
      expect(file.lines().at(-1)).toBe(INCOMPLETE)
      expect(file.lines().length).toBeLessThan(ROWS)
      expect(await lastEnd()).toMatchObject({ complete: false })
      await change(back)
      const again = await begun(tenant.admin)
      await again.rest()
      expectWhole(again.lines())
    },
  )

  test('a field that is not in it changes: it does not matter', async () => {
    const file = await begun(tenant.admin, '&fields=plate')
    await change({ mask: 'full' })
    await file.rest()
    expectWhole(file.lines())
    await change({ mask: null })
  })

  test('the plugin is switched off: it breaks off', async () => {
    const file = await begun(tenant.admin)
    await tenant.switch('disable', 'garage')
    await expect(file.rest()).rejects.toThrow(/changed meanwhile|not permitted/)
    expect(file.lines().at(-1)).toBe(INCOMPLETE)
    await tenant.switch('enable', 'garage')
  })

  test('over a connection whoever reads it learns that it is not whole', async () => {
    const { port } = await platform.listen()
    const { key } = (await tenant.admin.post('/api-keys', { name: 'files', permissions: ['workshop.*'] }))
      .body
    await tenant.sql(
      `UPDATE shared.garage_car SET custom = jsonb_build_object('region', repeat('x', 9000)) WHERE tenant_id = $1`,
      [tenant.id],
    )
    const answer = await fetch(`http://127.0.0.1:${port}/t/acme/api/v1${CARS}/export`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const reader = answer.body!.getReader()
    await reader.read()
    await change({ mask: 'full' })
    const rest = async (): Promise<void> => {
      while (!(await reader.read()).done);
    }
    await expect(rest()).rejects.toThrow('terminated')
    await change({ mask: null })
  })
})

describe('while a file is made, a newer version of the plugin is installed', () => {
  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let newer: TestPlatform | undefined
  beforeAll(async () => {
    succession = await bootFirst([versionFolder(1), versionFolder(2)], {
      level: 'shared',
      roles: ['web'],
      tenants: [{ slug: 'acme' }],
    })
    ;({ database, old } = succession)
    const { id } = old.tenant('acme')
    await database.sql(
      `INSERT INTO shared.garage_car (tenant_id, id, version, created_at, updated_at, plate, seats, price)
       SELECT $1, gen_random_uuid(), 1, now(), now(), 'P ' || lpad(n::text, 5, '0'), 4, 5 FROM generate_series(1, $2::int) n`,
      [id, ROWS],
    )
  }, 120_000)
  afterAll(async () => {
    await newer?.stop()
    await succession?.end()
  })

  test(
    'it ends whole while both versions work, and breaks off when what it reads is gone',
    { timeout: 120_000 },
    async () => {
      const { admin } = old.tenant('acme')
      const [first, second] = [await begun(admin), await begun(admin)]
      newer = await bootVersion(database, succession.next, old)
      await first.rest()
      expectWhole(first.lines())
      expect((await operate(newer, 'POST', '/garage/contract')).status).toBe(200)
      await expect(second.rest()).rejects.toThrow('What is exported has changed meanwhile')
      expect(second.lines().at(-1)).toBe(INCOMPLETE)
    },
  )
})

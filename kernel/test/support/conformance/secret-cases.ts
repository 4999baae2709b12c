import assert from 'node:assert/strict'
import type { EntityMeta } from '@plinth/sdk'
import { makeInput } from '../make-record.ts'
import { withChildren, type ConformanceCase, type ConformanceWorld } from './conformance-world.ts'

/** An encrypted value that was damaged takes nothing else with it, and stays as it is until someone replaces it. */
export function secretCases(world: ConformanceWorld, meta: EntityMeta): ConformanceCase[] {
  if (!meta.can.includes('create') || !meta.fields.some(({ encrypted }) => encrypted)) return []
  return [
    {
      name: `${meta.id}: a damaged value harms no other`,
      run: () => damageEach(world, meta),
    },
  ]
}

async function damageEach({ platform, tenant }: ConformanceWorld, meta: EntityMeta): Promise<void> {
  const { admin } = tenant
  const model = platform.platform.root.cradle.catalogue.models.get(meta.id)!
  const full = await makeInput(admin, meta.id, {}, { full: true })
  // Nothing else that may be left out: a member, say, may stand in one record only.
  const secret = model.secret.map(({ name }) => [name, full[name]] as const)
  const input = await makeInput(
    admin,
    meta.id,
    Object.fromEntries(secret.filter(([, value]) => value !== undefined)),
  )
  const { status, body: made, text } = await admin.post(meta.api, input)
  assert.equal(status, 201, text)
  const address = `${meta.api}/${made.id}`
  const whole = withChildren(meta, address)
  const where = encodeURIComponent(JSON.stringify({ id: made.id }))
  for (const field of model.secret) {
    // Under a full mask nobody sees whether there is anything to read.
    if (made[field.name] === null || field.declaration.mask === 'full') continue
    const bytes = async () =>
      platform.sql(
        `SELECT encode(${field.column}, 'hex') AS sealed FROM shared.${model.table} WHERE id = $1`,
        [made.id],
      )
    const [before] = await bytes()
    await platform.sql(
      `UPDATE shared.${model.table} SET ${field.column} = set_bit(${field.column}, 130, 1 - get_bit(${field.column}, 130)) WHERE id = $1`,
      [made.id],
    )
    const damaged = await bytes()
    const expected = { ...made, [field.name]: null, _unreadable: [`/${field.name}`] }
    assert.deepEqual((await admin.get(whole)).body, expected)
    assert.deepEqual((await admin.get(withChildren(meta, `${meta.api}?filter=${where}`))).body.items, [
      expected,
    ])
    if (meta.can.includes('update')) {
      const kept = await admin.patch(address, {}, { version: made.version })
      assert.deepEqual([kept.status, { ...made, ...kept.body }], [200, expected])
    }
    assert.deepEqual(await bytes(), damaged)
    await platform.sql(
      `UPDATE shared.${model.table} SET ${field.column} = decode('${before!['sealed']}', 'hex') WHERE id = $1`,
      [made.id],
    )
    assert.deepEqual((await admin.get(whole)).body, made)
  }
}

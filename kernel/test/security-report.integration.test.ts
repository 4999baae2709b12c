import type { PolicyVersionDocument, SecurityReportDocument } from '@plinth/sdk'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { NOBODY } from './fixtures/bad-request.ts'

const platform = await bootFixtures({
  plugins: [],
  roles: ['web'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }, { slug: 'weak' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const beta = platform.tenant('beta')
const { admin, member } = acme

const versions = async (who = admin): Promise<PolicyVersionDocument[]> =>
  (await who.get('/security/policy/versions')).body.items
const policy = async (): Promise<any> => (await admin.get('/security/policy')).body.policy
const entries = async (action: string): Promise<any[]> =>
  (await admin.get(`/audit?action=${action}`)).body.items

describe('K-SEC-07: the policy of a workspace', () => {
  beforeEach(async () => {
    for (const table of ['policy_version', 'security_policy'])
      await acme.sql(`DELETE FROM plinth.${table} WHERE tenant_id = $1`, [acme.id])
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
  })

  test('keeps each version, with who made it and what became another', async () => {
    expect(await versions()).toEqual([])
    await admin.patch('/security/policy', { password: { minLength: 20 }, lockout: { attempts: 5 } })
    await admin.patch('/security/policy', { password: { minLength: 20 } })
    await admin.patch('/security/policy', { password: { minLength: 12 } })
    const [third, second, first, ...more] = await versions()
    expect(more).toEqual([])
    expect(first).toMatchObject({ number: 1, reason: 'begun', by: null, changes: [] })
    const { member: me } = await admin.session()
    expect(second).toMatchObject({
      number: 2,
      reason: 'changed',
      by: { id: me.id, name: me.name },
      changes: [
        { section: 'password', setting: 'minLength', before: 15, after: 20 },
        { section: 'lockout', setting: 'attempts', before: 10, after: 5 },
      ],
    })
    expect(third!.changes).toEqual([{ section: 'password', setting: 'minLength', before: 20, after: 12 }])
  })

  test('is brought back to an earlier version, which is a new one and an entry', async () => {
    await admin.patch('/security/policy', { password: { minLength: 20 }, lockout: { attempts: 5 } })
    await admin.patch('/security/policy', { password: { minLength: 8 } })
    const { status, body } = await admin.post('/security/policy/versions/1/restore')
    expect(status).toBe(200)
    expect(body.policy).toMatchObject({ password: { minLength: 15 }, lockout: { attempts: 10 } })
    expect((await versions())[0]).toMatchObject({ number: 4, reason: 'restored' })
    expect(await entries('policy.restored')).toMatchObject([
      { subjectId: 'lockout', before: { attempts: 5 }, after: { attempts: 10 } },
      { subjectId: 'password', before: { minLength: 8 }, after: { minLength: 15 } },
    ])
    for (const number of ['99', '0', '1.5', 'x', '99999999999'])
      expectProblem(await admin.post(`/security/policy/versions/${number}/restore`), 404, 'not_found')
  })

  test('is not brought back to what would not be taken today', async () => {
    await admin.patch('/security/policy', { password: { minLength: 20 } })
    await acme.sql(
      `UPDATE plinth.policy_version SET policy = jsonb_set(policy, '{password,minLength}', '1') WHERE tenant_id = $1 AND number = 1`,
      [acme.id],
    )
    expectProblem(await admin.post('/security/policy/versions/1/restore'), 422, 'validation_failed')
    expect((await policy()).password.minLength).toBe(20)
  })

  test('cannot be rewritten in what it was by the application itself', async () => {
    await admin.patch('/security/policy', { password: { minLength: 20 } })
    const { database } = platform.platform.root.cradle
    for (const text of [
      'UPDATE plinth.policy_version SET reason = reason',
      'DELETE FROM plinth.policy_version',
    ])
      await expect(database.query({ tenantId: acme.id }, { text })).rejects.toThrow(/permission denied/)
  })

  test('changed by two at once has both changes, and a version of each', async () => {
    const done = await Promise.all([
      admin.patch('/security/policy', { password: { minLength: 21 } }),
      admin.patch('/security/policy', { lockout: { attempts: 6 } }),
      admin.patch('/security/policy', { session: { totalHours: 6 } }),
    ])
    expect(done.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await policy()).toMatchObject({
      password: { minLength: 21 },
      lockout: { attempts: 6 },
      session: { totalHours: 6 },
    })
    expect((await versions()).map(({ number }) => number)).toEqual([4, 3, 2, 1])
  })

  test('is brought up to what is recommended: the difference is shown, and then an entry', async () => {
    await admin.patch('/security/policy', {
      password: { minLength: 8, minScore: 90 },
      secondFactor: { graceDays: 3 },
      adaptive: { mode: 'off', stepUpFrom: 60, denyFrom: 80 },
    })
    const { body: baseline } = await admin.get('/security/baseline')
    expect(baseline.gaps).toEqual([
      { section: 'password', setting: 'minLength', before: 8, after: 15 },
      { section: 'session', setting: 'idleMinutes', before: 0, after: 60 },
      { section: 'secondFactor', setting: 'required', before: 'administrators', after: 'everyone' },
      { section: 'secondFactor', setting: 'emailCodes', before: 'members', after: 'nobody' },
      { section: 'adaptive', setting: 'mode', before: 'off', after: 'observe' },
      { section: 'adaptive', setting: 'stepUpFrom', before: 60, after: 40 },
    ])
    // Who adopted what was recommended before is shown what is new.
    expectProblem(await admin.post('/security/baseline', { version: '2026-11' }), 409, 'version_conflict')
    expectProblem(await admin.post('/security/baseline', { version: '1999-01' }), 409, 'version_conflict')
    expectProblem(await admin.post('/security/baseline', { version: 1 }), 422, 'validation_failed')
    const { body } = await admin.post('/security/baseline', { version: baseline.version })
    // What is stricter stays.
    expect(body.policy).toMatchObject({
      password: { minLength: 15, minScore: 90 },
      secondFactor: { required: 'everyone', graceDays: 3, emailCodes: 'nobody' },
      adaptive: { mode: 'observe', stepUpFrom: 40, denyFrom: 80 },
    })
    expect((await admin.get('/security/baseline')).body.gaps).toEqual([])
    expect((await versions())[0]).toMatchObject({ reason: 'baselineAdopted', changes: baseline.gaps })
    expect((await entries('policy.baselineAdopted')).map(({ subjectId }) => String(subjectId))).toEqual([
      'adaptive',
      'secondFactor',
      'session',
      'password',
    ])
  })

  test('is for those who may, and each workspace has its own', async () => {
    await admin.patch('/security/policy', { password: { minLength: 20 } })
    expect(await versions(beta.admin)).toEqual([])
    expectProblem(await beta.admin.post('/security/policy/versions/1/restore'), 404, 'not_found')
    for (const path of ['/security/policy/versions', '/security/baseline', '/security/report'])
      expectProblem(await member.get(path), 403, 'permission_missing')
    for (const path of ['/security/policy/versions/1/restore', '/security/baseline'])
      expectProblem(await member.post(path, {}), 403, 'permission_missing')
    await acme.sql(`UPDATE plinth.session SET proven_at = now() - interval '1 hour'`)
    await platform.platform.root.cradle.bus.publish({ topic: 'identity', tenantId: acme.id })
    const restore = () => admin.send('POST', '/security/policy/versions/1/restore')
    expectProblem(await restore(), 403, 'confirmation_needed')
  })
})

describe('K-SEC-07: the report of a workspace', () => {
  const weak = platform.tenant('weak')
  const report = async (query = ''): Promise<SecurityReportDocument> => {
    const { status, body, text } = await weak.admin.get(`/security/report${query}`)
    expect(status, text).toBe(200)
    return body
  }
  const codes = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await report()).findings.map(({ code, count }) => [code, count]))

  test('finds the weaknesses that are there, the worst first, and says where they are mended', async () => {
    await weak.admin.session()
    expect(await codes()).toEqual({
      adminWithoutSecondFactor: 1,
      policyBelowBaseline: 3,
      onlyOneAdmin: 1,
      chainNotVerified: 1,
    })
    const later = new Date(Date.now() + 60_000_000).toISOString()
    const permissions = ['platform.kernel.member.read']
    await weak.admin.post('/api-keys', { name: 'With end', permissions, expiresAt: later })
    const { body: endless } = await weak.admin.post('/api-keys', { name: 'Endless', permissions })
    await weak.sql(`UPDATE plinth.api_key SET created_at = now() - interval '91 days' WHERE id = $1`, [
      endless.id,
    ])
    const idle = await weak.addMember()
    await weak.sql(`UPDATE plinth.member SET created_at = now() - interval '31 days' WHERE id = $1`, [
      idle.id,
    ])
    await weak.sql(
      `INSERT INTO plinth.sign_on_provider (tenant_id, id, kind, name, enabled, settings)
       VALUES ($1, $2, 'openid', 'Everyone', true, '{"onboarding":true,"domains":[]}')`,
      [weak.id, NOBODY],
    )
    // Each beside one that is as it should be.
    for (const [days, id] of [
      [400, newId()],
      [91, newId()],
      [30, newId()],
    ] as const)
      await weak.sql(
        `INSERT INTO plinth.scim_token (tenant_id, id, provider_id, token_hash, hint, created_at, last_used_at)
         VALUES ($1, $2, $3, $4, $5, now() - make_interval(days => $6), CASE WHEN $6 = 400 THEN now() END)`,
        [weak.id, id, NOBODY, Buffer.from(id), `h${days}`, days],
      )
    await weak.sql(
      `INSERT INTO plinth.scim_token (tenant_id, id, provider_id, token_hash, hint, created_at, expires_at)
       VALUES ($1, $2, $3, $4, 'gone', now() - interval '2 years', now() - interval '1 year')`,
      [weak.id, newId(), NOBODY, Buffer.from('gone')],
    )
    const { member: me } = await weak.admin.session()
    for (const [days, ended] of [
      [91, null],
      [89, null],
      [300, new Date()],
    ] as const)
      await weak.sql(
        `INSERT INTO plinth.delegation (tenant_id, id, giver_id, receiver_id, roles, reason, starts_at, ends_at, ended_at)
         VALUES ($1, $2, $3, $4, '{admin}', 'away', now() - interval '1 day', now() + make_interval(days => $5), $6)`,
        [weak.id, newId(), me.id, idle.id, days, ended],
      )
    await weak.admin.patch('/security/policy', {
      password: { minLength: 8 },
      secondFactor: { required: 'everyone', confirmMinutes: 120 },
    })
    await weak.sql(
      `UPDATE plinth.audit SET action = 'x' WHERE tenant_id = $1 AND action = 'apiKey.created'`,
      [weak.id],
    )
    await weak.admin.post('/audit/verify')
    // Whoever has the database may say that all is well, and is not believed.
    await weak.sql(
      `INSERT INTO plinth.audit (tenant_id, id, at, actor_kind, action, subject_type, subject_id, after, mac)
       SELECT tenant_id, $2, now(), actor_kind, action, subject_type, subject_id, '{"intact":true}', mac FROM plinth.audit
       WHERE tenant_id = $1 AND action = 'audit.verified'`,
      [weak.id, newId()],
    )
    const { findings } = await report()
    expect(Object.fromEntries(findings.map(({ code, count }) => [code, count]))).toEqual({
      adminWithoutSecondFactor: 1,
      chainBroken: 1,
      memberWithoutSecondFactor: 2,
      policyBelowBaseline: 4,
      keyWithoutEnd: 1,
      providerWithoutDomain: 1,
      delegationLong: 1,
      scimTokenOld: 1,
      scimTokenUnused: 1,
      keyUnused: 1,
      memberNeverCame: 1,
      onlyOneAdmin: 1,
    })
    const labels = (code: string) =>
      findings.find((each) => each.code === code)!.items.map(({ label }) => label)
    expect(labels('scimTokenOld')).toEqual(['Everyone (h400…)'])
    expect(labels('scimTokenUnused')).toEqual(['Everyone (h91…)'])
    expect(labels('delegationLong')).toEqual([expect.stringMatching(/^.+ → .+$/)])
    const severities = findings.map(({ severity }) => ['high', 'medium', 'low'].indexOf(severity))
    expect(severities).toEqual(severities.toSorted((left, right) => left - right))
    expect(findings.find(({ code }) => code === 'keyWithoutEnd')).toEqual({
      code: 'keyWithoutEnd',
      severity: 'medium',
      page: 'api-access',
      count: 1,
      items: [{ id: endless.id, label: 'Endless' }],
    })
  })

  test('no longer holds what was mended', async () => {
    await weak.addMember(['admin'])
    await weak.sql(`DELETE FROM plinth.sign_on_provider WHERE tenant_id = $1`, [weak.id])
    const { body } = await weak.admin.get('/api-keys')
    for (const { id } of body.items) await weak.admin.delete(`/api-keys/${id}`)
    const { version } = (await weak.admin.get('/security/baseline')).body
    await weak.admin.post('/security/baseline', { version })
    const left = await codes()
    for (const code of [
      'onlyOneAdmin',
      'providerWithoutDomain',
      'keyWithoutEnd',
      'keyUnused',
      'policyBelowBaseline',
    ])
      expect(left).not.toHaveProperty(code)
    expect(left).toMatchObject({ adminWithoutSecondFactor: 2 })
  })

  test('counts the security events since a moment, and none from before', async () => {
    const { events } = await report()
    expect(events).toContainEqual({ action: 'session.opened', count: expect.any(Number) })
    const hour = new Date(Date.now() - 3_600_000).toISOString()
    const count = async () =>
      (await report(`?since=${hour}`)).events.find(({ action }) => action === 'policy.changed')?.count
    const before = await count()
    await weak.sql(
      `UPDATE plinth.audit SET at = now() - interval '61 minutes' WHERE id = (
        SELECT id FROM plinth.audit WHERE tenant_id = $1 AND action = 'policy.changed' LIMIT 1)`,
      [weak.id],
    )
    expect(await count()).toBe(before! - 1)
    const soon = new Date(Date.now() + 60_000).toISOString()
    expect((await report(`?since=${soon}`)).events).toEqual([])
    for (const since of ['yesterday', '1999-01-01T00:00:00Z'])
      expectProblem(await weak.admin.get(`/security/report?since=${since}`), 400, 'query_invalid')
  })

  test('tells nothing of another workspace', async () => {
    const { body, text } = await beta.admin.get('/security/report')
    expect(body.findings.map(({ code }: { code: string }) => code)).not.toContain('keyWithoutEnd')
    for (const name of ['Endless', 'Everyone', 'weak']) expect(text).not.toContain(name)
  })
})

describe('the audit log', () => {
  test('is verified ten times in ten minutes and saved twenty times, and each workspace counts for itself', async () => {
    for (let n = 0; n < 10; n += 1) expect((await beta.admin.post('/audit/verify')).status).toBe(200)
    const refused = await beta.admin.post('/audit/verify')
    expectProblem(refused, 429, 'too_many_attempts')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await admin.post('/audit/verify')).status).toBe(200)
    for (let n = 0; n < 20; n += 1) expect((await beta.admin.get('/audit/export')).status).toBe(200)
    expectProblem(await beta.admin.get('/audit/export'), 429, 'too_many_attempts')
  })
})

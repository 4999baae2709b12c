import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { letInAs } from './consent.ts'
import { ARTICLES, bring, ended, rowsOf, upload } from './import-client.ts'
import { OAuthProgram } from './oauth-client.ts'
import type { Client } from './support/index.ts'

const CALLBACK = 'https://app.example/callback'
const ARTICLE = 'trade.depot.article'

const platform = await bootFixtures({ plugins: ['depot'] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const { bus } = platform.platform.root.cradle

let web: OAuthProgram
let service: OAuthProgram

beforeAll(async () => {
  const given = { scopes: ['trade.depot.*'], perMinute: 100_000 }
  web = await OAuthProgram.made(acme, admin, { kind: 'web', ...given, redirectUris: [CALLBACK] })
  service = await OAuthProgram.made(acme, admin, given)
  for (const [name, hidden] of [
    ['Oben', false],
    ['Secret', true],
  ])
    await admin.post('/depot/shelves', { name, hidden })
})

/** Who acts with a token that is for less than whoever it speaks for may do. */
async function withLess(kind: string): Promise<Client & { giveBack(): Promise<unknown> }> {
  const scope = `${ARTICLE}.create ${ARTICLE}.read`
  const program = kind === 'grant' ? web : service
  const token =
    kind === 'grant'
      ? (await letInAs(admin, program, { redirect_uri: CALLBACK, scope })).answer.body.access_token
      : await program.token(scope)
  const giveBack = () => program.send('revoke', { token })
  return Object.assign(program.using(token), { giveBack })
}

test.each(['grant', 'client'])(
  'an import begun with the token of a %s does what the token is for',
  async (kind) => {
    const file = 'title,shelf\nWith,Oben\nWithout,\n'
    const own = await bring(admin, file)
    expect(own.counts).toMatchObject({ created: 2, refused: 0 })
    const program = await withLess(kind)
    const done = await bring(program, file)
    expect(done.counts).toMatchObject({ created: 1, refused: 1 })
    expect(await rowsOf(program, done, '?outcome=refused')).toMatchObject([
      { errors: [{ code: 'reference' }] },
    ])
  },
)

test('what a member has uploaded and a program sets going has the rights of the program, and the other way round', async () => {
  const program = await withLess('grant')
  const mine = (await upload(admin, 'title,shelf\nOne,Oben\n')).body
  expect((await program.post(`${ARTICLES}/imports/${mine.id}/run`)).status).toBe(202)
  expect((await ended(admin, mine)).counts).toMatchObject({ created: 0, refused: 1 })
  const its = (await upload(program, 'title,shelf\nTwo,Oben\n')).body
  expect((await admin.post(`${ARTICLES}/imports/${its.id}/run`)).status).toBe(202)
  expect((await ended(admin, its)).counts).toMatchObject({ created: 1, refused: 0 })
})

test.each(['grant', 'client'])(
  'an import begun with the token of a %s ends when it is given back',
  async (kind) => {
    const program = await withLess(kind)
    const done = await bring(program, 'title\nLast\n')
    expect(done).toMatchObject({ status: 'done', counts: { created: 1 } })
    await program.giveBack()
    // As if it were in the middle of it.
    await acme.sql(
      `UPDATE plinth.import SET status = 'running', next_row = 0, done = 0, lease_until = now(), lease_token = NULL WHERE id = $1`,
      [done.id],
    )
    await bus.publish({ topic: 'work', tenantId: acme.id })
    const state = async (): Promise<unknown> =>
      (
        await acme.sql(`SELECT status, reason->>'code' AS code FROM plinth.import WHERE id = $1`, [done.id])
      )[0]
    await expect.poll(state, { timeout: 10_000 }).toEqual({ status: 'failed', code: 'session_missing' })
  },
)

test('an import goes on when the token that began it has only become old', async () => {
  const program = await withLess('client')
  const done = await bring(program, 'title\nOld\n')
  const [row] = await acme.sql<{ mandate: { token: { id: string } } }>(
    'SELECT mandate FROM plinth.import WHERE id = $1',
    [done.id],
  )
  expect(row!.mandate.token.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(JSON.stringify(row)).not.toContain('eyJ')
})

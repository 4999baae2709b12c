import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { arbitraryFilter, arbitraryValue } from './arbitrary-values.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { makeInput, makeRecord, type Answer } from './support/index.ts'
import { runs } from './support/chance.ts'

const RUNS = runs(80)
// No worker: what subscribers write would look like a trace.
const platform = await bootFixtures({ plugins: ['archive', 'faulty', 'market'], roles: ['web'] })
const { admin } = platform.tenant('acme')
const { body: shell } = await admin.get('/shell')

afterAll(() => platform.stop())

/** What a refused change must leave as it was. */
async function written(table: string): Promise<unknown> {
  return platform.sql(
    `SELECT (SELECT count(*) FROM plinth.audit) AS audit, (SELECT count(*) FROM plinth.outbox) AS outbox, (SELECT count(*) FROM ${table}) AS rows`,
  )
}

/** Either it is done, or it is refused and has left nothing. */
async function expectAllOrNothing(table: string, attempt: () => Promise<Answer>): Promise<Answer> {
  const before = await written(table)
  const answer = await attempt()
  if (answer.status >= 400) {
    expectProblem(answer)
    expect(await written(table)).toEqual(before)
  }
  return answer
}

describe.each(Object.keys(shell.entities))('whatever is sent to %s', (id) => {
  const table = `shared.${id.replace('.', '_')}`

  test('a record is created and reads as it was answered, or is refused without a trace', async () => {
    const { body: meta } = await admin.get(`/meta/${id.replace('.', '/')}`)
    const fields = meta.fields.map((field: { name: string }) => field.name) as string[]
    const valid = meta.can.includes('create') ? await makeInput(admin, id, {}, { full: true }) : {}
    const input = fc.oneof(
      { weight: 1, arbitrary: arbitraryValue },
      { weight: 5, arbitrary: changed(valid, [...fields, '__proto__', 'tenant_id']) },
    )
    await fc.assert(
      fc.asyncProperty(input, async (body) => {
        const created = await expectAllOrNothing(table, () => admin.post(meta.api, body))
        if (created.status !== 201) return
        const { body: read } = await admin.get(`${meta.api}/${created.body.id}`)
        expect(read).toEqual(created.body)
      }),
      { numRuns: RUNS },
    )
  })

  test('a record is changed and reads as it was answered, or is refused without a trace', async () => {
    const { body: meta } = await admin.get(`/meta/${id.replace('.', '/')}`)
    const fields = meta.fields.map((field: { name: string }) => field.name) as string[]
    if (!meta.can.includes('update')) {
      const nobody = `${meta.api}/0190f3a0-0000-7000-8000-000000000000`
      return expectProblem(await admin.patch(nobody, {}, { version: 1 }), 405, 'method_not_allowed')
    }
    const { id: record } = await makeRecord(admin, id)
    await fc.assert(
      fc.asyncProperty(changed({}, fields), async (changes) => {
        const path = `${meta.api}/${record}`
        const { version } = (await admin.get(path)).body
        const answer = await expectAllOrNothing(table, () => admin.patch(path, changes, { version }))
        if (answer.status !== 200) return
        expect((await admin.get(path)).body).toEqual(answer.body)
      }),
      { numRuns: RUNS },
    )
  })

  test('a filter is answered or refused', async () => {
    const { body: meta } = await admin.get(`/meta/${id.replace('.', '/')}`)
    const fields = meta.fields.map((field: { name: string }) => field.name) as string[]
    await fc.assert(
      fc.asyncProperty(arbitraryFilter(fields), async (filter) => {
        const answer = await admin.get(`${meta.api}?filter=${encodeURIComponent(JSON.stringify(filter))}`)
        if (answer.status !== 200) expectProblem(answer, 400, 'query_invalid')
        else expect(answer.body.items).toEqual(expect.any(Array))
      }),
      { numRuns: RUNS * 2 },
    )
  })
})

/** The given values with some replaced by, or others added of, anything. */
function changed(valid: object, fields: readonly string[]): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.constantFrom(...fields), arbitraryValue), { minLength: 1, maxLength: 3 })
    .map((entries) => Object.fromEntries([...Object.entries(valid), ...entries]))
}

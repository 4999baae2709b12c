import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { fetched, PNG, uploaded } from './file-client.ts'

const platform = await bootFixtures({ plugins: ['cabinet'], tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const FOLDERS = '/cabinet/folders'
const COVER = `${FOLDERS}/files/cover`

const cover = () => uploaded(admin, COVER, PNG, 'cover.png')
async function folder(values: object = {}) {
  const { body, status, text } = await admin.post(FOLDERS, { name: 'Letters', ...values })
  expect(status, text).toBe(201)
  return body
}

describe('who may read a file', () => {
  test('is who sees its record', async () => {
    const reader = await acme.addMember(['cabinet.reader'])
    const [open, hidden] = [
      await folder({ cover: await cover() }),
      await folder({ cover: await cover(), hidden: true }),
    ]
    expect((await fetched(reader, `${FOLDERS}/${open.id}/files/cover`)).status).toBe(200)
    expectProblem(await reader.get(`${FOLDERS}/${hidden.id}/files/cover`), 404, 'not_found')
    expectProblem(await acme.member.get(`${FOLDERS}/${open.id}/files/cover`), 403, 'permission_missing')
    expectProblem(await reader.send('POST', COVER, { body: 'x' }), 403, 'permission_missing')
    const anonymous = acme.client()
    expectProblem(await anonymous.get(`${FOLDERS}/${open.id}/files/cover`), 401, 'session_missing')
  })

  test('does not get it by the id of another record, another field or another workspace', async () => {
    const { id } = await folder({ cover: await cover() })
    const other = await folder()
    expectProblem(await admin.get(`${FOLDERS}/${other.id}/files/cover`), 404, 'not_found')
    expectProblem(await admin.get(`${FOLDERS}/${id}/files/anything`), 404, 'not_found')
    expectProblem(await admin.get(`${FOLDERS}/${id}/files/name`), 404, 'not_found')
    expectProblem(await platform.tenant('beta').admin.get(`${FOLDERS}/${id}/files/cover`), 404, 'not_found')
  })

  test('of a masked field may lift the mask, and is noted', async () => {
    const proof = await uploaded(admin, '/cabinet/slips/files/proof', PNG, 'secret name.png')
    const { body: slip } = await admin.post('/cabinet/slips', { title: 'Slip', proof })
    expect(slip.proof).toBe('****')
    const [reader, clerk] = [
      await acme.addMember(['cabinet.reader']),
      await acme.addMember(['cabinet.clerk']),
    ]
    const path = `/cabinet/slips/${slip.id}/files/proof`
    const refused = await reader.get(path)
    expectProblem(refused, 403, 'permission_missing')
    expect(refused.text).not.toContain('secret name')
    expect((await reader.get(`/cabinet/slips/${slip.id}`)).body.proof).toBe('****')
    expect((await fetched(clerk, path)).bytes).toEqual(PNG)
    const { body } = await admin.get(`/audit?subjectType=cabinet.slip&subjectId=${slip.id}`)
    expect(body.items[0]).toMatchObject({ action: 'cabinet.slip.revealed', actor: { id: clerk.id } })
    expect(JSON.stringify(body)).not.toContain('secret name')
  })
})

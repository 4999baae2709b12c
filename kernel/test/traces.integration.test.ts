import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { NOBODY } from './fixtures/bad-request.ts'
import { makeRecord, type Answer } from './support/index.ts'

// No worker: what subscribers leave behind is another journey.
const platform = await bootFixtures({ roles: ['web'] })
const { admin, id: tenantId } = platform.tenant('acme')
afterAll(() => platform.stop())

const BOOKS = '/library/books'

interface Traces {
  readonly audit: Record<string, any>[]
  readonly events: Record<string, any>[]
}

/** Audit entries and events that `work` leaves behind. */
async function tracesOf(work: () => Promise<unknown>): Promise<Traces> {
  const read = async (): Promise<Traces> => ({
    // That something was refused is a security event, and no trace of the change.
    audit: await platform.sql(`SELECT * FROM plinth.audit WHERE action <> 'access.refused' ORDER BY id`),
    events: await platform.sql('SELECT * FROM plinth.outbox ORDER BY id'),
  })
  const before = await read()
  await work()
  const after = await read()
  return {
    audit: after.audit.slice(before.audit.length),
    events: after.events.slice(before.events.length),
  }
}

describe('a change leaves behind who did what, and an event', () => {
  test('when a record is created, changed and deleted', async () => {
    const requests: (string | null)[] = []
    const note = async (answer: Promise<Answer>): Promise<Answer> => {
      requests.push((await answer).headers.get('x-request-id'))
      return answer
    }
    let id = ''
    const { audit, events } = await tracesOf(async () => {
      const { body } = await note(admin.post('/library/authors', { name: 'Ada', email: 'ada@a.example' }))
      id = body.id
      await note(admin.patch(`/library/authors/${id}`, { works: 2, email: null }, { version: 1 }))
      await note(admin.delete(`/library/authors/${id}`))
    })
    const me = (await admin.session()).member.id
    const subject = {
      subject_type: 'library.author',
      subject_id: id,
      actor_kind: 'member',
      actor_id: me,
      tenant_id: tenantId,
    }
    expect(audit).toMatchObject([
      {
        ...subject,
        action: 'library.author.created',
        before: null,
        after: { name: 'Ada', email: 'ada@a.example' },
      },
      {
        ...subject,
        action: 'library.author.updated',
        before: { works: null, email: 'ada@a.example' },
        after: { works: 2, email: null },
      },
      { ...subject, action: 'library.author.deleted', before: { name: 'Ada', works: 2 }, after: null },
    ])
    expect(Object.keys(audit[1]!['after'])).toEqual(['email', 'works'])
    expect(audit.map((entry) => entry['request_id'])).toEqual(requests)
    expect(events).toMatchObject([
      { type: 'library.author.created', subject: id, actor_id: me, data: { record: { name: 'Ada' } } },
      {
        type: 'library.author.updated',
        subject: id,
        data: { changed: expect.arrayContaining(['works', 'email']) },
      },
      { type: 'library.author.deleted', subject: id },
    ])
    // Personal data stays at home.
    expect(JSON.stringify(events)).not.toContain('ada@a.example')
  })

  test('when a route of a plugin changes a record and says so', async () => {
    const book = await makeRecord(admin, 'library.book')
    const { audit, events } = await tracesOf(() =>
      admin.post(`/library/shelf/${book.id}/restock`, { copies: 1 }),
    )
    expect(audit.map((entry) => entry['action'])).toEqual(['library.book.updated'])
    expect(events.map((event) => String(event['type'])).toSorted()).toEqual([
      'library.book.restocked',
      'library.book.updated',
    ])
  })

  test('and the audit log shows it to administrators, newest first, and never to members', async () => {
    const { id } = await makeRecord(admin, 'library.author')
    await admin.patch(`/library/authors/${id}`, { works: 1 }, { version: 1 })
    const { body } = await admin.get(`/audit?subjectType=library.author&subjectId=${id}`)
    expect(body.items).toMatchObject([
      { action: 'library.author.updated', actor: { kind: 'member', name: 'admin' } },
      { action: 'library.author.created' },
    ])
    const older = await admin.get(`/audit?subjectId=${id}&before=${body.items[0].id}`)
    expect(older.body.items).toEqual([body.items[1]])
    expectProblem(await platform.tenant('acme').member.get('/audit'), 403, 'permission_missing')
  })
})

describe('what is refused leaves nothing behind', () => {
  const expectRefused = async (
    attempt: () => Promise<Answer>,
    status: number,
    code: string,
  ): Promise<void> => {
    const traces = await tracesOf(async () => expectProblem(await attempt(), status, code))
    expect(traces).toEqual({ audit: [], events: [] })
  }

  test('by a hook before creation, with the plugin’s own code', async () => {
    const { id: authorId } = await makeRecord(admin, 'library.author')
    await expectRefused(() => admin.post(BOOKS, { title: 'Forbidden', authorId }), 409, 'library.forbidden')
    const poor = () => admin.post(BOOKS, { title: 'nameless', authorId })
    await expectRefused(poor, 422, 'library.title_poor')
    expect((await poor()).body.errors).toMatchObject([{ pointer: '/title', code: 'title_poor' }])
  })

  test('by a hook before a change or a deletion', async () => {
    const { id } = await makeRecord(admin, 'library.book', { status: 'published' })
    const path = `${BOOKS}/${id}`
    await expectRefused(
      () => admin.patch(path, { status: 'draft' }, { version: 1 }),
      422,
      'library.published_for_good',
    )
    await expectRefused(() => admin.delete(path), 409, 'library.published_for_good')
    expect((await admin.get(path)).body).toMatchObject({ status: 'published', version: 1 })
  })

  test('by the database, after a hook has written another record', async () => {
    const author = await makeRecord(admin, 'library.author')
    await makeRecord(admin, 'library.book', { title: 'Twice', authorId: author.id })
    const { id } = await makeRecord(admin, 'library.book', { authorId: author.id })
    await expectRefused(
      () => admin.patch(`${BOOKS}/${id}`, { title: 'Twice' }, { version: 1 }),
      409,
      'unique_violated',
    )
    expect((await admin.get('/library/reviews?count=true')).body.total).toBe(0)
    const other = await makeRecord(admin, 'library.book')
    await admin.patch(`${BOOKS}/${other.id}`, { title: 'Twice' }, { version: 1 })
    expect((await admin.get('/library/reviews?count=true')).body.total).toBe(1)
  })

  test('by a route that has changed something and emitted an event', async () => {
    const { id } = await makeRecord(admin, 'library.book')
    await expectRefused(
      () => admin.post(`/library/shelf/${id}/restock`, { copies: 13 }),
      409,
      'library.unlucky',
    )
    expect((await admin.get(`${BOOKS}/${id}`)).body).toMatchObject({ copies: 1, version: 1 })
  })

  test('by a stale version, an unknown reference, a missing right', async () => {
    const { id } = await makeRecord(admin, 'library.book')
    const { member } = platform.tenant('acme')
    await expectRefused(
      () => admin.patch(`${BOOKS}/${id}`, { title: 'New' }, { version: 9 }),
      409,
      'version_conflict',
    )
    await expectRefused(
      () => admin.patch(`${BOOKS}/${id}`, { editorId: NOBODY }, { version: 1 }),
      422,
      'reference_unknown',
    )
    await expectRefused(
      () => member.patch(`${BOOKS}/${id}`, { title: 'New' }, { version: 1 }),
      403,
      'permission_missing',
    )
  })
})

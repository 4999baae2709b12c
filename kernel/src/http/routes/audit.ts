import { Hono } from 'hono'
import { dayIn } from '@plinth/sdk'
import {
  AUDIT_KEY,
  auditPages,
  chainState,
  CHAIN_SUBJECT,
  listAudit,
  verifyChain,
  type AuditFilter,
} from '../../audit/index.ts'
import { isStorable, isUuid, storeEntry } from '../../data/index.ts'
import { auditFile, type AuditFormat } from '../audit-file.ts'
import { happeningsCalled } from '../audit-happenings.ts'
import { auditWords } from '../audit-words.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { auditRoute, chainRoute, exportAuditRoute, verifyRoute } from '../openapi/audit-descriptions.ts'
import { originOf } from '../origin.ts'
import { admitTask } from '../admit-task.ts'
import { queryFault, readMoment } from '../read-moment.ts'
import type { HttpServices } from '../services.ts'

/** A page of the list. */
const PAGE = 100

/** Names of actions a search is taken to mean. */
const MOST_CALLED = 100

/** Either goes through the whole log of a tenant, at the cost of everybody on the server. */
const EXPORTS = { max: 20, seconds: 600 }
const VERIFICATIONS = { max: 10, seconds: 600 }

/** The audit log: entries, the file of them, and what proves that it is whole. */
export function auditRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { database, vault, checkpoints } = services
  return new Hono<HttpEnvironment>()
    .get('/audit', describe(auditRoute), async (c) => {
      c.get('access').require('platform.kernel.audit.read')
      const filter = { ...readFilter(c), limit: PAGE }
      const { items, more, subjects } = await listAudit(database, c.get('tenant').id, filter)
      const words = JSON.stringify(auditWords(c.get('plugins').view, subjects))
      const body = `{"items":${items},"more":${more},"words":${words}}`
      return c.body(body, 200, { 'content-type': 'application/json' })
    })
    .get('/audit/export', describe(exportAuditRoute), async (c) => {
      c.get('access').require('platform.kernel.audit.read')
      c.get('access').require('platform.kernel.audit.export')
      const { id, timeZone } = c.get('tenant')
      const filter = readFilter(c)
      const format = c.req.query('format') ?? 'csv'
      if (format !== 'csv' && format !== 'json') throw queryFault('format')
      await admitTask(services, id, 'audit export', EXPORTS)
      // Before the first byte: what cannot be noted does not happen.
      await database.query(
        { tenantId: id },
        storeEntry(id, originOf(c, services), {
          action: 'audit.exported',
          subjectType: 'platform.audit',
          subjectId: 'export',
          after: { format, ...c.req.query() },
        }),
      )
      const { body, headers } = auditFile(format satisfies AuditFormat, auditPages(database, id, filter))
      const name = `audit-${dayIn(new Date(), timeZone)}.${format}`
      return c.body(body, 200, { ...headers, 'content-disposition': `attachment; filename="${name}"` })
    })
    .get('/audit/chain', describe(chainRoute), async (c) => {
      c.get('access').require('platform.kernel.audit.read')
      const state = await chainState(database, vault.key(AUDIT_KEY), c.get('tenant').id)
      return c.json({ ...state, publicKey: checkpoints.publicKey })
    })
    .post('/audit/verify', describe(verifyRoute), async (c) => {
      c.get('access').require('platform.kernel.audit.verify')
      const { id } = c.get('tenant')
      await admitTask(services, id, 'audit verify', VERIFICATIONS)
      const key = vault.key(AUDIT_KEY)
      const verification = await verifyChain({ database, key, checkpoints }, id)
      const { intact, blocks, entries, faults } = verification
      const after = { intact, blocks, entries, faults: faults.length }
      await database.query(
        { tenantId: id },
        storeEntry(id, originOf(c, services), { ...CHAIN_SUBJECT, after }),
      )
      return c.json(verification)
    })
}

const WORDS = ['subjectType', 'subjectId', 'action', 'q'] as const

function readFilter(c: HttpContext): AuditFilter {
  const query = c.req.query()
  for (const name of WORDS) {
    const value = query[name]
    if (value !== undefined && (!isStorable(value) || value.length > 200)) throw queryFault(name)
  }
  for (const name of ['before', 'actorId'])
    if (query[name] !== undefined && !isUuid(query[name])) throw queryFault(name)
  const { security } = query
  if (security !== undefined && security !== 'true' && security !== 'false') throw queryFault('security')
  const { subjectType, subjectId, action, q, before, actorId } = query
  const called = query['called']?.split(',') ?? []
  if (called.length > MOST_CALLED || !called.every(isStorable)) throw queryFault('called')
  const [from, to] = [readMoment(query['from'], 'from'), readMoment(query['to'], 'to')]
  return {
    subjectType,
    subjectId,
    action,
    q,
    called,
    happenings: q === undefined ? [] : happeningsCalled(c.get('plugins').view, q),
    before,
    actorId,
    from,
    to,
    security: security === 'true',
  }
}

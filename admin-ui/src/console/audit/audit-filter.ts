import { actionsCalled } from './action-names.ts'

/** What the list is narrowed to, as it stands in the address of the page; empty: to nothing. */
export interface AuditFilter {
  /** `security`, or empty for all. */
  readonly kind: string
  readonly q: string
  /** Days as `2026-11-22`, both included. */
  readonly from: string
  readonly to: string
  /** A moment, as other pages ask for it. */
  readonly since: string
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
}

const PARTS = ['kind', 'q', 'from', 'to', 'since', 'action', 'subjectType', 'subjectId'] as const

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What cannot be meant is passed over: whoever follows an old link sees more, not an error. */
export function readAuditFilter(query: URLSearchParams): AuditFilter {
  const part = (name: (typeof PARTS)[number]): string => query.get(name)?.trim().slice(0, 200) ?? ''
  const day = (name: 'from' | 'to'): string => (isDay(part(name)) ? part(name) : '')
  const since = Number.isNaN(Date.parse(part('since'))) ? '' : new Date(part('since')).toISOString()
  return {
    kind: part('kind') === 'security' ? 'security' : '',
    q: part('q'),
    from: day('from'),
    to: day('to'),
    since,
    action: part('action'),
    subjectType: part('subjectType'),
    subjectId: part('subjectId'),
  }
}

/** The question to the server; days are those of the reader. */
export function auditQuery(filter: AuditFilter): URLSearchParams {
  const { kind, q, from, to, since } = filter
  const query = new URLSearchParams()
  if (kind === 'security') query.set('security', 'true')
  if (q !== '') {
    query.set('q', q)
    const called = actionsCalled(q)
    if (called.length > 0) query.set('called', called.join(','))
  }
  const earliest = from === '' ? since : new Date(`${from}T00:00`).toISOString()
  if (earliest !== '') query.set('from', earliest)
  if (to !== '') {
    const end = new Date(`${to}T00:00`)
    end.setDate(end.getDate() + 1)
    query.set('to', end.toISOString())
  }
  for (const name of ['action', 'subjectType', 'subjectId'] as const)
    if (filter[name] !== '') query.set(name, filter[name])
  return query
}

function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00`))
}

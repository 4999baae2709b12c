import type { AuditItem } from '../audit/index.ts'
import { writeCsv, type Cells } from '../transfer/index.ts'

export type AuditFormat = 'csv' | 'json'

const HEADER = ['id', 'at', 'actorKind', 'actorId', 'actorName', 'action', 'subjectType', 'subjectId']
const REST = ['before', 'after', 'requestId', 'address', 'agent']

/** A file of audit entries, made while it is read. */
export function auditFile(
  format: AuditFormat,
  pages: AsyncIterable<readonly AuditItem[]>,
): { readonly body: ReadableStream<Uint8Array>; readonly headers: Record<string, string> } {
  const chunks =
    format === 'json'
      ? writeJson(pages)
      : writeCsv([...HEADER, ...REST], cellsOf(pages), {
          delimiter: ',',
          bom: false,
          decimal: '.',
          kinds: [],
          incomplete: 'INCOMPLETE',
        })
  const type = format === 'json' ? 'application/json' : 'text/csv; charset=utf-8'
  return {
    body: ReadableStream.from<Uint8Array>(chunks),
    headers: { 'content-type': type, 'cache-control': 'no-store' },
  }
}

/** A list that ends where all has been said: what was broken off is no JSON. */
async function* writeJson(pages: AsyncIterable<readonly AuditItem[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let lead = '['
  for await (const items of pages) {
    yield encoder.encode(lead + items.map((item) => JSON.stringify(item)).join(',\n'))
    lead = ',\n'
  }
  yield encoder.encode(lead === '[' ? '[]' : ']')
}

async function* cellsOf(pages: AsyncIterable<readonly AuditItem[]>): AsyncGenerator<Cells[]> {
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
  for await (const items of pages)
    yield items.map(({ actor, ...item }) => {
      const said = [item.action, item.subjectType, item.subjectId, json(item.before), json(item.after)]
      const who = [actor.kind, actor.id, actor.name]
      return [item.id, item.at, ...who, ...said, item.requestId, item.address, item.agent]
    })
}

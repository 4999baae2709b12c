import type { ImportDocument, ImportRow, ImportSettings } from '@plinth/sdk'
import { expect } from 'vitest'
import type { Answer, Client } from './support/index.ts'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const ARTICLES = '/depot/articles'

/** Uploads a file as it is. */
export function upload(
  client: Client,
  body: string | Uint8Array<ArrayBuffer>,
  { path = ARTICLES, type = 'text/csv', name = 'file.csv' } = {},
): Promise<Answer<ImportDocument & { code: string }>> {
  return client.send('POST', `${path}/imports?name=${name}`, { headers: { 'content-type': type }, body })
}

/** Waits until a check or run has ended. */
export async function ended(
  client: Client,
  { id }: { id: string },
  path = ARTICLES,
): Promise<ImportDocument> {
  const end = Date.now() + 60_000
  for (;;) {
    const { body } = await client.get<ImportDocument>(`${path}/imports/${id}`)
    if (body.status !== 'checking' && body.status !== 'running') return body
    if (Date.now() > end) throw new Error(`The import is still ${body.status}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** Uploads, sets, and checks or runs a file. */
export async function bring(
  client: Client,
  body: string | Uint8Array<ArrayBuffer>,
  settings: Partial<ImportSettings> = {},
  step: 'check' | 'run' = 'run',
  options: { path?: string; type?: string; name?: string } = {},
): Promise<ImportDocument> {
  const path = options.path ?? ARTICLES
  const uploaded = await upload(client, body, options)
  expect(uploaded.status, uploaded.text).toBe(201)
  const at = `${path}/imports/${uploaded.body.id}`
  if (Object.keys(settings).length > 0) {
    const changed = await client.patch(at, settings)
    expect(changed.status, changed.text).toBe(200)
  }
  const begun = await client.post(`${at}/${step}`)
  expect(begun.status, begun.text).toBe(202)
  return ended(client, uploaded.body, path)
}

export async function rowsOf(
  client: Client,
  { id }: { id: string },
  query = '',
  path = ARTICLES,
): Promise<ImportRow[]> {
  const { status, body, text } = await client.get(`${path}/imports/${id}/rows${query}`)
  expect(status, text).toBe(200)
  return body.items as ImportRow[]
}

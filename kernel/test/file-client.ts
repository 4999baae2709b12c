import type { FileReference } from '@plinth/sdk'
import { expect } from 'vitest'
import type { Answer, Client } from './support/index.ts'

export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Sends bytes for a file field. */
export function send(
  client: Client,
  path: string,
  bytes: Uint8Array | string,
  name = 'file',
  headers: Record<string, string> = {},
): Promise<Answer> {
  return client.send('POST', `${path}?name=${encodeURIComponent(name)}`, {
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: typeof bytes === 'string' ? bytes : Uint8Array.from(bytes),
  })
}

/** The same, where it must succeed. */
export async function uploaded(
  client: Client,
  path: string,
  bytes: Uint8Array | string,
  name?: string,
): Promise<FileReference> {
  const { status, body, text } = await send(client, path, bytes, name)
  expect(status, text).toBe(201)
  return body as FileReference
}

/** Reads bytes, with whatever headers. */
export async function fetched(
  client: Client,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await client.raw('GET', path, { headers })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

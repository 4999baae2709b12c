import type { FieldMeta, FileReference } from '@plinth/sdk'
import type { Client } from './client.ts'

/** The smallest picture there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Small files by the media type their content has. */
const SAMPLES: readonly (readonly [type: string, ending: string, bytes: Uint8Array<ArrayBuffer>])[] = [
  ['image/png', '.png', Uint8Array.from(PNG)],
  ['application/pdf', '.pdf', Uint8Array.from(Buffer.from('%PDF-1.4\n%%EOF\n'))],
  ['text/csv', '.csv', Uint8Array.from(Buffer.from('a,b\n1,2\n'))],
  ['text/plain', '.txt', Uint8Array.from(Buffer.from('Some words.\n'))],
]

/**
 * Uploads a small file that a field takes.
 *
 * @param api address of the collection
 * @param mark what it is called, without its ending
 * @returns undefined where the field takes none of the kinds there are
 */
export async function uploadSample(
  client: Client,
  api: string,
  { name, accept }: Pick<FieldMeta, 'name' | 'accept'>,
  mark: string,
): Promise<FileReference | undefined> {
  const fits = ([type, ending]: (typeof SAMPLES)[number]): boolean =>
    accept?.some((each) => [type, ending, `${type.split('/')[0]}/*`].includes(each)) ?? true
  const sample = SAMPLES.find(fits)
  if (!sample) return undefined
  const [, ending, bytes] = sample
  const { status, body, text } = await client.send(
    'POST',
    `${api}/files/${name}?name=${encodeURIComponent(mark + ending)}`,
    { headers: { 'content-type': 'application/octet-stream' }, body: bytes },
  )
  if (status !== 201) throw new Error(`No file for ${api}, ${name}: ${status} ${text}`)
  return body as FileReference
}

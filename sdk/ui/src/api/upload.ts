import type { FileReference } from '@plinth/sdk'
import { ApiProblem } from './problem.ts'
import { resolve } from './base.ts'
import { csrf, signedOut } from './client.ts'

interface UploadOptions {
  readonly signal: AbortSignal
  /** Told how much has arrived, from 0 to 1. */
  readonly progress: (part: number) => void
}

/**
 * Sends the bytes of a file, and says how far it is meanwhile, which `fetch` cannot.
 *
 * @param path of the field's files, e.g. `/api/v1/crm/customers/files/logo`
 * @throws ApiProblem, or the reason of the signal when it was aborted
 */
export async function upload(
  path: string,
  file: File,
  { signal, progress }: UploadOptions,
): Promise<FileReference> {
  signal.throwIfAborted()
  const request = new XMLHttpRequest()
  const url = resolve(path)
  url.searchParams.set('name', file.name)
  request.open('POST', url)
  request.setRequestHeader('accept', 'application/json')
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.setRequestHeader('x-csrf-token', csrf.peek())
  request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0))
  signal.addEventListener('abort', () => request.abort(), { once: true })
  const ended = new Promise((done) => request.addEventListener('loadend', done, { once: true }))
  request.send(file)
  await ended
  signal.throwIfAborted()
  if (request.status === 0) throw new ApiProblem({ status: 0, code: 'network' })
  const { status, statusText, responseText } = request
  if (status === 201) return JSON.parse(responseText) as FileReference
  if (status === 401) signedOut.value++
  const type = request.getResponseHeader('content-type') ?? ''
  throw await ApiProblem.of(
    new Response(responseText, { status, statusText, headers: { 'content-type': type } }),
  )
}

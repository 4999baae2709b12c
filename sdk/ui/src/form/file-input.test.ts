import type { FieldMeta, FileReference } from '@plinth/sdk'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setLocale } from '../i18n/locale.ts'
import { PlFileInput } from './file-input.ts'

/** Stands for the network, which is not ours: a request that answers when it is told to. */
class Request extends EventTarget {
  static last: Request
  readonly upload = new EventTarget()
  readonly headers: Record<string, string> = {}
  status = 0
  statusText = ''
  responseText = ''
  url = ''
  body: unknown
  constructor() {
    super()
    Request.last = this
  }
  open(_method: string, url: URL): void {
    this.url = url.href
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value
  }
  getResponseHeader(): string {
    return 'application/problem+json'
  }
  send(body: unknown): void {
    this.body = body
  }
  abort(): void {
    this.answer(0)
  }
  answer(status: number, body: object = {}): void {
    this.status = status
    this.responseText = JSON.stringify(body)
    this.dispatchEvent(new Event('loadend'))
  }
}

const field: FieldMeta = {
  name: 'photo',
  type: 'file',
  label: { en: 'Photo' },
  required: false,
  readOnly: false,
  immutable: false,
  sortable: false,
  accept: ['image/*', '.pdf'],
  maxBytes: 2_000_000,
  file: { api: '/api/v1/crm/customers' },
}
const stored: FileReference = { id: '1', name: 'a.png', type: 'image/png', size: 1_234 }

let input: PlFileInput
let changes: { value: FileReference | null; problem?: string }[]

beforeEach(async () => {
  setLocale('en')
  vi.stubGlobal('XMLHttpRequest', Request)
  input = new PlFileInput()
  Object.assign(input, { field, label: 'Photo', help: '', error: '' })
  changes = []
  input.addEventListener('change', (event) => {
    const { detail } = event as CustomEvent<(typeof changes)[0]>
    changes.push(detail)
    input.value = detail.value
  })
  document.body.append(input)
  await input.updateComplete
})
afterEach(() => {
  input.remove()
  vi.unstubAllGlobals()
})

const text = () => input.renderRoot.textContent.replaceAll(/\s+/g, ' ')

async function drop(...files: File[]): Promise<void> {
  const event = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files } })
  input.renderRoot.querySelector('.place')!.dispatchEvent(event)
  await input.updateComplete
}

async function answered(status: number, body: object): Promise<void> {
  Request.last.answer(status, body)
  await vi.waitFor(() => expect(input.sending).toBeUndefined())
  await input.updateComplete
}

test('says what it takes, and how much of it', () => {
  expect(text()).toContain('Pictures, PDF · At most 2 MB')
})

test('sends a dropped file at once, and has it when it has arrived', async () => {
  await drop(new File(['x'], 'ä b.png'))
  expect(changes).toEqual([{ value: null, problem: 'uploading' }])
  expect(Request.last.url).toMatch(/\/api\/v1\/crm\/customers\/files\/photo\?name=%C3%A4\+b\.png$/)
  expect(Request.last.headers).toHaveProperty('x-csrf-token')
  Request.last.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 1, total: 4 }))
  await input.updateComplete
  expect(input.renderRoot.querySelector('progress')!.value).toBe(0.25)
  await answered(201, stored)
  expect(changes.at(-1)).toEqual({ value: stored, problem: undefined })
  expect(text()).toMatch(/a\.png 1\.2 kB/)
})

test.each([
  [422, { code: 'file_type_refused' }, 'Taken are: pictures, PDF.'],
  [413, { code: 'file_too_large' }, 'too large: at most 2 MB'],
  [0, {}, 'no connection'],
  [500, { code: 'internal' }, 'could not be uploaded'],
])('keeps what it had when the answer is %i, and says why', async (status, body, words) => {
  input.value = stored
  await drop(new File(['x'], 'b.png'))
  await answered(status, body)
  expect(changes.at(-1)).toEqual({ value: stored, problem: undefined })
  expect(text()).toContain(words)
})

test('sends nothing that is too large, and no two files', async () => {
  await drop(new File([new Uint8Array(2_000_001)], 'big.png'))
  expect(text()).toContain('too large')
  await drop(new File(['x'], 'a.png'), new File(['x'], 'b.png'))
  expect(text()).toContain('one file only')
  expect(changes.map(({ problem }) => problem)).toEqual([undefined, undefined])
})

test('is cancelled without a word', async () => {
  await drop(new File(['x'], 'a.png'))
  input.renderRoot.querySelector<HTMLElement>('button')!.click()
  await vi.waitFor(() => expect(input.sending).toBeUndefined())
  await input.updateComplete
  expect(changes.at(-1)).toEqual({ value: null, problem: undefined })
  expect(input.renderRoot.querySelector('.wrong')).toBeNull()
})

test('gives its file up when told to', async () => {
  input.value = stored
  await input.updateComplete
  input.renderRoot.querySelectorAll<HTMLElement>('button')[1]!.click()
  expect(changes).toEqual([{ value: null, problem: undefined }])
})

test('sends nothing while it is disabled', async () => {
  input.disabled = true
  await drop(new File(['x'], 'a.png'))
  expect(changes).toEqual([])
})

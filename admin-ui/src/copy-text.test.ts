import { setLocale } from '@plinth/ui'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { copyText } from './copy-text.ts'

const told = () => document.querySelector('pl-toaster')?.shadowRoot?.textContent ?? ''

beforeEach(() => {
  setLocale('en')
  // No top layer here.
  HTMLElement.prototype.showPopover ??= () => {}
  HTMLElement.prototype.hidePopover ??= () => {}
  document.querySelector('pl-toaster')?.remove()
})
afterEach(() => vi.unstubAllGlobals())

/** What the browser has for a clipboard. */
const browser = (clipboard: object | undefined) => vi.stubGlobal('navigator', { clipboard })

test('says that a text is copied, and that only when it is', async () => {
  const written: string[] = []
  browser({ writeText: async (text: string) => void written.push(text) })
  await copyText('https://acme.example/reset#a')
  expect(written).toEqual(['https://acme.example/reset#a'])
  await vi.waitFor(() => expect(told()).toContain('Copied'))
})

test.each([
  ['has none, as over plain HTTP', undefined],
  ['refuses it', { writeText: () => Promise.reject(new DOMException('Denied', 'NotAllowedError')) }],
])('says that it is not when the browser %s', async (_, clipboard) => {
  browser(clipboard)
  await copyText('https://acme.example/reset#a')
  await vi.waitFor(() => expect(told()).toContain('does not allow copying'))
})

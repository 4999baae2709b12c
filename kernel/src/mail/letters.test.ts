import { expect, test } from 'vitest'
import { isMailAddress, maskAddress } from './mail-address.ts'
import { renderLetter } from './render-letter.ts'

const url = 'https://acme.example.com/reset#token=abc&x=1'
const reset = (workspace: string, locale: string | null = 'en') =>
  renderLetter({
    to: 'jana@acme.example',
    locale,
    template: 'password-reset',
    values: { workspace, url, minutes: 30 },
  })

test('a letter says the same as plain text and as a page', () => {
  const { subject, text, html } = reset('Acme')
  expect(subject).toBe('New password for Acme')
  expect(text).toContain(url)
  expect(text).toContain('30 minutes')
  expect(html).toContain(`href="${url.replaceAll('&', '&amp;')}"`)
})

test.each([
  ['de', 'Neues Passwort für Acme'],
  ['de-AT', 'Neues Passwort für Acme'],
  ['fr', 'New password for Acme'],
  [null, 'New password for Acme'],
])('readers of %s get “%s”', (locale, subject) => {
  expect(reset('Acme', locale).subject).toBe(subject)
})

test('a name becomes neither markup nor a header', () => {
  const { subject, html } = reset('<img src=x onerror="alert(1)">\r\nBcc: everyone@evil.example')
  expect(subject).not.toMatch(/[\r\n]/)
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
})

test.each(['jana@acme.example', "o'hara+x@sub.acme.example", 'jörg@münchen.example', 'a@localhost'])(
  '%s is an address',
  (address) => {
    expect(isMailAddress(address)).toBe(true)
  },
)

test.each([
  '',
  'jana',
  '@acme.example',
  'jana@',
  'jana@acme.example, eve@evil.example',
  'jana@acme.example;eve@evil.example',
  'Jana <jana@acme.example>',
  'jana@acme.example\r\nBcc: eve@evil.example',
  'jana @acme.example',
  'jana@@acme.example',
  '"jana"@acme.example',
  'jana@[127.0.0.1]',
  '.jana@acme.example',
  'ja..na@acme.example',
  'jana@-acme.example',
  `${'x'.repeat(65)}@acme.example`,
  `jana@${'x'.repeat(250)}.example`,
])('%j is none', (address) => {
  expect(isMailAddress(address)).toBe(false)
})

test('an address is masked but for its first character and its domain', () => {
  expect(maskAddress('mara.lindner@example.de')).toBe('m***@example.de')
  expect(maskAddress('nobody')).toBe('***')
})

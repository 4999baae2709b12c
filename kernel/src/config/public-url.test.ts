import { expect, test } from 'vitest'
import { ConfigError, loadConfig } from './load-config.ts'

const loaded = (PLINTH_PUBLIC_URL: string) => loadConfig({ PLINTH_PUBLIC_URL }, '/').publicUrl

test.each([
  'https://{tenant}.example.com',
  'http://{tenant}.localhost:4000/',
  'https://example.com/t/{tenant}',
])('workspaces may be reached at %s', (url) => {
  expect(loaded(url)).toBe(url)
})

test.each([
  'https://example.com',
  'https://example.com/{tenant}',
  'https://{tenant}.example.com/below',
  'https://{tenant}.example.com?tenant={tenant}',
  'javascript://{tenant}.example.com',
  '{tenant}',
])('%s is no address the workspaces have', (url) => {
  expect(() => loaded(url)).toThrow(ConfigError)
})

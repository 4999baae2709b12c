import { expect, test } from 'vitest'
import { workspaceUrl } from './workspace-url.ts'

const here = { domain: 'localhost', port: 4000, publicUrl: undefined }

test('the address of a workspace follows from the configuration', () => {
  expect(workspaceUrl(here, 'acme')).toBe('http://acme.localhost:4000')
  expect(workspaceUrl({ ...here, publicUrl: 'https://{tenant}.example.com/' }, 'acme')).toBe(
    'https://acme.example.com',
  )
  expect(workspaceUrl({ ...here, publicUrl: 'https://example.com/t/{tenant}' }, 'acme')).toBe(
    'https://example.com/t/acme',
  )
})

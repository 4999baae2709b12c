import { expect, test } from 'vitest'
import { routePath } from './route-path.ts'

test.each([
  ['http://acme.localhost:4000/api/v1/crm/customers?limit=1', '/api/v1/crm/customers'],
  ['http://localhost/t/acme/api/v1/shell', '/api/v1/shell'],
  ['http://localhost/t/acme', '/'],
  ['http://localhost/t/acme/app/crm/customers#top', '/app/crm/customers'],
  ['http://acme.localhost/api/crm/customers', '/api/v1/crm/customers'],
  ['http://acme.localhost/api/v10', '/api/v10'],
  ['http://acme.localhost', '/'],
  ['http://acme.localhost/?x=/t/beta/api', '/'],
])('%s is routed as %s', (url, path) => {
  expect(routePath(url)).toBe(path)
})

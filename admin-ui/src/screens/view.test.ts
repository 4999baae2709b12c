import type { ShellDocument, ShellEntity } from '@plinth/sdk'
import { describe, expect, it } from 'vitest'
import { viewAt } from './view.ts'

const text = { en: 'Any' }
const entity = (id: string, path: string): ShellEntity => ({
  id,
  label: text,
  labelPlural: text,
  icon: 'box',
  path,
  api: `/api/v1${path.slice(4)}`,
  can: ['create'],
})
const shell = {
  console: ['plugins', 'custom-fields'],
  entities: {
    'crm.customer': entity('crm.customer', '/app/crm/customers'),
    'tickets.ticket': entity('tickets.ticket', '/app/tickets/tickets'),
  },
  screens: [
    { plugin: 'crm', id: 'customer', title: text, path: '/app/crm/customer', detailOf: 'crm.customer' },
    { plugin: 'tickets', id: 'board', title: text, path: '/app/tickets/board' },
  ],
} as unknown as ShellDocument

describe('the view of an address', () => {
  it.each([
    ['/', 'home'],
    ['/admin/plugins', 'plugins'],
    ['/admin/custom-fields', 'customFields'],
    ['/admin/custom-fields/crm/customer', 'customFields'],
    ['/admin/custom-fields/crm/nothing', 'unknown'],
    ['/app/tickets/tickets', 'list'],
    ['/app/tickets/tickets/', 'list'],
    ['/app/tickets/tickets/new', 'form'],
    ['/app/tickets/tickets/trash', 'trash'],
    ['/app/tickets/tickets/import', 'import'],
    ['/app/tickets/tickets/42', 'detail'],
    ['/app/tickets/tickets/42/edit', 'form'],
    ['/app/tickets/board', 'plugin'],
    ['/app/crm/customers/42', 'plugin'],
    ['/app/crm/unknown', 'unknown'],
    ['/app/hr/employees/1', 'unknown'],
    ['/somewhere', 'unknown'],
  ])('%s shows %s', (path, kind) => {
    expect(viewAt(path, shell).kind).toBe(kind)
  })

  it('hands the record to the screen that stands in for the detail', () => {
    expect(viewAt('/app/crm/customers/42', shell)).toMatchObject({
      screen: { id: 'customer' },
      recordId: '42',
    })
  })

  it('does not open a detail screen without its record', () => {
    expect(viewAt('/app/crm/customer', shell).kind).toBe('unknown')
  })

  it('shows the reference of the API to everyone with a session', () => {
    expect(viewAt('/api/v1/reference', { ...shell, console: [] }).kind).toBe('reference')
  })

  it('hides the console from those who may not open it', () => {
    for (const path of ['/admin/plugins', '/admin/custom-fields', '/admin/custom-fields/crm/customer'])
      expect(viewAt(path, { ...shell, console: [] }).kind).toBe('unknown')
  })

  it('tells two records of one entity apart', () => {
    expect(viewAt('/app/tickets/tickets/1', shell).key).not.toBe(viewAt('/app/tickets/tickets/2', shell).key)
  })
})

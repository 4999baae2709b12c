import type { ShellDocument, ShellEntity, ShellScreen } from '@plinth/sdk'
import { match, type Route } from '@plinth/ui'

type Name =
  | 'home'
  | 'account'
  | 'members'
  | 'plugins'
  | 'customFields'
  | 'entityFields'
  | 'roles'
  | 'apiAccess'
  | 'audit'
  | 'signOn'
  | 'security'
  | 'reference'
  | 'new'
  | 'trash'
  | 'import'
  | 'edit'
  | 'detail'
  | 'screen'

const ROUTES: readonly Route<Name>[] = [
  { name: 'home', path: '/' },
  { name: 'account', path: '/account' },
  { name: 'members', path: '/admin/members' },
  { name: 'plugins', path: '/admin/plugins' },
  { name: 'customFields', path: '/admin/custom-fields' },
  { name: 'entityFields', path: '/admin/custom-fields/:plugin/:segment' },
  { name: 'roles', path: '/admin/roles' },
  { name: 'audit', path: '/admin/audit' },
  { name: 'apiAccess', path: '/admin/api-access' },
  { name: 'signOn', path: '/admin/sign-on' },
  { name: 'security', path: '/admin/security' },
  { name: 'reference', path: '/api/v1/reference' },
  { name: 'new', path: '/app/:plugin/:segment/new' },
  { name: 'trash', path: '/app/:plugin/:segment/trash' },
  { name: 'import', path: '/app/:plugin/:segment/import' },
  { name: 'edit', path: '/app/:plugin/:segment/:id/edit' },
  { name: 'detail', path: '/app/:plugin/:segment/:id' },
  { name: 'screen', path: '/app/:plugin/:segment' },
]

/** What an address shows. `key` tells whether two addresses show the same screen; `title` stands in the window. */
export type View = { readonly key: string } & (
  | {
      readonly kind:
        | 'home'
        | 'account'
        | 'plugins'
        | 'roles'
        | 'members'
        | 'apiAccess'
        | 'audit'
        | 'signOn'
        | 'security'
        | 'reference'
        | 'unknown'
    }
  | { readonly kind: 'customFields'; readonly entityId?: string }
  | { readonly kind: 'list' | 'trash' | 'import'; readonly entity: ShellEntity }
  | { readonly kind: 'form' | 'detail'; readonly entity: ShellEntity; readonly recordId?: string }
  | { readonly kind: 'plugin'; readonly screen: ShellScreen; readonly recordId?: string }
)

function entityAt(shell: ShellDocument, plugin: string, segment: string): ShellEntity | undefined {
  return Object.values(shell.entities).find((entity) => entity.path === `/app/${plugin}/${segment}`)
}

function entityView(
  shell: ShellDocument,
  name: Name,
  entity: ShellEntity,
  recordId: string | undefined,
): View {
  if (name === 'new') return { kind: 'form', key: `new ${entity.id}`, entity }
  if (name === 'trash') return { kind: 'trash', key: `trash ${entity.id}`, entity }
  if (name === 'import') return { kind: 'import', key: `import ${entity.id}`, entity }
  const record = recordId === undefined ? {} : { recordId }
  if (name === 'edit') return { kind: 'form', key: `edit ${entity.id} ${recordId}`, entity, ...record }
  const screen = shell.screens.find((candidate) => candidate.detailOf === entity.id)
  if (screen) return { kind: 'plugin', key: `${screen.plugin}/${screen.id} ${recordId}`, screen, ...record }
  return { kind: 'detail', key: `detail ${entity.id} ${recordId}`, entity, ...record }
}

/** All entities that take further fields, or the fields of one of them. */
function customFieldsView(shell: ShellDocument, plugin: string, entity: string): View | undefined {
  if (!shell.console.includes('custom-fields')) return undefined
  if (!plugin) return { kind: 'customFields', key: 'customFields' }
  const entityId = `${plugin}.${entity}`
  return shell.entities[entityId] && { kind: 'customFields', key: `customFields ${entityId}`, entityId }
}

/** Decides what is shown at a path, from nothing but what the member has. */
export function viewAt(path: string, shell: ShellDocument): View {
  const found = match(ROUTES, path.length > 1 ? path.replace(/\/+$/, '') : path)
  const unknown: View = { kind: 'unknown', key: `unknown ${path}` }
  if (!found) return unknown
  if (found.name === 'home' || found.name === 'account') return { kind: found.name, key: found.name }
  // Whoever has a session may read it; the menu shows it to those who make keys.
  if (found.name === 'reference') return { kind: 'reference', key: 'reference' }
  if (found.name === 'members')
    return shell.console.includes('members') ? { kind: 'members', key: 'members' } : unknown
  if (found.name === 'plugins')
    return shell.console.includes('plugins') ? { kind: 'plugins', key: 'plugins' } : unknown
  if (found.name === 'roles')
    return shell.console.includes('roles') ? { kind: 'roles', key: 'roles' } : unknown
  if (found.name === 'audit')
    return shell.console.includes('audit') ? { kind: 'audit', key: 'audit' } : unknown
  if (found.name === 'apiAccess')
    return shell.console.includes('api-access') ? { kind: 'apiAccess', key: 'apiAccess' } : unknown
  if (found.name === 'security')
    return shell.console.includes('security') ? { kind: 'security', key: 'security' } : unknown
  if (found.name === 'signOn')
    return shell.console.includes('sign-on') ? { kind: 'signOn', key: 'signOn' } : unknown
  const { plugin = '', segment = '', id } = found.params
  if (found.name === 'customFields' || found.name === 'entityFields')
    return customFieldsView(shell, plugin, segment) ?? unknown
  const entity = entityAt(shell, plugin, segment)
  if (found.name === 'screen') {
    const screen = shell.screens.find(
      (candidate) => candidate.plugin === plugin && candidate.id === segment && !candidate.detailOf,
    )
    if (screen) return { kind: 'plugin', key: `${plugin}/${segment}`, screen }
    return entity ? { kind: 'list', key: `list ${entity.id}`, entity } : unknown
  }
  return entity ? entityView(shell, found.name, entity, id) : unknown
}

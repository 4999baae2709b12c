import type { ShellDocument, ShellEntity, ShellScreen } from '@plinth/sdk'
import { match, type Route } from '@plinth/ui'

type Name = 'home' | 'plugins' | 'new' | 'trash' | 'import' | 'edit' | 'detail' | 'screen'

const ROUTES: readonly Route<Name>[] = [
  { name: 'home', path: '/' },
  { name: 'plugins', path: '/admin/plugins' },
  { name: 'new', path: '/app/:plugin/:segment/new' },
  { name: 'trash', path: '/app/:plugin/:segment/trash' },
  { name: 'import', path: '/app/:plugin/:segment/import' },
  { name: 'edit', path: '/app/:plugin/:segment/:id/edit' },
  { name: 'detail', path: '/app/:plugin/:segment/:id' },
  { name: 'screen', path: '/app/:plugin/:segment' },
]

/** What an address shows. `key` tells whether two addresses show the same screen; `title` stands in the window. */
export type View = { readonly key: string } & (
  | { readonly kind: 'home' | 'plugins' | 'unknown' }
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

/** Decides what is shown at a path, from nothing but what the member has. */
export function viewAt(path: string, shell: ShellDocument): View {
  const found = match(ROUTES, path.length > 1 ? path.replace(/\/+$/, '') : path)
  const unknown: View = { kind: 'unknown', key: `unknown ${path}` }
  if (!found) return unknown
  if (found.name === 'home') return { kind: 'home', key: 'home' }
  if (found.name === 'plugins')
    return shell.console.includes('plugins') ? { kind: 'plugins', key: 'plugins' } : unknown
  const { plugin = '', segment = '', id } = found.params
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

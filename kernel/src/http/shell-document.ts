import type { NavigationItem, ShellDocument, ShellEntity, ShellScreen } from '@plinth/sdk'
import type { Access } from '../access/index.ts'
import type { EntityModel } from '../data/index.ts'
import { hasFeature, type InstalledPlugin, type PluginView } from '../plugins/index.ts'
import { consolePages } from './console-pages.ts'
import type { HttpContext } from './environment.ts'
import { requireMember, tenantDocument, viewing } from './routes/session.ts'
import type { HttpServices } from './services.ts'
import { VIEW_AS } from './viewing.ts'

/** The frame of the workspace as this member sees it: navigation, screens and entities within their rights. */
export function shellDocument(c: HttpContext, services: HttpServices): ShellDocument {
  const tenant = c.get('tenant')
  const access = c.get('access')
  const { view } = c.get('plugins')
  const identity = requireMember(c.get('identity'))
  const { member, csrf, enrolBy } = identity
  const readable = [...view.entities.values()].filter((model) => access.can(model.permission('read')))
  const entities = Object.fromEntries(readable.map((model) => [model.id, shellEntity(model, access)]))
  const screens = view.active.flatMap((plugin) => screensOf(plugin, view, access))
  return {
    tenant: { ...tenantDocument(tenant, services), tier: tenant.tier },
    member,
    csrf,
    ...(enrolBy ? { enrolBy: enrolBy.toISOString() } : {}),
    ...viewing(identity),
    ...(!identity.viewing && access.can(VIEW_AS) ? { viewAs: true } : {}),
    navigation: navigation(view, entities, screens),
    screens,
    entities,
    modules: Object.fromEntries(
      view.active.flatMap(({ id, browser }) =>
        browser ? [[id, { url: `plugin-assets/${id}/${browser.entry}`, integrity: browser.integrity }]] : [],
      ),
    ),
    ...securityPage(access),
    console: consolePages(access),
  }
}

function securityPage(access: Access): Pick<ShellDocument, 'security'> {
  if (!access.can('platform.kernel.policy.read')) return {}
  return {
    security: {
      changePolicy: access.can('platform.kernel.policy.change'),
      report: access.can('platform.kernel.policy.report'),
      operatorAccesses: access.can('platform.kernel.operatorAccess.read'),
      endOperatorAccess: access.can('platform.kernel.operatorAccess.end'),
    },
  }
}

export function screenPath(model: EntityModel): string {
  return `/app/${model.path}`
}

export function shellEntity(model: EntityModel, access: Access): ShellEntity {
  const { label, labelPlural, icon } = model.declaration
  return {
    id: model.id,
    label,
    labelPlural,
    icon: icon ?? 'file-text',
    path: screenPath(model),
    api: `/api/v1/${model.path}`,
    can: [...model.operations].filter((operation) => access.can(model.permission(operation))),
    ...trashMeta(model, access),
  }
}

function trashMeta({ trash }: EntityModel, access: Access): Pick<ShellEntity, 'trash'> {
  if (!trash) return {}
  const [restore, purge, remove] = ['restore', 'purge', 'delete'].map((action) =>
    access.can(trash.permission(action)),
  )
  return restore || purge || remove
    ? { trash: { keepDays: trash.keepDays, restore: restore === true, purge: purge === true } }
    : {}
}

function screensOf({ id, manifest }: InstalledPlugin, view: PluginView, access: Access): ShellScreen[] {
  const allowed = (manifest.ui?.screens ?? []).filter(
    ({ permission, feature }) => access.can(permission) && hasFeature(view, id, feature),
  )
  return allowed.map((screen) => ({
    plugin: id,
    id: screen.id,
    title: screen.title,
    path: `/app/${id}/${screen.id}`,
    ...(screen.detailOf === undefined ? {} : { detailOf: `${id}.${screen.detailOf}` }),
  }))
}

function navigation(
  view: PluginView,
  entities: Readonly<Record<string, ShellEntity>>,
  screens: readonly ShellScreen[],
): NavigationItem[] {
  const items = view.active.flatMap(({ id, manifest }) =>
    (manifest.ui?.navigation ?? []).flatMap((entry) => {
      const entity = entry.entity === undefined ? undefined : entities[`${id}.${entry.entity}`]
      const screen = screens.find((each) => each.plugin === id && each.id === entry.screen)
      const target = entity ?? screen
      if (!target || !hasFeature(view, id, entry.feature)) return []
      const declared = manifest.ui?.screens?.find((each) => each.id === entry.screen)
      const label = entry.label ?? entity?.labelPlural ?? screen!.title
      const icon = entry.icon ?? entity?.icon ?? declared?.icon ?? manifest.icon
      return [
        {
          order: entry.order,
          item: { id: `${id}.${entry.entity ?? entry.screen}`, plugin: id, label, icon, path: target.path },
        },
      ]
    }),
  )
  return items.toSorted((left, right) => left.order - right.order).map(({ item }) => item)
}

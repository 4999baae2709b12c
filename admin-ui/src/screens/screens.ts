import { pick, type PlinthElement, type PlinthScreen, type SkeletonKind } from '@plinth/ui'
import { shell } from '../session/state.ts'
import { t } from '../texts.ts'
import { pluginScreen } from './plugin-module.ts'
import { hostFor } from './screen-host.ts'
import type { View } from './view.ts'

/** Elements of generated screens, drawn from an entity's metadata. */
type EntityElement = PlinthElement & { entityId: string; recordId: string | undefined }

/** Each on its own: a list needs the grid, a form the fields, and neither the other's. */
const ENTITY_ELEMENTS = {
  'pl-entity-list': () => import('../entity/entity-list.ts'),
  'pl-entity-detail': () => import('../entity/entity-detail.ts'),
  'pl-entity-form': () => import('../entity/entity-form.ts'),
  'pl-entity-trash': () => import('../entity/entity-trash.ts'),
  'pl-entity-import': () => import('../import/entity-import.ts'),
} as const

async function entityScreen(
  tag: keyof typeof ENTITY_ELEMENTS,
  entityId: string,
  recordId: string | undefined,
): Promise<HTMLElement> {
  await ENTITY_ELEMENTS[tag]()
  const element = document.createElement(tag) as EntityElement
  element.entityId = entityId
  element.recordId = recordId
  return element
}

async function ownScreen(view: Extract<View, { kind: 'plugin' }>): Promise<HTMLElement> {
  const { plugin, id } = view.screen
  const module = shell.value?.modules[plugin]
  if (!module) throw new Error(`There is no browser module of ${plugin}.`)
  const [ScreenElement, ui] = await pluginScreen(module, plugin, id)
  const element: PlinthScreen = new ScreenElement()
  element.host = hostFor(ui)
  element.recordId = view.recordId
  return element
}

async function customFieldsScreen(entityId: string | undefined): Promise<HTMLElement> {
  await import('../console/custom-fields/index.ts')
  if (entityId === undefined) return document.createElement('pl-custom-fields-page')
  const element = document.createElement('pl-entity-fields-page') as PlinthElement & { entityId: string }
  element.entityId = entityId
  return element
}

/** Makes the element of a view; loads code that is not here yet. */
export async function screenFor(view: View): Promise<HTMLElement> {
  switch (view.kind) {
    case 'home':
      await import('../pages/home.ts')
      return document.createElement('pl-home')
    case 'account':
      await import('../account/account-page.ts')
      return document.createElement('pl-account-page')
    case 'members':
      await import('../console/members/members-page.ts')
      return document.createElement('pl-members-page')
    case 'plugins':
      await import('../console/index.ts')
      return document.createElement('pl-plugins-page')
    case 'customFields':
      return customFieldsScreen(view.entityId)
    case 'roles':
      await import('../console/roles/index.ts')
      return document.createElement('pl-roles-page')
    case 'audit':
      await import('../console/audit/audit-page.ts')
      return document.createElement('pl-audit-page')
    case 'apiAccess':
      await import('../console/api-access/index.ts')
      return document.createElement('pl-api-access-page')
    case 'signOn':
      await import('../console/sign-on/sign-on-page.ts')
      return document.createElement('pl-sign-on-page')
    case 'security':
      await import('../console/security/security-page.ts')
      return document.createElement('pl-security-page')
    case 'reference':
      await import('../reference/reference-page.ts')
      return document.createElement('pl-reference-page')
    case 'list':
      return entityScreen('pl-entity-list', view.entity.id, undefined)
    case 'trash':
      return entityScreen('pl-entity-trash', view.entity.id, undefined)
    case 'import':
      return entityScreen('pl-entity-import', view.entity.id, undefined)
    case 'detail':
      return entityScreen('pl-entity-detail', view.entity.id, view.recordId)
    case 'form':
      return entityScreen('pl-entity-form', view.entity.id, view.recordId)
    case 'plugin':
      return ownScreen(view)
    default:
      await import('../pages/not-found.ts')
      return document.createElement('pl-not-found')
  }
}

/** What stands in the window's title. */
export function titleOf(view: View): string {
  switch (view.kind) {
    case 'home':
      return t('frame.home')
    case 'account':
      return t('frame.account')
    case 'members':
      return t('frame.members')
    case 'plugins':
      return t('frame.plugins')
    case 'customFields':
      return t('frame.custom-fields')
    case 'roles':
      return t('frame.roles')
    case 'audit':
      return t('frame.audit')
    case 'signOn':
      return t('frame.sign-on')
    case 'security':
      return t('frame.security')
    case 'apiAccess':
      return t('frame.api-access')
    case 'reference':
      return t('frame.reference')
    case 'list':
    case 'trash':
    case 'import':
      return pick(view.entity.labelPlural)
    case 'detail':
    case 'form':
      return pick(view.entity.label)
    case 'plugin':
      return pick(view.screen.title)
    default:
      return ''
  }
}

/** The shape shown while a view's code is on its way. */
export function skeletonOf(view: View): SkeletonKind {
  if (view.kind === 'list' || view.kind === 'trash') return 'list'
  return view.kind === 'form' ? 'form' : 'page'
}

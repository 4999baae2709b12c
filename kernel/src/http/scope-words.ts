import type { ScopeGroup, Text } from '@plinth/sdk'
import { kernelPermissions, matchesPermission } from '../access/index.ts'
import { permissionsOf } from '../contributions/index.ts'
import type { PluginView } from '../plugins/index.ts'
import { KERNEL_PERMISSION_WORDS } from '../roles/index.ts'
import type { HttpContext } from './environment.ts'

const PLATFORM: Text = { en: 'Platform', de: 'Plattform' }

const EVERYTHING: Text = {
  en: 'Everything you may do yourself',
  de: 'Alles, was Sie selbst dürfen',
}

const ACTIONS: Readonly<Record<string, Text>> = {
  read: { en: 'see', de: 'sehen' },
  create: { en: 'add', de: 'anlegen' },
  update: { en: 'change', de: 'ändern' },
  delete: { en: 'delete', de: 'löschen' },
  export: { en: 'export', de: 'exportieren' },
  restore: { en: 'restore from the trash', de: 'aus dem Papierkorb holen' },
  purge: { en: 'remove for good', de: 'endgültig entfernen' },
  reveal: { en: 'reveal masked values', de: 'verdeckte Werte zeigen' },
  replace: { en: 'replace masked values', de: 'verdeckte Werte ersetzen' },
}

type Group = Omit<ScopeGroup, 'whole'>

/** All permissions there are in a workspace, in words, by what they belong to. */
export function scopeGroups(view: PluginView): readonly Group[] {
  return [
    group('platform.kernel.*', PLATFORM, kernelPermissions, view),
    ...view.active
      .map(({ id, manifest }) =>
        group(`${manifest.area}.${id}.*`, manifest.name, permissionsOf(manifest), view),
      )
      .filter(({ items }) => items.length > 0),
  ]
}

/** What a scope means, wildcards too, in words for the person who is asked for it. */
export function scopeLabel(scope: string, view: PluginView): Text {
  if (scope === '*') return EVERYTHING
  if (!scope.endsWith('.*')) return permissionLabel(scope, view)
  const groups = scopeGroups(view)
  const covered = groups.filter(({ items }) => items.every(({ id }) => matchesPermission(scope, id)))
  if (covered.length > 0)
    return phrase(
      covered.map(({ label }) => label),
      (names) => names.join(', '),
      ALL,
    )
  const [, plugin, entity] = scope.split('.')
  const model = view.entities.get(`${plugin}.${entity}`)
  return model ? phrase([model.declaration.labelPlural], ([name]) => name!, ALL) : { en: scope }
}

/** A program, with what it may do in words. */
export function withWords<P extends object>(
  c: HttpContext,
  program: P,
  scopes: readonly string[],
): P & { readonly scopeLabels: readonly Text[] } {
  const { view } = c.get('plugins')
  return { ...program, scopeLabels: scopes.map((scope) => scopeLabel(scope, view)) }
}

const ALL: Text = { en: 'everything', de: 'alles' }

function group(id: string, label: Text, permissions: readonly string[], view: PluginView): Group {
  return {
    id,
    label,
    items: [...new Set(permissions)].map((each) => ({ id: each, label: permissionLabel(each, view) })),
  }
}

function permissionLabel(id: string, view: PluginView): Text {
  const own = kernelPermissions.find((each) => each === id)
  if (own) return KERNEL_PERMISSION_WORDS[own]
  const [, plugin, entity, ...rest] = id.split('.')
  const action = rest.join('.')
  for (const { manifest } of view.active) {
    const declared = manifest.permissions?.find((permission) => permission.id === id)
    if (declared) return declared.label
  }
  const declaration = view.entities.get(`${plugin}.${entity}`)?.declaration
  const verb = ACTIONS[action] ?? declaration?.actions?.[action]?.label
  return declaration && verb ? phrase([declaration.labelPlural], ([name]) => name!, verb) : { en: id }
}

/** `Customers: see`, in both languages. */
function phrase(names: readonly Text[], join: (names: readonly string[]) => string, verb: Text): Text {
  const say = (language: 'en' | 'de') =>
    `${join(names.map((name) => name[language] ?? name.en))}: ${verb[language] ?? verb.en}`
  return { en: say('en'), de: say('de') }
}

import { checkFeature } from '../feature-reference.ts'
import { suggestion } from '../nearest.ts'
import { checkPermission } from '../permission-reference.ts'
import type { ContributionPoint, PointContext, Report } from '../point.ts'
import { dict, dicts, list, text } from '../reading.ts'
import { RESERVED_SEGMENTS } from '../reserved-names.ts'
import { closed, camelName, iconName, kebabName, listOf, localised, permissionId } from '../vocabulary.ts'

const screen = closed(
  {
    id: kebabName,
    title: localised,
    icon: iconName,
    permission: permissionId,
    detailOf: camelName,
    feature: kebabName,
  },
  ['id', 'title', 'permission'],
)
const entry = closed(
  {
    entity: camelName,
    screen: kebabName,
    label: localised,
    icon: iconName,
    order: { type: 'number' },
    feature: kebabName,
  },
  ['order'],
)
const module = {
  type: 'string',
  pattern: '^[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*(/[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*)*$',
  maxLength: 200,
  description: 'a path inside the folder of the plugin, like "ui/index.ts"',
}

function checkScreens(screens: unknown, context: PointContext, report: Report): void {
  const { entities } = context.own
  const ids = new Set<string>()
  const details = new Set<string>()
  for (const [index, declaration] of dicts(screens)) {
    const at = (key: string) => ['ui', 'screens', index, key]
    const id = text(declaration['id'])
    if (id !== undefined) {
      const holder = [...entities].find(([, entity]) => entity.declaration['collection'] === id)
      if (RESERVED_SEGMENTS.has(id)) report(at('id'), 'name_reserved', `"${id}" cannot be a screen.`)
      if (holder) report(at('id'), 'duplicate', `"${id}" is the collection of "${holder[0]}" already.`)
      if (ids.has(id)) report(at('id'), 'duplicate', `The screen "${id}" is declared twice.`)
      ids.add(id)
    }
    checkFeature(declaration, ['ui', 'screens', index], context, report)
    const permission = text(declaration['permission'])
    if (permission !== undefined) checkPermission(permission, at('permission'), context, report)
    const detailOf = text(declaration['detailOf'])
    if (detailOf === undefined) continue
    if (!entities.has(detailOf)) {
      const message = `This plugin has no entity "${detailOf}".${suggestion(detailOf, entities.keys())}`
      report(at('detailOf'), 'entity_unknown', message)
    }
    if (details.has(detailOf))
      report(at('detailOf'), 'duplicate', `"${detailOf}" has a detail screen already.`)
    details.add(detailOf)
  }
}

function checkNavigation(navigation: unknown, context: PointContext, report: Report): void {
  const { own } = context
  for (const [index, declaration] of dicts(navigation)) {
    const path = ['ui', 'navigation', index]
    checkFeature(declaration, path, context, report)
    if ((declaration['entity'] === undefined) === (declaration['screen'] === undefined)) {
      report(path, 'navigation_target', 'An entry leads to exactly one of "entity" and "screen".')
    }
    for (const [key, known] of [
      ['entity', own.entities],
      ['screen', own.screens],
    ] as const) {
      const target = text(declaration[key])
      if (target === undefined || known.has(target)) continue
      const message = `This plugin has no ${key} "${target}".${suggestion(target, known.keys())}`
      report([...path, key], `${key}_unknown`, message)
    }
  }
}

/** Screens written by the plugin, and its entries in the navigation. */
export const ui: ContributionPoint = {
  name: 'ui',
  properties: { ui: closed({ module, screens: listOf(screen), navigation: listOf(entry) }) },
  check(manifest, context, report) {
    const declaration = dict(manifest['ui'])
    checkScreens(declaration['screens'], context, report)
    checkNavigation(declaration['navigation'], context, report)
    const path = text(declaration['module'])
    if (declaration['module'] === undefined && list(declaration['screens']).length > 0) {
      report(['ui', 'module'], 'module_missing', 'Screens need a "module" that defines their elements.')
    }
    if (path !== undefined && new RegExp(module.pattern, 'u').test(path) && context.files?.(path) === false) {
      report(['ui', 'module'], 'file_missing', `The plugin has no file "${path}".`)
    }
  },
}

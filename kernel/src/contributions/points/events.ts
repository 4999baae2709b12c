import { checkHandlers } from '../handler-names.ts'
import { suggestion } from '../nearest.ts'
import { entityEvents } from '../outline.ts'
import type { ContributionPoint, Path, PointContext, Report } from '../point.ts'
import { dict, dicts, text } from '../reading.ts'
import { closed, EVENT_TYPE, eventType, handlerName, listOf, localised } from '../vocabulary.ts'

function checkPublished(publishes: unknown, { own }: PointContext, report: Report): void {
  const generated = new Set(
    [...own.entities].flatMap(([entity, { declaration }]) => entityEvents(own.id, entity, declaration)),
  )
  const seen = new Set<string>()
  for (const [index, declaration] of dicts(publishes)) {
    const type = text(declaration['type'])
    if (type === undefined || !EVENT_TYPE.test(type)) continue
    const path = ['events', 'publishes', index, 'type']
    if (own.id && !type.startsWith(`${own.id}.`)) {
      report(path, 'event_prefix', `Events of this plugin begin with "${own.id}.".`)
    }
    if (generated.has(type))
      report(path, 'event_generated', `"${type}" exists without being declared; leave it out.`)
    if (seen.has(type)) report(path, 'duplicate', `The event "${type}" is declared twice.`)
    seen.add(type)
  }
}

/** The platform tells facts of its own, and everyone may hear them. */
const PLATFORM = 'platform'
const PLATFORM_EVENTS: ReadonlySet<string> = new Set(['platform.member.onboarded'])

function checkSource(event: string, path: Path, { own, other }: PointContext, report: Report): void {
  const plugin = event.split('.')[0] ?? ''
  if (!own.id || !EVENT_TYPE.test(event)) return
  if (plugin === PLATFORM) {
    if (!PLATFORM_EVENTS.has(event))
      report(
        path,
        'event_unknown',
        `The platform has no event "${event}".${suggestion(event, PLATFORM_EVENTS)}`,
      )
    return
  }
  if (plugin !== own.id && !own.requires.has(plugin) && !own.uses.has(plugin)) {
    return report(
      path,
      'event_foreign',
      `"${plugin}" must stand in "requires" or "uses" before its events can be heard.`,
    )
  }
  const source = plugin === own.id ? own : other(plugin)
  if (!source || source.events.has(event)) return
  report(path, 'event_unknown', `"${plugin}" has no event "${event}".${suggestion(event, source.events)}`)
}

/** Which facts the plugin tells others about, and which it listens to. */
export const events: ContributionPoint = {
  name: 'events',
  properties: {
    events: closed({
      publishes: listOf(closed({ type: eventType, label: localised }, ['type', 'label'])),
      subscribes: listOf(closed({ event: eventType, handler: handlerName }, ['event', 'handler'])),
    }),
  },
  check(manifest, context, report) {
    const { publishes, subscribes } = dict(manifest['events'])
    checkPublished(publishes, context, report)
    const seen = new Set<string>()
    const handlers: [Path, string][] = []
    for (const [index, subscription] of dicts(subscribes)) {
      const path = ['events', 'subscribes', index]
      const event = text(subscription['event'])
      const handler = text(subscription['handler'])
      if (event !== undefined) checkSource(event, [...path, 'event'], context, report)
      if (handler !== undefined) handlers.push([[...path, 'handler'], handler])
      if (event === undefined || handler === undefined) continue
      if (seen.has(`${event} ${handler}`)) {
        report(path, 'duplicate', `"${handler}" is subscribed to "${event}" already and would run twice.`)
      }
      seen.add(`${event} ${handler}`)
    }
    const where = { kind: 'subscriber', path: ['events', 'subscribes'] }
    checkHandlers(handlers, context.handlers?.subscribers, where, report)
  },
}

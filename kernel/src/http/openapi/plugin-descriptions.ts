import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { ref } from './schema-reference.ts'
import { pluginParameter } from './plugin-parameter.ts'

const cards = {
  description: { en: 'All plugins', de: 'Alle Plugins' },
  content: { schema: ref('PluginCards') },
}
const id = pluginParameter('id')
const action: JsonSchema = { enum: ['enable', 'disable'] }

export const pluginsRoute: RouteDescription = {
  id: 'list_plugins',
  tag: 'plugins',
  permission: 'platform.kernel.plugin.read',
  summary: { en: 'All plugins, with their state here', de: 'Alle Plugins, mit ihrem Zustand hier' },
  answers: { 200: cards },
}

export const planRoute: RouteDescription = {
  id: 'plan_plugin',
  tag: 'plugins',
  permission: 'platform.kernel.plugin.switch',
  summary: { en: 'What switching it would do', de: 'Was ein Umschalten bewirken würde' },
  parameters: [id],
  body: {
    schema: { type: 'object', additionalProperties: false, required: ['action'], properties: { action } },
    example: { action: 'enable' },
  },
  answers: {
    200: {
      description: { en: 'The plan', de: 'Der Plan' },
      content: { schema: ref('PluginPlan') },
    },
  },
  problems: ['tier_required', 'plugin_quarantined'],
}

export const applyRoute: RouteDescription = {
  id: 'apply_plugin',
  tag: 'plugins',
  permission: 'platform.kernel.plugin.switch',
  summary: { en: 'Carry out the plan', de: 'Den Plan ausführen' },
  parameters: [id],
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['action', 'hash'],
      properties: { action, hash: { type: 'string' } },
    },
    example: { action: 'enable', hash: 'vJ2…' },
  },
  answers: { 200: cards },
  problems: ['plan_stale', 'plan_blocked', 'tier_required', 'plugin_quarantined', 'plugin_refused'],
  plugins: true,
}

export const retryRoute: RouteDescription = {
  id: 'retry_plugin',
  tag: 'plugins',
  permission: 'platform.kernel.plugin.switch',
  summary: { en: 'Lift the quarantine', de: 'Die Quarantäne aufheben' },
  description: {
    en: 'Also tries again to bring the records to this version, where that failed.',
    de: 'Versucht auch noch einmal, die Datensätze auf diese Version zu bringen, wo das gescheitert ist.',
  },
  parameters: [id],
  answers: { 200: cards },
  problems: ['plan_blocked', 'tier_required', 'plugin_quarantined', 'plugin_refused', 'upgrade_failed'],
  plugins: true,
}

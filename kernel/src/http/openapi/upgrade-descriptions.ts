import type { JsonSchema } from '../../data/index.ts'
import { exampleId } from './example-values.ts'
import type { RouteDescription } from './describe.ts'
import { pluginParameter } from './plugin-parameter.ts'

const text: JsonSchema = { type: 'string' }
const count: JsonSchema = { type: 'integer', minimum: 0 }
const maybe = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const moment: JsonSchema = maybe({ type: 'string', format: 'date-time' })
const all = (properties: Readonly<Record<string, JsonSchema>>, ...required: string[]): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required: required.length > 0 ? required : Object.keys(properties),
  properties,
})

/** Why a record is not accepted: where, never what stands there. */
export const upgradeErrorSchema: JsonSchema = all(
  {
    entity: text,
    record: { type: 'string', format: 'uuid' },
    trash: {
      const: true,
      description: {
        en: 'The record lies in the trash: lists do not show it.',
        de: 'Der Datensatz liegt im Papierkorb: Listen zeigen ihn nicht.',
      },
    },
    pointer: text,
    code: text,
    detail: text,
  },
  'pointer',
  'code',
  'detail',
)

const upgradeErrorExample = {
  entity: 'customer',
  record: exampleId('record'),
  pointer: '/email',
  code: 'format',
  detail: 'An e-mail address is needed here, like name@example.com.',
}

export const recordsSchema = all({ done: count, total: count })

const summary = all({
  plugin: text,
  from: text,
  to: text,
  phase: {
    enum: ['expanded', 'contracted', 'reverted'],
    description: {
      en: 'expanded: both versions can run. contracted: only the newer one. reverted: only the older one.',
      de: 'expanded: beide Versionen können laufen. contracted: nur die neuere. reverted: nur die ältere.',
    },
  },
  tenants: all({ pending: count, running: count, failed: count, done: count }),
  records: recordsSchema,
  failed: {
    type: 'array',
    items: all({
      tenant: text,
      attempts: count,
      error: maybe(text),
      records: { type: 'array', items: upgradeErrorSchema },
    }),
  },
  open: {
    type: 'array',
    description: {
      en: 'Workspaces that are not done, at most 100, those under way first',
      de: 'Arbeitsbereiche, die nicht fertig sind, höchstens 100, zuerst die, an denen gearbeitet wird',
    },
    items: all({ tenant: text, state: { enum: ['pending', 'running', 'failed'] }, records: recordsSchema }),
  },
  startedAt: moment,
  finishedAt: moment,
})

const example = {
  plugin: 'crm',
  from: '1.4.0',
  to: '2.0.0',
  phase: 'expanded',
  tenants: { pending: 0, running: 1, failed: 1, done: 18 },
  records: { done: 41_200, total: 41_900 },
  failed: [
    {
      tenant: 'acme',
      attempts: 2,
      error: 'Version 2.0.0 does not accept what is stored.',
      records: [upgradeErrorExample],
    },
  ],
  open: [
    { tenant: 'nordwind', state: 'running', records: { done: 600, total: 1_299 } },
    { tenant: 'acme', state: 'failed', records: { done: 0, total: 1 } },
  ],
  startedAt: '2026-03-16T09:30:00.000Z',
  finishedAt: null,
}

const answers: RouteDescription['answers'] = {
  200: {
    description: { en: 'All upgrades, the newest first', de: 'Alle Umstellungen, die neueste zuerst' },
    content: {
      schema: all({ items: { type: 'array', items: summary } }),
      example: { items: [example] },
    },
  },
}

const operator = { tag: 'platform', operator: true, answers } as const
const refusals = ['operator_token_wrong', 'not_found'] as const

const plugin = pluginParameter('plugin')

export const upgradesRoute: RouteDescription = {
  ...operator,
  id: 'list_upgrades',
  permission: 'platform.upgrade.read',
  summary: {
    en: 'How far all workspaces are on their way to the present versions of the plugins',
    de: 'Wie weit alle Arbeitsbereiche auf dem Weg zu den jetzigen Versionen der Plugins sind',
  },
  problems: refusals,
}

export const runUpgradesRoute: RouteDescription = {
  ...operator,
  id: 'run_upgrades',
  permission: 'platform.upgrade.manage',
  summary: {
    en: 'Bring along what is left, also what failed before',
    de: 'Umstellen, was übrig ist, auch was zuvor scheiterte',
  },
  description: {
    en: 'Workers do so by themselves every hour. Answers when all have been tried.',
    de: 'Worker tun das stündlich von selbst. Antwortet, wenn alle versucht sind.',
  },
  problems: refusals,
}

export const contractRoute: RouteDescription = {
  ...operator,
  id: 'contract_upgrade',
  permission: 'platform.upgrade.manage',
  summary: {
    en: 'Drop what only the older version needed',
    de: 'Entfernen, was nur die ältere Version brauchte',
  },
  description: {
    en: 'The only step that destroys anything, and the end of the way back. No node may run the older version any more. Looks at every record once more before.',
    de: 'Der einzige Schritt, der etwas zerstört, und das Ende des Rückwegs. Kein Knoten darf mehr die ältere Version ausführen. Sieht zuvor jeden Datensatz noch einmal an.',
  },
  parameters: [plugin],
  problems: [...refusals, 'upgrade_unknown', 'upgrade_incomplete'],
}

export const revertRoute: RouteDescription = {
  ...operator,
  id: 'revert_upgrade',
  permission: 'platform.upgrade.manage',
  summary: { en: 'Go back to the older version', de: 'Zur älteren Version zurückkehren' },
  description: {
    en: 'Asked of a node that runs the older version, when no node runs the newer one any more. What only the newer one knew is dropped.',
    de: 'Von einem Knoten mit der älteren Version zu verlangen, wenn keiner mehr die neuere ausführt. Was nur die neuere kannte, entfällt.',
  },
  parameters: [plugin],
  problems: [...refusals, 'upgrade_unknown', 'upgrade_incomplete'],
}

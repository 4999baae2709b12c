import type { PluginCard, PluginPlan, PluginState } from '@plinth/sdk'
import { setLocale } from '@plinth/ui'
import { beforeEach, describe, expect, test } from 'vitest'
import { doneText, rowsTouched, stepReason } from './plan-words.ts'
import { groupPlugins } from './plugin-list.ts'
import { undoPlan } from './undo-plan.ts'
import { haltedSentence } from './upgrade-note.ts'

const NAMES: Record<string, string> = { employees: 'Personal', crm: 'Kundenverwaltung', tickets: 'Tickets' }
const REQUIRES: Record<string, string[]> = { employees: [], crm: ['employees'], tickets: ['crm'] }

function card(id: string, state: PluginState = 'enabled', category = 'Vertrieb'): PluginCard {
  return {
    id,
    version: '1.0.0',
    publisher: 'plinth',
    name: { en: id, de: NAMES[id] ?? id },
    description: { en: `About ${id}` },
    icon: 'box',
    category: { en: category },
    tier: 'free',
    state,
    requires: REQUIRES[id] ?? [],
    requiredBy: [],
  }
}

const cards = [card('crm'), card('employees', 'enabled', 'Team'), card('tickets', 'disabled', 'Service')]

function plan(action: PluginPlan['action'], requested: string, ...steps: string[]): PluginPlan {
  return {
    plugin: requested,
    action,
    hash: `${action}-${requested}`,
    blockers: [],
    steps: steps.map((id) => ({
      plugin: id,
      name: { en: id, de: NAMES[id] ?? id },
      action,
      because: id === requested ? 'requested' : 'dependency',
      limits: [],
      entities: [{ label: { en: id }, rows: 28 }],
    })),
  }
}

beforeEach(() => setLocale('de'))

describe('a plan in words', () => {
  test('each step says why it is there: chosen, or needed by whom', () => {
    const on = plan('enable', 'tickets', 'employees', 'crm', 'tickets')
    expect(on.steps.map((step) => stepReason(step, on, cards))).toEqual([
      'wird von Kundenverwaltung gebraucht',
      'wird von Tickets gebraucht',
      'von Ihnen gewählt',
    ])
  })

  test('switching off, each step says what it builds on', () => {
    const off = plan('disable', 'employees', 'tickets', 'crm', 'employees')
    expect(off.steps.map((step) => stepReason(step, off, cards))).toEqual([
      'baut auf Kundenverwaltung auf',
      'baut auf Personal auf',
      'von Ihnen gewählt',
    ])
  })

  test('what was done names the chosen plugin and counts the others', () => {
    expect(doneText(plan('enable', 'tickets', 'tickets'))).toBe('Tickets ist eingeschaltet')
    expect(doneText(plan('enable', 'tickets', 'crm', 'tickets'))).toBe(
      'Tickets und ein weiteres Plugin sind eingeschaltet',
    )
    expect(doneText(plan('disable', 'employees', 'tickets', 'crm', 'employees'))).toBe(
      'Personal und 2 weitere Plugins sind ausgeschaltet',
    )
    setLocale('en')
    expect(doneText(plan('enable', 'tickets', 'employees', 'crm', 'tickets'))).toBe(
      'tickets and 2 more plugins are on',
    )
  })

  test('the rows of all steps are counted together', () => {
    expect(rowsTouched(plan('disable', 'crm', 'tickets', 'crm'))).toBe(56)
  })
})

describe('undo', () => {
  /** A server on which only dependencies decide; remembers what was applied. */
  function server(on: Set<string>) {
    const applied: string[] = []
    const dependants = (id: string): string[] =>
      [...on]
        .filter((other) => REQUIRES[other]?.includes(id))
        .flatMap((other) => [...dependants(other), other])
    const needs = (id: string): string[] => (REQUIRES[id] ?? []).flatMap((other) => [...needs(other), other])
    return {
      applied,
      calls: {
        fetchPlan: async (id: string, action: PluginPlan['action']) => {
          const all = action === 'enable' ? [...needs(id), id] : [...dependants(id), id]
          return plan(
            action,
            id,
            ...[...new Set(all)].filter((each) => on.has(each) === (action === 'disable')),
          )
        },
        applyPlan: async (made: PluginPlan) => {
          for (const { plugin } of made.steps) {
            applied.push(`${made.action} ${plugin}`)
            if (made.action === 'enable') on.add(plugin)
            else on.delete(plugin)
          }
          return cards
        },
      },
    }
  }

  test('takes back exactly the steps that were done, last one first', async () => {
    const { calls, applied } = server(new Set(['employees', 'crm', 'tickets']))
    await undoPlan(plan('enable', 'tickets', 'crm', 'tickets'), calls)
    expect(applied).toEqual(['disable tickets', 'disable crm'])
  })

  test('brings back everything that went with the chosen plugin', async () => {
    const { calls, applied } = server(new Set())
    await undoPlan(plan('disable', 'employees', 'tickets', 'crm', 'employees'), calls)
    expect(applied).toEqual(['enable employees', 'enable crm', 'enable tickets'])
  })

  test('stops where it would take away what was not part of it', async () => {
    const { calls, applied } = server(new Set(['employees', 'crm', 'tickets']))
    const result = await undoPlan(plan('enable', 'crm', 'crm'), calls)
    expect(result).toMatchObject({ kind: 'wider', plan: { plugin: 'crm' } })
    expect(applied).toEqual([])
  })

  test('leaves alone what somebody has taken back already', async () => {
    const { calls, applied } = server(new Set(['employees']))
    await undoPlan(plan('enable', 'tickets', 'crm', 'tickets'), calls)
    expect(applied).toEqual([])
  })
})

describe('the list of plugins', () => {
  const ids = (search: string, show: Parameters<typeof groupPlugins>[2]) =>
    groupPlugins(cards, search, show).map(({ category, plugins }) => [
      category,
      ...plugins.map(({ id }) => id),
    ])

  test('is grouped by category, in the order of the alphabet', () => {
    expect(ids('', 'all')).toEqual([
      ['Service', 'tickets'],
      ['Team', 'employees'],
      ['Vertrieb', 'crm'],
    ])
  })

  test('finds every typed word in name, description and category', () => {
    expect(ids('KUNDEN vertrieb', 'all')).toEqual([['Vertrieb', 'crm']])
    expect(ids('kunden team', 'all')).toEqual([])
  })

  test('shows what is on, or what is off', () => {
    expect(ids('', 'off')).toEqual([['Service', 'tickets']])
    expect(ids('', 'on')).toHaveLength(2)
  })
})

describe('an upgrade that is under way or has failed', () => {
  const upgrading = (upgrade: PluginCard['upgrade'], state: PluginState = 'upgrading'): PluginCard => ({
    ...card('crm', state),
    ...(upgrade ? { upgrade } : {}),
    ...(state === 'quarantined' ? { reason: 'Version 2.0.0 does not accept what is stored.' } : {}),
  })
  const failed = { from: '1.0.0', to: '2.0.0', state: 'failed', records: { done: 0, total: 3 } } as const
  const error = { entity: 'customer', pointer: '/email', code: 'format', detail: 'The value must match.' }

  test('is among those that are on', () => {
    expect(groupPlugins([upgrading(undefined)], '', 'on')).toHaveLength(1)
    expect(groupPlugins([upgrading(undefined)], '', 'off')).toHaveLength(0)
  })

  test('says how many values are not accepted, in the language of the page', () => {
    const one = upgrading({ ...failed, errors: [error] }, 'quarantined')
    expect(haltedSentence(one)).toBe(
      'Angehalten: Version 2.0.0 nimmt einen der gespeicherten Werte nicht an.',
    )
    const three = upgrading({ ...failed, errors: [error, error, error] }, 'quarantined')
    expect(haltedSentence(three)).toBe('Angehalten: Version 2.0.0 nimmt 3 der gespeicherten Werte nicht an.')
  })

  test('says how many of the records lie in the trash, where lists do not show them', () => {
    const [live, gone] = [
      { ...error, record: 'a' },
      { ...error, record: 'b', trash: true },
    ] as const
    const one = upgrading({ ...failed, errors: [live, gone, gone] }, 'quarantined')
    expect(haltedSentence(one)).toBe(
      'Angehalten: Version 2.0.0 nimmt 3 der gespeicherten Werte nicht an. Einer dieser Datensätze liegt im Papierkorb.',
    )
    const two = upgrading({ ...failed, errors: [gone, { ...gone, record: 'c' }] }, 'quarantined')
    expect(haltedSentence(two)).toMatch(/2 dieser Datensätze liegen im Papierkorb\.$/)
  })

  test('says the reason where no value is the cause', () => {
    expect(haltedSentence(upgrading({ ...failed, errors: [] }, 'quarantined'))).toBe(
      'Angehalten: Version 2.0.0 does not accept what is stored.',
    )
    expect(haltedSentence(upgrading(undefined))).toBeUndefined()
  })
})

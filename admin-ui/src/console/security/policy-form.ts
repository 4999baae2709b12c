import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { formField, formOf } from '../../form-dialog/generated-form.ts'
import { both, type TextKey } from './texts.ts'

/** Settings by section, as the API has them. */
export type Policy = Readonly<Record<PolicySection, Readonly<Record<string, number | boolean | string>>>>

export type PolicySection =
  | 'password'
  | 'lockout'
  | 'session'
  | 'secondFactor'
  | 'signIn'
  | 'disclosure'
  | 'adaptive'

type Bounds = readonly [min: number, max: number]

/** What a setting is drawn as: a number within bounds, a choice of words, or on and off. */
const SETTINGS: Readonly<
  Record<PolicySection, Readonly<Record<string, Bounds | readonly string[] | 'toggle'>>>
> = {
  password: {
    minLength: [8, 64],
    minScore: [0, 100],
    requireUppercase: 'toggle',
    requireLowercase: 'toggle',
    requireNumbers: 'toggle',
    requireSpecial: 'toggle',
    maxAgeDays: [0, 3650],
    history: [0, 24],
    minLengthWithSecondFactor: [8, 64],
  },
  lockout: { attempts: [3, 100], minutes: [1, 1440] },
  session: { totalHours: [1, 720], idleMinutes: [0, 1440] },
  secondFactor: {
    required: ['administrators', 'everyone'],
    graceDays: [0, 365],
    emailCodes: ['nobody', 'members', 'everyone'],
    confirmMinutes: [1, 1440],
  },
  signIn: { links: 'toggle' },
  disclosure: { administrators: 'toggle' },
  adaptive: { mode: ['off', 'observe', 'enforce'], stepUpFrom: [10, 100], denyFrom: [20, 100] },
}

export const POLICY_SECTIONS = Object.keys(SETTINGS) as readonly PolicySection[]

/** What the form of a section is drawn from. */
export function policyMeta(section: PolicySection): EntityMeta {
  const fields = Object.entries(SETTINGS[section]).map(([name, kind]): FieldMeta => {
    const key = `${section}.${name}` as TextKey
    const label = both(key)
    if (kind === 'toggle') return formField(name, 'bool', label, { required: false })
    const help = { help: both(`${key}.help` as TextKey) }
    return isBounds(kind)
      ? formField(name, 'int', label, { min: kind[0], max: kind[1], ...help })
      : formField(name, 'enum', label, {
          values: kind.map((value) => ({ value, label: both(`${key}.${value}` as TextKey) })),
          ...help,
        })
  })
  return formOf(fields)
}

/** What of a section has become another; numbers are typed as texts. */
export function policyChanges(
  before: Policy[PolicySection],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const typed = Object.entries(values).map(([name, value]) =>
    typeof before[name] === 'number' ? ([name, Number(value)] as const) : ([name, value] as const),
  )
  return Object.fromEntries(typed.filter(([name, value]) => value !== before[name]))
}

function isBounds(kind: Bounds | readonly string[]): kind is Bounds {
  return typeof kind[0] === 'number'
}

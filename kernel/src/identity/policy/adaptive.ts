import type { PolicySection } from './section.ts'

export interface AdaptivePolicy {
  /** `off`: nothing is looked at or kept. `observe`: the audit log says what would have been. `enforce`: it is. */
  readonly mode: 'off' | 'observe' | 'enforce'
  /** Points from which someone without a second factor gives a code by mail. */
  readonly stepUpFrom: number
  /** Points from which a sign-in is refused. */
  readonly denyFrom: number
}

export const adaptiveSection: PolicySection<AdaptivePolicy> = {
  defaults: { mode: 'observe', stepUpFrom: 40, denyFrom: 90 },
  properties: {
    mode: { enum: ['off', 'observe', 'enforce'] },
    stepUpFrom: { type: 'integer', minimum: 10, maximum: 100 },
    denyFrom: { type: 'integer', minimum: 20, maximum: 100 },
  },
  warnings: ({ stepUpFrom, denyFrom }) => [
    ...(denyFrom <= stepUpFrom ? [{ setting: 'denyFrom', code: 'abrupt' } as const] : []),
    ...(denyFrom < 60 ? [{ setting: 'denyFrom', code: 'strict' } as const] : []),
  ],
}

import type { ProblemCode } from '../../errors.ts'

/** How what is part of a feature is refused once that is off. */
export function featureProblems(feature: string | undefined): readonly ProblemCode[] {
  return feature === undefined ? [] : ['feature_off', 'tier_required']
}

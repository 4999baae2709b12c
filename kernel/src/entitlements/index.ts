export { evaluateFeature, type FeatureQuestion, type Rollout } from './feature.ts'
export { storeOverride, UNDECIDED, type StoredOverride } from './feature-overrides.ts'
export { FeatureRollouts, type Rollouts, type StoredRollout } from './feature-rollouts.ts'
export { entitlementOf, requireEntitlement, type Entitlement } from './entitlement.ts'

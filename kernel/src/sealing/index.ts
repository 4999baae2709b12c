export { destroyKeys, planDestruction, type Destruction } from './destruction.ts'
export { keyStates, ringState, type RingKeyState, type TenantKeyState } from './key-states.ts'
export { RENEWAL_STEPS, renewalOf, type Renewal } from './renewal.ts'
export { KeyRenewals, tellOfKeys } from './renewals.ts'

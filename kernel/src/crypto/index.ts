export { blindIndex } from './blind-index.ts'
export { KeyRing, KeyRingError, newKey, newRingKey, type WrappedKey } from './key-ring.ts'
export { openKeyRing, type KeyRingPlace } from './open-key-ring.ts'
export { keyNumberOf, seal, SealBroken, unsealBytes } from './sealed-value.ts'

export { Places } from './places.ts'
export { asAdmin } from './prepare-place.ts'
export { Servers } from './servers.ts'
export { WarmPool } from './warm-pool.ts'

export { Places } from './places.ts'
export { FAULT_SUBJECTS, messageOf, type ServerFault } from './server-faults.ts'
export { Servers } from './servers.ts'
export { WarmPool } from './warm-pool.ts'

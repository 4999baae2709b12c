export { createRoot, openScope, type Scope } from './scopes.ts'

export { entitlementOf, requireEntitlement, type Entitlement } from './entitlement.ts'

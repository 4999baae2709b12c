export { ApiKeys } from './api-keys.ts'
export type { Identity, MemberProfile } from './identity.ts'
export { Members, type NewMember } from './members.ts'
export { Sessions, SESSION_HOURS, type OpenedSession, type Proof } from './sessions.ts'

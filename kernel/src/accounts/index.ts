export { AccountLinks, LINKS } from './account-links.ts'
export { Credentials } from './credentials.ts'
export { Delegations, type Delegation, type DelegationWish } from './delegations.ts'
export { Invitations, type NewInvitation, type WrittenInvitation } from './invitations.ts'
export { PasswordLinks } from './password-links.ts'
export { MAIL_CODE_MINUTES, MailCodes, type MailCodeOwner } from './mail-codes.ts'
export {
  MemberAccounts,
  type MemberAccount,
  type MemberChange,
  type MemberSearch,
} from './member-accounts.ts'
export { isPublished, refusePublished, type PublishedAccounts } from './published-accounts.ts'
export {
  checkReach,
  checkRoles,
  checkTakeover,
  beyond,
  checkWholeReach,
  giverOf,
  type Giver,
  knownRoles,
  mayGive,
  mayPassOn,
} from './role-giving.ts'

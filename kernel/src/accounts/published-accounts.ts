import { Failure } from '../errors.ts'
import { addressKey } from '../identity/index.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Sign-ins that a demonstration platform shows to everyone, by slug of the workspace. */
export type PublishedAccounts = ReadonlyMap<string, readonly { readonly email: string }[]>

export function isPublished(accounts: PublishedAccounts, { slug }: Tenant, email: string): boolean {
  return (accounts.get(slug) ?? []).some((account) => account.email === addressKey(email))
}

/** Whoever looks around next signs in with the password that is printed, and with nothing else. @throws Failure `demo_account` */
export function refusePublished(accounts: PublishedAccounts, tenant: Tenant, email: string): void {
  if (isPublished(accounts, tenant, email)) throw new Failure('demo_account')
}

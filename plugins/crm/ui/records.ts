import type { Activity, Contact, Customer } from '../src/contract.ts'

/** A record referred to, as it comes with `include`. */
export interface Included {
  readonly id: string
  readonly label: string
}

export type ShownCustomer = Customer & { readonly ownerEmployee?: Included | null }

export type ShownActivity = Activity & {
  readonly contact?: Included | null
  readonly employee?: Included | null
}

/** A contact's name; the first name may be unknown. */
export function contactName({ firstName, lastName }: Pick<Contact, 'firstName' | 'lastName'>): string {
  return [firstName, lastName].filter(Boolean).join(' ')
}

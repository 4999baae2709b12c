export interface Account {
  /** The workspace. */
  readonly slug: string
  readonly email: string
  readonly password: string
}

/** The sign-ins of a demonstration platform, as it shows them in the terminal. */
export function printedAccounts(output: string): Account[] {
  const password = /password (\S+)/.exec(output)?.[1] ?? ''
  const accounts: Account[] = []
  let slug = ''
  for (const line of output.split('\n')) {
    slug = /\/t\/([a-z0-9-]+)\//.exec(line)?.[1] ?? slug
    const email = /^\s+(\S+@\S+)\s+(administrator|member)$/.exec(line)?.[1]
    if (email) accounts.push({ slug, email, password })
  }
  return accounts
}

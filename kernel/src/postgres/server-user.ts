import { existsSync, readFileSync, statSync } from 'node:fs'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** A user of the operating system that the database server runs as. */
export interface ServerUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. Started as root, Plinth hands the server to whoever owns the existing data, else to
 * `postgres`, else to `nobody`.
 *
 * @returns undefined when the server may run as the user of this process.
 * @throws EmbeddedPostgresError `user_missing`
 */
export function serverUser(data: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
  if (existsSync(data)) {
    const { uid, gid } = statSync(data)
    if (uid !== 0) return { name: users.find((user) => user.uid === uid)?.name ?? String(uid), uid, gid }
  }
  const user = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody')
  if (!user) {
    throw new EmbeddedPostgresError(
      'user_missing',
      'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Start Plinth as an ordinary user, or set DATABASE_URL.',
    )
  }
  return user
}

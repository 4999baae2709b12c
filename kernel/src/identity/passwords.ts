import { hash, verify } from '@node-rs/argon2'

/** OWASP's recommendation for argon2id, the library's default algorithm: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** A hash of nothing anyone has, so that an unknown address takes as long as a wrong password. */
const decoy = hash('no one has this password', COST)

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST)
}

/** Whether the password belongs to the hash. Takes the same time when there is no hash. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy), password.normalize('NFKC'))
  return stored !== undefined && matches
}

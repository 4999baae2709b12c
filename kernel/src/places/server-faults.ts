import type { Database } from '../data/index.ts'

/**
 * What of a server is not as it should be: `connection`: it does not answer. `tables`: its common database was not brought up to date. `spares`:
 * no place can be made ready for the next tenant. `removal`: a place that was given up cannot be removed.
 */
export const FAULT_SUBJECTS = ['connection', 'tables', 'spares', 'removal'] as const
export type FaultSubject = (typeof FAULT_SUBJECTS)[number]

/** Something that is wrong with a server now. */
export interface ServerFault {
  readonly server: string
  readonly about: FaultSubject
  readonly error: string
  /** When it was first seen, as ISO time. */
  readonly since: string
  /** When it was last seen. */
  readonly seenAt: string
}

/** The faults of database servers, kept in the control database: whoever finds one writes it down, whoever finds it gone removes it. */
export class ServerFaults {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** All there are now, by server. */
  async all(): Promise<ServerFault[]> {
    return this.#database.queryPlatform<ServerFault & Record<string, unknown>>({
      text: 'SELECT server, about, error, since, seen_at AS "seenAt" FROM plinth.server_fault ORDER BY server, about',
    })
  }

  /** Notes how something was found. @param error undefined when it is as it should be */
  async note(server: string, about: FaultSubject, error?: unknown): Promise<void> {
    await this.#database.queryPlatform(
      error === undefined
        ? {
            text: 'DELETE FROM plinth.server_fault WHERE (server, about) = ($1, $2)',
            values: [server, about],
          }
        : {
            text: `INSERT INTO plinth.server_fault (server, about, error) VALUES ($1, $2, $3)
              ON CONFLICT (server, about) DO UPDATE SET error = EXCLUDED.error, seen_at = now()`,
            values: [server, about, messageOf(error)],
          },
    )
  }

  /** Forgets servers that are no longer configured. */
  async keepOnly(servers: Iterable<string>): Promise<void> {
    await this.#database.queryPlatform({
      text: 'DELETE FROM plinth.server_fault WHERE server <> ALL ($1)',
      values: [[...servers]],
    })
  }
}

/** What went wrong, in a text. Errors of several attempts to connect have theirs within. */
export function messageOf(error: unknown): string {
  if (typeof error === 'string') return error
  const within = error instanceof AggregateError ? (error.errors[0] as unknown) : error
  return ((within as Error).message || String(within)).slice(0, 500)
}

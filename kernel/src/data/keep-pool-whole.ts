import type pg from 'pg'

/**
 * Takes connections that end while in use out of the pool. Whoever holds one cannot give it back: a transaction rolls back first, that
 * fails, and MikroORM and Kysely leave it at that. Without this, each lost connection costs the pool a place for good.
 */
export function keepPoolWhole(pool: pg.Pool): void {
  const inUse = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => void inUse.add(client))
  pool.on('release', (_, client) => void inUse.delete(client))
  onFirstUse(pool, (client) => {
    // The statement that fails tells of it; an event nobody hears would end the process.
    client.on('error', () => undefined)
    client.once('end', () => {
      if (!inUse.has(client)) return
      client.release(true)
      // Should the holder give it back after all.
      client.release = () => undefined
    })
  })
}

/** Hands over each connection before it is used for the first time; the pool may have opened one before anyone could listen. */
export function onFirstUse(pool: pg.Pool, prepare: (client: pg.PoolClient) => void): void {
  const known = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => {
    if (known.has(client)) return
    known.add(client)
    prepare(client)
  })
}

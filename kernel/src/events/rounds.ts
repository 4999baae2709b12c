import { addressKey, type Database, type DatabaseAddress, type Homes } from '../data/index.ts'

/** When the next delivery falls due. */
export const NEXT_DELIVERY =
  'SELECT min(next_at) AS next FROM plinth.delivery WHERE done_at IS NULL AND dead_at IS NULL'

const LIST_MS = 10_000
/** A database of a single tenant is looked at this often even if no one has said that there is something. */
const ROUND_MS = 60_000

/**
 * Which databases to look into for work that waits there, such as deliveries. Common ones every time; those of single tenants when there is news from their
 * tenant, when something there falls due, and otherwise once in a while, so that a thousand of them cost next to nothing.
 */
export class Rounds {
  readonly #database: Database
  readonly #homes: Homes
  readonly #nextDue: string
  readonly #due = new Map<string, number>()
  readonly #news = new Set<string>()
  #list: readonly DatabaseAddress[] = []
  #listedAt = 0

  /** @param nextDue statement that answers when, as `next`, there will be something to do in a database */
  constructor(database: Database, homes: Homes, nextDue: string) {
    this.#database = database
    this.#homes = homes
    this.#nextDue = nextDue
  }

  /** There is news from a tenant. */
  note(tenantId: string): void {
    this.#news.add(tenantId)
  }

  /**
   * Works in each of them in turn, as long as there is something to do, so that a full one keeps no other waiting.
   *
   * @param work answers whether there may be more in that database
   */
  async walk(work: (address: DatabaseAddress) => Promise<boolean>, goOn: () => boolean): Promise<void> {
    let open = await this.#next()
    while (open.length > 0 && goOn()) {
      const left: DatabaseAddress[] = []
      for (const address of open) if (await work(address)) left.push(address)
      open = left
    }
  }

  /** All databases in which tenants live. */
  async databases(): Promise<readonly DatabaseAddress[]> {
    if (Date.now() - this.#listedAt < LIST_MS) return this.#list
    this.#list = await this.#database.queryPlatform<DatabaseAddress & Record<string, unknown>>({
      name: 'plinth_databases',
      text: `SELECT DISTINCT server, database FROM plinth.tenant UNION SELECT 'main', ''`,
    })
    this.#listedAt = Date.now()
    return this.#list
  }

  /** Nothing more is waiting in a database now. */
  async done(address: DatabaseAddress): Promise<void> {
    if (address.database === '') return
    const [row] = await this.#database.queryPlatform<{ next: Date | string | null }>(
      { text: this.#nextDue },
      address,
    )
    const next = row?.next == null ? Infinity : new Date(row.next).getTime()
    this.#due.set(addressKey(address), Math.min(next, Date.now() + ROUND_MS))
  }

  /** Databases to look into now. */
  async #next(): Promise<DatabaseAddress[]> {
    await this.#takeNews()
    const now = Date.now()
    return (await this.databases()).filter(
      (address) => address.database === '' || (this.#due.get(addressKey(address)) ?? 0) <= now,
    )
  }

  async #takeNews(): Promise<void> {
    for (const tenantId of this.#news) {
      this.#news.delete(tenantId)
      const home = await this.#homes.locate(tenantId).catch(() => undefined)
      if (!home) continue
      this.#due.delete(addressKey(home))
      // A tenant that has just come to be, or just moved, may live where no list knows of.
      if (!this.#list.some((each) => addressKey(each) === addressKey(home))) this.#listedAt = 0
    }
  }
}

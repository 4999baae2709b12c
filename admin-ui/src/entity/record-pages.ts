import type { ListPage } from '@plinth/sdk'
import { api, asProblem, withCustomValues, type AnyRecord, type ApiProblem, type ListQuery } from '@plinth/ui'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { LeftList } from './list-memory.ts'

/** Rows per request. */
const PAGE = 50

/** As many rows as one request may ask for. */
const LARGEST = 200

/** The rows of a list that grows page by page. Answers to a question that is no longer asked are dropped. */
export class RecordPages implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #running: AbortController | undefined
  #path = ''
  #query: ListQuery = {}

  /** Undefined until the first page has come. */
  rows: readonly AnyRecord[] | undefined
  next: string | null = null
  total: number | undefined
  /** Another order, search or filter is being loaded; the rows are still the old ones. */
  loading = false
  problem: ApiProblem | undefined
  moreFailed = false

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#running?.abort()
  }

  /** Asks for the first page. The rows shown so far stay until it is there. */
  async load(path: string, query: ListQuery): Promise<void> {
    this.#path = path
    this.#query = { ...query, limit: PAGE }
    this.#running?.abort()
    const { signal } = (this.#running = new AbortController())
    this.loading = true
    this.#host.requestUpdate()
    try {
      const page = await api.list(path, { ...this.#query, count: true }, { signal })
      if (signal.aborted) return
      this.rows = page.items.map((row) => withCustomValues(row))
      this.total = page.total
      this.#took(page)
    } catch (error) {
      if (signal.aborted) return
      this.problem = asProblem(error)
      this.loading = false
    }
    this.#host.requestUpdate()
  }

  /** Shows rows from before at once, and then those of now, as many as there were. */
  async restore(path: string, query: ListQuery, before: LeftList): Promise<void> {
    this.rows = before.rows
    this.next = before.next
    this.total = before.total
    this.#path = path
    this.#query = { ...query, limit: PAGE }
    this.#running?.abort()
    const { signal } = (this.#running = new AbortController())
    try {
      const rows: AnyRecord[] = []
      let page: ListPage | undefined
      while (!page || (page.next && rows.length < before.rows.length)) {
        const limit = Math.min(LARGEST, Math.max(PAGE, before.rows.length - rows.length))
        page = await api.list(
          path,
          { ...this.#query, limit, cursor: page?.next ?? undefined, count: !page },
          { signal },
        )
        if (signal.aborted) return
        this.total = page.total ?? this.total
        rows.push(...page.items.map((row) => withCustomValues(row)))
      }
      this.rows = rows
      this.#took(page)
    } catch (error) {
      if (signal.aborted) return
      this.problem = asProblem(error)
    }
    this.#host.requestUpdate()
  }

  async reload(): Promise<void> {
    await this.load(this.#path, this.#query)
  }

  /** Appends the next page. */
  async more(): Promise<void> {
    const signal = this.#running?.signal
    if (!this.next || !signal || this.loading) return
    this.moreFailed = false
    this.#host.requestUpdate()
    try {
      const page = await api.list(this.#path, { ...this.#query, cursor: this.next }, { signal })
      if (signal.aborted) return
      // A record that moved down while reading comes a second time: show it once.
      const seen = new Set(this.rows?.map((row) => row.id))
      this.rows = [
        ...(this.rows ?? []),
        ...page.items.filter((row) => !seen.has(row.id)).map((row) => withCustomValues(row)),
      ]
      this.#took(page)
    } catch {
      if (signal.aborted) return
      this.moreFailed = true
    }
    this.#host.requestUpdate()
  }

  #took(page: ListPage): void {
    this.next = page.next
    this.loading = false
    this.problem = undefined
    this.moreFailed = false
  }
}

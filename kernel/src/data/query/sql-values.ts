/** Collects the values of a statement and hands out their placeholders. Values never become part of the SQL text. */
export class SqlValues {
  readonly list: unknown[] = []

  /** Placeholder for the value, e.g. `$3`. */
  add(value: unknown): string {
    this.list.push(value)
    return `$${this.list.length}`
  }
}

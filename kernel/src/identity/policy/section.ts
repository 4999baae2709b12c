import type { JsonSchema } from '../../data/index.ts'

/** One part of what a tenant asks of those who sign in: its settings, as everyone may change them who manages the policy. */
export interface PolicySection<T extends object> {
  /** What applies until the tenant says otherwise. */
  readonly defaults: T
  /** Schema of each setting, with bounds; no others are accepted. */
  readonly properties: Readonly<Record<keyof T & string, JsonSchema>>
  /** Settings that weaken what they seem to strengthen: name and code of each. Shown beside them, not refused. */
  readonly warnings?: (
    settings: T,
  ) => readonly { readonly setting: keyof T & string; readonly code: string }[]
}

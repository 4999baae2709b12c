import type { Tier } from '@plinth/sdk'

/** An isolated customer organisation, with the record that says where its data lives. */
export interface Tenant {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly tier: Tier
  /** `preparing`: created, but not yet ready for use. */
  readonly status: 'preparing' | 'active' | 'suspended'
  readonly locale: string
  /** Hue of the accent colour, 0 to 360. */
  readonly hue: number
  /** Database schema of its tables. */
  readonly schema: string
}

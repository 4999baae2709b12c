import type { Tier } from '@plinth/sdk'
import type { Home } from '../data/index.ts'

/** An isolated customer organisation, with the record that says where its data lives. */
export interface Tenant extends Home {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly tier: Tier
  /** `preparing`: created, but not yet ready for use. */
  readonly status: 'preparing' | 'active' | 'suspended'
  readonly locale: string
  /** IANA name of the time zone whose days and years count here. */
  readonly timeZone: string
  /** Hue of the accent colour, 0 to 360. */
  readonly hue: number
}

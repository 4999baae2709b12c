import type { RecordOf } from '@plinth/sdk'
import type { manifest } from '../manifest.ts'

/** A company or person we do or want to do business with. */
export type Customer = RecordOf<typeof manifest.entities.customer>

/** A person at a customer. */
export type Contact = RecordOf<typeof manifest.entities.contact>

/** One entry of the communication timeline. It never changes. */
export type Activity = RecordOf<typeof manifest.entities.activity>

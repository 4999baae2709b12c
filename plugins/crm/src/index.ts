import { definePlugin } from '@plinth/sdk'
import { manifest } from '../manifest.ts'
import { activityHooks } from './activity-hooks.ts'
import { contactHooks } from './contact-hooks.ts'
import { customerHooks } from './customer-hooks.ts'
import { mergeCustomers } from './merge-customers.ts'
import { createSampleData } from './sample-data.ts'
import { ticketMoved, ticketOpened, ticketUpdated } from './ticket-timeline.ts'

export const plugin = definePlugin(manifest, {
  actions: { customer: { merge: mergeCustomers } },
  hooks: { customer: customerHooks, contact: contactHooks, activity: activityHooks },
  subscribers: { ticketOpened, ticketUpdated, ticketMoved },
  sampleData: createSampleData,
})

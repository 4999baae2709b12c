import { definePlugin } from '@plinth/sdk'
import { manifest } from '../manifest.ts'
import { messageHooks } from './message-hooks.ts'
import { createSampleData } from './sample-data.ts'
import { ticketHooks } from './ticket-hooks.ts'

export const plugin = definePlugin(manifest, {
  hooks: { ticket: ticketHooks, message: messageHooks },
  sampleData: createSampleData,
})

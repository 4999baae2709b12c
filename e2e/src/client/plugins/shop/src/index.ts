import { definePlugin } from '@plinth/sdk'
import { manifest } from '../manifest.ts'

export const plugin = definePlugin(manifest, {
  actions: {
    customer: {
      async award({ record, input, host }) {
        const { id, version, points } = record
        await host.entities.customer.update(id, version, { points: points + input.points })
      },
      forget: ({ record, host }) => host.entities.customer.delete(record.id),
    },
  },
})

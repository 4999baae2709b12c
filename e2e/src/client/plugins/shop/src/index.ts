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
      worth: async ({ record, host }) => ({
        orders: await host.entities.order.count({ customerId: record.id }),
      }),
      async pool({ records, input, host }) {
        const points = records.reduce((sum, each) => sum + each.points, 0)
        for (const { id, version } of records)
          await host.entities.customer.update(id, version, { points: id === input.intoId ? points : 0 })
      },
      standing: async ({ input, host }) => ({
        customers: await host.entities.customer.count({ points: { gte: input.least } }),
      }),
    },
  },
  pluginActions: {
    async close({ input, host }) {
      for (const { id, version, points } of await host.entities.customer.find({
        filter: { status: 'active' },
      }))
        await host.entities.customer.update(id, version, { points: points + input.points })
    },
  },
})

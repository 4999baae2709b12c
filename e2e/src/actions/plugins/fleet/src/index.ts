import { definePlugin, PluginProblem } from '@plinth/sdk'
import { manifest } from '../manifest.ts'

export const plugin = definePlugin(manifest, {
  actions: {
    vehicle: {
      value: ({ record }) => ({
        price: record.price && { amount: (Number(record.price.amount) / 2).toFixed(2), currency: 'EUR' },
        good: Number(record.price?.amount ?? 0) > 10_000,
      }),
      async exchange({ records, input, host }) {
        for (const { id, version } of records.filter((each) => each.id !== input.keptId))
          await host.entities.vehicle.update(id, version, { sold: true })
      },
      async buy({ input, host }) {
        if (input.count === 5) throw new PluginProblem('too_many', 'Four at most.', { pointer: '/count' })
        for (let number = 1; number <= input.count; number++)
          await host.entities.vehicle.create({ name: `New ${number}` })
      },
      async tally({ input, host }) {
        const filter = input.most ? { price: { lte: input.most } } : {}
        return { vehicles: await host.entities.vehicle.count(filter) }
      },
    },
  },
  pluginActions: {
    async inspect({ host }) {
      await host.entities.vehicle.create({ name: 'Inspected' })
    },
  },
})

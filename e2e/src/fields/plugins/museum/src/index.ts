import { definePlugin } from '@plinth/sdk'
import { manifest } from '../manifest.ts'

export const plugin = definePlugin(manifest, {
  actions: {
    exhibit: {
      async lend({ record, host }) {
        await host.entities.exhibit.update(record.id, record.version, { lent: true })
      },
      async destroy({ record, host }) {
        await host.entities.exhibit.update(record.id, record.version, { state: null })
      },
      async group({ records, input, host }) {
        for (const { id, version } of records)
          await host.entities.exhibit.update(id, version, { story: input.room })
      },
    },
  },
})

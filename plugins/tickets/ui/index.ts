import { definePluginUi } from '@plinth/ui'
import de from '../locales/de.json' with { type: 'json' }
import en from '../locales/en.json' with { type: 'json' }

export const ui = definePluginUi({
  catalogs: { de, en },
  screens: { board: async () => (await import('./ticket-board.ts')).TicketBoard },
})

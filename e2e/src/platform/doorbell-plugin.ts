/** Files of a plugin that hears its own events: who rings is answered with an echo, by whichever process delivers events. */
export const DOORBELL_PLUGIN: Readonly<Record<string, string>> = {
  'doorbell/manifest.ts': `import { defineManifest } from '@plinth/sdk'

const named = (en: string, de: string) => ({ label: { en, de }, labelPlural: { en: \`\${en}s\`, de: \`\${de}e\` } })
const who = { type: 'string', label: { en: 'Who', de: 'Wer' }, required: true } as const

export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'doorbell',
  version: '1.0.0',
  publisher: 'example',
  license: 'MIT',
  area: 'example',
  name: { en: 'Doorbell', de: 'Klingel' },
  description: { en: 'Rings and is heard.', de: 'Klingelt und wird gehört.' },
  icon: 'bell',
  category: { en: 'Tests', de: 'Tests' },
  engines: { plinth: '^1' },
  tier: 'free',
  entities: {
    ring: { ...named('Ring', 'Klingelzeichen'), collection: 'rings', display: 'who', fields: { who } },
    echo: { ...named('Echo', 'Echo'), collection: 'echoes', display: 'who', fields: { who } },
  },
  events: { subscribes: [{ event: 'doorbell.ring.created', handler: 'rang' }] },
  ui: { navigation: [{ entity: 'ring', order: 900 }] },
})
`,
  'doorbell/src/index.ts': `import { definePlugin } from '@plinth/sdk'
import { manifest } from '../manifest.ts'

export const plugin = definePlugin(manifest, {
  subscribers: {
    async rang(event, host) {
      const ring = await host.entities.ring.get(event.subject)
      await host.entities.echo.create({ who: ring.who })
    },
  },
})
`,
}

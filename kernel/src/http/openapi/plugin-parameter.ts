import type { ParameterDescription } from './describe.ts'

/** Names a plugin in the path, as `name`. */
export const pluginParameter = (name: string): ParameterDescription => ({
  name,
  in: 'path',
  description: { en: 'Id of the plugin', de: 'Kennung des Plugins' },
  example: 'crm',
})

/** Name an entity in the path. */
export const entityParameters: readonly ParameterDescription[] = [
  pluginParameter('plugin'),
  {
    name: 'entity',
    in: 'path',
    description: { en: 'Name of the entity', de: 'Name der Entität' },
    example: 'customer',
  },
]

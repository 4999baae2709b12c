import type { RouteDescription } from './describe.ts'

export const shellRoute: RouteDescription = {
  id: 'get_shell',
  tag: 'workspace',
  summary: {
    en: 'Navigation, screens and entities of this member',
    de: 'Navigation, Bildschirme und Entitäten dieses Mitglieds',
  },
  answers: {
    200: {
      description: { en: 'The frame', de: 'Der Rahmen' },
      content: { schema: { $ref: '#/components/schemas/Shell' } },
    },
  },
}

export const metaRoute: RouteDescription = {
  id: 'get_entity_meta',
  tag: 'workspace',
  summary: {
    en: 'What lists and forms of an entity are drawn from',
    de: 'Woraus Listen und Formulare einer Entität gezeichnet werden',
  },
  parameters: [
    {
      name: 'plugin',
      in: 'path',
      description: { en: 'Id of the plugin', de: 'Kennung des Plugins' },
      example: 'crm',
    },
    {
      name: 'entity',
      in: 'path',
      description: { en: 'Name of the entity', de: 'Name der Entität' },
      example: 'customer',
    },
  ],
  answers: {
    200: {
      description: { en: 'The entity', de: 'Die Entität' },
      content: { schema: { $ref: '#/components/schemas/EntityMeta' } },
    },
  },
  problems: ['permission_missing'],
}

export const liveRoute: RouteDescription = {
  id: 'watch_workspace',
  tag: 'workspace',
  summary: { en: 'News, as they happen', de: 'Neues, sobald es geschieht' },
  description: {
    en: 'Server-sent events. Event shell means: fetch the shell again.',
    de: 'Server-sent events. Das Ereignis shell heißt: die Shell neu laden.',
  },
  answers: {
    200: {
      description: { en: 'A stream of events', de: 'Ein Strom von Ereignissen' },
      content: {
        type: 'text/event-stream',
        schema: { type: 'string' },
        example: 'event: shell\ndata: {}\n\n',
      },
    },
  },
}

import type { RouteDescription } from './describe.ts'
import { ref } from './schema-reference.ts'
import { entityParameters } from './plugin-parameter.ts'

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
      content: { schema: ref('Shell') },
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
  parameters: entityParameters,
  answers: {
    200: {
      description: { en: 'The entity', de: 'Die Entität' },
      content: { schema: ref('EntityMeta') },
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

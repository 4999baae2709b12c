import { FAULT_SUBJECTS } from '../../places/index.ts'
import type { RouteDescription } from './describe.ts'
import { bearer, level, operator } from './operator-descriptions.ts'
import { itemsOf } from './schema-reference.ts'

const fault = {
  type: 'object',
  required: ['about', 'error', 'since', 'seenAt'],
  properties: {
    about: { enum: [...FAULT_SUBJECTS] },
    error: { type: 'string' },
    since: { type: 'string', format: 'date-time' },
    seenAt: { type: 'string', format: 'date-time' },
  },
}

export const serversRoute: RouteDescription = {
  ...operator,
  id: 'list_servers',
  permission: 'platform.server.read',
  summary: {
    en: 'Database servers, how full they are, and what is wrong with them',
    de: 'Datenbankserver, wie voll sie sind und was ihnen fehlt',
  },
  parameters: [bearer],
  answers: {
    200: {
      description: { en: 'The servers', de: 'Die Server' },
      content: {
        schema: itemsOf({
          type: 'object',
          required: ['name', 'levels', 'weight', 'capacity', 'tenants', 'spares', 'faults'],
          properties: {
            name: { type: 'string' },
            levels: { type: 'array', items: level },
            weight: { type: 'number' },
            capacity: { type: ['integer', 'null'] },
            tenants: { type: 'integer' },
            spares: { type: 'integer' },
            faults: { type: 'array', items: fault },
          },
        }),
        example: {
          items: [
            {
              name: 'main',
              levels: ['shared', 'schema', 'database'],
              weight: 1,
              capacity: null,
              tenants: 4,
              spares: 2,
              faults: [],
            },
            {
              name: 'eu2',
              levels: ['shared', 'schema', 'database'],
              weight: 2,
              capacity: 500,
              tenants: 31,
              spares: 1,
              faults: [
                {
                  about: 'spares',
                  error: 'could not create directory: No space left on device',
                  since: '2026-03-01T08:00:00.000Z',
                  seenAt: '2026-03-01T08:04:00.000Z',
                },
              ],
            },
          ],
        },
      },
    },
  },
}

export const placesRoute: RouteDescription = {
  ...operator,
  id: 'list_places',
  permission: 'platform.server.read',
  summary: {
    en: 'Schemas and databases of single tenants, in use or ready for one',
    de: 'Schemas und Datenbanken einzelner Mandanten, belegt oder bereit',
  },
  parameters: [bearer],
  answers: {
    200: {
      description: { en: 'The places', de: 'Die Plätze' },
      content: {
        schema: itemsOf({
          type: 'object',
          required: ['server', 'database', 'schema', 'level', 'state', 'tenant', 'error'],
          properties: {
            server: { type: 'string' },
            database: { type: 'string' },
            schema: { type: 'string' },
            level,
            state: { enum: ['preparing', 'spare', 'taken', 'retired'] },
            tenant: { type: ['string', 'null'] },
            error: { type: ['string', 'null'] },
          },
        }),
        example: {
          items: [
            {
              server: 'main',
              database: '',
              schema: 't_4f3a9c21',
              level: 'schema',
              state: 'spare',
              tenant: null,
              error: null,
            },
          ],
        },
      },
    },
  },
}

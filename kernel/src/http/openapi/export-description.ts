import type { EntityModel } from '../../data/index.ts'
import { DELIMITERS, EXPORT_FORMATS, EXPORT_LOCALES } from '../../transfer/index.ts'
import { listParameters } from './collection-parameters.ts'
import { entityOperationId, type RouteDescription } from './describe.ts'
import { aboutMany } from './entity-route.ts'

const NOT_OF_EXPORTS = new Set(['limit', 'cursor', 'include', 'count'])

/** Files of an entity's records. */
export function describeExport(model: EntityModel): RouteDescription {
  const right = model.permission('export')
  return {
    id: entityOperationId('export', model),
    tag: model.plugin,
    entity: { id: model.id, operation: 'read' },
    permission: right,
    summary: aboutMany(model, 'Export {name} as a file', '{name} als Datei ausgeben'),
    description: {
      en: `All records the list shows for the same filter, search and order, as far as they may also be exported (${right}). References come as id and label, amounts as amount and currency, dates after ISO 8601. Times are in UTC; with the parameter locale they are in the time zone of the workspace and say how far it is ahead, and in workbooks they are what clocks there show. In CSV, cells that a spreadsheet could take for a formula begin with an apostrophe, which an import takes away again.`,
      de: `Alle Datensätze, die die Liste bei gleichem Filter, gleicher Suche und Reihenfolge zeigt, soweit sie auch ausgegeben werden dürfen (${right}). Verweise kommen als Kennung und Name, Beträge als Betrag und Währung, Daten nach ISO 8601. Zeiten stehen in UTC; mit dem Parameter locale in der Zeitzone des Arbeitsbereichs samt deren Abstand zu UTC, in Arbeitsmappen als das, was die Uhren dort zeigen. In CSV beginnen Zellen, die eine Tabellenkalkulation für eine Formel halten könnte, mit einem Apostroph, das ein Import wieder wegnimmt.`,
    },
    parameters: [
      {
        name: 'format',
        description: { en: 'Kind of file', de: 'Art der Datei' },
        schema: { enum: [...EXPORT_FORMATS], default: 'csv' },
        example: 'csv',
      },
      {
        name: 'locale',
        description: {
          en: 'For people: labels in this language instead of names, a byte order mark, and in German semicolons and decimal commas',
          de: 'Für Menschen: Beschriftungen in dieser Sprache statt Namen, eine Bytereihenfolge-Marke, und auf Deutsch Semikolons und Dezimalkommas',
        },
        schema: { enum: [...EXPORT_LOCALES] },
        example: 'de',
      },
      {
        name: 'delimiter',
        description: { en: 'CSV: what stands between two cells', de: 'CSV: was zwischen zwei Zellen steht' },
        schema: { enum: Object.keys(DELIMITERS) },
      },
      {
        name: 'bom',
        description: {
          en: 'CSV: begin with a byte order mark',
          de: 'CSV: mit einer Bytereihenfolge-Marke beginnen',
        },
        schema: { type: 'boolean' },
      },
      ...listParameters(model).filter((each) => !NOT_OF_EXPORTS.has(each.name)),
    ],
    answers: {
      200: {
        description: {
          en: 'The file, sent while it is made',
          de: 'Die Datei, gesendet, während sie entsteht',
        },
        headers: ['Content-Disposition'],
        content: {
          type: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
          schema: { type: 'string', format: 'binary' },
        },
      },
    },
    problems: ['query_invalid', 'export_outdated'],
  }
}

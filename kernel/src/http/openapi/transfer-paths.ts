import type { EntityModel } from '../../data/index.ts'
import { DELIMITERS, EXPORT_FORMATS, EXPORT_LOCALES } from '../../transfer/index.ts'

const query = (name: string, schema: object, description: string): object => ({
  name,
  in: 'query',
  schema,
  description,
})

/** The address of files of an entity's records. The parameters of the list it shares are handed in. */
export function exportPath(model: EntityModel, shared: readonly object[]): object {
  const file = { schema: { type: 'string', format: 'binary' } }
  return {
    get: {
      tags: [model.plugin],
      operationId: `export_${model.id.replaceAll(/[.-]/g, '_')}`,
      summary: `Export ${model.declaration.labelPlural.en} as a file`,
      description: `All records the list shows for the same filter, search and order, as far as they may also be exported (${model.permission('export')}). References come as id and label, amounts as amount and currency, dates after ISO 8601, times in UTC. In CSV, cells that a spreadsheet could take for a formula begin with an apostrophe, which an import takes away again.`,
      parameters: [
        query('format', { enum: EXPORT_FORMATS, default: 'csv' }, 'Kind of file'),
        query(
          'locale',
          { enum: EXPORT_LOCALES },
          'For people: labels in this language instead of names, a byte order mark, and in German semicolons and decimal commas',
        ),
        query('delimiter', { enum: Object.keys(DELIMITERS) }, 'CSV: what stands between two cells'),
        query('bom', { type: 'boolean' }, 'CSV: begin with a byte order mark'),
        ...shared,
      ],
      responses: {
        200: {
          description: 'The file, sent while it is made',
          headers: { 'Content-Disposition': { schema: { type: 'string' } } },
          content: {
            'text/csv': file,
            'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': file,
          },
        },
        default: { $ref: '#/components/responses/Problem' },
      },
    },
  }
}

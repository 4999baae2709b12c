import type { JsonSchema } from '../../data/index.ts'
import { CSV_DELIMITERS, ENCODINGS } from '../../transfer/index.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

export const OUTCOMES = ['created', 'updated', 'unchanged', 'refused'] as const

const text: JsonSchema = { type: 'string' }
const flag: JsonSchema = { type: 'boolean' }
const whole: JsonSchema = { type: 'integer' }
const texts: JsonSchema = { type: 'array', items: text }
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const localised: JsonSchema = { type: 'object', additionalProperties: text }
const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})

const column = { target: { ...text, example: 'name' }, by: text, default: text }

const settings: Readonly<Record<string, JsonSchema>> = {
  encoding: { enum: [...ENCODINGS] },
  delimiter: { enum: [...CSV_DELIMITERS] },
  sheet: text,
  mode: { enum: ['create', 'update', 'upsert'] },
  match: {
    type: ['string', 'null'],
    description: {
      en: 'Field by which records are found to be updated: id, or one that is unique',
      de: 'Feld, an dem Datensätze zum Ändern erkannt werden: id oder ein eindeutiges',
    },
  },
  columns: {
    type: 'array',
    items: { anyOf: [object(column, ['by', 'default']), { type: 'null' }] },
    description: {
      en: 'What each column of the file becomes, null where it is left out. References by label name the way in by.',
      de: 'Was jede Spalte der Datei wird, null für keine. Verweise nach Namen sagen mit by, welchem.',
    },
  },
  constants: {
    ...list(object({ target: text, by: text, text }, ['by'])),
    description: {
      en: 'Values the file does not have, the same in each row',
      de: 'Werte, die in der Datei fehlen und in jeder Zeile gleich sind',
    },
  },
  empty: {
    enum: ['keep', 'clear'],
    description: {
      en: 'What an empty cell does to a record that is there',
      de: 'Was eine leere Zelle an einem vorhandenen Datensatz bewirkt',
    },
  },
  numbers: { enum: ['de', 'en'], description: { en: '1.234,56 or 1,234.56', de: '1.234,56 oder 1,234.56' } },
  dates: {
    enum: ['iso', 'dmy', 'mdy'],
    description: {
      en: '2026-02-01 (understood always), 1.2.2026, 2/1/2026',
      de: '2026-02-01 (immer verstanden), 1.2.2026, 2/1/2026',
    },
  },
  timeZone: {
    ...text,
    example: 'Europe/Berlin',
    description: {
      en: 'Zone of times without one; as long as nothing else is said, that of the workspace',
      de: 'Zone der Zeiten ohne Zone; solange nichts anderes gesagt wird, die des Arbeitsbereichs',
    },
  },
  atomic: {
    ...flag,
    description: { en: 'All rows or none; up to 5,000', de: 'Alle Zeilen oder keine; bis 5.000' },
  },
}

const problem = object({ pointer: text, code: text, detail: text })

/** Schemas of imports. */
export const importSchemas: Readonly<Record<string, JsonSchema>> = {
  ImportSettings: object(settings, ['encoding', 'delimiter', 'sheet']),
  ImportSettingsChange: { type: 'object', additionalProperties: false, properties: settings },
  Import: object(
    {
      id: { type: 'string', format: 'uuid', example: exampleId('record') },
      name: { ...text, example: 'customers.csv' },
      size: whole,
      format: { enum: ['csv', 'xlsx'] },
      status: { enum: ['ready', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed'] },
      reason: object({ code: text, detail: text }),
      headers: texts,
      sample: list(object({ row: whole, cells: texts })),
      sheets: texts,
      settings: ref('ImportSettings'),
      targets: list(
        object(
          {
            name: text,
            label: localised,
            field: text,
            by: list(object({ name: text, label: localised })),
            required: flag,
            matchOnly: flag,
          },
          ['by'],
        ),
      ),
      matches: texts,
      problems: list(problem),
      total: { type: ['integer', 'null'] },
      done: whole,
      counts: object(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, whole]))),
      createdAt: { type: 'string', format: 'date-time', example: '2026-03-16T09:30:00Z' },
      expiresAt: { type: 'string', format: 'date-time', example: '2026-03-23T09:30:00Z' },
    },
    ['reason'],
  ),
  ImportRow: object({
    row: { ...whole, description: { en: 'As spreadsheets count', de: 'Wie Tabellenkalkulationen zählen' } },
    outcome: { enum: [...OUTCOMES] },
    recordId: { type: ['string', 'null'] },
    errors: list(
      object({
        pointer: text,
        code: text,
        detail: text,
        column: { type: ['integer', 'null'] },
        header: { type: ['string', 'null'] },
      }),
    ),
  }),
}

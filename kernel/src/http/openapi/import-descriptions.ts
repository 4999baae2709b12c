import type { Text } from '@plinth/sdk'
import type { EntityModel, JsonSchema } from '../../data/index.ts'
import type { ProblemCode } from '../../errors.ts'
import { entityOperationId, type ParameterDescription, type RouteDescription } from './describe.ts'
import { aboutMany } from './entity-route.ts'
import { exampleId } from './example-values.ts'
import { OUTCOMES } from './import-schemas.ts'
import { itemsOf, ref } from './schema-reference.ts'

export { OUTCOMES }

/** What an uploaded file may call itself. */
export const FILE_TYPES = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const

const importId: ParameterDescription = {
  name: 'import',
  in: 'path',
  description: { en: 'Id of the import', de: 'Kennung des Imports' },
  schema: { type: 'string', format: 'uuid' },
  example: exampleId('record'),
}

type Rest = Pick<RouteDescription, 'description' | 'parameters' | 'body' | 'answers' | 'repeatable'> & {
  readonly problems?: readonly ProblemCode[]
}

function route(
  model: EntityModel,
  verb: string,
  en: string,
  de: string,
  { problems = [], ...rest }: Rest,
): RouteDescription | undefined {
  if (!model.operations.has('create') && !model.operations.has('update')) return undefined
  return {
    id: entityOperationId(verb, model),
    tag: model.plugin,
    summary: aboutMany(model, en, de),
    // Creating or changing, as the import says; who may do neither gets no further.
    problems: ['permission_missing', ...problems],
    ...rest,
  }
}

const answer = (en: string, de: string, schema: JsonSchema = ref('Import')) => ({
  description: { en, de },
  content: { schema },
})

export const describeImports = (model: EntityModel) =>
  route(model, 'list_imports', 'Own imports: {name}', 'Eigene Importe: {name}', {
    answers: {
      200: answer('The latest first', 'Die neuesten zuerst', itemsOf(ref('Import'))),
    },
  })

const UPLOAD: Text = {
  en: 'A CSV file in UTF-8, UTF-16 or Windows-1252, or a workbook (.xlsx), of at most 50 MB and 100,000 rows; the first row holds headers. The answer proposes what each column becomes. Then check (tries everything out and takes it back), then run. Files are kept for 7 days.',
  de: 'Eine CSV-Datei in UTF-8, UTF-16 oder Windows-1252, oder eine Arbeitsmappe (.xlsx), höchstens 50 MB und 100.000 Zeilen; die erste Zeile enthält Überschriften. Die Antwort schlägt vor, was jede Spalte wird. Danach check (versucht alles und nimmt es zurück), danach run. Dateien werden 7 Tage aufgehoben.',
}

export const describeUpload = (model: EntityModel) =>
  route(model, 'upload_import', 'Upload a file of {name}', 'Datei hochladen: {name}', {
    description: UPLOAD,
    parameters: [
      {
        name: 'name',
        description: { en: 'Name of the file', de: 'Name der Datei' },
        example: 'customers.csv',
      },
    ],
    body: { type: [...FILE_TYPES], schema: { type: 'string', format: 'binary' } },
    answers: {
      201: {
        ...answer('Stored, with a proposal', 'Gespeichert, mit einem Vorschlag'),
        headers: ['Location'],
      },
    },
    problems: ['file_too_large', 'file_unreadable', 'query_invalid'],
    repeatable: true,
  })

export const describeImport = (model: EntityModel) =>
  route(model, 'get_import', 'Read an import: {name}', 'Import lesen: {name}', {
    parameters: [importId],
    answers: { 200: answer('How far it has come', 'Wie weit er ist') },
  })

export const describeSettings = (model: EntityModel) =>
  route(model, 'update_import', 'Assign columns: {name}', 'Spalten zuordnen: {name}', {
    parameters: [importId],
    body: { schema: ref('ImportSettingsChange') },
    answers: {
      200: answer('With what is still missing in problems', 'Mit dem, was noch fehlt, in problems'),
    },
    problems: ['import_busy', 'file_unreadable'],
  })

export const describeCheck = (model: EntityModel) =>
  route(model, 'check_import', 'Try an import out: {name}', 'Import prüfen: {name}', {
    description: {
      en: 'Carries out each row by all rules, hooks and rights included, and takes it back. In the background: read the import until its status is checked, then its rows.',
      de: 'Führt jede Zeile nach allen Regeln aus, mit Prüfungen der Plugins und Rechten, und nimmt sie zurück. Im Hintergrund: den Import lesen, bis sein Status checked ist, dann seine Zeilen.',
    },
    parameters: [importId],
    answers: { 202: answer('Begun', 'Begonnen') },
    problems: ['import_busy', 'validation_failed'],
  })

export const describeRun = (model: EntityModel) =>
  route(model, 'run_import', 'Carry an import out: {name}', 'Import ausführen: {name}', {
    description: {
      en: 'Each row like a request of its own: rights, hooks, audit, events, numbers. Refused rows are left out and can be fetched as a file. Asked for twice, it happens once. An import that was cancelled or has failed goes on where it stopped.',
      de: 'Jede Zeile wie eine eigene Anfrage: Rechte, Prüfungen, Protokoll, Ereignisse, Nummern. Abgelehnte Zeilen bleiben aus und sind als Datei zu haben. Zweimal verlangt, geschieht es einmal. Ein abgebrochener oder gescheiterter Import geht dort weiter, wo er aufhörte.',
    },
    parameters: [importId],
    answers: { 202: answer('Begun', 'Begonnen') },
    problems: ['import_busy', 'validation_failed'],
  })

export const describeCancel = (model: EntityModel) =>
  route(model, 'cancel_import', 'Stop an import: {name}', 'Import anhalten: {name}', {
    description: { en: 'What is done stays.', de: 'Was geschehen ist, bleibt.' },
    parameters: [importId],
    answers: { 200: answer('Stopped', 'Angehalten') },
    problems: ['import_busy'],
  })

export const describeRemoval = (model: EntityModel) =>
  route(model, 'delete_import', 'Remove an import: {name}', 'Import entfernen: {name}', {
    description: {
      en: 'With its file and results. Records stay.',
      de: 'Mit seiner Datei und den Ergebnissen. Datensätze bleiben.',
    },
    parameters: [importId],
    answers: { 204: { description: { en: 'Removed', de: 'Entfernt' } } },
    problems: ['import_busy'],
  })

export const describeRows = (model: EntityModel) =>
  route(model, 'list_import_rows', 'Results by row: {name}', 'Ergebnisse je Zeile: {name}', {
    description: {
      en: 'After a check the refused rows, after a run all of them; 200 at a time.',
      de: 'Nach einer Prüfung die abgelehnten Zeilen, nach einer Ausführung alle; je 200.',
    },
    parameters: [
      importId,
      {
        name: 'outcome',
        description: { en: 'Only these', de: 'Nur diese' },
        schema: { enum: [...OUTCOMES] },
      },
      {
        name: 'after',
        description: { en: 'next of the page before', de: 'next der vorigen Seite' },
        schema: { type: 'integer' },
      },
    ],
    answers: {
      200: answer('In the order of the file', 'In der Reihenfolge der Datei', {
        type: 'object',
        required: ['items', 'next'],
        properties: {
          items: { type: 'array', items: ref('ImportRow') },
          next: { type: ['integer', 'null'] },
        },
      }),
    },
    problems: ['query_invalid'],
  })

export const describeRefused = (model: EntityModel) =>
  route(
    model,
    'export_refused_rows',
    'Refused rows as a file: {name}',
    'Abgelehnte Zeilen als Datei: {name}',
    {
      description: {
        en: 'As they were, with the reasons in a further column: repair them and import the file again.',
        de: 'Wie sie waren, mit den Gründen in einer weiteren Spalte: berichtigen und die Datei erneut importieren.',
      },
      parameters: [
        importId,
        {
          name: 'locale',
          description: {
            en: 'Language of the reasons; else that of the member, of the workspace, English',
            de: 'Sprache der Gründe; sonst die des Mitglieds, des Arbeitsbereichs, Englisch',
          },
          schema: { enum: ['en', 'de'] },
        },
      ],
      answers: {
        200: {
          description: { en: 'A file of the kind that was uploaded', de: 'Eine Datei der hochgeladenen Art' },
          headers: ['Content-Disposition'],
          content: { type: FILE_TYPES.slice(0, 2), schema: { type: 'string', format: 'binary' } },
        },
      },
      problems: ['query_invalid'],
    },
  )

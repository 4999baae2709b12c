import type { Text } from '@plinth/sdk'
import { fileFields, type EntityModel, type FieldModel, type JsonSchema } from '../../data/index.ts'
import { FILES_KEPT_HOURS } from '../../files/index.ts'
import { DEFAULT_FILE_BYTES } from '../../media/index.ts'
import { entityOperationId, type PlacedDescription } from './describe.ts'
import { aboutOne } from './entity-route.ts'
import { ref } from './schema-reference.ts'

const binary: JsonSchema = { type: 'string', format: 'binary' }

export function describeUpload(model: EntityModel): PlacedDescription[] {
  return fileFields(model)
    .filter(({ declaration }) => !declaration.readOnly)
    .map((field) => ({
      id: entityOperationId(`upload_${field.name}`, model),
      tag: model.plugin,
      params: { field: field.name },
      summary: title(model, field, 'Upload', 'Hochladen'),
      description: {
        en: `Send the bytes of the file as they are. ${limits(field, 'en')} Give the id of the answer as value of the field when you create or change a record; that is possible for ${FILES_KEPT_HOURS} hours, once, and for you alone.`,
        de: `Senden Sie die Bytes der Datei, wie sie sind. ${limits(field, 'de')} Geben Sie die Kennung der Antwort als Wert des Felds an, wenn Sie einen Datensatz anlegen oder ändern; das geht ${FILES_KEPT_HOURS} Stunden lang, einmal, und nur für Sie selbst.`,
      },
      parameters: [
        {
          name: 'name',
          description: { en: 'Name of the file', de: 'Name der Datei' },
          schema: { type: 'string', maxLength: 255 },
          example: 'contract.pdf',
        },
      ],
      body: { type: ['application/octet-stream'], schema: binary },
      answers: {
        201: {
          description: {
            en: 'Stored; what is known of the file',
            de: 'Gespeichert; was über die Datei bekannt ist',
          },
          content: { schema: ref('File') },
        },
      },
      problems: ['permission_missing', 'file_too_large', 'file_type_refused', 'query_invalid'],
      repeatable: true,
    }))
}

export function describeDownload(model: EntityModel): PlacedDescription[] {
  return fileFields(model).map((field) => {
    const { mask } = field.declaration
    const headers = ['Content-Disposition', 'Accept-Ranges', 'ETag']
    const content = { type: ['*/*'], schema: binary }
    return {
      id: entityOperationId(`download_${field.name}`, model),
      tag: model.plugin,
      permission: model.permission('read'),
      params: { field: field.name },
      summary: title(model, field, 'Download', 'Herunterladen'),
      description: {
        en: `The bytes of the file, for whoever sees it in the record.${mask ? ` The field is masked: it takes ${model.permission('reveal')}, and is noted in the audit log.` : ''}`,
        de: `Die Bytes der Datei, für alle, die sie im Datensatz sehen.${mask ? ` Das Feld ist maskiert: nötig ist ${model.permission('reveal')}, und es wird im Prüfprotokoll vermerkt.` : ''}`,
      },
      parameters: [
        {
          name: 'Range',
          in: 'header',
          description: { en: 'Only this part of the bytes', de: 'Nur dieser Teil der Bytes' },
          example: 'bytes=0-1023',
        },
        {
          name: 'If-None-Match',
          in: 'header',
          description: {
            en: 'ETag of the bytes you have; 304 when they are the same',
            de: 'ETag der Bytes, die Sie haben; 304, wenn es dieselben sind',
          },
        },
      ],
      answers: {
        200: { description: { en: 'The file', de: 'Die Datei' }, headers, content },
        206: {
          description: { en: 'The part that was asked for', de: 'Der gewünschte Teil' },
          headers: [...headers, 'Content-Range'],
          content,
        },
        304: { description: { en: 'You have these bytes', de: 'Diese Bytes haben Sie schon' } },
      },
      problems: ['range_invalid', ...(mask ? (['permission_missing'] as const) : [])],
    }
  })
}

function title(model: EntityModel, { declaration }: FieldModel, en: string, de: string): Text {
  const { label } = declaration
  return aboutOne(model, `${en}: ${label.en} ({name})`, `${de}: ${label['de'] ?? label.en} ({name})`)
}

function limits({ declaration }: FieldModel, language: 'en' | 'de'): string {
  const { accept, maxBytes = DEFAULT_FILE_BYTES } = declaration
  const bytes = maxBytes.toLocaleString(language)
  const kinds = accept?.join(', ')
  if (language === 'de')
    return `Höchstens ${bytes} Bytes${kinds ? `, als ${kinds}; was sie ist, sagt der Inhalt` : ''}.`
  return `At most ${bytes} bytes${kinds ? `, of ${kinds}; what it is, its content says` : ''}.`
}

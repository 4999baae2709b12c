import type { ImportDocument } from '@plinth/sdk'
import type { EntityModel } from '../data/index.ts'
import { IMPORTS_KEPT_DAYS } from './file-limits.ts'
import type { ImportRecord } from './import-record.ts'
import { settingProblems } from './import-settings.ts'
import { matchFields, type Target } from './import-target.ts'

/** An import as the API shows it. */
export function importDocument(
  model: EntityModel,
  record: ImportRecord,
  targets: readonly Target[],
): ImportDocument {
  const { id, name, size, format, status, reason, facts, settings, total, done, counts } = record
  const createdAt = new Date(record.createdAt)
  return {
    id,
    name,
    size,
    format: format.kind,
    status,
    ...(reason ? { reason } : {}),
    ...facts,
    sheets: format.kind === 'xlsx' ? format.sheets : [],
    settings,
    targets: targets.map(({ name: target, column, field, by, required, matchOnly }) => ({
      name: target,
      label: column.label,
      field: field.name,
      ...(by ? { by } : {}),
      required,
      matchOnly,
    })),
    matches: matchFields(model).map((field) => field.name),
    problems: settingProblems(model, settings, targets),
    total,
    done,
    counts: { created: 0, updated: 0, unchanged: 0, refused: 0, ...counts },
    createdAt: createdAt.toISOString(),
    expiresAt: new Date(createdAt.getTime() + IMPORTS_KEPT_DAYS * 86_400_000).toISOString(),
  }
}

import { auditForm } from './masked-record.ts'
import { declaredOnly, publicOnly } from './record-parts.ts'
import type { RecordJson } from './render-record.ts'
import { noteRepair } from './unreadable-values.ts'
import type { Write } from './write.ts'

/** Notes who deleted a record, and tells of it. */
export function noteDeletion({ work, model }: Write, before: RecordJson): void {
  const id = String(before['id'])
  const action = `${model.id}.deleted`
  work.audit({
    action,
    subjectType: model.id,
    subjectId: id,
    before: auditForm(model, declaredOnly(model, before), before),
  })
  work.emit(action, id, { record: publicOnly(model, before) })
  if (!model.trash) noteRepair(work, model, before)
}

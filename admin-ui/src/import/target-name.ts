import type { EntityMeta, ImportTarget } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import { t } from './texts.ts'

/** What people call a target. A reference has two: by its name, and by its id. */
export function targetName(meta: EntityMeta, target: ImportTarget): string {
  const type = meta.fields.find(({ name }) => name === target.field)?.type
  const byId = (type === 'ref' || type === 'member') && !target.by
  return byId ? t('target.byId', { name: pick(target.label) }) : pick(target.label)
}

import type { ConditionField } from '@plinth/sdk'
import { signal } from '@plinth/ui'
import { shell } from '../session/state.ts'

const names = signal<ReadonlyMap<string, string>>(new Map())
const asked = new Set<string>()

/** What a member or record is called, as far as it may be seen. What reads it in `render` draws again when the name has come. */
export function nameOfRecord(field: ConditionField, id: string): string | undefined {
  const key = `${field.ref?.entity ?? field.type} ${id}`
  // What is refused anyway is not asked for: refusals stand in the log.
  const isReadable = field.ref
    ? shell.value?.entities[field.ref.entity] !== undefined
    : field.type === 'member'
  if (!asked.has(key) && isReadable) {
    asked.add(key)
    void ask(key, field, id)
  }
  return names.value.get(key)
}

async function ask(key: string, { type, ref }: ConditionField, id: string): Promise<void> {
  // With the inputs of forms comes much that explanations do not need.
  const { refSource } = await import('@plinth/ui/form')
  const source = refSource(
    type === 'member'
      ? { type }
      : { type: 'ref', ...(ref ? { ref: { ...ref, include: '', path: '' } } : {}) },
  )
  const found = await source.find(id)
  if (found) names.value = new Map(names.value).set(key, found.label)
}

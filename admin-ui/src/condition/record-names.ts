import type { ConditionInput } from '@plinth/sdk'
import { signal } from '@plinth/ui'
import { refSource } from '@plinth/ui/form'

const names = signal<ReadonlyMap<string, string>>(new Map())
const asked = new Set<string>()

/** What a member or record is called, as far as it may be seen. What reads it in `render` draws again when the name has come. */
export function nameOfRecord(field: ConditionInput, id: string): string | undefined {
  const key = `${field.ref?.entity ?? field.type} ${id}`
  if (!asked.has(key) && (field.ref || field.type === 'member')) {
    asked.add(key)
    void ask(key, field, id)
  }
  return names.value.get(key)
}

async function ask(key: string, { type, ref }: ConditionInput, id: string): Promise<void> {
  const source = refSource(
    type === 'member'
      ? { type }
      : { type: 'ref', ...(ref ? { ref: { ...ref, include: '', path: '' } } : {}) },
  )
  const found = await source.find(id)
  if (found) names.value = new Map(names.value).set(key, found.label)
}

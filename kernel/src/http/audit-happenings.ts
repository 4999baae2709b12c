import { pick, type Text } from '@plinth/sdk'
import type { Happening } from '../audit/index.ts'
import type { PluginView } from '../plugins/index.ts'
import { auditWords } from './audit-words.ts'

/** Changes a search is taken to mean at most. */
const MOST = 300

const CHANGED: Text = { en: 'changed to', de: 'geändert in' }

/**
 * The changes people may mean that look for these words: actions, fields that change, and values they change to, by what the manifests of
 * the plugins call them. All words occur in the name in one language, in any order, and one of them in what tells the change from others.
 */
export function happeningsCalled(view: PluginView, q: string): Happening[] {
  const words = q.toLowerCase().split(/\s+/u).filter(Boolean)
  const found = new Map<string, Happening>()
  const note = (happening: Happening): void => {
    if (found.size < MOST) found.set(JSON.stringify(happening), happening)
  }
  const subjects = Object.entries(auditWords(view, [...view.models.keys(), 'plugin']))
  for (const language of Object.keys(CHANGED)) {
    const say = (text: Text): string => pick(text, language).toLowerCase()
    const isCalled = (own: string, beside: string): boolean =>
      words.every((word) => own.includes(word) || beside.includes(word)) &&
      words.some((word) => own.includes(word))
    for (const [id, subject] of subjects) {
      const label = say(subject.label)
      for (const [name, text] of Object.entries(subject.actions))
        if (isCalled(say(text), label)) note({ action: `${id}.${name}`, field: null, value: null })
      const action = `${id}.updated`
      const moves = view.models.get(id)?.declaration.transitions?.moves ?? []
      for (const [field, { label: name, values = {} }] of Object.entries(subject.fields)) {
        const beside = `${label} ${say(CHANGED)}`
        if (isCalled(say(name), beside)) note({ action, field, value: null })
        const ways = field === subject.state ? moves.map((move) => [move.to, move.label] as const) : []
        for (const [value, text] of [...Object.entries(values), ...ways])
          if (isCalled(say(text), `${beside} ${say(name)}`)) note({ action, field, value })
      }
    }
  }
  return [...found.values()]
}

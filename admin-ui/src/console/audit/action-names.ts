import { pick } from '@plinth/ui'
import { shell } from '../../session/state.ts'
import en from './locales/en.json' with { type: 'json' }
import { tell } from './texts.ts'

/** Actions a search is taken to mean at most. */
const MOST_CALLED = 60

/** What an entry tells of, in the language of whoever reads it. */
export function actionName(action: string, subjectType: string): string {
  const verb = action.split('.').at(-1)!
  const entity = shell.value?.entities[subjectType]
  const subject = entity ? pick(entity.label) : tell(`subject.${subjectType}`, subjectType)
  return tell(`action.${action}`, `${subject}: ${tell(`verb.${verb}`, verb)}`)
}

/** The same where only the action is known: that it concerns security says what its subject is. */
export function eventName(action: string): string {
  return actionName(action, `platform.${action.split('.')[0]!}`)
}

/** Which actions are called so, all words of it in any order: entries hold their ids alone. */
export function actionsCalled(words: string): string[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return []
  const isCalled = (name: string): boolean => wanted.every((word) => name.toLowerCase().includes(word))
  return [...knownActions()]
    .filter(([, name]) => isCalled(name))
    .map(([action]) => action)
    .slice(0, MOST_CALLED)
}

/** Every action there are words for, with these. */
function knownActions(): Map<string, string> {
  const keys = Object.keys(en)
  const after = (prefix: string): string[] =>
    keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  const verbs = after('verb.')
  const known = new Map(after('action.').map((action) => [action, tell(`action.${action}`, action)]))
  const subjects = [...after('subject.'), ...Object.keys(shell.value?.entities ?? {})]
  for (const subject of subjects)
    for (const verb of verbs) {
      const action = `${subject.replace(/^platform\./, '')}.${verb}`
      if (!known.has(action)) known.set(action, actionName(action, subject))
    }
  return known
}

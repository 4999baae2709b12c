import { effect } from '../element/signals.ts'
import { locale } from '../i18n/locale.ts'
import { dateTexts } from './date-texts.ts'
import type { VaadinClass } from './define.ts'
import { GERMAN } from './german.ts'

type I18n = Readonly<Record<string, unknown>>
type Localised = VaadinClass & { readonly defaultI18n?: I18n }
type Callback = (this: HTMLElement) => void
type Live = HTMLElement & { i18n: I18n }

/** Elements in the page, to be told when the language changes. */
const live = new Set<Live>()

function textsOf(element: Localised, english: I18n): I18n {
  const german = locale.peek().startsWith('de') ? GERMAN[element.is] : undefined
  const dates =
    element.is === 'vaadin-date-picker' || element.is === 'vaadin-date-time-picker' ? dateTexts() : undefined
  return { ...english, ...german, ...dates }
}

/** Gives every element of a class the texts of the member's language, now and after a switch. */
export function localise(element: Localised): void {
  const english = element.defaultI18n
  if (!english) return
  Object.defineProperty(element, 'defaultI18n', { get: () => textsOf(element, english) })
  const proto = element.prototype as Live & { connectedCallback(): void; disconnectedCallback?(): void }
  const connect: Callback = Reflect.get(proto, 'connectedCallback')
  const disconnect: Callback | undefined = Reflect.get(proto, 'disconnectedCallback')
  proto.connectedCallback = function (this: Live) {
    live.add(this)
    connect.call(this)
  }
  proto.disconnectedCallback = function (this: Live) {
    live.delete(this)
    disconnect?.call(this)
  }
}

let first = true
effect(() => {
  void locale.value
  if (!first) for (const element of live) element.i18n = { ...(element.constructor as Localised).defaultI18n }
  first = false
})

import type { LETTERS } from './templates.ts'

/** Languages letters are written in. */
export type LetterLocale = 'de' | 'en'

export type LetterTemplate = keyof typeof LETTERS

/** What a template is filled with. */
export type LetterValues<T extends LetterTemplate> = Parameters<(typeof LETTERS)[T]['de']>[0]

/** Mail to one person. */
export interface Letter<T extends LetterTemplate = LetterTemplate> {
  /** One plain address. */
  readonly to: string
  /** Language of the reader; anything but German is answered in English. */
  readonly locale: string | null
  readonly template: T
  readonly values: LetterValues<T>
}

/** What a letter says, before it takes a form. */
export interface LetterText {
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** What the reader is asked to open. */
  readonly link?: { readonly label: string; readonly url: string }
  /** What the reader is asked to type in. */
  readonly code?: string
  readonly closing: string
}

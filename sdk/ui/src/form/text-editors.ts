import { html, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import '@vaadin/email-field'
import '@vaadin/text-area'
import '@vaadin/text-field'
import type { TextField } from '@vaadin/text-field'
import { groupIban } from '../i18n/format.ts'
import type { Editor } from './editor.ts'
import { fieldFrame } from './field-frame.ts'

/** The text as it was typed; nothing when it is empty. */
function typed(editor: Editor<string | null>): (event: Event) => void {
  return (event) => editor.change((event.currentTarget as TextField).value || null)
}

/** Keyboards of phones offer the signs that are needed. */
function keyboard(mode: string): ReturnType<typeof ref> {
  return ref((element) => {
    const field = element as TextField | undefined
    // The input itself is made with the field's first update.
    queueMicrotask(() => field?.querySelector('input')?.setAttribute('inputmode', mode))
  })
}

export function textEditor(editor: Editor<string | null>): TemplateResult {
  const { type, maxLength } = editor.field
  return html`<vaadin-text-field
    ${fieldFrame(editor)}
    .value=${editor.value ?? ''}
    .maxlength=${maxLength}
    autocomplete="off"
    @input=${typed(editor)}
    ${keyboard(type === 'phone' ? 'tel' : type === 'url' ? 'url' : 'text')}
  ></vaadin-text-field>`
}

/** Spaces are put in after typing, as on cards and invoices; the server takes them out again. */
export function ibanEditor(editor: Editor<string | null>): TemplateResult {
  return html`<vaadin-text-field
    ${fieldFrame(editor)}
    .value=${editor.value ?? ''}
    autocomplete="off"
    autocapitalize="characters"
    @input=${typed(editor)}
    @change=${(event: Event) => editor.change(groupIban((event.currentTarget as TextField).value) || null)}
  ></vaadin-text-field>`
}

export function emailEditor(editor: Editor<string | null>): TemplateResult {
  return html`<vaadin-email-field
    ${fieldFrame(editor)}
    .value=${editor.value ?? ''}
    autocomplete="off"
    @input=${typed(editor)}
  ></vaadin-email-field>`
}

export function longTextEditor(editor: Editor<string | null>): TemplateResult {
  return html`<vaadin-text-area
    ${fieldFrame(editor)}
    .value=${editor.value ?? ''}
    .maxlength=${editor.field.maxLength}
    .minRows=${4}
    .maxRows=${14}
    @input=${typed(editor)}
  ></vaadin-text-area>`
}

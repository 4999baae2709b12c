import { html, type TemplateResult } from 'lit'
import '@vaadin/date-picker'
import '@vaadin/date-time-picker'
import type { DatePicker } from '@vaadin/date-picker'
import type { DateTimePicker } from '@vaadin/date-time-picker'
import type { Editor } from './editor.ts'
import { foreignZone } from '../i18n/time-zone.ts'
import { fieldFrame } from './field-frame.ts'
import { fromLocalTime, toLocalTime } from './local-time.ts'
import { t } from './texts.ts'

export function dateEditor(editor: Editor<string | null>): TemplateResult {
  return html`<vaadin-date-picker
    ${fieldFrame(editor)}
    .value=${editor.value ?? ''}
    ?clear-button-visible=${!editor.required}
    autocomplete="off"
    @change=${(event: Event) => editor.change((event.currentTarget as DatePicker).value || null)}
    @unparsable-change=${() => editor.change(null, 'date')}
  ></vaadin-date-picker>`
}

/** Who is elsewhere is told whose clocks are meant. */
export function dateTimeEditor(editor: Editor<string | null>): TemplateResult {
  const zone = foreignZone()
  const help = [editor.help, zone && t('field.zone', { zone })].filter(Boolean).join(' ')
  const changed = (event: Event): void => {
    const local = (event.currentTarget as DateTimePicker).value
    // The two halves report while the other is still empty; only a whole moment counts.
    if (local !== toLocalTime(editor.value)) editor.change(fromLocalTime(local))
  }
  return html`<vaadin-date-time-picker
    ${fieldFrame({ ...editor, help })}
    .value=${toLocalTime(editor.value)}
    .step=${900}
    autocomplete="off"
    @change=${changed}
    @unparsable-change=${() => editor.change(null, 'date')}
  ></vaadin-date-time-picker>`
}

import { currencyDigits, isMask, type FieldMeta, type FileReference, type ProblemError } from '@plinth/sdk'
import { css, html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'
import { pick } from '../i18n/locale.ts'
import { addressEditor, addressStyles } from './address-editor.ts'
import { boolEditor, choiceStyles, enumEditor, tagsEditor } from './choice-editors.ts'
import { dateEditor, dateTimeEditor } from './date-editors.ts'
import type { Editor } from './editor.ts'
import { geoEditor, geoStyles } from './geo-editor.ts'
import { compactStyles } from './compact.styles.ts'
import './file-input.ts'
import './json-input.ts'
import { keepButton, maskedEditor, maskedStyles } from './masked-editor.ts'
import { moneyEditor, moneyStyles } from './money-editor.ts'
import './number-input.ts'
import { problemText } from './problems.ts'
import './ref-picker.ts'
import type { RefItem } from './ref-source.ts'
import { t } from './texts.ts'
import { emailEditor, ibanEditor, longTextEditor, textEditor } from './text-editors.ts'

type Draw = (editor: Editor<never>) => TemplateResult

function numberEditor(editor: Editor<string | number | null>): TemplateResult {
  const { type, scale } = editor.field
  return html`<pl-number-input
    .value=${editor.value}
    .scale=${type === 'int' ? 0 : (scale ?? 2)}
    .label=${editor.label}
    .help=${editor.help}
    .error=${editor.error}
    ?required=${editor.required}
    ?disabled=${editor.disabled}
    @change=${(event: CustomEvent<{ value: string | null; problem?: string }>) =>
      editor.change(event.detail.value, event.detail.problem)}
  ></pl-number-input>`
}

function jsonEditor(editor: Editor): TemplateResult {
  return html`<pl-json-input
    .value=${editor.value}
    .label=${editor.label}
    .help=${editor.help}
    .error=${editor.error}
    ?required=${editor.required}
    ?disabled=${editor.disabled}
    @change=${(event: CustomEvent<{ value: unknown; problem?: string }>) =>
      editor.change(event.detail.value, event.detail.problem)}
  ></pl-json-input>`
}

function fileEditor(editor: Editor<FileReference | null>): TemplateResult {
  return html`<pl-file-input
    .field=${editor.field}
    .value=${editor.value}
    .label=${editor.label}
    .help=${editor.help}
    .error=${editor.error}
    ?compact=${editor.compact}
    ?required=${editor.required}
    ?disabled=${editor.disabled}
    @change=${(event: CustomEvent<{ value: FileReference | null; problem?: string }>) =>
      editor.change(event.detail.value, event.detail.problem)}
  ></pl-file-input>`
}

function refEditor(editor: Editor<string | null>): TemplateResult {
  return html`<pl-ref-picker
    .field=${editor.field}
    .value=${editor.value}
    .known=${editor.known}
    .label=${editor.label}
    .help=${editor.help}
    .error=${editor.error}
    ?required=${editor.required}
    ?disabled=${editor.disabled}
    @change=${(event: CustomEvent<RefItem | null>) => {
      event.stopPropagation()
      editor.change(event.detail?.id ?? null)
    }}
  ></pl-ref-picker>`
}

const EDITORS: Readonly<Record<FieldMeta['type'], Draw>> = {
  string: textEditor,
  phone: textEditor,
  url: textEditor,
  email: emailEditor,
  text: longTextEditor,
  int: numberEditor,
  decimal: numberEditor,
  bool: boolEditor,
  date: dateEditor,
  datetime: dateTimeEditor,
  enum: enumEditor,
  tags: tagsEditor,
  address: addressEditor,
  money: moneyEditor,
  iban: ibanEditor,
  geo: geoEditor,
  json: jsonEditor,
  file: fileEditor,
  ref: refEditor,
  member: refEditor,
}

/** What the manifest says about the field, and what its reader would not guess. */
function helpOf(field: FieldMeta, unreadable: boolean): string {
  const help = field.help ? pick(field.help) : ''
  if (!field.encrypted) return help
  return [unreadable ? t('field.unreadable') : '', help, t('field.sealed')].filter(Boolean).join(' ')
}

/** What `pl-field` reports: a new value, and the code of what is wrong with the typed text. */
export interface FieldChange {
  readonly name: string
  readonly value: unknown
  readonly problem: string | undefined
}

/**
 * One field of a record with its label, help and refusals, drawn after its type.
 *
 * @fires field-change `detail` is a `FieldChange`
 */
export class PlField extends PlinthElement {
  static override properties: PropertyDeclarations = {
    field: { attribute: false },
    value: { attribute: false },
    known: { attribute: false },
    problems: { attribute: false },
    disabled: { type: Boolean },
    compact: { type: Boolean, reflect: true },
    unreadable: { type: Boolean },
  }
  declare field: FieldMeta
  declare value: unknown
  /** The referenced record with its name, where that has come along. */
  declare known: RefItem | null | undefined
  declare problems: readonly ProblemError[]
  declare disabled: boolean
  /** In a cell of a table, whose head says what the field is: without visible label and help. */
  declare compact: boolean
  /** The record has a value that nobody can read. It stays as it is while nothing is entered. */
  declare unreadable: boolean
  /** What covers the value the record has. */
  #mask: string | undefined
  /** What was last entered here. */
  #typed: unknown

  static override styles = [
    choiceStyles,
    addressStyles,
    moneyStyles,
    geoStyles,
    maskedStyles,
    compactStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        container-type: inline-size;
      }
      :is(vaadin-text-field, vaadin-email-field, vaadin-text-area, vaadin-date-picker),
      :is(vaadin-date-time-picker, vaadin-select, vaadin-multi-select-combo-box, vaadin-combo-box) {
        width: 100%;
        min-width: 0;
      }
      /* Where it is narrow the day gives way: a time that is cut off reads as another one. */
      vaadin-date-time-picker > [slot='time-picker'] {
        flex: none;
        inline-size: 7.25rem;
      }
    `,
  ]

  constructor() {
    super()
    this.problems = []
    this.disabled = false
    this.compact = false
    this.unreadable = false
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A mask that nobody typed covers a value.
    if (!changed.has('value') || this.value === this.#typed) return
    const { mask } = this.field
    this.#mask = mask && isMask(mask.kind, this.value) ? (this.value as string) : undefined
  }

  async #replace(): Promise<void> {
    this.#report(null, undefined)
    await this.updateComplete
    this.focus()
  }

  /** Puts the cursor into the field, or into the part of it that is wrong. */
  override focus(): void {
    const controls = [...this.renderRoot.querySelectorAll<HTMLElement>('*')].filter(
      (each) => each.localName.includes('-') && each.localName !== 'pl-icon',
    )
    const target = controls.find((each) => each.hasAttribute('invalid')) ?? controls[0]
    ;(target ?? this.renderRoot.querySelector<HTMLElement>('input:checked, input'))?.focus()
  }

  /** Takes over what stands typed in an open picker, as leaving it would. */
  commit(): void {
    type Picker = HTMLElement & { readonly opened?: boolean; close?(): void }
    for (const part of this.renderRoot.querySelectorAll<Picker>('*')) if (part.opened) part.close?.()
  }

  override render(): unknown {
    const { field } = this
    const problem = this.problems[0]
    const editor: Editor = {
      field,
      value: this.value,
      label: pick(field.label),
      help: this.compact ? '' : helpOf(field, this.unreadable),
      compact: this.compact,
      required: field.required && !this.unreadable,
      disabled: this.disabled,
      error: problem ? problemText(problem, this.#withScale(field)) : '',
      problems: this.problems,
      known: this.known,
      change: (value, code) => this.#report(value, code),
    }
    const mask = this.#mask
    if (mask === undefined) return EDITORS[field.type](editor as Editor<never>)
    if (this.value === mask) return maskedEditor(editor, mask, () => void this.#replace())
    return html`${EDITORS[field.type](editor as Editor<never>)}
    ${keepButton(mask, () => this.#report(mask, undefined))}`
  }

  /** How many digits an amount may have is known from its currency. */
  #withScale(field: FieldMeta): FieldMeta {
    if (field.type !== 'money') return field
    const { currency = field.currency } = (this.value ?? {}) as { currency?: string }
    return { ...field, scale: currencyDigits(currency ?? '') ?? 2 }
  }

  #report(value: unknown, problem: string | undefined): void {
    this.#typed = value
    const detail: FieldChange = { name: this.field.name, value, problem }
    this.dispatchEvent(new CustomEvent('field-change', { detail, bubbles: true, composed: true }))
  }
}

customElements.define('pl-field', PlField)

import type { FieldMeta, ProblemError } from '@plinth/sdk'
import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import type { AnyRecord } from '../api/client.ts'
import { cellStyles, renderCell } from '../data-grid/cell.ts'
import { isUnreadable } from '../data-grid/unreadable.ts'
import { fieldColumn, isFigure } from '../data-grid/column.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { EMPTY } from '../i18n/format.ts'
import { pick } from '../i18n/locale.ts'
import type { ChildColumns } from './child-columns.ts'
import { childFields, isEdited, isNew, type ChildDraft, type ChildForm } from './child-drafts.ts'
import { childRowStyles } from './child-row.styles.ts'
import type { FieldChange, PlField } from './field.ts'
import './field.ts'
import { fieldOf, problemsByField, problemText } from './problems.ts'
import { t } from './texts.ts'

/** What a person wants of a line: another place, an end, or one below it. */
export type RowWish =
  | { readonly kind: 'move'; readonly by: -1 | 1; readonly button?: 'up' | 'down' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'add' }

/**
 * One child as a line of `pl-child-table`.
 *
 * @fires draft-change `detail` is the child as it is now
 * @fires row-wish `detail` is a `RowWish`
 */
export class PlChildRow extends PlinthElement {
  static override properties: PropertyDeclarations = {
    form: { attribute: false },
    columns: { attribute: false },
    draft: { attribute: false },
    place: { type: Number },
    last: { type: Boolean },
    narrow: { type: Boolean, reflect: true },
    disabled: { type: Boolean },
    opened: { state: true },
  }
  declare form: ChildForm
  declare columns: ChildColumns
  declare draft: ChildDraft
  /** Among its siblings, from 1. */
  declare place: number
  declare last: boolean
  declare narrow: boolean
  declare disabled: boolean
  /** Whether the further fields are shown. */
  declare opened: boolean

  static override styles = [cellStyles, childRowStyles]

  constructor() {
    super()
    this.last = false
    this.narrow = false
    this.disabled = false
    this.opened = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.addEventListener('keydown', this.#key, { capture: true })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.removeEventListener('keydown', this.#key, { capture: true })
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('draft')) return
    const more = new Set(this.columns.more.map(({ name }) => name))
    // What is wrong must be seen.
    if (this.draft.problems.some(({ pointer }) => more.has(fieldOf(pointer)))) this.opened = true
  }

  protected override updated(): void {
    this.setAttribute('aria-label', t('children.place', { place: this.place }))
  }

  get #fields(): readonly FieldMeta[] {
    return childFields(this.form)
  }

  /** Takes over what stands typed in open pickers. */
  commit(): void {
    for (const field of this.#drawn) field.commit()
  }

  get #drawn(): readonly PlField[] {
    return [...this.renderRoot.querySelectorAll<PlField>('pl-field')]
  }

  /** Puts the cursor into the field that is wrong, else into the first one. */
  override focus(): void {
    void this.updateComplete.then(async () => {
      const [wrong] = problemsByField(this.draft.problems, this.#fields).byField.keys()
      const field = this.#drawn.find(({ dataset }) => dataset['name'] === wrong) ?? this.#drawn[0]
      await field?.updateComplete
      this.scrollIntoView({ block: 'center' })
      field?.focus()
    })
  }

  /** Puts the cursor on a button of the line, or on the one beside it where that has nowhere to go on. */
  focusButton(name: string): void {
    const find = (each: string) => this.renderRoot.querySelector<HTMLElement>(`.${each}:not(:disabled)`)
    ;(find(name) ?? find('up') ?? find('down') ?? find('remove'))?.focus()
  }

  #wish(detail: RowWish): void {
    this.dispatchEvent(new CustomEvent('row-wish', { detail }))
  }

  readonly #key = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
    const adds = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (this.disabled || !(adds || (event.altKey && by !== undefined))) return
    event.preventDefault()
    event.stopPropagation()
    this.#wish(by === undefined ? { kind: 'add' } : { kind: 'move', by })
  }

  #changed(event: CustomEvent<FieldChange>): void {
    event.stopPropagation()
    const { name, value, problem } = event.detail
    const { draft } = this
    const unreadable = new Map(draft.unreadable)
    if (problem) unreadable.set(name, problem)
    else unreadable.delete(name)
    const detail: ChildDraft = {
      ...draft,
      unreadable,
      values: { ...draft.values, [name]: value },
      problems: draft.problems.filter(({ pointer }) => fieldOf(pointer) !== name),
    }
    this.dispatchEvent(new CustomEvent('draft-change', { detail }))
  }

  #isLocked(field: FieldMeta): boolean {
    if (this.disabled) return true
    if (isNew(this.draft)) return false
    return field.immutable || field.mask?.replace === false || !this.form.collection.can.includes('update')
  }

  #field(field: FieldMeta, problems: readonly ProblemError[], compact: boolean): unknown {
    const include = field.ref?.include
    return html`<pl-field
      class=${!compact && field.type === 'text' ? 'wide' : ''}
      data-name=${field.name}
      .field=${field}
      .value=${this.draft.values[field.name] ?? null}
      .known=${include ? this.draft.initial[include] : undefined}
      .problems=${problems}
      ?compact=${compact}
      ?disabled=${this.#isLocked(field)}
      ?unreadable=${isUnreadable(this.draft.initial, field.name)}
    ></pl-field>`
  }

  /** What follows from other values is known again when they are saved. */
  #fact(field: FieldMeta): unknown {
    const column = fieldColumn(field)
    const stale = isNew(this.draft) || isEdited(this.#fields, this.draft)
    const value = stale
      ? html`<span title=${field.computed ? t('children.computed') : ''}>${EMPTY}</span>`
      : renderCell(column, this.draft.initial as AnyRecord, { links: false })
    if (this.narrow) return html`<p class="fact">${pick(field.label)}: ${value}</p>`
    return html`<div class=${isFigure(column) ? 'value end' : 'value'}>${value}</div>`
  }

  #button(name: string, icon: string, text: string, run: () => void, disabled = this.disabled): unknown {
    return html`<button
      type="button"
      class="pl-button ghost icon ${name}"
      aria-label="${text}: ${t('children.place', { place: this.place })}"
      title=${text}
      ?disabled=${disabled}
      @click=${run}
    >
      <pl-icon name=${icon}></pl-icon>
    </button>`
  }

  #buttons(): unknown {
    const { opened } = this
    const removable = isNew(this.draft) || this.form.collection.can.includes('delete')
    const move = (by: -1 | 1): void => this.#wish({ kind: 'move', by, button: by < 0 ? 'up' : 'down' })
    return html`<div class="acts">
      ${
        this.columns.more.length > 0
          ? this.#button(
              opened ? 'fold open' : 'fold',
              'chevron-down',
              t(opened ? 'children.less' : 'children.more'),
              () => (this.opened = !opened),
              false,
            )
          : nothing
      }
      ${this.#button('up', 'arrow-up', t('children.up'), () => move(-1), this.disabled || this.place === 1)}
      ${this.#button('down', 'arrow-down', t('children.down'), () => move(1), this.disabled || this.last)}
      ${removable ? this.#button('remove', 'trash-2', t('children.remove'), () => this.#wish({ kind: 'remove' })) : nothing}
    </div>`
  }

  override render(): unknown {
    const { draft, narrow, columns } = this
    const { byField, rest } = problemsByField(draft.problems, this.#fields)
    const field = (each: FieldMeta, compact: boolean): unknown =>
      this.#field(each, byField.get(each.name) ?? [], compact)
    return html`<div @field-change=${this.#changed}>
      ${
        narrow
          ? html`<div class="top">
              <span class="name">${t('children.place', { place: this.place })}</span>${this.#buttons()}
            </div>`
          : nothing
      }
      <div class="line">
        ${columns.line.map((each) => (each.readOnly ? this.#fact(each) : field(each, !narrow)))}
        ${narrow ? nothing : this.#buttons()}
      </div>
      ${this.opened && columns.more.length > 0 ? html`<div class="more">${columns.more.map((each) => field(each, false))}</div>` : nothing}
      ${rest.map((error) => html`<p class="wrong" role="alert">${problemText(error)}</p>`)}
    </div>`
  }
}

customElements.define('pl-child-row', PlChildRow)

declare global {
  interface HTMLElementTagNameMap {
    'pl-child-row': PlChildRow
  }
}

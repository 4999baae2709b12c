import type { FieldMeta, ProblemError } from '@plinth/sdk'
import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { fieldColumn, isFigure } from '../data-grid/column.ts'
import { ElementWidth } from '../element/element-width.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { toast } from '../feedback/toast.ts'
import { pick } from '../i18n/locale.ts'
import { common } from '../texts.ts'
import type { FormValues } from './changed-fields.ts'
import { childColumns, columnWidths, type ChildColumns } from './child-columns.ts'
import {
  areChanged,
  childFields,
  contestedValues,
  draftsOf,
  moved,
  newDraft,
  problemsByChild,
  rebased,
  sentItems,
  type ChildDraft,
  type ChildForm,
  type ContestedValue,
} from './child-drafts.ts'
import type { PlChildRow, RowWish } from './child-row.ts'
import './child-row.ts'
import { childTableStyles } from './child-table.styles.ts'
import { checkValues, problemText, spoken } from './problems.ts'
import { t } from './texts.ts'

/** Below this width in pixels each child is a small form instead of a line of a table. */
const NARROW = 640

/** Width in pixels of a button at the end of a line. */
const BUTTON = 34

/**
 * The children of a record as lines of a form. Alt with an arrow moves the line with the cursor, Ctrl or ⌘ with Enter adds one below it.
 *
 * @fires changed whenever anything about the collection changes; read `dirty` and `items` then
 */
export class PlChildTable extends PlinthElement {
  static override properties: PropertyDeclarations = {
    form: { attribute: false },
    initial: { attribute: false },
    disabled: { type: Boolean },
    drafts: { state: true },
    problems: { state: true },
    said: { state: true },
  }
  declare form: ChildForm
  /** The children as they were loaded, in their order. */
  declare initial: readonly FormValues[]
  declare disabled: boolean
  declare drafts: readonly ChildDraft[]
  /** Refusals of the collection as a whole. */
  declare problems: readonly ProblemError[]
  /** What was done last, for those who do not see it. */
  declare said: string

  /** What the person did, while other children are taken as the loaded ones. */
  #kept: readonly ChildDraft[] | undefined

  readonly #measured = new ElementWidth(this, (width) => width)

  static override styles = childTableStyles

  constructor() {
    super()
    this.initial = []
    this.disabled = false
    this.drafts = []
    this.problems = []
    this.said = ''
  }

  /** In pixels; 0 before it is known. */
  get #width(): number {
    return this.#measured.value ?? 0
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('initial')) return
    this.drafts = this.#kept ?? draftsOf(this.initial)
    this.#kept = undefined
    this.problems = []
  }

  get dirty(): boolean {
    return areChanged(childFields(this.form), this.initial, this.drafts)
  }

  /** The wished state of the collection, ready to be sent. */
  get items(): readonly FormValues[] {
    return sentItems(childFields(this.form), this.drafts)
  }

  get #rows(): readonly PlChildRow[] {
    return [...this.renderRoot.querySelectorAll<PlChildRow>('pl-child-row')]
  }

  /** What can be seen to be missing without asking the server, with pointers from the parent on. */
  check(): ProblemError[] {
    for (const row of this.#rows) row.commit()
    const { name, min } = this.form.collection
    const found = this.drafts.flatMap(({ values, unreadable, initial }, index) =>
      checkValues(childFields(this.form), values, unreadable, initial).map((error) => ({
        ...error,
        pointer: `/${name}/${index}${error.pointer}`,
      })),
    )
    return this.drafts.length >= min
      ? found
      : [{ pointer: `/${name}`, code: 'minItems', detail: '' }, ...found]
  }

  /** Shows those of the refusals that point to the collection. */
  refuse(errors: readonly ProblemError[]): void {
    const { children, own } = problemsByChild(this.form.collection.name, errors)
    this.problems = own
    this.drafts = this.drafts.map((draft, index) => ({
      ...draft,
      problems: spoken(this.form.meta, children.get(index) ?? []),
    }))
  }

  /** Takes other children as the loaded ones and keeps what the person did. */
  rebase(initial: readonly FormValues[]): void {
    this.#kept = rebased(childFields(this.form), this.initial, initial, this.drafts)
    this.drafts = this.#kept
    this.initial = initial
  }

  /** Values of children that someone else has saved otherwise meanwhile. */
  contested(latest: readonly FormValues[]): ContestedValue[] {
    return contestedValues(this.form, latest, this.drafts)
  }

  /** Puts the cursor into a child: into the field that is wrong, or the first one. */
  async focusChild(index: number): Promise<void> {
    await this.updateComplete
    this.#rows[index]?.focus()
  }

  /** Puts the cursor to where children are added. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.add')?.focus()
  }

  #set(drafts: readonly ChildDraft[]): void {
    this.drafts = drafts
    this.problems = []
    this.dispatchEvent(new Event('changed'))
  }

  get #canAdd(): boolean {
    const { can, max } = this.form.collection
    return !this.disabled && can.includes('create') && this.drafts.length < max
  }

  async #add(at: number): Promise<void> {
    if (!this.#canAdd) return
    this.#set(this.drafts.toSpliced(at, 0, newDraft(childFields(this.form))))
    this.said = t('children.added', { place: at + 1 })
    await this.focusChild(at)
  }

  async #remove(index: number): Promise<void> {
    const gone = this.drafts[index]!
    this.#set(this.drafts.toSpliced(index, 1))
    const back = (): void => {
      if (!this.drafts.includes(gone)) this.#set(this.drafts.toSpliced(index, 0, gone))
    }
    toast(t('children.removed', { place: index + 1 }), {
      action: { label: common('common.undo'), run: back },
    })
    await this.updateComplete
    const next = this.#rows[Math.min(index, this.drafts.length - 1)]
    if (next) next.focusButton('remove')
    else this.focus()
  }

  async #move(index: number, by: number, button: string | undefined): Promise<void> {
    const drafts = moved(this.drafts, index, by)
    if (drafts === this.drafts) return
    const { key } = this.drafts[index]!
    const active = this.#rows[index]?.shadowRoot?.activeElement as HTMLElement | null | undefined
    this.#set(drafts)
    this.said = t('children.moved', { place: index + by + 1, count: drafts.length })
    await this.updateComplete
    const row = this.#rows.find(({ draft }) => draft.key === key)
    await row?.updateComplete
    // A line that moves in the document loses the cursor.
    if (button === undefined) active?.focus()
    else row?.focusButton(button)
  }

  #wish(wish: RowWish, index: number): void {
    if (wish.kind === 'add') void this.#add(index + 1)
    else if (wish.kind === 'remove') void this.#remove(index)
    else void this.#move(index, wish.by, wish.button)
  }

  #row(draft: ChildDraft, index: number, columns: ChildColumns): unknown {
    return html`<pl-child-row
      role="group"
      .form=${this.form}
      .columns=${columns}
      .draft=${draft}
      .place=${index + 1}
      ?last=${index === this.drafts.length - 1}
      ?narrow=${this.#width < NARROW}
      ?disabled=${this.disabled}
      @draft-change=${({ detail }: CustomEvent<ChildDraft>) => this.#set(this.drafts.with(index, detail))}
      @row-wish=${({ detail }: CustomEvent<RowWish>) => this.#wish(detail, index)}
    ></pl-child-row>`
  }

  #head(columns: ChildColumns): unknown {
    return html`<div class="head" aria-hidden="true">
      ${columns.line.map(
        (field) =>
          html`<span class=${field.readOnly && isFigure(fieldColumn(field)) ? 'end' : ''}
            >${headOf(field)}</span
          >`,
      )}
    </div>`
  }

  #problem(error: ProblemError): string {
    const { min, max } = this.form.collection
    if (error.code === 'minItems' || error.code === 'required') return t('children.tooFew', { min })
    return error.code === 'maxItems' ? t('children.tooMany', { max }) : problemText(error)
  }

  override render(): unknown {
    const { collection } = this.form
    const columns = childColumns(this.form)
    const count = this.drafts.length
    const acts = BUTTON * (columns.more.length > 0 ? 4 : 3)
    return html`<section style="--columns: ${columnWidths(columns.line)}; --acts: ${acts}px">
      <h2 class="title">
        ${pick(collection.label)}${count > 0 ? html`<span class="count">${count}</span>` : nothing}
      </h2>
      ${this.problems.map((error) => html`<p class="wrong" role="alert">${this.#problem(error)}</p>`)}
      ${count > 0 && this.#width >= NARROW ? this.#head(columns) : nothing}
      ${
        this.#width === 0
          ? nothing
          : repeat(
              this.drafts,
              ({ key }) => key,
              (draft, index) => this.#row(draft, index, columns),
            )
      }
      ${count === 0 ? html`<p class="none">${t('children.none')}</p>` : nothing}
      ${
        collection.can.includes('create')
          ? html`<button
              type="button"
              class="pl-button add"
              title=${t('children.shortcut')}
              ?disabled=${!this.#canAdd}
              @click=${() => void this.#add(count)}
            >
              <pl-icon name="plus"></pl-icon>${t('children.add')}
            </button>`
          : nothing
      }
      <p class="pl-sr-only" role="status">${this.said}</p>
    </section>`
  }
}

/** What the editors of a column would say of it themselves. */
function headOf({ label, type, currency, readOnly, required }: FieldMeta): string {
  const unit = type === 'money' && currency && !readOnly ? ` (${currency})` : ''
  return `${pick(label)}${unit}${required && type !== 'bool' ? ' *' : ''}`
}

customElements.define('pl-child-table', PlChildTable)

declare global {
  interface HTMLElementTagNameMap {
    'pl-child-table': PlChildTable
  }
}

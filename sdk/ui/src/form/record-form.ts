import type { EntityMeta, FieldMeta, ProblemError } from '@plinth/sdk'
import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import { isUnreadable } from '../data-grid/unreadable.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { pick } from '../i18n/locale.ts'
import { changedFields, createdFields, isChanged, type FormValues } from './changed-fields.ts'
import {
  childPlaces,
  childrenIn,
  type ChildForm,
  type ChildPlace,
  type ContestedValue,
} from './child-drafts.ts'
import type { PlChildTable } from './child-table.ts'
import './child-table.ts'
import type { FieldChange, PlField } from './field.ts'
import './field.ts'
import { formGroups } from './form-groups.ts'
import { checkValues, fieldOf, pointerParts, problemText, problemsByField, spoken } from './problems.ts'
import { recordFormStyles } from './record-form.styles.ts'
import { t } from './texts.ts'

/** Fields that need the whole width. */
const WIDE: ReadonlySet<FieldMeta['type']> = new Set(['text', 'address', 'tags', 'file'])

/** From so many characters on, a line of text needs the whole width too. */
const LONG = 200

function isWide(field: FieldMeta): boolean {
  return WIDE.has(field.type) || (field.type === 'string' && (field.maxLength ?? 0) >= LONG)
}

/**
 * The fields of an entity as a form. Knows what has changed and shows what was refused; loading and saving are the
 * owner's.
 *
 * @fires changed whenever a value changes; read `dirty` and `changes` then
 */
export class PlRecordForm extends PlinthElement {
  static override properties: PropertyDeclarations = {
    meta: { attribute: false },
    initial: { attribute: false },
    creating: { type: Boolean },
    only: { attribute: false },
    families: { attribute: false },
    disabled: { type: Boolean },
    values: { state: true },
    problems: { state: true },
  }
  declare meta: EntityMeta
  /** The loaded record, or what a new one starts with. Included references stand beside their ids. */
  declare initial: FormValues
  declare creating: boolean
  /** Names of the fields to show; all when absent. */
  declare only: readonly string[] | undefined
  /** Collections of children that are edited and saved along. `initial` has those there are under their names. */
  declare families: readonly ChildForm[]
  declare disabled: boolean
  declare values: FormValues
  declare problems: readonly ProblemError[]

  readonly #unreadable = new Map<string, string>()

  static override styles = recordFormStyles

  constructor() {
    super()
    this.creating = false
    this.families = []
    this.disabled = false
    this.values = {}
    this.problems = []
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('initial')) return
    this.values = { ...this.initial }
    this.problems = []
    this.#unreadable.clear()
  }

  /** The fields that can be filled in now. */
  get fields(): readonly FieldMeta[] {
    return this.meta.fields.filter(
      (field) =>
        !field.readOnly &&
        (this.creating || !field.immutable) &&
        (!this.only || this.only.includes(field.name)),
    )
  }

  get dirty(): boolean {
    return (
      this.#unreadable.size > 0 ||
      this.#tables.some((table) => table.dirty) ||
      this.fields.some((field) => isChanged(field, this.initial[field.name], this.values[field.name]))
    )
  }

  /** What has to be sent: everything filled in for a new record, only what changed for an existing one. */
  get changes(): FormValues {
    const own = this.creating
      ? createdFields(this.meta.fields, this.values)
      : changedFields(this.meta.fields, this.initial, this.values)
    const lists = this.#tables.filter((table) => table.dirty)
    return { ...own, ...Object.fromEntries(lists.map((table) => [table.form.collection.name, table.items])) }
  }

  get #tables(): readonly PlChildTable[] {
    return [...this.renderRoot.querySelectorAll<PlChildTable>('pl-child-table')]
  }

  /** Shows what can be seen to be missing without asking the server. False when something is. */
  check(): boolean {
    for (const field of this.renderRoot.querySelectorAll<PlField>('pl-field')) field.commit()
    const found = [
      ...checkValues(this.fields, this.values, this.#unreadable, this.initial),
      ...this.#tables.flatMap((table) => table.check()),
    ]
    if (found.length > 0) void this.refuse(found)
    return found.length === 0
  }

  /** Shows refusals at their fields and puts the cursor into the first of them. */
  async refuse(problems: readonly ProblemError[]): Promise<void> {
    this.problems = spoken(this.meta, problems)
    for (const table of this.#tables) table.refuse(problems)
    await this.updateComplete
    const [first] = problemsByField(problems, this.#shown).byField.keys()
    const [child] = childPlaces(this.families, problems)
    if (first) await this.#focus(first)
    else if (child) await this.#focusChild(child)
    else this.renderRoot.querySelector<HTMLElement>('.summary')?.focus()
  }

  /** Values of children that someone else has saved otherwise meanwhile. */
  contestedChildren(latest: FormValues): ContestedValue[] {
    return this.#tables.flatMap((table) => table.contested(childrenIn(latest, table.form)))
  }

  /** Takes other values as the loaded ones and keeps what the person typed, e.g. after someone else changed the record. */
  rebase(initial: FormValues): void {
    const kept = Object.fromEntries(
      this.fields
        .filter((field) => isChanged(field, this.initial[field.name], this.values[field.name]))
        .map((field) => [field.name, this.values[field.name]]),
    )
    for (const table of this.#tables) table.rebase(childrenIn(initial, table.form))
    this.initial = initial
    void this.updateComplete.then(() => {
      this.values = { ...initial, ...kept }
    })
  }

  override focus(): void {
    this.renderRoot.querySelector<PlField>('pl-field')?.focus()
  }

  /** Fields in the order they are drawn. */
  get #shown(): readonly FieldMeta[] {
    return formGroups(this.meta, this.fields).flatMap((group) => group.fields)
  }

  async #focus(name: string): Promise<void> {
    const field = this.renderRoot.querySelector<PlField>(`pl-field[data-name="${CSS.escape(name)}"]`)
    await field?.updateComplete
    field?.scrollIntoView({ block: 'center' })
    field?.focus()
  }

  async #focusChild({ name, index }: ChildPlace): Promise<void> {
    const table = this.#tables.find(({ form }) => form.collection.name === name)
    table?.scrollIntoView({ block: 'nearest' })
    if (index === undefined) table?.focus()
    else await table?.focusChild(index)
  }

  /** A line that is corrected, moved or removed is no longer what was called wrong. */
  #childrenChanged(name: string): void {
    this.problems = this.problems.filter((error) => pointerParts(error.pointer)[0] !== name)
    this.dispatchEvent(new Event('changed'))
  }

  #changed({ detail: { name, value, problem } }: CustomEvent<FieldChange>): void {
    if (problem) this.#unreadable.set(name, problem)
    else this.#unreadable.delete(name)
    this.values = { ...this.values, [name]: value }
    // A value that was just corrected must not go on being called wrong.
    this.problems = this.problems.filter((error) => fieldOf(error.pointer) !== name)
    this.dispatchEvent(new Event('changed'))
  }

  #field(field: FieldMeta, problems: readonly ProblemError[]): unknown {
    const include = field.ref?.include
    return html`<pl-field
      class=${isWide(field) ? 'wide' : ''}
      data-name=${field.name}
      .field=${field}
      .value=${this.values[field.name] ?? null}
      .known=${include ? this.initial[include] : undefined}
      .problems=${problems}
      ?disabled=${this.disabled || (!this.creating && field.mask?.replace === false)}
      ?unreadable=${isUnreadable(this.initial, field.name)}
    ></pl-field>`
  }

  #summary(fields: readonly FieldMeta[]): unknown {
    if (this.problems.length === 0) return nothing
    const { byField, rest: others } = problemsByField(this.problems, fields)
    const children = childPlaces(this.families, this.problems)
    const lists = new Set(children.map(({ name }) => name))
    const rest = others.filter((error) => !lists.has(pointerParts(error.pointer)[0] ?? ''))
    const labelOf = (name: string): string => pick(fields.find((field) => field.name === name)!.label)
    return html`<div class="summary" role="alert" tabindex="-1">
      <pl-icon name="circle-alert"></pl-icon>
      <div>
        <p class="heading">
          ${t('summary.heading', { count: byField.size + children.length + rest.length })}
        </p>
        <ul>
          ${[...byField.keys()].map(
            (name) =>
              html`<li>
                <button type="button" class="jump" @click=${() => void this.#focus(name)}>
                  ${labelOf(name)}
                </button>
              </li>`,
          )}
          ${children.map(
            (place) =>
              html`<li>
                <button type="button" class="jump" @click=${() => void this.#focusChild(place)}>
                  ${place.label}
                </button>
              </li>`,
          )}
          ${rest.map((error) => html`<li>${problemText(error)}</li>`)}
        </ul>
      </div>
    </div>`
  }

  override render(): unknown {
    const groups = formGroups(this.meta, this.fields)
    const shown = groups.flatMap((group) => group.fields)
    const { byField } = problemsByField(this.problems, shown)
    return html`<div @field-change=${this.#changed}>
      ${this.#summary(shown)}
      ${groups.map(
        ({ label, fields }) =>
          html`<section class="group">
            ${label ? html`<h2 class="title">${pick(label)}</h2>` : nothing}
            <div class="fields">
              ${fields.map((field) => this.#field(field, byField.get(field.name) ?? []))}
            </div>
          </section>`,
      )}
      ${this.families.map(
        (family) =>
          html`<section class="group">
            <pl-child-table
              .form=${family}
              .initial=${childrenIn(this.initial, family)}
              ?disabled=${this.disabled}
              @changed=${() => this.#childrenChanged(family.collection.name)}
            ></pl-child-table>
          </section>`,
      )}
    </div>`
  }
}

customElements.define('pl-record-form', PlRecordForm)

declare global {
  interface HTMLElementTagNameMap {
    'pl-record-form': PlRecordForm
  }
}

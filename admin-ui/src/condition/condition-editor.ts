import type { ConditionInput, ProblemError } from '@plinth/sdk'
import { PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { renderClause } from './clause-row.ts'
import { BLANK, isWhole, type Alternatives, type Clause } from './clauses.ts'
import { conditionEditorStyles } from './condition-editor.styles.ts'
import { faultWords } from './fault-words.ts'
import { t } from './texts.ts'
import { clauseAt } from './write-condition.ts'

/**
 * Writes a condition on records: clauses that must all hold, and alternatives to them.
 *
 * @fires change with the alternatives as `detail`, whole or not
 */
export class ConditionEditor extends PlinthElement {
  static override properties: PropertyDeclarations = {
    fields: { attribute: false },
    value: { attribute: false },
    faults: { attribute: false },
    checked: { type: Boolean },
  }
  declare fields: readonly ConditionInput[]
  declare value: Alternatives
  /** What the server refused; pointers count from the condition. */
  declare faults: readonly ProblemError[]
  /** Says what is still missing. */
  declare checked: boolean

  static override styles = conditionEditorStyles

  constructor() {
    super()
    this.fields = []
    this.value = [[BLANK]]
    this.faults = []
    this.checked = false
  }

  /** Puts the cursor to where something is wrong, else to the first field. */
  override focus(): void {
    const { renderRoot } = this
    const clauses = this.value.flat()
    const place = clauses.findIndex((each, index) => !isWhole(each) || this.#faultsOf(index).length > 0)
    const row = renderRoot.querySelectorAll('li')[Math.max(place, 0)]
    const [field] = clauses[Math.max(place, 0)]?.field
      ? [row?.querySelector<HTMLElement>('pl-field, input')]
      : []
    ;(field ?? row?.querySelector('select'))?.focus()
  }

  #set(value: Alternatives): void {
    this.value = value
    this.dispatchEvent(new CustomEvent('change', { detail: value }))
  }

  #change(group: number, place: number, clause: Clause): void {
    this.#set(this.value.map((all, at) => (at === group ? all.with(place, clause) : all)))
  }

  async #add(group: number): Promise<void> {
    this.#set(
      group < this.value.length
        ? this.value.map((all, at) => (at === group ? [...all, BLANK] : all))
        : [...this.value, [BLANK]],
    )
    await this.updateComplete
    const groups = this.renderRoot.querySelectorAll('.group')
    groups[group]?.querySelector<HTMLElement>('li:last-child select')?.focus()
  }

  /** One clause stays, to be filled anew. */
  async #remove(group: number, place: number): Promise<void> {
    const left = this.value
      .map((all, at) => (at === group ? all.toSpliced(place, 1) : all))
      .filter((all) => all.length > 0)
    this.#set(left.length > 0 ? left : [[BLANK]])
    await this.updateComplete
    const groups = this.renderRoot.querySelectorAll('.group')
    const there = groups[Math.min(group, groups.length - 1)]
    there?.querySelector<HTMLElement>('li:last-child select')?.focus()
  }

  /** Refusals of one clause, by its place among all. */
  #faultsOf(index: number): readonly ProblemError[] {
    const places = this.value.flatMap((all, group) => all.map((_, place) => [group, place] as const))
    const [group, place] = places[index]!
    return this.faults.filter(({ pointer }) => {
      const found = clauseAt(this.value, pointer)
      return found?.[0] === group && found[1] === place
    })
  }

  #group(clauses: readonly Clause[], group: number): unknown {
    const before = this.value.slice(0, group).flat().length
    const name = t(group === 0 ? 'condition.if' : 'condition.orIf')
    return html`<div class="group" role="group" aria-label=${name}>
      <h5>${name}</h5>
      <ul>
        ${clauses.map((clause, place) =>
          renderClause({
            clause,
            fields: this.fields,
            index: before + place + 1,
            faults: this.#faultsOf(before + place),
            checked: this.checked,
            change: (changed) => this.#change(group, place, changed),
            remove: () => void this.#remove(group, place),
          }),
        )}
      </ul>
      <button type="button" class="pl-button ghost" @click=${() => void this.#add(group)}>
        <pl-icon name="plus"></pl-icon>${t('condition.add')}
      </button>
    </div>`
  }

  override render(): unknown {
    const elsewhere = this.faults.filter(({ pointer }) => !clauseAt(this.value, pointer))
    return html`${this.value.map((clauses, group) => this.#group(clauses, group))}
      ${elsewhere.length === 0 ? nothing : html`<p class="wrong">${faultWords(elsewhere[0]!)}</p>`}
      <button type="button" class="pl-button ghost more" @click=${() => void this.#add(this.value.length)}>
        <pl-icon name="plus"></pl-icon>${t('condition.addOther')}
      </button>`
  }
}

customElements.define('pl-condition-editor', ConditionEditor)

import type { ConditionInput, ProblemError } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import '@plinth/ui/form'
import type { FieldChange } from '@plinth/ui/form'
import { html, nothing, type TemplateResult } from 'lit'
import { enteredValue, fieldOfClause } from './clause-field.ts'
import { BLANK, entryOf, isWhole, operatorsOf, type Clause, type ClauseOperator } from './clauses.ts'
import { faultWords } from './fault-words.ts'
import { operatorWords } from './operator-words.ts'
import { t } from './texts.ts'

/** What draws one clause of a condition. */
export interface ClauseRow {
  readonly clause: Clause
  readonly fields: readonly ConditionInput[]
  /** Its place among all clauses, from 1. */
  readonly index: number
  readonly faults: readonly ProblemError[]
  /** What is missing is said. */
  readonly checked: boolean
  change(clause: Clause): void
  remove(): void
}

/** A clause about another field, and with the operator that is most usual there. */
function about(name: string, fields: readonly ConditionInput[]): Clause {
  const field = fields.find((each) => each.name === name)
  return field ? { field: name, operator: operatorsOf(field)[0]!, value: null } : BLANK
}

function withOperator(clause: Clause, operator: ClauseOperator): Clause {
  const { problem: _, ...kept } = clause
  return entryOf(operator) === entryOf(clause.operator)
    ? { ...clause, operator }
    : { ...kept, operator, value: null }
}

/** With the currency, for which the input has no room. */
const nameOf = ({ label, currency }: ConditionInput): string =>
  currency === undefined ? pick(label) : `${pick(label)} (${currency})`

export function renderClause(row: ClauseRow): TemplateResult {
  const { clause, fields, index } = row
  const field = fields.find(({ name }) => name === clause.field)
  return html`<li>
    <select
      aria-label=${t('condition.field', { index })}
      aria-invalid=${row.checked && !field ? 'true' : 'false'}
      @change=${(event: Event) => row.change(about((event.currentTarget as HTMLSelectElement).value, fields))}
    >
      <option value="" ?selected=${!field}>${t('condition.choose')}</option>
      ${fields.map(
        (each) => html`<option value=${each.name} ?selected=${each === field}>${nameOf(each)}</option>`,
      )}
    </select>
    ${field ? renderOperator(row, field) : nothing}
    <button
      type="button"
      class="pl-button ghost icon remove"
      aria-label=${t('condition.remove', { index })}
      title=${t('condition.remove', { index })}
      @click=${() => row.remove()}
    >
      <pl-icon name="x"></pl-icon>
    </button>
    ${field ? renderEntry(row, field) : nothing}
    ${row.checked && !field ? html`<p class="wrong">${t('condition.fieldNeeded')}</p>` : nothing}
  </li>`
}

function renderOperator({ clause, change }: ClauseRow, field: ConditionInput): TemplateResult {
  return html`<select
    class="operator"
    aria-label=${t('condition.operator', { field: pick(field.label) })}
    @change=${(event: Event) =>
      change(withOperator(clause, (event.currentTarget as HTMLSelectElement).value as ClauseOperator))}
  >
    ${operatorsOf(field).map(
      (each) =>
        html`<option value=${each} ?selected=${each === clause.operator}>
          ${operatorWords(each, field.type)}
        </option>`,
    )}
  </select>`
}

function renderEntry(row: ClauseRow, field: ConditionInput): TemplateResult {
  const { clause, faults, checked } = row
  const entry = entryOf(clause.operator)
  const [fault] = faults
  if (entry === 'none') return fault ? html`<p class="wrong">${faultWords(fault)}</p>` : html``
  if (entry === 'some') return renderChoices(row, field)
  const meta = fieldOfClause(field, clause.operator)
  const missing = checked && !isWhole(clause) ? 'required' : undefined
  const code = clause.problem ?? missing ?? fault?.code
  return html`<pl-field
    class="entry"
    compact
    .field=${meta}
    .value=${clause.value}
    .problems=${code === undefined ? [] : [problem(field, code, fault)]}
    @field-change=${(event: CustomEvent<FieldChange>) => {
      event.stopPropagation()
      const { value, problem: unread } = event.detail
      const { problem: _, ...kept } = clause
      row.change(
        unread === undefined
          ? { ...kept, value: enteredValue(meta, value) }
          : { ...kept, value: null, problem: unread },
      )
    }}
  ></pl-field>`
}

/** What the input says is wrong: what was typed, else in the words for what the server refused. */
function problem({ name }: ConditionInput, code: string, fault: ProblemError | undefined): ProblemError {
  return fault?.code === code
    ? { pointer: `/${name}`, code: 'condition', detail: faultWords(fault) }
    : { pointer: `/${name}`, code, detail: '' }
}

/** Some of the values a field can have. */
function renderChoices(
  { clause, faults, checked, change }: ClauseRow,
  { label, values = [] }: ConditionInput,
): TemplateResult {
  const chosen = Array.isArray(clause.value) ? (clause.value as readonly string[]) : []
  const toggle = (value: string): void => {
    const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]
    change({ ...clause, value: next })
  }
  const missing = checked && chosen.length === 0 ? t('condition.valuesNeeded') : undefined
  const wrong = faults[0] ? faultWords(faults[0]) : missing
  return html`<fieldset class="entry choices">
    <legend>${pick(label)}</legend>
    ${values.map(
      (each) =>
        html`<label
          ><input
            type="checkbox"
            .checked=${chosen.includes(each.value)}
            @change=${() => toggle(each.value)}
          />${pick(each.label)}</label
        >`,
    )}
    ${wrong === undefined ? nothing : html`<p class="wrong">${wrong}</p>`}
  </fieldset>`
}

import type { AuditSubject, AuditWords } from '@plinth/sdk'
import { common, fmt, pick, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { unreachableWords } from '../sign-on/unreachable-words.ts'
import { auditStyles } from './audit.styles.ts'
import type { AuditEntry } from './audit-api.ts'
import { differences, nameIn, wordsOf, type Difference } from './differences.ts'
import { entryName, subjectWords, valueWords } from './entry-words.ts'
import { riskWords } from './risk-words.ts'
import { t, tell } from './texts.ts'

/** An entry of the log; opened, it says what is different since. */
export class AuditEntryRow extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entry: { attribute: false },
    words: { attribute: false },
    open: { state: true },
  }
  declare entry: AuditEntry
  /** What entries are told in. */
  declare words: AuditWords

  declare protected open: boolean

  static override styles = auditStyles

  get #circumstances(): string {
    const { actor, at, address } = this.entry
    const name = actor.name ?? (actor.id === null ? t('actor.system') : t('actor.gone'))
    return [
      fmt.datetime(at),
      t('audit.by', { name }),
      ...(address === null ? [] : [t('audit.at', { address })]),
    ].join(' · ')
  }

  #values(): unknown {
    const { before, after, subjectId } = this.entry
    const rows = inWords(differences(before, after), unreachableWords(after))
    return html`<div class="values">
      <small>${subjectId}</small>
      ${rows.length === 0 ? html`<p>${t('audit.unchanged')}</p>` : this.#table(rows)}
    </div>`
  }

  /** A column that would be empty takes no room from the others. */
  #table(rows: readonly Difference[]): unknown {
    const subject = subjectWords(this.entry, this.words)
    const labelOf = (field: string): string => {
      const label = subject?.fields[field]?.label
      return label ? pick(label) : tell(`field.${field}`, field)
    }
    const sides = (['before', 'after'] as const).filter((side) =>
      rows.some((row) => wordsOf(row[side]) !== ''),
    )
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${t('audit.field')}</th>
          ${sides.map((side) => html`<th scope="col">${t(`audit.${side}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${labelOf(row.field)}</th>
              ${sides.map((side) => html`<td>${sayValue(row.field, row[side], subject) || nothing}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`
  }

  override render(): unknown {
    const { before, after } = this.entry
    const name = nameIn(after) || nameIn(before)
    return html`<details
      @toggle=${(event: Event) => {
        this.open = (event.target as HTMLDetailsElement).open
      }}
    >
      <summary>
        <strong
          >${entryName(this.entry, this.words)}${name === '' ? nothing : html` <span class="name">${name}</span>`}</strong
        ><small>${this.#circumstances}</small>
      </summary>
      ${this.open ? this.#values() : nothing}
    </details>`
  }
}

/** Why a provider was not reached is one sentence, in place of what it is made of. */
function inWords(rows: readonly Difference[], why: string | undefined): readonly Difference[] {
  if (why === undefined) return rows
  return rows
    .filter(({ field }) => field !== 'reason' && field !== 'status')
    .map((row) => (row.field === 'detail' ? { ...row, after: why } : row))
}

/** Words for values that have some: what a sign-in was like, what was found out about an entry. */
function sayValue(field: string, value: unknown, subject: AuditSubject | undefined): string {
  const words = valueWords(field, value, subject)
  if (typeof value === 'boolean') return common(value ? 'common.yes' : 'common.no')
  return riskWords(value) ?? (field === 'fault' ? tell(`fault.${words}`, words) : words)
}

customElements.define('pl-audit-entry', AuditEntryRow)

import { entityMeta, fmt, pick, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { shell } from '../../session/state.ts'
import { auditStyles } from './audit.styles.ts'
import type { AuditEntry } from './audit-api.ts'
import { differences, wordsOf } from './differences.ts'
import { riskWords } from './risk-words.ts'
import { t, tell } from './texts.ts'

/** An entry of the log; opened, it says what is different since. */
export class AuditEntryRow extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entry: { attribute: false },
    labels: { state: true },
    open: { state: true },
  }
  declare entry: AuditEntry
  /** Names of the entity's fields, once they are wanted. */
  declare protected labels: ReadonlyMap<string, string> | undefined

  declare protected open: boolean

  static override styles = auditStyles

  async #open(event: Event): Promise<void> {
    const { subjectType } = this.entry
    this.open = (event.target as HTMLDetailsElement).open
    if (!this.open || !shell.value?.entities[subjectType]) return
    const { fields } = await entityMeta(subjectType)
    this.labels = new Map(fields.map(({ name, label }) => [name, pick(label)]))
  }

  get #heading(): string {
    const { action, subjectType } = this.entry
    const entity = shell.value?.entities[subjectType]
    const verb = action.split('.').at(-1)!
    const subject = entity ? pick(entity.label) : tell(`subject.${subjectType}`, subjectType)
    return tell(`action.${action}`, `${subject}: ${tell(`verb.${verb}`, verb)}`)
  }

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
    const rows = differences(before, after)
    return html`<div class="values">
      <small>${subjectId}</small>
      ${
        rows.length === 0
          ? html`<p>${t('audit.unchanged')}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">${t('audit.field')}</th>
                  <th scope="col">${t('audit.before')}</th>
                  <th scope="col">${t('audit.after')}</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (row) =>
                    html`<tr>
                      <th scope="row">
                        ${this.labels?.get(row.field) ?? tell(`field.${row.field}`, row.field)}
                      </th>
                      <td>${wordsOf(row.before) || nothing}</td>
                      <td>${riskWords(row.after) ?? (wordsOf(row.after) || nothing)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </div>`
  }

  override render(): unknown {
    return html`<details @toggle=${(event: Event) => void this.#open(event)}>
      <summary><strong>${this.#heading}</strong><small>${this.#circumstances}</small></summary>
      ${this.open ? this.#values() : nothing}
    </details>`
  }
}

customElements.define('pl-audit-entry', AuditEntryRow)

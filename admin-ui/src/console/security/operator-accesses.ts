import type { OperatorAccessDocument } from '@plinth/sdk'
import { api, asProblem, fmt, PlinthElement, Resource, toast } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { securityStyles } from './security.styles.ts'
import { t } from './texts.ts'

const PATH = '/api/v1/operator-accesses'

/** When operators of the platform have looked into the workspace, and why. */
export class OperatorAccesses extends PlinthElement {
  static override properties: PropertyDeclarations = { locked: { type: Boolean } }
  /** Whether nobody can be shown out. */
  declare locked: boolean
  readonly #accesses = new Resource<readonly OperatorAccessDocument[]>(
    this,
    async (signal) => (await api.get<{ items: readonly OperatorAccessDocument[] }>(PATH, { signal })).items,
  )

  static override styles = securityStyles

  async #end(id: string): Promise<void> {
    try {
      await api.delete(`${PATH}/${id}`)
      toast(t('operators.ended'), { tone: 'positive' })
    } catch (error) {
      toastProblem(asProblem(error))
    }
    await this.#accesses.reload()
  }

  #row({ id, operator, reason, write, createdAt, expiresAt, endedAt }: OperatorAccessDocument): unknown {
    const until = endedAt ?? expiresAt
    const isOpen = Date.parse(until) > Date.now()
    const times = t(isOpen ? 'operators.open' : 'operators.over', {
      from: fmt.datetime(createdAt),
      until: fmt.time(until),
    })
    return html`<li>
      <div>
        <strong>${operator.name}</strong> ${write ? html`<small>${t('operators.write')}</small>` : nothing}
        <div>${reason}</div>
        <small>${times}</small>
      </div>
      ${
        isOpen && !this.locked
          ? html`<button type="button" class="pl-button" @click=${() => void this.#end(id)}>
              ${t('operators.end')}
            </button>`
          : nothing
      }
    </li>`
  }

  override render(): unknown {
    return html`<section class="pl-card accesses">
      <h2>${t('operators.title')}</h2>
      <p>${t('operators.intro')}</p>
      ${this.#accesses.render((items) =>
        items.length === 0
          ? html`<p>${t('operators.none')}</p>`
          : html`<ul>
              ${items.map((each) => this.#row(each))}
            </ul>`,
      )}
    </section>`
  }
}

customElements.define('pl-operator-accesses', OperatorAccesses)

import type { AuthorizationAnswer } from '@plinth/sdk'
import { api, asProblem, pick, PlinthElement, toast } from '@plinth/ui'
import { css, html, type PropertyDeclarations } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { t } from './texts.ts'

const ROOT = '/api/v1/oauth/authorization'

/** Asks a member whether a program may act in their name. */
export class ConsentPage extends PlinthElement {
  static override properties: PropertyDeclarations = {
    asked: { state: true },
    refused: { state: true },
    busy: { state: true },
  }
  declare private asked: Exclude<AuthorizationAnswer, { redirectTo: string }> | undefined
  declare private refused: boolean
  declare private busy: boolean
  readonly #query = location.search.slice(1)

  static override styles = css`
    :host {
      display: block;
      padding: 32px var(--pl-gutter) 48px;
    }
    .pl-card {
      max-width: 520px;
      margin-inline: auto;
      padding: 28px;
    }
    h1 {
      margin-block-end: 12px;
      font-size: var(--pl-size-20, 20px);
      font-weight: 600;
      line-height: 28px;
      overflow-wrap: anywhere;
    }
    ul {
      display: grid;
      gap: 6px;
      margin: 14px 0;
      padding-inline-start: 20px;
    }
    .quiet {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
    .deeds {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      justify-content: end;
      margin-block-start: 22px;
    }
  `

  constructor() {
    super()
    this.refused = false
    this.busy = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#ask()
  }

  async #ask(): Promise<void> {
    try {
      const answer = await api.post<AuthorizationAnswer>(ROOT, { query: this.#query })
      if ('redirectTo' in answer) location.assign(answer.redirectTo)
      else this.asked = answer
    } catch {
      this.refused = true
    }
  }

  async #decide(allow: boolean): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      const { redirectTo } = await api.post<{ redirectTo: string }>(`${ROOT}/decision`, {
        query: this.#query,
        allow,
      })
      location.assign(redirectTo)
    } catch (error) {
      toast(problemSentence(asProblem(error)), { tone: 'danger' })
      this.busy = false
    }
  }

  override render(): unknown {
    if (this.refused)
      return html`<div class="pl-card">
        <h1>${t('consent.refused')}</h1>
        <p>${t('consent.refused.text')}</p>
      </div>`
    if (!this.asked) return html`<pl-skeleton kind="page"></pl-skeleton>`
    const { client, scopes, returnsTo } = this.asked
    const host = new URL(returnsTo).host || returnsTo
    return html`<div class="pl-card">
      <h1>${t('consent.heading', { name: client.name })}</h1>
      <p>${t('consent.asks')}</p>
      <ul>
        ${scopes.map(({ label }) => html`<li>${pick(label)}</li>`)}
      </ul>
      <p class="quiet">${t('consent.returns', { host })}</p>
      <div class="deeds">
        <button
          type="button"
          class="pl-button"
          ?disabled=${this.busy}
          @click=${() => void this.#decide(false)}
        >
          ${t('consent.deny')}
        </button>
        <button
          type="button"
          class="pl-button primary"
          ?disabled=${this.busy}
          @click=${() => void this.#decide(true)}
        >
          ${t('consent.allow')}
        </button>
      </div>
    </div>`
  }
}

customElements.define('pl-consent-page', ConsentPage)

import type { AuthorizationAnswer } from '@plinth/sdk'
import { api, asProblem, common, pick, PlinthElement, toast, type ApiProblem } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { entryFrame, entryMessage } from '../pages/entry-frame.ts'
import { entryStyles } from '../pages/entry.styles.ts'
import { problemSentence } from '../problem-sentence.ts'
import { shell, tenant } from '../session/state.ts'
import { t } from './texts.ts'

const ROOT = '/api/v1/oauth/authorization'

/** Asks a member whether a program may act in their name. */
export class ConsentPage extends PlinthElement {
  static override properties: PropertyDeclarations = {
    asked: { state: true },
    problem: { state: true },
    busy: { state: true },
  }
  declare private asked: Exclude<AuthorizationAnswer, { redirectTo: string }> | undefined
  declare private problem: ApiProblem | undefined
  declare private busy: boolean
  readonly #query = location.search.slice(1)

  static override styles = [
    entryStyles,
    css`
      h1 {
        overflow-wrap: anywhere;
      }
      @media (max-width: 860px) {
        /* The button for the language stands beside it. */
        h1 {
          padding-inline-end: 64px;
        }
      }
      ul {
        display: grid;
        gap: 6px;
        margin: 0;
        padding: 12px 14px 12px 32px;
        border: 1px solid var(--pl-hairline);
        border-radius: var(--pl-radius-l);
        line-height: 21px;
      }
      .quiet {
        color: var(--pl-text-2);
        font-size: var(--pl-size-13);
        line-height: 19px;
        overflow-wrap: anywhere;
      }
      .deeds {
        display: grid;
        gap: 8px;
      }
      .deeds .submit {
        margin-top: 0;
      }
    `,
  ]

  constructor() {
    super()
    this.busy = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = [t('consent.title'), tenant.value?.name].filter(Boolean).join(' · ')
    void this.#ask()
  }

  async #ask(): Promise<void> {
    this.problem = undefined
    try {
      const answer = await api.post<AuthorizationAnswer>(ROOT, { query: this.#query })
      if ('redirectTo' in answer) location.assign(answer.redirectTo)
      else this.asked = answer
    } catch (error) {
      this.problem = asProblem(error)
    }
  }

  async #decide(allow: boolean): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      const { redirectTo } = await api.post<{ redirectTo: string }>(`${ROOT}/decision`, {
        query: this.#query,
        allow,
        scopes: this.asked?.scopes.map(({ id }) => id),
      })
      location.assign(redirectTo)
    } catch (error) {
      const problem = asProblem(error)
      const changed = problem.code === 'authorization_changed'
      toast(changed ? t('consent.changed') : problemSentence(problem), { tone: 'danger' })
      this.busy = false
      if (changed) await this.#ask()
    }
  }

  #refused(problem: ApiProblem): unknown {
    return problem.code === 'authorization_invalid'
      ? html`<h1>${t('consent.refused')}</h1>
          ${entryMessage(t('consent.refused.text'))}`
      : html`<h1>${t('consent.title')}</h1>
          ${entryMessage(problemSentence(problem))}
          <button type="button" class="pl-button submit" @click=${() => void this.#ask()}>
            ${common('common.retry')}
          </button>`
  }

  #question({ client, scopes, returnsTo }: NonNullable<typeof this.asked>): unknown {
    const member = shell.value?.member
    const url = new URL(returnsTo)
    return html`<h1>${t('consent.heading', { name: client.name })}</h1>
      <p class="lead">${t('consent.asks')}</p>
      <ul>
        ${scopes.map(({ label }) => html`<li>${pick(label)}</li>`)}
      </ul>
      <p class="quiet">
        ${member ? t('consent.as', { name: member.name, email: member.email }) : nothing}
        ${client.madeBy ? t('consent.madeBy', { name: client.madeBy }) : nothing}
        ${t('consent.returns', { host: url.host || url.protocol })}
      </p>
      <div class="deeds">
        ${[true, false].map(
          (allow) =>
            html`<button
              type="button"
              class="pl-button submit ${allow ? 'primary' : ''}"
              ?disabled=${this.busy}
              @click=${() => void this.#decide(allow)}
            >
              ${t(allow ? 'consent.allow' : 'consent.deny')}
            </button>`,
        )}
      </div>`
  }

  override render(): unknown {
    const { asked, problem } = this
    return entryFrame(
      tenant.value?.name,
      html`${problem ? this.#refused(problem) : asked ? this.#question(asked) : html`<pl-skeleton kind="form"></pl-skeleton>`}`,
    )
  }
}

customElements.define('pl-consent-page', ConsentPage)

import type { SecurityBaselineDocument } from '@plinth/sdk'
import { asProblem, confirm, PlinthElement, Resource, toast } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { differenceWords } from './difference-words.ts'
import { adoptBaseline, fetchBaseline } from './security-api.ts'
import { securityStyles } from './security.styles.ts'
import { t } from './texts.ts'

/**
 * What is recommended, and the way there.
 *
 * @fires saved when the policy has become another
 */
export class PolicyBaseline extends PlinthElement {
  static override properties: PropertyDeclarations = { locked: { type: Boolean } }
  declare locked: boolean
  readonly #baseline = new Resource<SecurityBaselineDocument>(this, (signal) => fetchBaseline({ signal }))

  static override styles = securityStyles

  reload(): Promise<unknown> {
    return this.#baseline.reload()
  }

  async #adopt({ version, gaps }: SecurityBaselineDocument): Promise<void> {
    const text = gaps.map(differenceWords).join('. ')
    if (!(await confirm({ heading: t('baseline.ask'), text, confirm: t('baseline.adopt') }))) return
    try {
      await adoptBaseline(version)
      toast(t('security.saved'), { tone: 'positive' })
    } catch (error) {
      toastProblem(asProblem(error))
    }
    this.dispatchEvent(new CustomEvent('saved'))
  }

  #gaps(baseline: SecurityBaselineDocument): unknown {
    const { version, gaps } = baseline
    if (gaps.length === 0) return html`<p>${t('baseline.met', { version })}</p>`
    return html`<p>${t('baseline.intro', { version })}</p>
      <ul>
        ${gaps.map((each) => html`<li><div>${differenceWords(each)}</div></li>`)}
      </ul>
      ${
        this.locked
          ? nothing
          : html`<button type="button" class="pl-button primary" @click=${() => void this.#adopt(baseline)}>
              ${t('baseline.adopt')}
            </button>`
      }`
  }

  override render(): unknown {
    return html`<section class="pl-card accesses">
      <h2>${t('baseline.title')}</h2>
      ${this.#baseline.render((baseline) => this.#gaps(baseline))}
    </section>`
  }
}

customElements.define('pl-policy-baseline', PolicyBaseline)

import type { PolicyVersionDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, PlinthElement, Resource, toast } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { differenceWords } from './difference-words.ts'
import { fetchVersions, restoreVersion } from './security-api.ts'
import { securityStyles } from './security.styles.ts'
import { t } from './texts.ts'

/** Versions that are shown before more are wanted. */
const SHOWN = 5

/**
 * What the policy was, and the way back.
 *
 * @fires saved when the policy has become another
 */
export class PolicyVersions extends PlinthElement {
  static override properties: PropertyDeclarations = { locked: { type: Boolean }, whole: { state: true } }
  declare locked: boolean
  declare protected whole: boolean
  readonly #versions = new Resource<readonly PolicyVersionDocument[]>(this, (signal) =>
    fetchVersions({ signal }),
  )

  static override styles = securityStyles

  reload(): Promise<unknown> {
    return this.#versions.reload()
  }

  async #restore({ number, at }: PolicyVersionDocument): Promise<void> {
    const heading = t('versions.ask', { number: fmt.num(number) })
    const text = t('versions.askText', { time: fmt.datetime(at) })
    if (!(await confirm({ heading, text, confirm: t('versions.restore') }))) return
    try {
      await restoreVersion(number)
      toast(t('security.saved'), { tone: 'positive' })
    } catch (error) {
      toastProblem(asProblem(error))
    }
    this.dispatchEvent(new CustomEvent('saved'))
  }

  #row(version: PolicyVersionDocument, isLatest: boolean): unknown {
    const { number, at, by, reason, changes } = version
    const label = t('versions.number', { number: fmt.num(number) })
    const who = by ? [by.name] : []
    return html`<li>
      <div>
        <strong>${label}</strong> ${t(`versions.${reason}`)}
        ${changes.map((each) => html`<div>${differenceWords(each)}</div>`)}
        <small>${[fmt.datetime(at), ...who].join(' · ')}</small>
      </div>
      ${
        this.locked || isLatest
          ? nothing
          : html`<button
              type="button"
              class="pl-button"
              aria-label=${`${t('versions.restore')}: ${label}`}
              @click=${() => void this.#restore(version)}
            >
              ${t('versions.restore')}
            </button>`
      }
    </li>`
  }

  #rows(items: readonly PolicyVersionDocument[]): unknown {
    if (items.length === 0) return html`<p>${t('versions.none')}</p>`
    const shown = this.whole ? items : items.slice(0, SHOWN)
    return html`<ul>
        ${shown.map((each, index) => this.#row(each, index === 0))}
      </ul>
      ${
        shown.length < items.length
          ? html`<button type="button" class="pl-button" @click=${() => (this.whole = true)}>
              ${t('versions.more')}
            </button>`
          : nothing
      }`
  }

  override render(): unknown {
    return html`<section class="pl-card accesses">
      <h2>${t('versions.title')}</h2>
      ${this.#versions.render((items) => this.#rows(items))}
    </section>`
  }
}

customElements.define('pl-policy-versions', PolicyVersions)

import { api, asProblem, PlinthElement, toast } from '@plinth/ui'
import '@plinth/ui/form'
import type { PlRecordForm } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { policyChanges, policyMeta, type Policy, type PolicySection } from './policy-form.ts'
import { securityStyles } from './security.styles.ts'
import { t, type TextKey } from './texts.ts'

/** The policy as the API answers it. */
export interface PolicyDocument {
  readonly policy: Policy
  readonly warnings: readonly { readonly section: string; readonly setting: string; readonly code: string }[]
}

/**
 * One section of the policy, to be read and changed.
 *
 * @fires saved with the policy that applies now as detail
 */
export class PolicySectionForm extends PlinthElement {
  static override properties: PropertyDeclarations = {
    section: { attribute: false },
    document: { attribute: false },
    locked: { type: Boolean },
    busy: { state: true },
  }
  declare section: PolicySection
  declare document: PolicyDocument
  /** Whether nothing may be changed. */
  declare locked: boolean
  declare private busy: boolean

  static override styles = securityStyles

  async #save(event: Event): Promise<void> {
    event.preventDefault()
    const form = this.renderRoot.querySelector<PlRecordForm>('pl-record-form')
    if (!form?.check() || this.busy) return
    const changes = policyChanges(this.document.policy[this.section], form.values)
    this.busy = true
    try {
      const saved = await api.patch<PolicyDocument>('/api/v1/security/policy', { [this.section]: changes })
      toast(t('security.saved'), { tone: 'positive' })
      this.dispatchEvent(new CustomEvent('saved', { detail: saved }))
    } catch (error) {
      const problem = asProblem(error)
      const own = problem.errors.map((each) => ({
        ...each,
        pointer: each.pointer.replace(`/${this.section}`, ''),
      }))
      if (own.length > 0) await form.refuse(own)
      else toastProblem(problem)
    } finally {
      this.busy = false
    }
  }

  #warnings(): unknown {
    const own = this.document.warnings.filter(({ section }) => section === this.section)
    if (own.length === 0) return nothing
    const sentences = [...new Set(own.map(({ code }) => code))]
    return html`<ul class="warnings">
      ${sentences.map(
        (code) =>
          html`<li>
            <pl-icon name="triangle-alert"></pl-icon><span>${t(`warning.${code}` as TextKey)}</span>
          </li>`,
      )}
    </ul>`
  }

  override render(): unknown {
    const { section } = this
    return html`<form class="pl-card" novalidate @submit=${this.#save}>
      <h2>${t(`${section}.title` as TextKey)}</h2>
      <p>${t(`${section}.intro` as TextKey)}</p>
      <pl-record-form
        .meta=${policyMeta(section)}
        .initial=${this.document.policy[section]}
        ?inert=${this.locked}
      ></pl-record-form>
      ${this.#warnings()}
      ${
        this.locked
          ? nothing
          : html`<button
              type="submit"
              class="pl-button primary"
              aria-label=${t('security.saveSection', { section: t(`${section}.title` as TextKey) })}
              ?disabled=${this.busy}
            >
              ${t('security.save')}
            </button>`
      }
    </form>`
  }
}

customElements.define('pl-policy-section', PolicySectionForm)

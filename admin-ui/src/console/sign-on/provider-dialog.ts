import type { SignOnMapping, SignOnProviderDocument, SignOnRole } from '@plinth/sdk'
import { asProblem, common, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import './mapping-editor.ts'
import './provider-addresses.ts'
import { providerMeta, providerValues, toInput } from './provider-form.ts'
import { addProvider, changeProvider } from './sign-on-api.ts'
import { t } from './texts.ts'

/**
 * Adds a provider or changes one.
 *
 * @fires saved when it is stored
 */
export class ProviderDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    original: { state: true },
    initial: { state: true },
    values: { state: true },
    mapping: { state: true },
    busy: { state: true },
  }
  declare roles: readonly SignOnRole[]
  declare private original: SignOnProviderDocument | undefined
  /** Undefined while the dialog is closed. */
  declare private initial: FormValues | undefined
  declare private values: FormValues
  declare private mapping: readonly SignOnMapping[]
  declare private busy: boolean

  constructor() {
    super()
    this.values = {}
    this.mapping = []
    this.roles = []
    this.busy = false
  }

  /** Opens for a new provider, or for one there is. */
  async show(provider?: SignOnProviderDocument): Promise<void> {
    this.original = provider
    this.initial = providerValues(provider)
    this.values = this.initial
    this.mapping = provider?.mapping ?? []
    await this.updateComplete
    await this.#dialog?.show()
    await this.#form?.updateComplete
    this.#form?.focus()
  }

  get #dialog(): PlDialog | null {
    return this.renderRoot.querySelector('pl-dialog')
  }

  get #form(): PlRecordForm | null {
    return this.renderRoot.querySelector('pl-record-form')
  }

  async #save(): Promise<void> {
    const form = this.#form
    if (!form || this.busy || !form.check()) return
    this.busy = true
    try {
      const input = toInput({ ...this.values, ...form.values }, this.mapping, this.original)
      const saved = await (this.original ? changeProvider(this.original, input) : addProvider(input))
      const said = this.original
        ? 'signOn.saved'
        : saved.issuer === ''
          ? 'signOn.added.incomplete'
          : 'signOn.added'
      toast(t(said, { name: saved.name }), { tone: 'positive' })
      this.#dialog?.close()
      this.dispatchEvent(new Event('saved'))
    } catch (error) {
      const problem = asProblem(error)
      const errors = problem.errors.map((each) => ({
        ...each,
        pointer: each.pointer.replace(/^\/defaultRoles.*/, '/defaultRole').replace(/^(\/\w+)\/.*/, '$1'),
      }))
      if (errors.length > 0) await form.refuse(errors)
      else toastProblem(problem)
    } finally {
      this.busy = false
    }
  }

  /** The list has to know as well: the version there is another now. */
  #renewed(provider: SignOnProviderDocument): void {
    this.original = provider
    this.dispatchEvent(new Event('saved'))
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const { original: before, values } = this
    return html`<pl-dialog
      side
      .width=${560}
      heading=${before ? t('signOn.edit', { name: before.name }) : t('signOn.new')}
      @close=${() => (this.initial = undefined)}
    >
      ${
        before
          ? html`<pl-provider-addresses
              .provider=${before}
              @renewed=${(event: CustomEvent<SignOnProviderDocument>) => this.#renewed(event.detail)}
            ></pl-provider-addresses>`
          : nothing
      }
      <pl-record-form
        .meta=${providerMeta(values, before, this.roles)}
        .initial=${this.initial}
        creating
        @changed=${() => (this.values = { ...this.values, ...this.#form?.values })}
      ></pl-record-form>
      <pl-sign-on-mapping
        .mapping=${this.mapping}
        .roles=${this.roles}
        @change=${(event: CustomEvent<readonly SignOnMapping[]>) => (this.mapping = event.detail)}
      ></pl-sign-on-mapping>
      <button slot="footer" type="button" class="pl-button ghost" @click=${() => this.#dialog?.close()}>
        ${common('common.cancel')}
      </button>
      <button
        slot="footer"
        type="button"
        class="pl-button primary"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#save()}
      >
        ${t(before ? 'signOn.save' : 'signOn.add')}
      </button>
    </pl-dialog>`
  }
}

customElements.define('pl-sign-on-dialog', ProviderDialog)

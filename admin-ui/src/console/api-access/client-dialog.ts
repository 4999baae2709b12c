import type { ApiClientDocument, ScopeGroup } from '@plinth/sdk'
import { asProblem, common, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { problemSentence } from '../../problem-sentence.ts'
import { clientInput, clientMeta, clientValues } from './client-form.ts'
import { changeClient, createClient } from './clients-api.ts'
import { fetchScopes } from './keys-api.ts'
import './scope-picker.ts'
import { t } from './texts.ts'

/**
 * Makes a client or changes one.
 *
 * @fires created with name, id and secret as `detail`
 * @fires saved when an existing one was changed
 */
export class ClientDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    original: { state: true },
    initial: { state: true },
    groups: { state: true },
    scopes: { state: true },
    missing: { state: true },
    busy: { state: true },
  }
  declare private original: ApiClientDocument | undefined
  /** Undefined while the dialog is closed. */
  declare private initial: FormValues | undefined
  declare private groups: readonly ScopeGroup[]
  declare private scopes: readonly string[]
  declare private missing: boolean
  declare private busy: boolean

  constructor() {
    super()
    this.groups = []
    this.scopes = []
    this.missing = false
    this.busy = false
  }

  /** Opens for a new client, or for an existing one. */
  async show(client?: ApiClientDocument): Promise<void> {
    try {
      this.groups = await fetchScopes()
    } catch (error) {
      toast(problemSentence(asProblem(error)), { tone: 'danger' })
      return
    }
    this.original = client
    this.initial = clientValues(client)
    this.scopes = client?.scopes ?? []
    this.missing = false
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
    this.missing = this.scopes.length === 0
    if (!form || this.busy || !form.check() || this.missing) return
    this.busy = true
    try {
      const input = clientInput({ ...this.initial, ...form.values }, this.scopes)
      if (this.original) {
        await changeClient(this.original.id, input)
        toast(t('keys.saved', { name: input.name }), { tone: 'positive' })
        this.#dialog?.close()
        this.dispatchEvent(new Event('saved'))
      } else {
        const made = await createClient('service', input)
        this.#dialog?.close()
        this.dispatchEvent(new CustomEvent('created', { detail: { name: input.name, ...made } }))
      }
    } catch (error) {
      const problem = asProblem(error)
      if (problem.errors.length > 0) await form.refuse(problem.errors)
      else toast(problemSentence(problem), { tone: 'danger' })
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const { original: before } = this
    return html`<pl-dialog
      side
      .width=${520}
      heading=${before ? t('keys.edit', { name: before.name }) : t('clients.new')}
      @close=${() => (this.initial = undefined)}
    >
      <pl-record-form .meta=${clientMeta()} .initial=${this.initial} creating></pl-record-form>
      <pl-scope-picker
        .groups=${this.groups}
        .value=${this.scopes}
        .missing=${this.missing}
        @change=${(event: CustomEvent<readonly string[]>) => {
          this.scopes = event.detail
          this.missing = false
        }}
      ></pl-scope-picker>
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
        ${t(before ? 'keys.save' : 'clients.create')}
      </button>
    </pl-dialog>`
  }
}

customElements.define('pl-client-dialog', ClientDialog)

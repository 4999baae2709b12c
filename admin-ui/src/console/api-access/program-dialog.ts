import type { EntityMeta, ScopeGroup } from '@plinth/sdk'
import { asProblem, common, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { fetchScopes } from './keys-api.ts'
import './scope-picker.ts'
import type { Secret } from './secret-dialog.ts'
import { t } from './texts.ts'

/**
 * Makes a way in for a program or changes one: a form, and what the program may do.
 *
 * @fires created with what is shown this once as `detail`
 * @fires saved when an existing one was changed
 */
export abstract class ProgramDialog<P extends { readonly name: string }> extends PlinthElement {
  static override properties: PropertyDeclarations = {
    original: { state: true },
    initial: { state: true },
    values: { state: true },
    groups: { state: true },
    scopes: { state: true },
    missing: { state: true },
    busy: { state: true },
  }
  declare private original: P | undefined
  /** Undefined while the dialog is closed. */
  declare private initial: FormValues | undefined
  declare private values: FormValues
  declare private groups: readonly ScopeGroup[]
  declare private scopes: readonly string[]
  declare private missing: boolean
  declare private busy: boolean

  constructor() {
    super()
    this.values = {}
    this.groups = []
    this.scopes = []
    this.missing = false
    this.busy = false
  }

  /** What the dialog is called, and its button, while something new is made. */
  protected abstract readonly words: { readonly heading: string; readonly create: string }

  /** What the form is drawn from, by what stands in it. */
  protected abstract meta(original: P | undefined, values: FormValues): EntityMeta

  protected abstract valuesOf(original: P | undefined): FormValues

  protected abstract scopesOf(original: P): readonly string[]

  protected abstract create(values: FormValues, scopes: readonly string[]): Promise<Secret>

  protected abstract change(original: P, values: FormValues, scopes: readonly string[]): Promise<P>

  /** Opens for a new one, or for one there is. */
  async show(original?: P): Promise<void> {
    try {
      this.groups = await fetchScopes()
    } catch (error) {
      toastProblem(asProblem(error))
      return
    }
    this.original = original
    this.initial = this.valuesOf(original)
    this.values = this.initial
    this.scopes = original ? this.scopesOf(original) : []
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
      await this.#store({ ...this.values, ...form.values })
    } catch (error) {
      const problem = asProblem(error)
      const errors = problem.errors.map((each) => ({
        ...each,
        pointer: each.pointer.replace(/^(\/\w+)\/.*/, '$1'),
      }))
      if (errors.length > 0) await form.refuse(errors)
      else toastProblem(problem)
    } finally {
      this.busy = false
    }
  }

  async #store(values: FormValues): Promise<void> {
    if (this.original) {
      const { name } = await this.change(this.original, values, this.scopes)
      toast(t('keys.saved', { name }), { tone: 'positive' })
      this.#dialog?.close()
      this.dispatchEvent(new Event('saved'))
      return
    }
    const detail = await this.create(values, this.scopes)
    this.#dialog?.close()
    this.dispatchEvent(new CustomEvent<Secret>('created', { detail }))
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const { original: before } = this
    return html`<pl-dialog
      side
      .width=${520}
      heading=${before ? t('keys.edit', { name: before.name }) : this.words.heading}
      @close=${() => (this.initial = undefined)}
    >
      <pl-record-form
        .meta=${this.meta(before, this.values)}
        .initial=${this.initial}
        creating
        @changed=${() => (this.values = { ...this.values, ...this.#form?.values })}
      ></pl-record-form>
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
        ${before ? t('keys.save') : this.words.create}
      </button>
    </pl-dialog>`
  }
}

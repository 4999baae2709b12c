import type { EntityMeta, ProblemError } from '@plinth/sdk'
import { asProblem, common, PlinthElement, type ApiProblem, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../toast-problem.ts'

/** What a dialog shows around its form. */
interface DialogParts {
  readonly heading: string
  readonly meta: EntityMeta
  /** What the button says that stores it. */
  readonly action: string
  /** In pixels. */
  readonly width: number
  readonly before?: unknown
  readonly after?: unknown
}

/** A dialog with a form of generated fields: stored once at a time, and what is refused is said at its fields. */
export abstract class FormDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    initial: { state: true },
    values: { state: true },
    busy: { state: true },
  }
  /** What the form began with; undefined while the dialog is closed. */
  declare protected initial: FormValues | undefined
  /** What stands in the form now. */
  declare protected values: FormValues
  declare private busy: boolean

  constructor() {
    super()
    this.values = {}
    this.busy = false
  }

  /** Stores what was entered, and says so. What it throws is shown, and the dialog stays open. */
  protected abstract store(values: FormValues): Promise<void>

  /** Whether what stands beside the form is complete; asked before anything is stored. */
  protected isComplete(): boolean {
    return true
  }

  /** Where in the form the server's findings belong. */
  protected placed(errors: readonly ProblemError[]): readonly ProblemError[] {
    return errors
  }

  protected say(problem: ApiProblem): void {
    toastProblem(problem)
  }

  protected async open(initial: FormValues): Promise<void> {
    this.initial = initial
    this.values = initial
    await this.updateComplete
    await this.#dialog?.show()
    await this.#form?.updateComplete
    this.#form?.focus()
  }

  protected close(): void {
    this.#dialog?.close()
  }

  protected draw({ heading, meta, action, width, before = nothing, after = nothing }: DialogParts): unknown {
    return html`<pl-dialog side .width=${width} heading=${heading} @close=${() => (this.initial = undefined)}>
      ${before}
      <pl-record-form
        .meta=${meta}
        .initial=${this.initial}
        creating
        @changed=${() => (this.values = this.#all)}
      ></pl-record-form>
      ${after}
      <button slot="footer" type="button" class="pl-button ghost" @click=${() => this.close()}>
        ${common('common.cancel')}
      </button>
      <button
        slot="footer"
        type="button"
        class="pl-button primary"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#save()}
      >
        ${action}
      </button>
    </pl-dialog>`
  }

  get #dialog(): PlDialog | null {
    return this.renderRoot.querySelector('pl-dialog')
  }

  get #form(): PlRecordForm | null {
    return this.renderRoot.querySelector('pl-record-form')
  }

  /** What stands in the fields, and what is edited beside them or has no field at present. */
  get #all(): FormValues {
    const form = this.#form
    if (!form) return this.values
    const shown = form.fields.filter(({ name }) => name in form.values)
    return { ...this.values, ...Object.fromEntries(shown.map(({ name }) => [name, form.values[name]])) }
  }

  async #save(): Promise<void> {
    const form = this.#form
    const isComplete = this.isComplete()
    if (!form || this.busy || !form.check() || !isComplete) return
    this.busy = true
    try {
      this.values = this.#all
      await this.store(this.values)
    } catch (error) {
      const problem = asProblem(error)
      const errors = this.placed(problem.errors)
      if (errors.length > 0) await form.refuse(errors)
      else this.say(problem)
    } finally {
      this.busy = false
    }
  }
}

/** A finding about a part of a value belongs to the field that has the whole. */
export function atWhole(errors: readonly ProblemError[]): readonly ProblemError[] {
  return errors.map((each) => ({ ...each, pointer: each.pointer.replace(/^(\/\w+)\/.*/, '$1') }))
}

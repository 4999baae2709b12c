import type { EntityMeta, ProblemError, ScopeGroup } from '@plinth/sdk'
import { asProblem, toast } from '@plinth/ui'
import type { FormValues } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { atWhole, FormDialog } from '../../form-dialog/form-dialog.ts'
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
export abstract class ProgramDialog<P extends { readonly name: string }> extends FormDialog {
  static override properties: PropertyDeclarations = {
    original: { state: true },
    groups: { state: true },
    scopes: { state: true },
    missing: { state: true },
  }
  declare private original: P | undefined
  declare private groups: readonly ScopeGroup[]
  declare private scopes: readonly string[]
  declare private missing: boolean

  constructor() {
    super()
    this.groups = []
    this.scopes = []
    this.missing = false
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
    this.scopes = original ? this.scopesOf(original) : []
    this.missing = false
    await this.open(this.valuesOf(original))
  }

  protected override isComplete(): boolean {
    this.missing = this.scopes.length === 0
    return !this.missing
  }

  protected override placed(errors: readonly ProblemError[]): readonly ProblemError[] {
    return atWhole(errors)
  }

  protected override async store(values: FormValues): Promise<void> {
    if (this.original) {
      const { name } = await this.change(this.original, values, this.scopes)
      toast(t('keys.saved', { name }), { tone: 'positive' })
      this.close()
      this.dispatchEvent(new Event('saved'))
      return
    }
    const detail = await this.create(values, this.scopes)
    this.close()
    this.dispatchEvent(new CustomEvent<Secret>('created', { detail }))
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const { original: before } = this
    return this.draw({
      heading: before ? t('keys.edit', { name: before.name }) : this.words.heading,
      action: before ? t('keys.save') : this.words.create,
      width: 520,
      meta: this.meta(before, this.values),
      after: html`<pl-scope-picker
        .groups=${this.groups}
        .value=${this.scopes}
        .missing=${this.missing}
        @change=${(event: CustomEvent<readonly string[]>) => {
          this.scopes = event.detail
          this.missing = false
        }}
      ></pl-scope-picker>`,
    })
  }
}

import type { ProblemError, SignOnMapping, SignOnProviderDocument, SignOnRole } from '@plinth/sdk'
import { toast } from '@plinth/ui'
import type { FormValues } from '@plinth/ui/form'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { atWhole, FormDialog } from '../../form-dialog/form-dialog.ts'
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
export class ProviderDialog extends FormDialog {
  static override properties: PropertyDeclarations = {
    roles: { attribute: false },
    original: { state: true },
    mapping: { state: true },
  }
  declare roles: readonly SignOnRole[]
  declare private original: SignOnProviderDocument | undefined
  declare private mapping: readonly SignOnMapping[]

  constructor() {
    super()
    this.mapping = []
    this.roles = []
  }

  /** Opens for a new provider, or for one there is. */
  async show(provider?: SignOnProviderDocument): Promise<void> {
    this.original = provider
    this.mapping = provider?.mapping ?? []
    await this.open(providerValues(provider))
  }

  protected override placed(errors: readonly ProblemError[]): readonly ProblemError[] {
    return atWhole(
      errors.map((each) => ({
        ...each,
        pointer: each.pointer.replace(/^\/defaultRoles.*/, '/defaultRole'),
      })),
    )
  }

  protected override async store(values: FormValues): Promise<void> {
    const input = toInput(values, this.mapping, this.original)
    const saved = await (this.original ? changeProvider(this.original, input) : addProvider(input))
    const added = saved.issuer === '' ? 'signOn.added.incomplete' : 'signOn.added'
    toast(t(this.original ? 'signOn.saved' : added, { name: saved.name }), { tone: 'positive' })
    this.close()
    this.dispatchEvent(new Event('saved'))
  }

  /** The list has to know as well: the version there is another now. */
  #renewed(provider: SignOnProviderDocument): void {
    this.original = provider
    this.dispatchEvent(new Event('saved'))
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const { original: before } = this
    return this.draw({
      heading: before ? t('signOn.edit', { name: before.name }) : t('signOn.new'),
      action: t(before ? 'signOn.save' : 'signOn.add'),
      width: 560,
      meta: providerMeta(this.values, before, this.roles),
      before: before
        ? html`<pl-provider-addresses
            .provider=${before}
            @renewed=${(event: CustomEvent<SignOnProviderDocument>) => this.#renewed(event.detail)}
          ></pl-provider-addresses>`
        : nothing,
      after: html`<pl-sign-on-mapping
        .mapping=${this.mapping}
        .roles=${this.roles}
        @change=${(event: CustomEvent<readonly SignOnMapping[]>) => (this.mapping = event.detail)}
      ></pl-sign-on-mapping>`,
    })
  }
}

customElements.define('pl-sign-on-dialog', ProviderDialog)

import type { MemberIdentityDocument } from '@plinth/sdk'
import { asProblem, confirm, PlinthElement, toast } from '@plinth/ui'
import { html, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { memberProblem } from './member-words.ts'
import { fetchIdentities, unlinkIdentity } from './members-api.ts'
import { t } from './texts.ts'

/** Has providers know a member no more, one button each: for who is another person there by now, or is called otherwise. */
export class MemberIdentities extends PlinthElement {
  static override properties: PropertyDeclarations = {
    memberId: { attribute: false },
    name: { attribute: false },
    providers: { state: true },
  }
  declare memberId: string
  declare name: string
  declare private providers: readonly MemberIdentityDocument['provider'][]

  constructor() {
    super()
    this.providers = []
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override firstUpdated(): void {
    void this.#look()
  }

  async #look(): Promise<void> {
    try {
      const found = await fetchIdentities(this.memberId)
      const known = new Map(found.map(({ provider }) => [provider.id, provider]))
      this.providers = [...known.values()]
    } catch (error) {
      toastProblem(asProblem(error))
    }
  }

  async #unlink({ id, label: provider }: MemberIdentityDocument['provider']): Promise<void> {
    const { name } = this
    const sure = await confirm({
      heading: t('members.unlink.heading', { name, provider }),
      text: t('members.unlink.text', { provider }),
      confirm: t('members.unlink', { provider }),
      danger: true,
    })
    if (!sure) return
    try {
      await unlinkIdentity(this.memberId, id)
      toast(t('members.unlinked', { name, provider }), { tone: 'positive' })
      this.providers = this.providers.filter((each) => each.id !== id)
    } catch (error) {
      const problem = asProblem(error)
      toastProblem(problem, memberProblem(problem))
    }
  }

  override render(): unknown {
    return this.providers.map(
      (provider) =>
        html`<button type="button" class="pl-button" @click=${() => void this.#unlink(provider)}>
          ${t('members.unlink', { provider: provider.label })}
        </button>`,
    )
  }
}

customElements.define('pl-member-identities', MemberIdentities)

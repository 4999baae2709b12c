import { api, asProblem, confirm, PlinthElement, toast } from '@plinth/ui'
import { css, html, type PropertyDeclarations } from 'lit'
import { memberProblem } from './member-words.ts'
import { t } from './texts.ts'

/** Signs a member out everywhere, and takes away second factors whose device is lost. */
export class MemberSecurity extends PlinthElement {
  static override properties: PropertyDeclarations = {
    memberId: { attribute: false },
    name: { attribute: false },
  }
  declare memberId: string
  declare name: string

  static override styles = css`
    div {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-block-start: 16px;
    }
  `

  async #run(path: string, said: string): Promise<void> {
    try {
      await api.delete(`/api/v1/members/${this.memberId}/${path}`)
      toast(said, { tone: 'positive' })
    } catch (error) {
      toast(memberProblem(asProblem(error)), { tone: 'danger' })
    }
  }

  async #reset(): Promise<void> {
    const { name } = this
    const sure = await confirm({
      heading: t('members.resetFactors.heading', { name }),
      text: t('members.resetFactors.text'),
      confirm: t('members.resetFactors'),
      danger: true,
    })
    if (sure) await this.#run('second-factors', t('members.factorsReset', { name }))
  }

  override render(): unknown {
    const { name } = this
    return html`<div>
      <button
        type="button"
        class="pl-button"
        @click=${() => void this.#run('sessions', t('members.signedOut', { name }))}
      >
        ${t('members.signOut')}
      </button>
      <button type="button" class="pl-button" @click=${() => void this.#reset()}>
        ${t('members.resetFactors')}
      </button>
    </div>`
  }
}

customElements.define('pl-member-security', MemberSecurity)

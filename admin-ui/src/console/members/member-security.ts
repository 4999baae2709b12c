import { api, asProblem, confirm, PlinthElement, resolve, toast } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { shell } from '../../session/state.ts'
import { toastProblem } from '../../toast-problem.ts'
import { memberProblem } from './member-words.ts'
import './member-identities.ts'
import './password-link.ts'
import { t } from './texts.ts'

/** Signs a member out everywhere, takes away second factors whose device is lost, and shows what they see. */
export class MemberSecurity extends PlinthElement {
  static override properties: PropertyDeclarations = {
    memberId: { attribute: false },
    name: { attribute: false },
    active: { attribute: false },
  }
  declare memberId: string
  declare name: string
  /** Whether they can sign in. */
  declare active: boolean

  static override styles = css`
    div {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-block-start: 16px;
    }
    pl-member-identities {
      display: contents;
    }
  `

  async #run(path: string, said: string): Promise<void> {
    try {
      await api.delete(`/api/v1/members/${this.memberId}/${path}`)
      toast(said, { tone: 'positive' })
    } catch (error) {
      const problem = asProblem(error)
      toastProblem(problem, memberProblem(problem))
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

  async #view(): Promise<void> {
    const { name, memberId: member } = this
    try {
      await api.post('/api/v1/session/view', { member })
      location.assign(resolve('/'))
    } catch (error) {
      const problem = asProblem(error)
      const isBeyond = problem.code === 'permission_missing'
      toastProblem(problem, isBeyond ? t('members.viewAs.beyond', { name }) : memberProblem(problem))
    }
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
      ${
        this.active
          ? html`<pl-password-link .memberId=${this.memberId} .name=${name}></pl-password-link>`
          : nothing
      }
      <button type="button" class="pl-button" @click=${() => void this.#reset()}>
        ${t('members.resetFactors')}
      </button>
      ${
        this.active
          ? html`<pl-member-identities .memberId=${this.memberId} .name=${name}></pl-member-identities>`
          : nothing
      }
      ${
        shell.value?.viewAs && this.active
          ? html`<button type="button" class="pl-button" @click=${() => void this.#view()}>
              ${t('members.viewAs', { name })}
            </button>`
          : nothing
      }
    </div>`
  }
}

customElements.define('pl-member-security', MemberSecurity)

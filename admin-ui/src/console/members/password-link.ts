import type { PasswordLinkDocument } from '@plinth/sdk'
import { asProblem, confirm, PlinthElement, toast } from '@plinth/ui'
import { html, type PropertyDeclarations } from 'lit'
import '../api-access/secret-dialog.ts'
import type { SecretDialog } from '../api-access/secret-dialog.ts'
import { toastProblem } from '../../toast-problem.ts'
import { memberProblem } from './member-words.ts'
import { makePasswordLink } from './members-api.ts'
import { t } from './texts.ts'

/** Lets a member who cannot get in choose another password: by mail, or where none is sent, by a link to be passed on. */
export class PasswordLink extends PlinthElement {
  static override properties: PropertyDeclarations = {
    memberId: { attribute: false },
    name: { attribute: false },
    busy: { state: true },
  }
  declare memberId: string
  declare name: string
  declare private busy: boolean

  async #make(): Promise<void> {
    if (this.busy) return
    const { name } = this
    const sure = await confirm({
      heading: t('members.passwordLink.heading', { name }),
      text: t('members.passwordLink.text'),
      confirm: t('members.passwordLink.make'),
    })
    if (!sure) return
    this.busy = true
    try {
      await this.#tell(await makePasswordLink(this.memberId))
    } catch (error) {
      const problem = asProblem(error)
      const hasNone = problem.code === 'action_refused'
      toastProblem(problem, hasNone ? t('members.passwordLink.none', { name }) : memberProblem(problem))
    } finally {
      this.busy = false
    }
  }

  async #tell({ link }: PasswordLinkDocument): Promise<void> {
    const { name } = this
    if (link === undefined) {
      toast(t('members.passwordLink.sent', { name }), { tone: 'positive' })
      return
    }
    await this.renderRoot.querySelector<SecretDialog>('pl-secret-dialog')?.show({
      heading: t('members.passwordLink.link', { name }),
      text: t('members.passwordLink.passOn'),
      values: [{ label: t('invite.link.label'), value: link }],
    })
  }

  override render(): unknown {
    return html`<button
        type="button"
        class="pl-button"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#make()}
      >
        ${t('members.passwordLink')}</button
      ><pl-secret-dialog></pl-secret-dialog>`
  }
}

customElements.define('pl-password-link', PasswordLink)

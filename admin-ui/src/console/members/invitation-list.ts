import type { AssignableRole, InvitationDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, PlinthElement, Resource, toast, type MenuItem } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { apiAccessStyles } from '../api-access/api-access.styles.ts'
import '../api-access/secret-dialog.ts'
import type { SecretDialog } from '../api-access/secret-dialog.ts'
import { toastProblem } from '../../toast-problem.ts'
import { memberProblem, rolesInWords } from './member-words.ts'
import { fetchInvitations, resendInvitation, withdrawInvitation } from './members-api.ts'
import { t } from './texts.ts'

/**
 * Invitations that nobody has accepted yet; nothing where there are none.
 *
 * @fires changed when there are more or fewer that count
 */
export class InvitationList extends PlinthElement {
  static override properties: PropertyDeclarations = { roles: { attribute: false } }
  declare roles: readonly AssignableRole[]
  readonly #open = new Resource<readonly InvitationDocument[]>(this, (signal) => fetchInvitations({ signal }))

  static override styles = apiAccessStyles

  constructor() {
    super()
    this.roles = []
  }

  /** Says what has become of an invitation that was just written; where there is no mail, with the link to pass on. */
  async tell({ email, link }: InvitationDocument): Promise<void> {
    await this.#open.reload()
    if (link === undefined) {
      toast(t('invite.sent', { email }), { tone: 'positive' })
      return
    }
    await this.renderRoot.querySelector<SecretDialog>('pl-secret-dialog')?.show({
      heading: t('invite.link', { email }),
      text: t('invite.link.text'),
      values: [{ label: t('invite.link.label'), value: link }],
    })
  }

  async #run(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
      this.dispatchEvent(new Event('changed'))
    } catch (error) {
      const problem = asProblem(error)
      toastProblem(problem, memberProblem(problem))
      await this.#open.reload()
    }
  }

  async #withdraw({ id, email }: InvitationDocument): Promise<void> {
    const sure = await confirm({
      heading: t('invite.withdraw.heading', { email }),
      text: t('invite.withdraw.text'),
      confirm: t('invite.withdraw'),
      danger: true,
    })
    if (!sure) return
    await this.#run(async () => {
      await withdrawInvitation(id)
      toast(t('invite.withdrawn'), { tone: 'positive' })
      await this.#open.reload()
    })
  }

  #row(invitation: InvitationDocument): unknown {
    const { id, name, email, roles, expiresAt } = invitation
    const over = Date.parse(expiresAt) <= Date.now()
    const deeds: readonly MenuItem[] = [
      {
        label: t('invite.resend'),
        icon: 'rotate-ccw',
        run: () => this.#run(async () => this.tell(await resendInvitation(id))),
      },
      {
        label: t('invite.withdraw'),
        icon: 'trash-2',
        danger: true,
        divided: true,
        run: () => this.#withdraw(invitation),
      },
    ]
    return html`<li class="row">
      <span class="words">
        <strong>${name}</strong>
        <small>${email} · ${rolesInWords(roles, this.roles)}</small>
        <small class=${over ? 'refused' : ''}>
          ${over ? t('invite.expired') : t('invite.until', { time: fmt.datetime(expiresAt) })}
        </small>
      </span>
      <pl-menu label=${t('invite.menu', { email })} .items=${deeds}>
        <button
          slot="trigger"
          type="button"
          class="pl-button ghost icon"
          aria-label=${t('invite.menu', { email })}
        >
          <pl-icon name="ellipsis"></pl-icon>
        </button>
      </pl-menu>
    </li>`
  }

  override render(): unknown {
    const open = this.#open.value
    const list =
      open && open.length > 0
        ? html`<section aria-labelledby="open">
            <div class="head"><h2 id="open">${t('invite.title')}</h2></div>
            <ul class="pl-card rows" aria-labelledby="open">
              ${open.map((invitation) => this.#row(invitation))}
            </ul>
          </section>`
        : nothing
    return html`${open ? list : this.#open.render(() => nothing)}<pl-secret-dialog></pl-secret-dialog>`
  }
}

customElements.define('pl-invitation-list', InvitationList)

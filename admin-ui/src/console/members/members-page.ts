import type { AssignableRole, InvitationDocument, LimitDocument, MemberAccountDocument } from '@plinth/sdk'
import { asProblem, fmt, PlinthElement, query, Resource, setQuery } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { isFull } from '../../limits/limit-words.ts'
import { fetchLimits } from '../../limits/limits-api.ts'
import { toastProblem } from '../../toast-problem.ts'
import { apiAccessStyles } from '../api-access/api-access.styles.ts'
import './invitation-list.ts'
import type { InvitationList } from './invitation-list.ts'
import './invite-dialog.ts'
import type { InviteDialog } from './invite-dialog.ts'
import '../../delegations/member-delegations.ts'
import './member-dialog.ts'
import '../../limits/member-limit.ts'
import type { MemberLimit } from '../../limits/member-limit.ts'
import type { MemberDialog } from './member-dialog.ts'
import { rolesInWords } from './member-words.ts'
import { fetchMember, fetchMembers, fetchRoles } from './members-api.ts'
import { t } from './texts.ts'

/** As long as someone is still typing. */
const TYPING_MS = 250

/** The people of the workspace, and those who are invited. */
export class MembersPage extends PlinthElement {
  static override properties: PropertyDeclarations = {
    members: { state: true },
    roles: { state: true },
    next: { state: true },
  }
  /** Undefined until the first answer. */
  declare private members: readonly MemberAccountDocument[] | undefined
  declare private roles: readonly AssignableRole[]
  declare private next: string | null
  readonly #limit = new Resource<LimitDocument | undefined>(this, async (signal) =>
    (await fetchLimits({ signal })).find(({ id }) => id === 'members'),
  )
  #search = ''
  #typing: ReturnType<typeof setTimeout> | undefined
  /** Grows with every search, so that an answer that comes late replaces no later one. */
  #turn = 0
  /** Of whom the address has spoken last. */
  #asked: string | null = null

  static override styles = [
    apiAccessStyles,
    css`
      input[type='search'] {
        width: min(320px, 100%);
        height: 36px;
        padding: 0 12px;
        border: 1px solid var(--pl-hairline-strong);
        border-radius: var(--pl-radius-m);
        background: var(--pl-raised);
        color: var(--pl-text);
        font: inherit;
      }
      button.row {
        width: 100%;
        padding-inline-end: 16px;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      button.row:hover {
        background: var(--pl-hover);
      }
      button.row:focus-visible {
        outline-offset: -2px;
      }
      .quiet strong {
        color: var(--pl-text-2);
      }
      .more {
        margin-block-start: 12px;
      }
    `,
  ]

  constructor() {
    super()
    this.roles = []
    this.next = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
    void fetchRoles().then(
      (roles) => (this.roles = roles),
      (error: unknown) => this.#fail(error),
    )
  }

  protected override updated(): void {
    const id = query.value.get('member')
    if (id === this.#asked) return
    this.#asked = id
    if (id) void this.#open(id)
  }

  /** Somebody the address names, with what it asks about. */
  async #open(id: string): Promise<void> {
    try {
      const member = await fetchMember(id)
      const right = query.peek().get('right') ?? undefined
      await this.renderRoot.querySelector<MemberDialog>('pl-member-dialog')?.show(member, right)
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    toastProblem(asProblem(error))
  }

  async #load(further = false): Promise<void> {
    const turn = (this.#turn += 1)
    try {
      const { items, next } = await fetchMembers(this.#search, further ? this.next : null)
      if (turn !== this.#turn) return
      this.members = further ? [...(this.members ?? []), ...items] : items
      this.next = next
    } catch (error) {
      this.#fail(error)
    }
  }

  #type(event: Event): void {
    this.#search = (event.target as HTMLInputElement).value.trim()
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => void this.#load(), TYPING_MS)
  }

  #row(member: MemberAccountDocument): unknown {
    const { name, email, status, roles, lastSignInAt } = member
    const seen = lastSignInAt ? t('members.seen', { time: fmt.datetime(lastSignInAt) }) : t('members.never')
    return html`<li>
      <button
        type="button"
        class="row ${status === 'inactive' ? 'quiet' : ''}"
        @click=${() => void this.renderRoot.querySelector<MemberDialog>('pl-member-dialog')?.show(member)}
      >
        <pl-avatar name=${name} size="34"></pl-avatar>
        <span class="words">
          <strong>${name}</strong>
          <small>${email} · ${rolesInWords(roles, this.roles)}</small>
          <small>${status === 'inactive' ? `${t('members.inactive')} · ` : nothing}${seen}</small>
        </span>
      </button>
    </li>`
  }

  #list(): unknown {
    if (!this.members) return html`<pl-skeleton kind="list"></pl-skeleton>`
    if (this.members.length === 0) return html`<p class="pl-card none">${t('members.none')}</p>`
    return html`<ul class="pl-card rows" aria-label=${t('members.list')}>
        ${this.members.map((member) => this.#row(member))}
      </ul>
      ${
        this.next === null
          ? nothing
          : html`<button type="button" class="pl-button more" @click=${() => void this.#load(true)}>
              ${t('members.more')}
            </button>`
      }`
  }

  #invited(invitation: InvitationDocument): void {
    void this.#limit.reload()
    void this.renderRoot.querySelector<InvitationList>('pl-invitation-list')?.tell(invitation)
  }

  #invite(full: boolean): void {
    if (full) this.renderRoot.querySelector<MemberLimit>('pl-member-limit')?.focus()
    else void this.renderRoot.querySelector<InviteDialog>('pl-invite-dialog')?.show()
  }

  override render(): unknown {
    const limit = this.#limit.value
    const full = limit !== undefined && isFull(limit)
    return html`<pl-page-header heading=${t('members.title')} subheading=${t('members.intro')}>
        <button
          slot="actions"
          type="button"
          class="pl-button primary"
          aria-disabled=${full ? 'true' : 'false'}
          aria-describedby=${full ? 'limit' : nothing}
          @click=${() => this.#invite(full)}
        >
          <pl-icon name="plus"></pl-icon>${t('invite.new')}
        </button>
      </pl-page-header>
      ${
        limit
          ? html`<section><pl-member-limit id="limit" .limit=${limit}></pl-member-limit></section>`
          : nothing
      }
      <pl-invitation-list
        .roles=${this.roles}
        @changed=${() => void this.#limit.reload()}
      ></pl-invitation-list>
      <pl-member-delegations></pl-member-delegations>
      <section>
        <div class="head">
          <input
            type="search"
            aria-label=${t('members.search')}
            placeholder=${t('members.search')}
            @input=${(event: Event) => this.#type(event)}
          />
        </div>
        ${this.#list()}
      </section>
      <pl-invite-dialog
        .roles=${this.roles}
        @invited=${(event: CustomEvent<InvitationDocument>) => this.#invited(event.detail)}
      ></pl-invite-dialog>
      <pl-member-dialog
        .roles=${this.roles}
        @saved=${() => void Promise.all([this.#load(), this.#limit.reload()])}
        @closed=${() => setQuery({ member: null, right: null })}
      ></pl-member-dialog>`
  }
}

customElements.define('pl-members-page', MembersPage)

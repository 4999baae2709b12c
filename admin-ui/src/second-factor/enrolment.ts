import type { FactorAddedDocument, SecondFactorsDocument } from '@plinth/sdk'
import { PlinthElement, Resource } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { entryFrame } from '../pages/entry-frame.ts'
import { entryStyles } from '../pages/entry.styles.ts'
import { continueSession, signOut } from '../session/session.ts'
import { tenant } from '../session/state.ts'
import './backup-codes.ts'
import type { FactorAddedEvent } from './factor-added.ts'
import './mail-setup.ts'
import { fetchFactors } from './second-factor-api.ts'
import { t } from './texts.ts'
import './totp-setup.ts'

/** Has someone set up a second factor who cannot go on without. */
export class Enrolment extends PlinthElement {
  static override properties: PropertyDeclarations = {
    added: { state: true },
    byMail: { state: true },
  }
  declare private added: FactorAddedDocument | undefined
  declare private byMail: boolean
  readonly #owned = new Resource<SecondFactorsDocument>(this, (signal) => fetchFactors({ signal }))

  static override styles = entryStyles

  override firstUpdated(): void {
    document.title = [t('enrol.heading'), tenant.value?.name].filter(Boolean).join(' · ')
  }

  #goOn(): void {
    if (this.added?.session) void continueSession(this.added.session)
  }

  #onAdded(event: Event): void {
    this.added = (event as FactorAddedEvent).added
    if (this.added.codes.length === 0) this.#goOn()
  }

  #setup(): unknown {
    if (this.byMail) return html`<pl-mail-setup @factor-added=${this.#onAdded}></pl-mail-setup>`
    return html`<pl-totp-setup @factor-added=${this.#onAdded}></pl-totp-setup> ${this.#owned.render(
        ({ emailCodes, factors }) =>
          emailCodes === 'enough' && !factors.some(({ kind }) => kind === 'email')
            ? html`<button class="pl-button" type="button" @click=${() => (this.byMail = true)}>
                ${t('mail.instead')}
              </button>`
            : nothing,
      )}`
  }

  override render(): unknown {
    const { added } = this
    return entryFrame(
      tenant.value?.name,
      added
        ? html`<h1>${t('codes.heading')}</h1>
            <pl-backup-codes
              .codes=${added.codes}
              .email=${added.session?.member.email ?? ''}
              @saved=${() => this.#goOn()}
            ></pl-backup-codes>`
        : html`<h1>${t('enrol.heading')}</h1>
            <p class="lead">${t('enrol.text')}</p>
            ${this.#setup()}
            <button class="pl-button ghost" type="button" @click=${() => void signOut()}>
              ${t('step.cancel')}
            </button>`,
    )
  }
}

customElements.define('pl-enrolment', Enrolment)

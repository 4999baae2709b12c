import type { FactorAddedDocument } from '@plinth/sdk'
import { PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { entryFrame } from '../pages/entry-frame.ts'
import { entryStyles } from '../pages/entry.styles.ts'
import { continueSession, signOut } from '../session/session.ts'
import { tenant } from '../session/state.ts'
import './backup-codes.ts'
import { t } from './texts.ts'
import './totp-setup.ts'
import type { FactorAddedEvent } from './totp-setup.ts'

/** Has someone set up a second factor who cannot go on without. */
export class Enrolment extends PlinthElement {
  static override properties: PropertyDeclarations = { added: { state: true } }
  declare private added: FactorAddedDocument | undefined

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
            <pl-totp-setup @factor-added=${this.#onAdded}></pl-totp-setup>
            <button class="pl-button ghost" type="button" @click=${() => void signOut()}>
              ${t('step.cancel')}
            </button>
            ${nothing}`,
    )
  }
}

customElements.define('pl-enrolment', Enrolment)

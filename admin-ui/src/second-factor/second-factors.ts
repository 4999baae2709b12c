import type { FactorAddedDocument, SecondFactorDocument, SecondFactorsDocument } from '@plinth/sdk'
import { asProblem, confirm, fmt, PlinthElement, Resource, toast, type PlDialog } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { isDemoAccount } from '../session/demo-account.ts'
import { refreshShell } from '../session/session.ts'
import { shell } from '../session/state.ts'
import './backup-codes.ts'
import { factorProblem } from './code-problem.ts'
import { addPasskey, passkeysWork, systemName } from './passkey-api.ts'
import { fetchFactors, removeFactor, renewCodes } from './second-factor-api.ts'
import { secondFactorsStyles } from './second-factors.styles.ts'
import { t } from './texts.ts'
import './totp-setup.ts'
import './mail-setup.ts'
import type { FactorAddedEvent } from './factor-added.ts'

type Shown =
  | { readonly kind: 'totp' }
  | { readonly kind: 'email'; readonly besides: boolean }
  | { readonly kind: 'codes'; readonly codes: readonly string[] }

const ICONS = { totp: 'smartphone', passkey: 'fingerprint', email: 'mail' } as const
const HEADINGS = { codes: 'codes.heading', totp: 'setup.title', email: 'mail.title' } as const

function nameOf({ kind, name }: SecondFactorDocument): string {
  return kind === 'email' ? t('mail.name', { address: name }) : name
}

/** The second factors of who is signed in: what there is, setting one up, backup codes. A section of the account page. */
export class SecondFactors extends PlinthElement {
  static override properties: PropertyDeclarations = { shown: { state: true } }
  declare private shown: Shown | undefined
  readonly #owned = new Resource<SecondFactorsDocument>(this, (signal) => fetchFactors({ signal }))

  static override styles = secondFactorsStyles

  get #dialog(): PlDialog {
    return this.renderRoot.querySelector('pl-dialog')!
  }

  async #show(shown: Shown): Promise<void> {
    this.shown = shown
    await this.updateComplete
    await this.#dialog.show()
  }

  async #changed(): Promise<void> {
    await Promise.all([this.#owned.reload(), refreshShell()])
  }

  async #addPasskey(): Promise<void> {
    try {
      const { codes } = await addPasskey(t('passkey.name', { system: systemName() }))
      if (codes.length > 0) await this.#show({ kind: 'codes', codes })
      toast(t('factor.added'), { tone: 'positive' })
      await this.#changed()
    } catch (error) {
      toast(factorProblem(error), { tone: 'danger' })
    }
  }

  async #added({ codes }: FactorAddedDocument): Promise<void> {
    toast(t('factor.added'), { tone: 'positive' })
    if (codes.length > 0) this.shown = { kind: 'codes', codes }
    else this.#dialog.close()
    await this.#changed()
  }

  async #remove(factor: SecondFactorDocument): Promise<void> {
    const { id } = factor
    const name = nameOf(factor)
    const sure = await confirm({
      heading: t('factor.remove.heading', { name }),
      text: t('factor.remove.text'),
      confirm: t('factor.remove'),
      danger: true,
    })
    if (!sure) return
    try {
      await removeFactor(id)
      toast(t('factor.removed', { name }))
    } catch (error) {
      const problem = asProblem(error)
      const required = problem.code === 'second_factor_required'
      toast(required ? t('factor.lastRequired') : problemSentence(problem), { tone: 'danger' })
    }
    await this.#changed()
  }

  async #renew(): Promise<void> {
    const sure = await confirm({
      heading: t('codes.renew.heading'),
      text: t('codes.renew.text'),
      confirm: t('codes.renew'),
    })
    if (!sure) return
    try {
      await this.#show({ kind: 'codes', codes: (await renewCodes()).codes })
    } catch (error) {
      toast(problemSentence(asProblem(error)), { tone: 'danger' })
    }
    await this.#owned.reload()
  }

  #row(factor: SecondFactorDocument): unknown {
    const facts = [
      t('factor.since', { date: fmt.date(factor.createdAt) }),
      ...(factor.usedAt ? [t('factor.used', { date: fmt.datetime(factor.usedAt) })] : []),
    ]
    return html`<li class="row">
      <pl-icon name=${ICONS[factor.kind]}></pl-icon>
      <span class="words"><strong>${nameOf(factor)}</strong><small>${facts.join(' · ')}</small></span>
      <button class="pl-button ghost" type="button" @click=${() => void this.#remove(factor)}>
        ${t('factor.remove')}
      </button>
    </li>`
  }

  #codes({ factors, codesLeft }: SecondFactorsDocument): unknown {
    if (factors.length === 0) return nothing
    return html`<li class="row">
      <pl-icon name="life-buoy"></pl-icon>
      <span class="words">
        <strong>${t('codes.heading')}</strong><small>${t('codes.left', { count: codesLeft })}</small>
      </span>
      <button class="pl-button ghost" type="button" @click=${() => void this.#renew()}>
        ${t('codes.renew')}
      </button>
    </li>`
  }

  #content(): unknown {
    if (this.shown?.kind === 'codes')
      return html`<pl-backup-codes
        .codes=${this.shown.codes}
        .email=${shell.value?.member.email ?? ''}
        @saved=${() => this.#dialog.close()}
      ></pl-backup-codes>`
    if (this.shown?.kind === 'email')
      return html`<pl-mail-setup
        ?besides=${this.shown.besides}
        @factor-added=${(event: Event) => void this.#added((event as FactorAddedEvent).added)}
      ></pl-mail-setup>`
    return html`<pl-totp-setup
      @factor-added=${(event: Event) => void this.#added((event as FactorAddedEvent).added)}
    ></pl-totp-setup>`
  }

  override render(): unknown {
    if (isDemoAccount())
      return html`<section class="pl-card">
        <h2>${t('factor.heading')}</h2>
        <p>${t('factor.demo')}</p>
      </section>`
    return html`${this.#owned.render((owned) => {
        const has = owned.factors.length > 0
        return html`<section class="pl-card" aria-labelledby="heading">
          <header>
            <h2 id="heading">${t('factor.heading')}</h2>
            <pl-status
              tone=${has ? 'positive' : 'neutral'}
              label=${t(has ? 'factor.on' : 'factor.off')}
            ></pl-status>
          </header>
          ${
            owned.enrolBy
              ? html`<p class="due">${t('enrol.by', { date: fmt.datetime(owned.enrolBy) })}</p>`
              : has
                ? nothing
                : html`<p>${t('factor.none')}</p>`
          }
          <ul>
            ${owned.factors.map((factor) => this.#row(factor))}${this.#codes(owned)}
          </ul>
          <div class="add">
            <button class="pl-button" type="button" @click=${() => void this.#show({ kind: 'totp' })}>
              <pl-icon name="plus"></pl-icon>${t('factor.add')}
            </button>
            ${
              passkeysWork()
                ? html`<button class="pl-button" type="button" @click=${() => void this.#addPasskey()}>
                    <pl-icon name="plus"></pl-icon>${t('factor.addPasskey')}
                  </button>`
                : nothing
            }
            ${
              owned.emailCodes === 'none' || owned.factors.some(({ kind }) => kind === 'email')
                ? nothing
                : html`<button
                    class="pl-button"
                    type="button"
                    @click=${() => void this.#show({ kind: 'email', besides: owned.emailCodes === 'besides' })}
                  >
                    <pl-icon name="plus"></pl-icon>${t('factor.addMail')}
                  </button>`
            }
          </div>
        </section>`
      })}
      <pl-dialog heading=${t(HEADINGS[this.shown?.kind ?? 'totp'])} @close=${() => (this.shown = undefined)}>
        ${this.shown ? this.#content() : nothing}
      </pl-dialog>`
  }
}

customElements.define('pl-second-factors', SecondFactors)

import type { SignOnProviderDocument, SignOnRole } from '@plinth/sdk'
import { asProblem, confirm, hueOf, PlinthElement, Resource, toast } from '@plinth/ui'
import { html, nothing } from 'lit'
import { copyText } from '../../copy-text.ts'
import { problemSentence } from '../../problem-sentence.ts'
import { toastProblem } from '../../toast-problem.ts'
import './provider-dialog.ts'
import './provisioning-dialog.ts'
import type { ProvisioningDialog } from './provisioning-dialog.ts'
import type { ProviderDialog } from './provider-dialog.ts'
import { fetchProviders, fetchRoles, removeProvider, testProvider } from './sign-on-api.ts'
import { signOnStyles } from './sign-on.styles.ts'
import { t } from './texts.ts'
import { unreachableWords } from './unreachable-words.ts'

interface Loaded {
  readonly providers: readonly SignOnProviderDocument[]
  readonly roles: readonly SignOnRole[]
}

/** The providers the workspace lets people sign in with. */
export class SignOnPage extends PlinthElement {
  readonly #loaded = new Resource<Loaded>(this, async (signal) => {
    const [providers, roles] = await Promise.all([fetchProviders({ signal }), fetchRoles({ signal })])
    return { providers, roles }
  })

  static override styles = signOnStyles

  get #dialog(): ProviderDialog | null {
    return this.renderRoot.querySelector('pl-sign-on-dialog')
  }

  get #provisioning(): ProvisioningDialog | null {
    return this.renderRoot.querySelector('pl-provisioning-dialog')
  }

  async #test(provider: SignOnProviderDocument): Promise<void> {
    const { name } = provider
    try {
      await testProvider(provider)
      toast(t('signOn.tested', { name }), { tone: 'positive' })
    } catch (error) {
      const problem = asProblem(error)
      const why =
        problem.code === 'provider_unreachable'
          ? (unreachableWords(problem.problem) ?? problem.message)
          : problemSentence(problem)
      toast(t('signOn.unreachable', { name, why }), { tone: 'danger' })
    }
  }

  async #remove(provider: SignOnProviderDocument): Promise<void> {
    const { name } = provider
    const sure = await confirm({
      heading: t('signOn.remove.heading', { name }),
      text: t('signOn.remove.text'),
      confirm: t('signOn.remove.confirm'),
      danger: true,
    })
    if (!sure) return
    try {
      await removeProvider(provider)
      toast(t('signOn.removed', { name }))
    } catch (error) {
      toastProblem(asProblem(error))
    } finally {
      await this.#loaded.reload()
    }
  }

  #row(provider: SignOnProviderDocument): unknown {
    const { name, profile, enabled, onboarding, issuer, redirectUri } = provider
    const marks = [
      t(`signOn.profile.${profile}`),
      ...(onboarding ? [t('signOn.onboards')] : []),
      ...(enabled ? [] : [t(issuer === '' ? 'signOn.incomplete' : 'signOn.off')]),
    ]
    const button = (icon: string, label: string, run: () => unknown) =>
      html`<button
        type="button"
        class="pl-button ghost icon"
        aria-label=${label}
        title=${label}
        @click=${() => void run()}
      >
        <pl-icon name=${icon}></pl-icon>
      </button>`
    return html`<li class="row ${enabled ? '' : 'quiet'}">
      <pl-icon-tile .icon=${'log-in'} .hue=${hueOf(provider.id)} .size=${36}></pl-icon-tile>
      <div class="words">
        <strong>${name}</strong>
        <small>${marks.join(' · ')}</small>
        <code title=${t('signOn.redirect', { name })}>${redirectUri}</code>
      </div>
      <div class="tools">
        ${button('copy', t('signOn.copy'), () => copyText(redirectUri))}
        ${button('plug-zap', t('signOn.test', { name }), () => this.#test(provider))}
        ${button('users', t('provisioning.open', { name }), () => this.#provisioning?.show(provider))}
        ${button('pencil', t('signOn.edit', { name }), () => this.#dialog?.show(provider))}
        ${button('trash-2', t('signOn.remove', { name }), () => this.#remove(provider))}
      </div>
    </li>`
  }

  #add(slot: string): unknown {
    return html`<button
      slot=${slot}
      type="button"
      class="pl-button primary"
      @click=${() => void this.#dialog?.show()}
    >
      <pl-icon name="plus"></pl-icon>${t('signOn.new')}
    </button>`
  }

  override render(): unknown {
    const loaded = this.#loaded.value
    const isEmpty = loaded?.providers.length === 0
    const head = html`<pl-page-header heading=${t('signOn.title')} subheading=${t('signOn.intro')}>
      ${loaded && !isEmpty ? this.#add('actions') : nothing}
    </pl-page-header>`
    if (!loaded) return html`${head}${this.#loaded.render(() => nothing)}`
    return html`${head}
      ${
        isEmpty
          ? html`<pl-empty icon="log-in" heading=${t('signOn.none.heading')} text=${t('signOn.none.text')}>
              ${this.#add('action')}
            </pl-empty>`
          : html`<div class="list">
              <ul class="pl-card rows" aria-label=${t('signOn.title')}>
                ${loaded.providers.map((provider) => this.#row(provider))}
              </ul>
            </div>`
      }
      <pl-sign-on-dialog
        .roles=${loaded.roles}
        @saved=${() => void this.#loaded.reload()}
      ></pl-sign-on-dialog>
      <pl-provisioning-dialog .roles=${loaded.roles}></pl-provisioning-dialog>`
  }
}

customElements.define('pl-sign-on-page', SignOnPage)

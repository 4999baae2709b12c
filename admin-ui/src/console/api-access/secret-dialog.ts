import { common, PlinthElement, type PlDialog } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { copyText } from '../../copy-text.ts'
import { t } from './texts.ts'

/** What is shown this once. */
export interface Secret {
  readonly heading: string
  readonly text: string
  /** With a label each; the last one is the secret. */
  readonly values: readonly { readonly label: string; readonly value: string }[]
  /** A command to try it with. */
  readonly example?: string
}

/** Shows what is shown this once, to be copied. */
export class SecretDialog extends PlinthElement {
  static override properties: PropertyDeclarations = { secret: { state: true } }
  declare private secret: Secret | undefined

  static override styles = css`
    p {
      margin-block-end: 14px;
      color: var(--pl-text-2);
    }
    h3 {
      margin-block: 10px 4px;
      font-size: var(--pl-size-13);
      font-weight: 500;
    }
    .line {
      display: flex;
      gap: 8px;
      align-items: flex-start;
    }
    code {
      flex: 1;
      min-width: 0;
      padding: 8px 12px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
      background: var(--pl-sunken);
      font-size: var(--pl-size-13);
      overflow-wrap: anywhere;
      user-select: all;
    }
  `

  async show(secret: Secret): Promise<void> {
    this.secret = secret
    await this.updateComplete
    await this.#dialog?.show()
  }

  get #dialog(): PlDialog | null {
    return this.renderRoot.querySelector('pl-dialog')
  }

  override render(): unknown {
    if (!this.secret) return nothing
    const { heading, text, values, example } = this.secret
    const lines = [...values, ...(example ? [{ label: t('access.try'), value: example }] : [])]
    return html`<pl-dialog .width=${560} heading=${heading} @close=${() => (this.secret = undefined)}>
      <p>${text}</p>
      ${lines.map(
        ({ label, value }) =>
          html`<h3>${label}</h3>
            <div class="line">
              <code>${value}</code>
              <button
                type="button"
                class="pl-button"
                aria-label="${t('access.copy')}: ${label}"
                @click=${() => void copyText(value)}
              >
                ${t('access.copy')}
              </button>
            </div>`,
      )}
      <button slot="footer" type="button" class="pl-button primary" @click=${() => this.#dialog?.close()}>
        ${common('common.close')}
      </button>
    </pl-dialog>`
  }
}

customElements.define('pl-secret-dialog', SecretDialog)

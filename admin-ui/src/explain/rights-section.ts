import { PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import './member-rights.ts'
import { t } from './texts.ts'
import { shell } from '../session/state.ts'

/** What one may do oneself, and why. */
export class RightsSection extends PlinthElement {
  static override properties: PropertyDeclarations = { open: { state: true } }
  declare private open: boolean

  static override styles = css`
    section {
      padding: 18px 20px;
    }
    h2 {
      font-size: var(--pl-size-14);
      font-weight: 600;
      line-height: 20px;
    }
    p {
      margin-block-end: 12px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
  `

  constructor() {
    super()
    this.open = false
  }

  override render(): unknown {
    const member = shell.value?.member
    if (!member) return nothing
    return html`<section class="pl-card" aria-labelledby="rights">
      <h2 id="rights">${t('rights.title')}</h2>
      <p>${t('rights.intro')}</p>
      ${
        this.open
          ? html`<pl-member-rights .memberId=${member.id}></pl-member-rights>`
          : html`<button type="button" class="pl-button" @click=${() => (this.open = true)}>
              ${t('rights.show')}
            </button>`
      }
    </section>`
  }
}

customElements.define('pl-rights-section', RightsSection)

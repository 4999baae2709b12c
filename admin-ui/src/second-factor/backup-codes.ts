import { PlinthElement } from '@plinth/ui'
import { css, html, type PropertyDeclarations } from 'lit'
import { copyText } from '../copy-text.ts'
import { tenant } from '../session/state.ts'
import { t } from './texts.ts'

/**
 * Backup codes to be saved, shown this once.
 *
 * @fires saved - the member says that they have them
 */
export class BackupCodes extends PlinthElement {
  static override properties: PropertyDeclarations = { codes: { attribute: false }, email: {} }
  declare codes: readonly string[]
  /** Whose codes they are, for the file. */
  declare email: string

  static override styles = css`
    :host {
      display: grid;
      gap: 14px;
    }
    p {
      color: var(--pl-text-2);
      line-height: 21px;
    }
    ul {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 6px 18px;
      margin: 0;
      padding: 14px 18px;
      border: 1px solid var(--pl-hairline);
      border-radius: var(--pl-radius-l);
      background: var(--pl-sunken);
      font: 500 15px / 24px var(--pl-font-mono);
      list-style: none;
      user-select: text;
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .primary {
      margin-inline-start: auto;
    }
  `

  #save(): void {
    const head = t('codes.file', { workspace: tenant.value?.name ?? '', email: this.email })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([head, this.codes.join('\n'), '\n'], { type: 'text/plain' }))
    link.download = 'backup-codes.txt'
    link.click()
    URL.revokeObjectURL(link.href)
  }

  override render(): unknown {
    return html`<p>${t('codes.note')}</p>
      <ul aria-label=${t('codes.heading')}>
        ${this.codes.map((code) => html`<li>${code}</li>`)}
      </ul>
      <div class="buttons">
        <button class="pl-button" type="button" @click=${() => void copyText(this.codes.join('\n'))}>
          ${t('codes.copy')}
        </button>
        <button class="pl-button" type="button" @click=${() => this.#save()}>${t('codes.download')}</button>
        <button
          class="pl-button primary"
          type="button"
          @click=${() => this.dispatchEvent(new Event('saved'))}
        >
          ${t('codes.saved')}
        </button>
      </div>`
  }
}

customElements.define('pl-backup-codes', BackupCodes)

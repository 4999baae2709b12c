import type { LimitDocument } from '@plinth/sdk'
import { fmt, PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { isFull, nextWords, overrideWords } from './limit-words.ts'
import { t } from './texts.ts'

/** How many people the workspace may have, and what to do where there is no place left. */
export class MemberLimit extends PlinthElement {
  static override properties: PropertyDeclarations = { limit: { attribute: false } }
  declare limit: LimitDocument

  static override styles = css`
    :host {
      display: block;
    }
    p {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
      overflow-wrap: anywhere;
    }
    strong {
      color: var(--pl-text);
      font-weight: 550;
      font-variant-numeric: tabular-nums;
    }
    .note {
      display: flex;
      gap: 10px;
      padding: 10px 12px;
      border-radius: var(--pl-radius-m);
      background: var(--pl-warning-soft);
    }
    .note p,
    .note strong {
      color: var(--pl-warning-text);
    }
    .note pl-icon {
      flex: none;
      margin-block-start: 2px;
      color: var(--pl-warning-text);
    }
  `

  /** Puts the keyboard and the screen reader where it says why nobody else can be invited. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.note')?.focus()
  }

  override render(): unknown {
    const { used, value, next } = this.limit
    const set = overrideWords(this.limit)
    const aside = set === undefined ? nothing : html`<p>${set}</p>`
    if (value === null)
      return html`<p><strong>${t('limit.members.unlimited', { used: fmt.num(used) })}</strong></p>
        ${aside}`
    const numbers = { used: fmt.num(used), value: fmt.num(value) }
    if (!isFull(this.limit))
      return html`<p><strong>${t('limit.members', numbers)}</strong></p>
        ${aside}`
    const ways = [t('limit.members.why'), t('limit.members.do'), nextWords(next)].filter(Boolean).join(' ')
    return html`<div class="note" role="note" tabindex="-1">
      <pl-icon name="lock"></pl-icon>
      <div>
        <p><strong>${t('limit.members', numbers)}.</strong> ${ways}</p>
        ${aside}
      </div>
    </div>`
  }
}

customElements.define('pl-member-limit', MemberLimit)

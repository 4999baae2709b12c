import type { Tone } from '@plinth/sdk'
import { css, html, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'

/** A state as a coloured dot and a word; the word carries the meaning. */
export class PlStatus extends PlinthElement {
  static override properties: PropertyDeclarations = { tone: {}, label: {}, badge: { type: Boolean } }
  declare tone: Tone | undefined
  declare label: string
  /** Draws it as a filled badge. */
  declare badge: boolean

  static override styles = css`
    :host {
      display: inline-flex;
      min-width: 0;
      max-width: 100%;
    }
    span {
      display: inline-flex;
      align-items: center;
      gap: 7px;
      min-width: 0;
    }
    span::before {
      content: '';
      flex: none;
      width: 7px;
      height: 7px;
      border-radius: 50%;
      background: var(--dot);
    }
    .badge {
      gap: 6px;
      padding: 1px 8px;
      border-radius: 99px;
      background: var(--soft);
      color: var(--word);
      font-size: var(--pl-size-12);
      font-weight: 500;
      line-height: 20px;
      white-space: nowrap;
    }
    @media (forced-colors: active) {
      span::before {
        background: CanvasText;
      }
    }
  `

  override render(): unknown {
    const tone = this.tone ?? 'neutral'
    return html`<span
      class=${this.badge ? 'badge' : ''}
      style="--dot: var(--pl-${tone}); --soft: var(--pl-${tone}-soft); --word: var(--pl-${tone}-text)"
      >${this.label}</span
    >`
  }
}

customElements.define('pl-status', PlStatus)

import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { PlinthElement } from '../element/plinth-element.ts'
import { href } from '../api/base.ts'
import { common } from '../texts.ts'

/**
 * The head of a screen: title, one sentence about it, actions at the end.
 *
 * @slot actions - buttons
 * @slot before - in front of the title, e.g. an avatar
 * @slot below - filters, tabs
 */
export class PlPageHeader extends PlinthElement {
  static override properties: PropertyDeclarations = { heading: {}, subheading: {}, back: {} }
  declare heading: string
  declare subheading: string | undefined
  /** Path of the screen one level up. */
  declare back: string | undefined

  static override styles = css`
    :host {
      display: block;
      padding: 24px var(--pl-gutter) 16px;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 12px 16px;
    }
    .title {
      display: flex;
      flex: 1 1 260px;
      gap: 14px;
      align-items: center;
      min-width: 0;
    }
    .words {
      min-width: 0;
    }
    h1 {
      font-size: var(--pl-size-22);
      line-height: 30px;
      font-weight: 600;
      letter-spacing: -0.018em;
      text-wrap: balance;
      overflow-wrap: anywhere;
    }
    p {
      margin-top: 2px;
      color: var(--pl-text-2);
      line-height: 20px;
      max-width: 68ch;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .back {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      margin: -4px 0 8px -4px;
      padding: 2px 6px 2px 2px;
      border-radius: var(--pl-radius-s);
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 20px;
    }
    .back:hover {
      color: var(--pl-text);
      background: var(--pl-hover);
    }
    @media (max-width: 760px) {
      :host {
        padding-top: 16px;
      }
    }
  `

  override render(): unknown {
    return html`
      ${
        this.back
          ? html`<a class="back" href=${href(this.back)}
              ><pl-icon name="chevron-left"></pl-icon>${common('common.back')}</a
            >`
          : nothing
      }
      <div class="row">
        <div class="title">
          <slot name="before"></slot>
          <div class="words">
            <h1>${this.heading}</h1>
            ${this.subheading ? html`<p>${this.subheading}</p>` : nothing}
          </div>
        </div>
        <div class="actions"><slot name="actions"></slot></div>
      </div>
      <slot name="below"></slot>
    `
  }
}

customElements.define('pl-page-header', PlPageHeader)

import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { SkeletonKind } from '../element/resource.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { common } from '../texts.ts'

const bar = (width: string, height = 10): TemplateResult =>
  html`<i style="width: ${width}; height: ${height}px"></i>`
const times = <T>(count: number, draw: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => draw(index))
const WIDTHS = ['62%', '48%', '71%', '55%', '66%', '43%']

const SHAPES: Readonly<Record<SkeletonKind, () => TemplateResult | TemplateResult[]>> = {
  list: () =>
    times(
      8,
      (row) => html`<div class="row"><b></b>${bar(WIDTHS[row % 6] ?? '50%')}${bar('40%')}${bar('24%')}</div>`,
    ),
  cards: () =>
    html`<div class="cards">
      ${times(4, () => html`<div class="card">${bar('45%')}${bar('30%', 22)}</div>`)}
    </div>`,
  form: () =>
    html`<div class="form">
      ${times(6, (row) => html`<div>${bar(row % 2 ? '22%' : '30%')}<u></u></div>`)}
    </div>`,
  board: () =>
    html`<div class="board">
      ${times(4, (lane) => html`<div>${times(4 - (lane % 3), () => html`<div class="card">${bar('80%')}${bar('50%')}</div>`)}</div>`)}
    </div>`,
  page: () =>
    html`<div class="page">${bar('34%', 22)}${bar('52%')}</div>
      ${times(5, (row) => html`<div class="row"><b></b>${bar(WIDTHS[row] ?? '50%')}${bar('40%')}</div>`)}`,
}

/** The shape of what is being loaded. Stays invisible for 200 ms, so that quick answers do not flicker. */
export class PlSkeleton extends PlinthElement {
  static override properties: PropertyDeclarations = { kind: {} }
  declare kind: SkeletonKind

  static override styles = css`
    :host {
      display: block;
      padding: 12px var(--pl-gutter);
      animation: appear var(--pl-calm) 200ms var(--pl-ease) backwards;
    }
    i,
    u,
    b {
      display: block;
      border-radius: 5px;
      background: light-dark(oklch(0.945 0.003 var(--pl-neutral-h)), oklch(0.28 0.004 var(--pl-neutral-h)));
      animation: breathe 1.6s ease-in-out infinite alternate;
    }
    b {
      width: 28px;
      height: 28px;
      border-radius: 50%;
    }
    u {
      height: var(--pl-control);
      border-radius: var(--pl-radius-m);
    }
    .row {
      display: grid;
      grid-template-columns: 28px 2fr 1.5fr 1fr;
      gap: 16px;
      align-items: center;
      height: var(--pl-row);
      border-bottom: 1px solid var(--pl-hairline);
    }
    .page,
    .card,
    .form > div {
      display: grid;
      gap: 10px;
    }
    .page {
      padding: 16px 0 24px;
    }
    .cards {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
      gap: 12px;
    }
    .card {
      padding: 18px;
      border: 1px solid var(--pl-hairline);
      border-radius: var(--pl-radius-l);
    }
    .form {
      display: grid;
      gap: 20px;
      max-width: 560px;
    }
    .board {
      display: grid;
      grid-template-columns: repeat(4, minmax(180px, 1fr));
      gap: 14px;
      overflow: hidden;
    }
    .board > div {
      display: grid;
      gap: 8px;
      align-content: start;
      padding: 8px;
      border-radius: var(--pl-radius-l);
      background: var(--pl-sunken);
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
    @keyframes breathe {
      to {
        opacity: 0.5;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      i,
      u,
      b {
        animation: none;
      }
    }
  `

  override render(): unknown {
    return html`<span class="pl-sr-only" role="status">${common('state.loading')}</span>
      <div aria-hidden="true">${SHAPES[this.kind ?? 'list']()}</div>`
  }
}

customElements.define('pl-skeleton', PlSkeleton)

import { css, type CSSResultGroup } from 'lit'

/** The grid's own look: hairlines, quiet heads, the page gutter as inset of the outer columns. */
export const gridStyles = css`
  vaadin-grid {
    flex: 1;
    height: auto;
    min-height: 0;
    background: transparent;
    font-size: var(--pl-size-14);
    --vaadin-grid-background: var(--pl-sheet);
    --vaadin-grid-row-background-color: var(--pl-sheet);
    --vaadin-grid-border-color: var(--pl-hairline);
    --vaadin-grid-row-hover-background-color: var(--pl-hover);
    --vaadin-grid-cell-padding: 0 10px;
    --vaadin-grid-header-font-size: var(--pl-size-12);
    --vaadin-grid-header-font-weight: 500;
    --vaadin-grid-header-text-color: var(--pl-text-2);
  }
  vaadin-grid::part(body-cell) {
    min-height: var(--pl-row);
  }
  vaadin-grid::part(header-cell) {
    min-height: 40px;
  }
  vaadin-grid::part(first-column-cell) {
    padding-inline-start: calc(var(--pl-gutter) - 10px);
  }
  vaadin-grid::part(last-column-cell) {
    padding-inline-end: calc(var(--pl-gutter) - 10px);
  }
  vaadin-grid[data-opens]::part(body-row) {
    cursor: pointer;
  }
  vaadin-grid::part(chosen) {
    --vaadin-grid-cell-background-color: var(--pl-accent-soft);
  }
  vaadin-grid-cell-content {
    line-height: 20px;
  }
  .head {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-width: 100%;
    --pl-icon-size: 13px;
    --pl-icon-stroke: 2;
  }
  button.sort {
    margin: 0;
    padding: 4px 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .sort pl-icon {
    opacity: 0;
    transition: opacity var(--pl-quick) var(--pl-ease);
  }
  .sort:hover pl-icon {
    opacity: 0.55;
  }
  .sort:is(.asc, .desc) {
    color: var(--pl-text);
  }
  .sort:is(.asc, .desc) pl-icon {
    opacity: 1;
    color: var(--pl-accent-text);
  }
  .open {
    font-weight: 500;
  }
  .open:hover {
    text-decoration: underline;
    text-decoration-color: color-mix(in oklch, currentColor 35%, transparent);
    text-underline-offset: 3px;
  }
  .foot {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 12px;
    padding: 12px var(--pl-gutter);
  }
  .foot.failed {
    border-block-start: 1px solid var(--pl-hairline);
    color: var(--pl-danger-text);
  }
`

/** Gives a grid that is drawn already the rules of its owner's cells. */
export function adoptStyles(root: ShadowRoot, styles: CSSResultGroup): void {
  const sheets = [styles]
    .flat(10)
    .map((style) =>
      style instanceof CSSStyleSheet ? style : (style as { styleSheet?: CSSStyleSheet }).styleSheet,
    )
  root.adoptedStyleSheets.push(...sheets.filter((sheet) => sheet !== undefined))
}

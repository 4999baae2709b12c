import { css } from 'lit'

/** A list of the console: rows with a few words each. */
export const listStyles = css`
  :host {
    display: block;
  }
  .rows {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .rows > * + * {
    border-block-start: 1px solid var(--pl-hairline);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 8px 14px;
    padding: 12px 8px 12px 16px;
  }
  .words {
    display: grid;
    flex: 1 1 200px;
    gap: 1px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  strong {
    font-weight: 550;
    line-height: 20px;
  }
  small {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  code {
    color: var(--pl-text-3);
    font-size: var(--pl-size-12);
    line-height: 18px;
  }
`

/** Lists one below the other, in a column. */
export const groupStyles = css`
  .groups {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 28px;
    max-width: calc(920px + 2 * var(--pl-gutter));
    padding: 4px var(--pl-gutter) 48px;
  }
`

/** Rows with tools of their own, which come below the words where there is no room beside them. */
export const toolRowStyles = css`
  .row {
    flex-wrap: wrap;
    padding-inline-end: 12px;
  }
  .quiet strong {
    color: var(--pl-text-2);
  }
  .tools {
    display: flex;
    gap: 2px;
  }
`

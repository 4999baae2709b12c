import { css } from 'lit'

export const customFieldStyles = css`
  :host {
    display: block;
  }
  .groups {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 28px;
    max-width: calc(920px + 2 * var(--pl-gutter));
    padding: 4px var(--pl-gutter) 48px;
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
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 14px;
    padding: 12px 12px 12px 16px;
  }
  .link {
    flex-wrap: nowrap;
    color: inherit;
    text-decoration: none;
  }
  .link:hover {
    background: var(--pl-hover);
  }
  .link:focus-visible {
    outline-offset: -2px;
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
  .quiet strong {
    color: var(--pl-text-2);
  }
  .tools {
    display: flex;
    gap: 2px;
  }
  .chevron {
    flex: none;
    color: var(--pl-text-3);
    --pl-icon-size: 16px;
  }
  .category {
    margin-block-end: 2px;
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  .hint {
    margin-block-end: 10px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
`

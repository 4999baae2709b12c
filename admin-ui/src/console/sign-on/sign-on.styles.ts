import { css } from 'lit'

export const signOnStyles = css`
  :host {
    display: block;
  }
  .list {
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
  .words {
    display: grid;
    flex: 1 1 240px;
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
`

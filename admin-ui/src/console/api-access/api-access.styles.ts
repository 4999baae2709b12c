import { css } from 'lit'

export const apiAccessStyles = css`
  :host {
    display: block;
  }
  section {
    max-width: calc(920px + 2 * var(--pl-gutter));
    padding: 4px var(--pl-gutter) 32px;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: end;
    margin-block-end: 10px;
  }
  .head > div {
    flex: 1 1 300px;
  }
  h2 {
    margin-block-end: 2px;
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  .hint,
  .none {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  .none {
    padding: 16px;
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
  .soon {
    color: var(--pl-warning-text);
  }
  .refused {
    color: var(--pl-danger-text);
  }
`

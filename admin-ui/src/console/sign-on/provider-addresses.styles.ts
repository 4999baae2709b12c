import { css } from 'lit'

export const addressStyles = css`
  :host {
    display: grid;
    gap: 4px;
    margin-block: 4px 18px;
    padding: 12px 8px 12px 14px;
    border: 1px dashed var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  .address {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
    margin-block-end: 4px;
  }
  code {
    min-width: 0;
    color: var(--pl-text);
    overflow-wrap: anywhere;
  }
  p {
    overflow-wrap: anywhere;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 6px;
  }
`

import { css } from 'lit'

export const roleStyles = css`
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
  h2,
  h3 {
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  .hint {
    margin-block: 2px 10px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
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
  .warn {
    color: var(--pl-warning-text, var(--pl-danger-text));
  }
`

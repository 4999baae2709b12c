import { css } from 'lit'

export const secondFactorsStyles = css`
  :host {
    display: block;
  }
  section {
    display: grid;
    gap: 12px;
    padding: 18px 20px;
  }
  header {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  h2 {
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  p {
    max-width: 64ch;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  .due {
    padding: 9px 12px;
    border-radius: var(--pl-radius-m);
    background: var(--pl-warning-soft);
    color: var(--pl-warning-text);
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 52px;
    padding: 6px 0;
    border-top: 1px solid var(--pl-hairline);
  }
  .row > pl-icon {
    flex: none;
    color: var(--pl-text-2);
  }
  .words {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .words strong {
    overflow-wrap: anywhere;
    font-weight: 500;
  }
  .words small {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  .add {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
`

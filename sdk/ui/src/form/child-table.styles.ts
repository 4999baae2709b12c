import { css } from 'lit'

export const childTableStyles = css`
  :host {
    display: block;
  }
  .title {
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  .count {
    margin-inline-start: 6px;
    color: var(--pl-text-2);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .wrong {
    margin-block-start: 8px;
    color: var(--pl-danger-text);
    font-size: var(--pl-size-13);
  }
  .head {
    display: grid;
    grid-template-columns: var(--columns) var(--acts);
    gap: 8px;
    margin-block-start: 12px;
    padding-block-end: 6px;
    border-block-end: 1px solid var(--pl-hairline);
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    font-weight: 500;
  }
  .head .end {
    text-align: end;
  }
  .add {
    margin-block-start: 12px;
  }
  .none {
    margin-block-start: 8px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
`

import { css } from 'lit'

/** Parts of a dialog that are no form: a heading, words about it, controls in a row. */
export const sectionStyles = css`
  h3 {
    margin-block-end: 6px;
    font-size: var(--pl-size-14);
    font-weight: 500;
    line-height: 20px;
  }
  p {
    margin-block-end: 8px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  ul {
    margin: 0 0 8px;
    padding: 0;
    list-style: none;
  }
  input,
  select {
    min-width: 0;
    min-height: var(--pl-control);
    padding: 0 12px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    font: inherit;
  }
`

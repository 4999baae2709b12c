import { css } from 'lit'

export const provisioningStyles = css`
  h3 {
    margin-block: 18px 6px;
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
  .address,
  li {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
    min-width: 0;
  }
  .address {
    padding: 6px 6px 6px 14px;
    border: 1px dashed var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
  }
  code {
    min-width: 0;
    font-size: var(--pl-size-13);
    overflow-wrap: anywhere;
  }
  ul {
    margin: 0 0 10px;
    padding: 0;
    border: 1px solid var(--pl-hairline);
    border-radius: var(--pl-radius-m);
    list-style: none;
  }
  li {
    padding: 8px 8px 8px 14px;
  }
  li + li {
    border-block-start: 1px solid var(--pl-hairline);
  }
  .words {
    display: grid;
    gap: 1px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  strong {
    font-weight: 500;
    line-height: 20px;
  }
  small,
  .roles {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  .roles {
    flex: 0 1 auto;
    padding-inline-end: 6px;
    text-align: end;
  }
  .new {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  select {
    min-height: var(--pl-control);
    padding: 0 10px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    font: inherit;
  }
`

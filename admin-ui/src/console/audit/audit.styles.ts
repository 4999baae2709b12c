import { css } from 'lit'

export const auditStyles = css`
  :host {
    display: block;
  }
  section {
    max-width: calc(1080px + 2 * var(--pl-gutter));
    padding: 4px var(--pl-gutter) 24px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 12px;
    align-items: end;
    margin-block-end: 12px;
  }
  .tools label {
    display: grid;
    gap: 3px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
  }
  .tools input {
    min-height: var(--pl-control);
    padding: 0 10px;
    border: 1px solid var(--pl-hairline);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    font: 400 var(--pl-size-13) / 20px var(--pl-font);
  }
  .tools .search {
    flex: 1 1 200px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-end: 12px;
  }
  .chips button {
    display: flex;
    gap: 6px;
    align-items: center;
    max-width: 100%;
    min-height: 28px;
    padding: 2px 8px 2px 10px;
    border: 1px solid var(--pl-hairline);
    border-radius: var(--pl-radius-m);
    background: var(--pl-neutral-soft);
    color: var(--pl-text);
    font: 400 var(--pl-size-13) / 20px var(--pl-font);
    text-align: start;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .chips pl-icon {
    flex: none;
  }
  .chain {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
    align-items: start;
    margin-block-end: 14px;
    padding: 12px 16px;
  }
  .chain > div {
    flex: 1 1 260px;
  }
  p,
  small {
    margin: 0;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  .bad {
    color: var(--pl-danger-text);
  }
  .none {
    padding: 16px;
  }
  .faults {
    margin-block-start: 6px;
    font-size: var(--pl-size-13);
    line-height: 19px;
    overflow-wrap: anywhere;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .entries > li + li {
    border-block-start: 1px solid var(--pl-hairline);
  }
  summary {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    padding: 10px 16px;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  summary strong {
    flex: 1 1 260px;
    font-weight: 550;
  }
  summary .name {
    color: var(--pl-text-2);
    font-weight: 400;
  }
  .values {
    padding: 0 16px 14px;
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--pl-size-13);
  }
  th,
  td {
    padding: 5px 12px 5px 0;
    border-block-start: 1px solid var(--pl-hairline);
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  th {
    hyphens: auto;
    overflow-wrap: break-word;
    color: var(--pl-text-2);
    font-weight: 500;
  }
  .more {
    margin-block-start: 12px;
  }
`

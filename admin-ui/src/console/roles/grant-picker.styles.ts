import { css } from 'lit'

export const grantPickerStyles = css`
  :host {
    display: block;
    margin-block: 8px 12px;
  }
  h3 {
    margin-block-end: 8px;
    font-size: var(--pl-size-14);
    font-weight: 500;
    line-height: 20px;
  }
  h4 {
    padding-block: 8px 2px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    font-weight: 500;
  }
  .search,
  select {
    min-height: var(--pl-control);
    padding: 0 10px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    font: inherit;
  }
  .search {
    box-sizing: border-box;
    inline-size: 100%;
    margin-block-end: 8px;
  }
  select {
    max-inline-size: calc(100% - 25px);
    margin: 2px 0 6px 25px;
    font-size: var(--pl-size-13);
  }
  .groups {
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    overflow: hidden;
  }
  details + details {
    border-block-start: 1px solid var(--pl-hairline);
  }
  summary {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 40px;
    padding: 0 12px;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:hover {
    background: var(--pl-hover);
  }
  summary:focus-visible {
    outline-offset: -2px;
  }
  summary pl-icon {
    color: var(--pl-text-3);
    --pl-icon-size: 16px;
  }
  details[open] summary pl-icon {
    rotate: 90deg;
  }
  summary span {
    flex: 1;
  }
  small,
  .none {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  .inside {
    padding: 0 12px 10px 38px;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  label {
    display: flex;
    gap: 10px;
    align-items: baseline;
    padding-block: 4px;
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .permission {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
  }
  .permission select {
    grid-column: 1 / -1;
    justify-self: start;
  }
  .permission pl-condition-editor,
  .permission .words {
    grid-column: 1 / -1;
    margin: 2px 0 10px 25px;
  }
  .words {
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .words small {
    display: block;
  }
  .permission .icon {
    color: var(--pl-text-3);
    --pl-icon-size: 15px;
  }
  label input {
    flex: none;
    inline-size: 15px;
    block-size: 15px;
    margin: 0;
    translate: 0 2px;
    accent-color: var(--pl-accent);
  }
  @media (max-width: 520px) {
    .inside {
      padding-inline: 10px 2px;
    }
    .permission pl-condition-editor {
      margin-inline-start: 0;
    }
  }
`

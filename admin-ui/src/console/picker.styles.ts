import { css } from 'lit'

/** A choice among many: groups to fold out, with a box to tick for each of what is in them. */
export const pickerStyles = css`
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
  label {
    display: flex;
    gap: 10px;
    align-items: baseline;
    padding-block: 4px;
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  label input {
    flex: none;
    inline-size: 15px;
    block-size: 15px;
    margin: 0;
    translate: 0 2px;
    accent-color: var(--pl-accent);
  }
`

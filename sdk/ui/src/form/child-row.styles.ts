import { css } from 'lit'

export const childRowStyles = css`
  :host {
    display: block;
    padding-block: 8px;
    border-block-end: 1px solid var(--pl-hairline);
  }
  .line {
    display: grid;
    grid-template-columns: var(--columns) var(--acts);
    gap: 8px;
    align-items: start;
  }
  .value {
    min-width: 0;
    padding-block: 7px;
    overflow: hidden;
    color: var(--pl-text-2);
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .value.end {
    text-align: end;
  }
  .acts {
    display: flex;
    justify-content: end;
  }
  .acts .pl-button {
    color: var(--pl-text-2);
  }
  .open pl-icon {
    rotate: 180deg;
  }
  .more {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
    gap: 12px 16px;
    align-items: start;
    margin-block: 8px;
    padding: 12px 16px 16px;
    border-radius: var(--pl-radius-l);
    background: var(--pl-sunken);
  }
  .more .wide {
    grid-column: 1 / -1;
  }
  .wrong {
    margin-block-start: 6px;
    color: var(--pl-danger-text);
    font-size: var(--pl-size-13);
  }
  :host([narrow]) {
    padding-block: 8px 16px;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  .name {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    font-weight: 500;
  }
  :host([narrow]) .line {
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 10px 12px;
  }
  :host([narrow]) .line > :is(:first-child, .fact) {
    grid-column: 1 / -1;
  }
  .fact {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  :host([narrow]) .more {
    grid-template-columns: minmax(0, 1fr);
  }
`

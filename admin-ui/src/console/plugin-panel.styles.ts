import { css } from 'lit'

export const pluginPanelStyles = css`
  :host {
    display: block;
  }
  .upgrade {
    margin-block: -4px 20px;
  }
  .errors {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .errors li {
    display: grid;
    overflow-wrap: anywhere;
  }
  .where {
    font-weight: 550;
  }
  .errors code,
  .trash,
  .remedy {
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 18px;
  }
  .remedy {
    margin-block-start: 12px;
  }
  .head {
    display: flex;
    align-items: flex-start;
    gap: 12px;
  }
  .title {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font-size: var(--pl-size-16);
    font-weight: 600;
    line-height: 22px;
    letter-spacing: -0.01em;
    outline: 0;
  }
  .by {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  .about {
    margin-block: 16px 20px;
    line-height: 21px;
    text-wrap: pretty;
  }
  .note {
    display: flex;
    gap: 10px;
    margin-block-end: 20px;
    padding: 10px 12px;
    border-radius: var(--pl-radius-m);
    background: var(--pl-warning-soft);
    color: var(--pl-warning-text);
    font-size: var(--pl-size-13);
    line-height: 19px;
    overflow-wrap: anywhere;
  }
  .note.halted {
    background: var(--pl-danger-soft);
    color: var(--pl-danger-text);
  }
  .note pl-icon {
    margin-block-start: 2px;
  }
  dl {
    margin: 0;
  }
  .fact {
    padding-block: 12px;
    border-block-start: 1px solid var(--pl-hairline);
  }
  dt {
    margin-block-end: 4px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  dd {
    margin: 0;
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .other {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 30px;
    padding: 0 10px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: 99px;
    background: var(--pl-raised);
    color: inherit;
    font: 500 var(--pl-size-13) / 20px var(--pl-font);
    cursor: pointer;
  }
  .other:hover {
    background: var(--pl-hover);
  }
  .brings {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .brings li {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    line-height: 26px;
  }
  .rows {
    color: var(--pl-text-2);
    font-variant-numeric: tabular-nums;
  }
`

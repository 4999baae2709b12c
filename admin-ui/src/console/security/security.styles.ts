import { css } from 'lit'

export const securityStyles = css`
  .sections {
    display: grid;
    gap: 18px;
    max-width: calc(760px + 2 * var(--pl-gutter));
    padding: 4px var(--pl-gutter) 48px;
  }
  form,
  .accesses {
    padding: 18px 20px 20px;
  }
  h2 {
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  p,
  small {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  pl-record-form {
    display: block;
    margin-block: 12px;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .warnings {
    display: grid;
    gap: 6px;
    margin-block-end: 14px;
  }
  .warnings li {
    display: flex;
    gap: 8px;
    align-items: start;
    color: var(--pl-warning-text);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  .warnings pl-icon {
    flex: none;
    margin-block-start: 2px;
  }
  .accesses ul {
    margin-block-start: 8px;
  }
  .accesses li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    padding: 10px 0;
    border-block-start: 1px solid var(--pl-hairline);
  }
  .accesses li > div {
    flex: 1 1 260px;
    min-width: 0;
  }
  .accesses small {
    display: block;
    overflow-wrap: anywhere;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
    align-items: center;
    justify-content: space-between;
  }
  .accesses .events li {
    display: block;
    padding: 0;
    border: 0;
  }
  .accesses .events .event {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 3px 12px;
    padding: 7px 0;
    color: inherit;
    font-size: var(--pl-size-13);
    line-height: 19px;
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  .events .count {
    color: var(--pl-text-2);
    font-variant-numeric: tabular-nums;
  }
  .events .bar {
    grid-column: 1 / -1;
    block-size: 4px;
    border-radius: 2px;
    background: var(--pl-neutral-soft);
  }
  .events .bar span {
    display: block;
    block-size: 100%;
    border-radius: inherit;
    background: color-mix(in oklab, var(--pl-text-3) 50%, transparent);
  }
  .events a:hover .name {
    text-decoration: underline;
  }
  .severity {
    flex: none;
    min-width: 64px;
    padding: 1px 8px;
    border-radius: 6px;
    background: var(--pl-neutral-soft);
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 18px;
    text-align: center;
  }
  .severity.high {
    background: var(--pl-danger-soft);
    color: var(--pl-danger-text);
  }
  .severity.medium {
    background: var(--pl-warning-soft);
    color: var(--pl-warning-text);
  }
`

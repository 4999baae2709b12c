import { css } from 'lit'

/** What every part of the reference draws with: fields of schemas, methods, code. */
export const referenceParts = css`
  code,
  pre {
    font-family: var(--pl-font-mono);
    font-size: var(--pl-size-12);
  }
  pre {
    margin: 0;
    padding: 14px 16px;
    overflow: auto;
    border-radius: var(--pl-radius-m);
    background: var(--pl-sunken);
    line-height: 20px;
    tab-size: 2;
  }
  .method {
    flex: none;
    width: 4.4em;
    font: 600 var(--pl-size-12) / 20px var(--pl-font-mono);
    letter-spacing: 0.01em;
    color: var(--pl-info-text);
  }
  .method.POST {
    color: var(--pl-positive-text);
  }
  .method:is(.PATCH, .PUT) {
    color: var(--pl-warning-text);
  }
  .method.DELETE {
    color: var(--pl-danger-text);
  }
  .fields {
    margin: 0;
  }
  .fields > div {
    padding: 10px 0;
    border-block-start: 1px solid var(--pl-hairline);
  }
  .fields > div:first-child {
    border: 0;
  }
  dt {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 10px;
  }
  dt > code {
    font-size: var(--pl-size-13);
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  dd {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    margin: 2px 0 0;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .help {
    flex-basis: 100%;
  }
  .kind {
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .flag {
    color: var(--pl-warning-text);
    font-size: var(--pl-size-12);
  }
  .flag.calm {
    color: var(--pl-text-2);
  }
  .values code {
    white-space: nowrap;
  }
  details {
    flex-basis: 100%;
  }
  summary {
    width: fit-content;
    padding-block: 2px;
    line-height: 22px;
    color: var(--pl-accent-text);
    cursor: pointer;
  }
  details[open] > :not(summary) {
    display: block;
    margin-block-start: 4px;
    padding-inline-start: 14px;
    border-inline-start: 2px solid var(--pl-hairline);
  }
`

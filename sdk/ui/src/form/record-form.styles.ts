import { css } from 'lit'

export const recordFormStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    padding-block: 24px;
  }
  .group + .group {
    border-block-start: 1px solid var(--pl-hairline);
  }
  .group:first-of-type {
    padding-block-start: 8px;
  }
  .title {
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px 20px;
    align-items: start;
  }
  @container (min-width: 560px) {
    .fields {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .fields .wide {
      grid-column: 1 / -1;
    }
  }
  @container (min-width: 820px) {
    .group:has(.title) {
      grid-template-columns: 200px minmax(0, 1fr);
      gap: 32px;
    }
  }
  .summary {
    display: flex;
    gap: 10px;
    margin-block-end: 16px;
    padding: 12px 16px;
    border-radius: var(--pl-radius-l);
    background: var(--pl-danger-soft);
    color: var(--pl-danger-text);
  }
  .summary pl-icon {
    margin-block-start: 2px;
  }
  .summary .heading {
    font-weight: 550;
  }
  .summary ul {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin: 2px 0 0;
    padding: 0;
    list-style: none;
  }
  .jump {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
`

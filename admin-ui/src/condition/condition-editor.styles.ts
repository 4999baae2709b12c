import { css } from 'lit'

export const conditionEditorStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .group {
    padding: 8px 0 10px 12px;
    border-inline-start: 2px solid var(--pl-hairline-strong);
  }
  .group + .group {
    margin-block-start: 10px;
  }
  h5 {
    margin-block: 0 6px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    font-weight: 500;
    line-height: 18px;
  }
  ul {
    display: grid;
    gap: 12px;
    margin: 0 0 8px;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
    gap: 6px;
    align-items: start;
  }
  select {
    box-sizing: border-box;
    inline-size: 100%;
    min-width: 0;
    min-height: var(--pl-control);
    padding: 0 8px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    font: inherit;
    text-overflow: ellipsis;
  }
  select[aria-invalid='true'] {
    border-color: var(--pl-danger);
  }
  .remove {
    grid-column: 3;
    grid-row: 1;
  }
  .entry,
  .wrong {
    grid-column: 1 / 3;
    min-width: 0;
  }
  .choices {
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .choices label {
    display: flex;
    gap: 8px;
    align-items: center;
    padding-block: 3px;
  }
  .choices input {
    flex: none;
    inline-size: 15px;
    block-size: 15px;
    margin: 0;
    accent-color: var(--pl-accent);
  }
  .wrong {
    margin: 0;
    color: var(--pl-danger-text);
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  .more {
    margin-block-start: 10px;
  }
  @container (max-width: 340px) {
    li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .operator,
    .entry,
    .wrong {
      grid-column: 1 / -1;
    }
    .remove {
      grid-column: 2;
    }
  }
`

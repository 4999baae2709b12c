import { css } from 'lit'

export const mappingStyles = css`
  .options {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(210px, 1fr));
    gap: 14px 16px;
    margin-block-start: 10px;
  }
  .option {
    display: grid;
    gap: 5px;
    align-content: end;
    font-size: var(--pl-size-13);
    font-weight: 500;
  }
  .option .menu,
  .option select {
    width: 100%;
    max-width: none;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 9px;
    min-height: var(--pl-control);
    margin-block-start: 10px;
  }
  .check input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--pl-accent);
  }

  .columns {
    margin-block-start: 12px;
    border-block: 1px solid var(--pl-hairline);
  }
  .columns li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 16px minmax(0, 1.15fr);
    gap: 6px 16px;
    align-items: center;
    padding-block: 9px;
    --pl-icon-size: 15px;
  }
  .columns li + li {
    border-block-start: 1px solid var(--pl-hairline);
  }
  .columns li > pl-icon {
    color: var(--pl-text-3);
  }
  .left-out > pl-icon {
    opacity: 0.35;
  }
  .from {
    min-width: 0;
  }
  .header,
  .cells {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    line-height: 20px;
  }
  .header {
    font-weight: 550;
  }
  .left-out .header {
    color: var(--pl-text-2);
    font-weight: 500;
  }
  .cells {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  .to {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    min-width: 0;
  }
  .to .menu {
    flex: 1 1 190px;
    min-width: 0;
  }
  .to select,
  .constant select {
    width: 100%;
    max-width: none;
  }
  .fallback {
    flex: 1 0 100%;
    font-size: var(--pl-size-13);
  }
  .fallback summary {
    width: fit-content;
    padding-block: 2px;
    color: var(--pl-text-2);
    line-height: 20px;
    cursor: pointer;
  }
  .fallback[open] summary {
    margin-block-end: 4px;
  }
  .fallback .text {
    width: 100%;
  }
  .constants {
    display: grid;
    justify-items: start;
    gap: 10px;
    margin-block-start: 20px;
  }
  .constant {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
    gap: 8px;
    width: 100%;
  }
  .text {
    min-width: 0;
    min-height: var(--pl-control);
    padding: 0 12px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    font: 450 var(--pl-size-14) / 20px var(--pl-font);
  }
  .text::placeholder {
    color: var(--pl-text-3);
  }
  @media (max-width: 640px) {
    .columns li {
      grid-template-columns: minmax(0, 1fr);
    }
    .columns li > pl-icon {
      display: none;
    }
    .constant {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .constant .menu {
      grid-column: 1 / -1;
    }
  }
`

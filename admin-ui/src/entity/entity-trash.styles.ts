import { css } from 'lit'

export const entityTrashStyles = css`
  :host {
    display: flex !important;
    flex-direction: column;
    min-height: 100%;
  }
  pl-trash-bar {
    margin-block-start: auto;
  }
  ul {
    margin: 0 var(--pl-gutter);
    padding: 0;
    list-style: none;
    border-block: 1px solid var(--pl-hairline);
  }
  li {
    display: flex;
    align-items: center;
    gap: 8px 16px;
    min-height: 56px;
    padding-block: 8px;
  }
  li + li {
    border-block-start: 1px solid var(--pl-hairline);
  }
  .all {
    display: flex;
    align-items: center;
    gap: 16px;
    min-height: 40px;
    margin-inline: var(--pl-gutter);
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  .deeds[hidden] {
    display: none;
  }
  .what {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 10px;
    flex: 1;
    min-width: 0;
  }
  .name {
    overflow: hidden;
    font-weight: 550;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .number {
    align-self: center;
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
  }
  .when {
    grid-column: 1 / -1;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  .deeds {
    display: flex;
    flex: none;
    gap: 6px;
  }
  .more {
    margin: 16px var(--pl-gutter) 40px;
  }
  @media (max-width: 560px) {
    li:not(:has(.pick)) {
      flex-wrap: wrap;
    }
    li:not(:has(.pick)) .what {
      flex-basis: 100%;
    }
  }
`

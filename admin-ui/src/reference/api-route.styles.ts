import { css } from 'lit'

/** One operation: what it takes and answers beside how to send it. */
export const apiRouteStyles = css`
  :host {
    display: block;
  }
  header {
    display: grid;
    gap: 6px;
    margin-block-end: 20px;
  }
  h2 {
    font-size: var(--pl-size-22);
    line-height: 30px;
    font-weight: 600;
    letter-spacing: -0.018em;
  }
  .address {
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    overflow-wrap: anywhere;
  }
  .address code {
    font-size: var(--pl-size-14);
    line-height: 20px;
  }
  .what {
    max-width: 68ch;
    color: var(--pl-text-2);
    line-height: 22px;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 12px 36px;
    align-items: start;
  }
  .how {
    position: sticky;
    top: 16px;
    display: grid;
    gap: 20px;
    min-width: 0;
  }
  section {
    min-width: 0;
  }
  h3 {
    margin-block: 0 6px;
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 24px;
  }
  .what-it-takes {
    display: grid;
    gap: 24px;
  }
  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-block-end: 8px;
  }
  .status {
    font: 600 var(--pl-size-13) / 20px var(--pl-font-mono);
  }
  .status.good {
    color: var(--pl-positive-text);
  }
  .answer + .answer {
    border-block-start: 1px solid var(--pl-hairline);
  }
  .answer > details > summary {
    display: flex;
    gap: 12px;
    width: auto;
    padding: 8px 0;
    color: inherit;
    list-style: none;
  }
  .answer > details > summary::-webkit-details-marker {
    display: none;
  }
  .answer p {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  @media (max-width: 1180px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .how {
      position: static;
    }
  }
`

import { css } from 'lit'

export const boardStyles = css`
  :host {
    display: block;
  }
  .tabs {
    display: none;
  }
  .board {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(224px, 1fr);
    gap: 12px;
    padding: 4px var(--pl-gutter) 24px;
    overflow-x: auto;
    scroll-padding-inline: var(--pl-gutter);
    scrollbar-width: thin;
  }
  .column {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: calc(100dvh - 230px);
    border: 1px solid transparent;
    border-radius: var(--pl-radius-l);
    background: var(--pl-sunken);
    transition:
      background var(--pl-quick) var(--pl-ease),
      opacity var(--pl-quick) var(--pl-ease);
  }
  .dragging .column:not(.possible, .home) {
    opacity: 0.55;
  }
  .column.possible {
    border-color: var(--pl-hairline-strong);
    border-style: dashed;
  }
  .column.over {
    border-color: var(--pl-accent);
    background: var(--pl-accent-soft);
    opacity: 1;
  }
  header {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 10px 12px 8px;
  }
  h2 {
    flex: 1;
    min-width: 0;
    font-size: var(--pl-size-13);
    font-weight: 600;
    line-height: 20px;
  }
  .count {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    font-variant-numeric: tabular-nums;
  }
  ul {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0 8px 8px;
    list-style: none;
  }
  .note {
    padding: 0 12px 10px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 16px;
  }
  .more {
    padding: 0 var(--pl-gutter) 24px;
    color: var(--pl-text-2);
  }

  @media (prefers-reduced-motion: no-preference) {
    .board,
    .tabs {
      scroll-behavior: smooth;
    }
  }
  @media (max-width: 760px) {
    .tabs {
      display: flex;
      gap: 6px;
      padding: 0 var(--pl-gutter) 12px;
      overflow-x: auto;
      scrollbar-width: none;
    }
    .tabs button {
      flex: none;
      gap: 6px;
      border-radius: 99px;
    }
    .tabs button[aria-current] {
      border-color: transparent;
      background: var(--pl-accent-soft);
      color: var(--pl-accent-text);
    }
    .board {
      grid-auto-columns: 100%;
      scroll-snap-type: x mandatory;
      scrollbar-width: none;
    }
    .column {
      scroll-snap-align: start;
      min-height: 50dvh;
    }
  }
`

import { css } from 'lit'

export const entityFormStyles = css`
  :host {
    display: flex !important;
    flex-direction: column;
    min-height: 100%;
  }
  .body {
    flex: 1;
    max-width: calc(920px + 2 * var(--pl-gutter));
    width: 100%;
    padding: 0 var(--pl-gutter) 24px;
  }
  .bar {
    position: sticky;
    inset-block-end: 0;
    z-index: 3;
    padding: 12px var(--pl-gutter) calc(12px + env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--pl-hairline);
    background: color-mix(in oklch, var(--pl-sheet) 92%, transparent);
    backdrop-filter: blur(8px);
  }
  .inner {
    display: flex;
    align-items: center;
    gap: 8px;
    max-width: 920px;
  }
  .unsaved {
    flex: 1;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  .bar .primary {
    min-width: 116px;
  }
  @media (max-width: 520px) {
    .unsaved:empty {
      display: none;
    }
    .unsaved {
      flex-basis: 100%;
    }
    .inner {
      flex-wrap: wrap;
    }
    .bar .pl-button {
      flex: 1;
    }
  }
`

import { css } from 'lit'
import { filterStyles } from './list-filters.ts'

export const entityListStyles = [
  filterStyles,
  css`
    :host {
      display: flex !important;
      flex-direction: column;
      height: 100%;
      min-height: 0;
    }
    pl-page-header {
      flex: none;
      padding-block-end: 12px;
    }
    .tools {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 10px;
      margin-block-start: 16px;
    }
    pl-data-grid {
      flex: 1;
    }
    .stale {
      opacity: 0.55;
      transition: opacity var(--pl-calm) 200ms var(--pl-ease);
    }
    .create.corner,
    .order {
      display: none;
    }
    .tools:not(:has(pl-search-box, .filters)) {
      margin-block-start: 0;
    }
    .transfer-count {
      padding: 5px 10px 7px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
    }
    .transfer-count:empty {
      display: none;
    }
    @media (max-width: 760px) {
      pl-data-grid {
        flex: none;
        border-block-start: 1px solid var(--pl-hairline);
        padding-block-end: 84px;
      }
      :host {
        height: auto;
      }
      .tools {
        flex-direction: column;
        align-items: stretch;
      }
      pl-search-box {
        flex: none;
      }
      .order {
        display: inline-flex;
        align-self: start;
        max-width: 100%;
      }
      .order select {
        max-width: 100%;
      }
      .tools:not(:has(pl-search-box, .filters)) {
        margin-block-start: 16px;
      }
      .create.actions,
      .transfer .word {
        display: none;
      }
      .create.corner {
        position: fixed;
        inset: auto 16px calc(16px + env(safe-area-inset-bottom)) auto;
        z-index: 4;
        display: inline-flex;
        min-height: 48px;
        padding-inline: 18px;
        border-radius: 99px;
        box-shadow: var(--pl-shadow-float);
      }
    }
  `,
]

import { css } from 'lit'
import { rowStyles } from './plugin-row.ts'

export const pluginsPageStyles = [
  rowStyles,
  css`
    :host {
      display: block;
      height: 100%;
    }
    .page.split {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 400px;
      height: 100%;
    }
    .split .list,
    .aside {
      overflow: auto;
      min-height: 0;
    }
    .aside {
      padding: 24px 20px 32px 22px;
      border-inline-start: 1px solid var(--pl-hairline);
      animation: arrive var(--pl-calm) var(--pl-ease);
    }
    .tools {
      display: flex;
      flex-wrap: wrap;
      gap: 10px;
      margin-block-start: 16px;
    }
    .groups {
      display: grid;
      gap: 24px;
      max-width: calc(920px + 2 * var(--pl-gutter));
      padding: 4px var(--pl-gutter) 48px;
    }
    .category {
      margin-block-end: 8px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      font-weight: 500;
      line-height: 20px;
    }
    .rows {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateX(8px);
      }
    }
    @media (max-width: 760px) {
      .tools {
        flex-direction: column;
        align-items: stretch;
      }
      pl-search-box {
        flex: none;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .aside {
        animation: none;
      }
    }
  `,
]

import { css } from 'lit'
import { groupStyles, listStyles, toolRowStyles } from '../list.styles.ts'

export const customFieldStyles = [
  listStyles,
  groupStyles,
  toolRowStyles,
  css`
    .link {
      flex-wrap: nowrap;
      color: inherit;
      text-decoration: none;
    }
    .link:hover {
      background: var(--pl-hover);
    }
    .link:focus-visible {
      outline-offset: -2px;
    }
    .chevron {
      flex: none;
      color: var(--pl-text-3);
      --pl-icon-size: 16px;
    }
    .category {
      margin-block-end: 2px;
      font-size: var(--pl-size-14);
      font-weight: 600;
      line-height: 20px;
    }
    .hint {
      margin-block-end: 10px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
  `,
]

import { css } from 'lit'
import { listStyles } from '../list.styles.ts'

export const apiAccessStyles = [
  listStyles,
  css`
    section {
      max-width: calc(920px + 2 * var(--pl-gutter));
      padding: 4px var(--pl-gutter) 32px;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
      align-items: end;
      margin-block-end: 10px;
    }
    .head > div {
      flex: 1 1 300px;
    }
    h2 {
      margin-block-end: 2px;
      font-size: var(--pl-size-14);
      font-weight: 600;
      line-height: 20px;
    }
    .hint,
    .none {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
    .none {
      padding: 16px;
    }
    .soon {
      color: var(--pl-warning-text);
    }
    .refused {
      color: var(--pl-danger-text);
    }
  `,
]

import { css } from 'lit'
import { groupStyles, listStyles } from '../list.styles.ts'

export const roleStyles = [
  listStyles,
  groupStyles,
  css`
    h2,
    h3 {
      font-size: var(--pl-size-14);
      font-weight: 600;
      line-height: 20px;
    }
    .hint {
      margin-block: 2px 10px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
    .warn {
      color: var(--pl-warning-text, var(--pl-danger-text));
    }
  `,
]

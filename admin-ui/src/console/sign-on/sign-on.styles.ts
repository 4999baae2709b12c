import { css } from 'lit'
import { listStyles, toolRowStyles } from '../list.styles.ts'

export const signOnStyles = [
  listStyles,
  toolRowStyles,
  css`
    .list {
      max-width: calc(920px + 2 * var(--pl-gutter));
      padding: 4px var(--pl-gutter) 48px;
    }
    .words {
      flex-basis: 240px;
    }
  `,
]

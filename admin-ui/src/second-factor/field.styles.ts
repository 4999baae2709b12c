import { css } from 'lit'
import { entryFieldStyles } from '../pages/field.styles.ts'

/** A labelled field and what is wrong with it. */
export const fieldStyles = [
  entryFieldStyles,
  css`
    p.note {
      color: var(--pl-text-2);
      line-height: 21px;
    }
    p.message {
      padding: 9px 12px;
      border-radius: var(--pl-radius-m);
      background: var(--pl-danger-soft);
      color: var(--pl-danger-text);
      line-height: 20px;
    }
  `,
]

import { css } from 'lit'
import { sectionStyles } from './section.styles.ts'

export const mappingStyles = [
  sectionStyles,
  css`
    :host {
      display: block;
      margin-block: 8px 20px;
    }
    ul {
      display: grid;
      gap: 6px;
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 16px minmax(0, 1fr) auto;
      gap: 8px;
      align-items: center;
    }
    li > pl-icon {
      color: var(--pl-text-3);
      --pl-icon-size: 16px;
    }
    input,
    select {
      width: 100%;
    }
    /* Names of groups are long: on a phone each has a line of its own. */
    @media (max-width: 560px) {
      ul {
        gap: 14px;
      }
      li {
        grid-template-columns: 16px minmax(0, 1fr) auto;
      }
      li > input {
        grid-column: 1 / -1;
      }
    }
  `,
]

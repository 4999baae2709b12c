import { css } from 'lit'
import { sectionStyles } from './section.styles.ts'

export const provisioningStyles = [
  sectionStyles,
  css`
    h3 {
      margin-block-start: 18px;
    }
    .address,
    li {
      display: flex;
      gap: 8px;
      align-items: center;
      justify-content: space-between;
      min-width: 0;
    }
    .address {
      padding: 6px 6px 6px 14px;
      border: 1px dashed var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
    }
    code {
      min-width: 0;
      font-size: var(--pl-size-13);
      overflow-wrap: anywhere;
    }
    ul {
      border: 1px solid var(--pl-hairline);
      border-radius: var(--pl-radius-m);
    }
    li {
      padding: 8px 8px 8px 14px;
    }
    li + li {
      border-block-start: 1px solid var(--pl-hairline);
    }
    .words {
      display: grid;
      gap: 1px;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    strong {
      font-weight: 500;
      line-height: 20px;
    }
    small,
    .roles {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 18px;
    }
    .roles {
      flex: 0 1 auto;
      padding-inline-end: 6px;
      text-align: end;
    }
    .new {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
]

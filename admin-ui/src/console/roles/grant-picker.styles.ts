import { css } from 'lit'
import { pickerStyles } from '../picker.styles.ts'

export const grantPickerStyles = [
  pickerStyles,
  css`
    h4 {
      padding-block: 8px 2px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      font-weight: 500;
    }
    .search,
    select {
      min-height: var(--pl-control);
      padding: 0 10px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
      background: var(--pl-raised);
      color: var(--pl-text);
      font: inherit;
    }
    .search {
      box-sizing: border-box;
      inline-size: 100%;
      margin-block-end: 8px;
    }
    select {
      max-inline-size: calc(100% - 25px);
      margin: 2px 0 6px 25px;
      font-size: var(--pl-size-13);
    }
    small,
    .none {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
    }
    .inside {
      padding: 0 12px 10px 38px;
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .permission {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
    }
    .permission select {
      grid-column: 1 / -1;
      justify-self: start;
    }
    .permission pl-condition-editor,
    .permission .words {
      grid-column: 1 / -1;
      margin: 2px 0 10px 25px;
    }
    .words {
      line-height: 20px;
      overflow-wrap: anywhere;
    }
    .words small {
      display: block;
    }
    .permission .icon {
      color: var(--pl-text-3);
      --pl-icon-size: 15px;
    }
    @media (max-width: 520px) {
      .inside {
        padding-inline: 10px 2px;
      }
      .permission pl-condition-editor {
        margin-inline-start: 0;
      }
    }
  `,
]

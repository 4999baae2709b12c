import { css } from 'lit'

/** Entries one below the other, each with what can be done with it. */
export const listStyles = css`
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    padding: 10px 0;
    border-block-start: 1px solid var(--pl-hairline);
  }
  li > div {
    flex: 1 1 220px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  li small {
    display: block;
  }
  p,
  small {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
`

/** A section of the account page with a list in it. */
export const listSectionStyles = [
  listStyles,
  css`
    section {
      padding: 18px 20px 8px;
    }
    h2 {
      font-size: var(--pl-size-14);
      font-weight: 600;
      line-height: 20px;
    }
    section > ul {
      margin-block-start: 8px;
    }
    .none {
      margin-block: 8px 10px;
    }
    .all {
      margin-block: 4px 10px;
    }
  `,
]

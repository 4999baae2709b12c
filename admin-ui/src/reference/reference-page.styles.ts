import { css } from 'lit'

/** The page: what there is beside what is read of it. */
export const referencePageStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  .page {
    display: grid;
    grid-template-columns: 320px minmax(0, 1fr);
    height: 100%;
  }
  .list,
  .shown {
    min-height: 0;
    overflow: auto;
  }
  .operations {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-height: 0;
    border-inline-end: 1px solid var(--pl-hairline);
  }
  .find {
    padding: 16px 16px 10px;
  }
  .list {
    padding-block-end: 32px;
  }
  .operations h2 {
    padding: 14px 16px 4px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    font-weight: 500;
    line-height: 20px;
  }
  ul {
    margin: 0;
    padding: 0 8px;
    list-style: none;
  }
  li.next {
    margin-block-start: 10px;
  }
  .operations a {
    display: flex;
    gap: 6px;
    padding: 5px 8px;
    border-radius: var(--pl-radius-s);
    font-size: var(--pl-size-13);
    line-height: 20px;
  }
  .operations a:hover {
    background: var(--pl-hover);
  }
  .operations a[aria-current] {
    background: var(--pl-accent-soft);
    color: var(--pl-accent-text);
  }
  .none {
    padding: 16px;
    color: var(--pl-text-2);
  }
  .shown {
    padding: 0 var(--pl-gutter) 48px;
  }
  pl-page-header {
    margin-inline: calc(-1 * var(--pl-gutter));
  }
  pl-api-route {
    padding-block-start: 24px;
  }
  .back {
    display: none;
  }
  .rules {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(260px, 1fr));
    gap: 12px;
    max-width: 900px;
  }
  .rules div,
  .areas a {
    padding: 14px 16px;
  }
  .rules p,
  .areas p {
    margin-block-start: 2px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 20px;
  }
  .areas {
    display: grid;
    max-width: 900px;
    margin-block-start: 24px;
    overflow: hidden;
  }
  .areas a {
    display: block;
  }
  .areas a + a {
    border-block-start: 1px solid var(--pl-hairline);
  }
  .areas a:hover {
    background: var(--pl-hover);
  }
  .areas small {
    color: var(--pl-text-2);
  }
  @media (max-width: 900px) {
    .page {
      grid-template-columns: minmax(0, 1fr);
    }
    .page.one .operations,
    .page:not(.one) .shown .rules {
      display: none;
    }
    .page:not(.one) {
      grid-template-rows: auto minmax(0, 1fr);
    }
    .page:not(.one) .shown {
      order: -1;
      padding-block-end: 0;
    }
    .page:not(.one) .areas {
      display: none;
    }
    .operations {
      border: 0;
    }
    .back {
      display: inline-flex;
      margin-block-start: 12px;
    }
  }
`

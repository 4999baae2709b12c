import { css } from 'lit'

export const homeStyles = css`
  :host {
    display: block;
    padding-bottom: 40px;
  }
  header {
    padding: 34px var(--pl-gutter) 26px;
  }
  h1 {
    font: 400 40px / 44px var(--pl-font-display);
    letter-spacing: -0.012em;
    text-wrap: balance;
  }
  header p {
    margin-top: 6px;
    color: var(--pl-text-2);
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(148px, 1fr));
    margin: 0 var(--pl-gutter) 22px;
    overflow: hidden;
    border: 1px solid var(--pl-hairline);
    border-radius: var(--pl-radius-l);
  }
  .tile {
    display: grid;
    gap: 4px;
    padding: 16px 18px 17px;
    box-shadow:
      1px 0 0 var(--pl-hairline),
      0 1px 0 var(--pl-hairline);
    transition: background var(--pl-quick) var(--pl-ease);
  }
  .tile:hover {
    background: var(--pl-sunken);
  }
  .tile span {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  .tile strong {
    font-size: 25px;
    font-weight: 600;
    line-height: 32px;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(230px, 300px);
    gap: 22px;
    align-items: start;
    margin: 0 var(--pl-gutter);
  }
  .pl-card {
    padding: 16px 0 8px;
  }
  h2 {
    padding: 0 18px;
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
    letter-spacing: -0.005em;
  }
  .hint {
    padding: 10px 18px 14px;
    color: var(--pl-text-2);
  }
  ul {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  li + li a::before {
    content: '';
    position: absolute;
    inset: 0 18px auto;
    height: 1px;
    background: var(--pl-hairline);
  }
  li a {
    position: relative;
    display: flex;
    align-items: center;
    gap: 13px;
    padding: 9px 18px;
  }
  li a:hover {
    background: var(--pl-sunken);
  }
  li a:focus-visible,
  .tile:focus-visible {
    outline-offset: -3px;
    border-radius: var(--pl-radius-m);
  }
  .two {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .two > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .two strong {
    font-weight: 500;
    line-height: 19px;
  }
  .two small {
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 17px;
  }
  time {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    white-space: nowrap;
  }
  .create li a {
    gap: 11px;
    min-height: 42px;
    color: var(--pl-text-2);
  }
  .create li span {
    flex: 1;
    color: var(--pl-text);
  }
  .create pl-icon:last-child {
    opacity: 0;
    transition: opacity var(--pl-quick) var(--pl-ease);
  }
  .create a:hover pl-icon:last-child,
  .create a:focus-visible pl-icon:last-child {
    opacity: 1;
  }
  @media (max-width: 980px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 760px) {
    header {
      padding: 22px var(--pl-gutter) 18px;
    }
    h1 {
      font-size: 33px;
      line-height: 37px;
    }
    .tiles {
      grid-template-columns: 1fr 1fr;
    }
    .tile:last-child:nth-child(odd) {
      grid-column: 1 / -1;
    }
    .create pl-icon:last-child {
      opacity: 1;
    }
  }
`

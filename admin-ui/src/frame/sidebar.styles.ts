import { css } from 'lit'

export const sidebarStyles = css`
  :host {
    display: grid;
    min-height: 0;
  }
  aside {
    display: flex;
    flex-direction: column;
    min-height: 0;
    padding: 10px 10px 12px 12px;
    font: 450 var(--pl-size-14) / 20px var(--pl-font);
  }
  .two {
    display: grid;
    flex: 1;
    min-width: 0;
    text-align: start;
  }
  strong,
  small {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  strong {
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 18px;
    letter-spacing: -0.005em;
  }
  small {
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 16px;
  }
  .tenant,
  .member {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 100%;
    padding: 5px 8px;
    border: 0;
    border-radius: 10px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
    transition: background var(--pl-quick) var(--pl-ease);
  }
  .tenant:hover,
  .member:hover {
    background: var(--pl-hover);
  }
  .tenant pl-icon {
    color: var(--pl-text-2);
  }
  pl-menu {
    width: 100%;
  }
  pl-menu > button {
    width: 100%;
  }
  .search {
    display: flex;
    align-items: center;
    gap: 10px;
    height: var(--pl-control);
    margin: 12px 0 18px;
    padding: 0 6px 0 10px;
    border: 1px solid var(--pl-hairline);
    border-radius: var(--pl-radius-m);
    background: light-dark(oklch(1 0 0 / 0.75), oklch(1 0 0 / 0.04));
    color: var(--pl-text-2);
    font: inherit;
    cursor: pointer;
  }
  .search:hover {
    border-color: var(--pl-hairline-strong);
  }
  .search span {
    flex: 1;
    text-align: start;
  }
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--pl-hairline);
    border-radius: 5px;
    background: var(--pl-sheet);
    font: 400 11px / 16px var(--pl-font-mono);
  }
  nav {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 2px;
    min-height: 0;
    margin: 0 -4px;
    padding: 2px 4px;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  nav h2 {
    margin: 18px 0 4px;
    padding: 0 10px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    font-weight: 500;
    line-height: 20px;
  }
  nav a {
    display: flex;
    flex: none;
    align-items: center;
    gap: 10px;
    min-height: 33px;
    padding: 0 10px;
    border: 1px solid transparent;
    border-radius: var(--pl-radius-m);
    color: var(--pl-text-2);
    font-weight: 500;
    transition: background var(--pl-quick) var(--pl-ease);
  }
  nav a span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  nav a:hover {
    background: var(--pl-hover);
    color: var(--pl-text);
  }
  nav a[aria-current] {
    border-color: var(--pl-hairline);
    background: light-dark(oklch(1 0 0 / 0.72), oklch(1 0 0 / 0.055));
    color: var(--pl-accent-text);
  }
  :focus-visible {
    outline-offset: -2px;
  }
  footer {
    padding-top: 8px;
  }
  .switches {
    display: flex;
    gap: 2px;
    margin-bottom: 2px;
  }
  .switches button {
    min-height: 32px;
  }
  .switches .icon {
    width: 40px;
  }
  .language {
    padding: 0 8px;
    font-size: var(--pl-size-12);
    color: var(--pl-text-2);
  }
  :host([drawer]) kbd {
    display: none;
  }
  :host([drawer]) nav a {
    min-height: 42px;
  }
`

import { css } from 'lit'

/** Rules every Plinth element and the page itself have in common: native buttons, cards, focus, headings. */
export const baseRules = css`
  :host,
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  h4,
  p {
    margin: 0;
    font-weight: inherit;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  a.pl-link {
    color: var(--pl-accent-text);
    text-decoration: underline;
    text-decoration-color: color-mix(in oklch, currentColor 35%, transparent);
    text-underline-offset: 3px;
  }
  a.pl-link:hover {
    text-decoration-color: currentColor;
  }
  /* Not the inputs inside Vaadin's fields: those draw the ring around the whole field. */
  :focus-visible:where(:not([slot='input'], [slot='textarea'], [slot='value'])) {
    outline: 2px solid var(--pl-focus);
    outline-offset: 2px;
  }
  .pl-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 7px;
    min-height: var(--pl-control);
    padding: 0 13px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    box-shadow: var(--pl-shadow-rest);
    font: 500 var(--pl-size-14) / 20px var(--pl-font);
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    transition:
      background var(--pl-quick) var(--pl-ease),
      border-color var(--pl-quick) var(--pl-ease),
      opacity var(--pl-quick) var(--pl-ease);
  }
  .pl-button pl-icon {
    color: var(--pl-text-2);
    margin-inline-start: -2px;
  }
  .pl-button:hover {
    background: color-mix(in oklch, var(--pl-raised) 96%, var(--pl-text));
  }
  .pl-button:active {
    background: color-mix(in oklch, var(--pl-raised) 92%, var(--pl-text));
  }
  .pl-button.primary,
  .pl-button.danger {
    border-color: transparent;
    background: var(--pl-accent);
    color: var(--pl-on-accent);
    font-weight: 550;
  }
  .pl-button.danger {
    background: var(--pl-danger-fill);
  }
  .pl-button:is(.primary, .danger) pl-icon {
    color: inherit;
    opacity: 0.85;
  }
  .pl-button.primary:hover {
    background: color-mix(in oklch, var(--pl-accent) 92%, black);
  }
  .pl-button.danger:hover {
    background: color-mix(in oklch, var(--pl-danger-fill) 92%, black);
  }
  .pl-button.ghost {
    border-color: transparent;
    background: transparent;
    box-shadow: none;
  }
  .pl-button.ghost:hover {
    background: var(--pl-hover);
  }
  .pl-button.icon {
    width: var(--pl-control);
    padding: 0;
  }
  .pl-button.icon pl-icon {
    margin: 0;
  }
  .pl-button:disabled,
  .pl-button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
    pointer-events: none;
  }
  .pl-card {
    border: 1px solid var(--pl-hairline);
    border-radius: var(--pl-radius-l);
    background: var(--pl-sheet);
  }
  .pl-mono {
    font-family: var(--pl-font-mono);
    font-size: 0.93em;
  }
  .pl-sr-only {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .pl-button,
    .pl-card {
      border-color: CanvasText;
    }
  }
`

import { css } from 'lit'

/** What is on or off: a button of the role `switch`. */
export const switchStyles = css`
  .switch {
    position: relative;
    flex: none;
    width: 36px;
    height: 22px;
    padding: 0;
    border: 0;
    border-radius: 99px;
    background: light-dark(oklch(0.62 0.01 var(--pl-neutral-h)), oklch(0.5 0.01 var(--pl-neutral-h)));
    cursor: pointer;
    transition: background var(--pl-quick) var(--pl-ease);
  }
  .switch::before {
    /* A finger is larger than a switch. */
    content: '';
    position: absolute;
    inset: -12px;
  }
  .switch::after {
    content: '';
    position: absolute;
    inset: 2px auto 2px 2px;
    width: 18px;
    border-radius: 50%;
    background: oklch(1 0 0);
    box-shadow: 0 1px 2px oklch(0 0 0 / 0.25);
    transition: translate var(--pl-quick) var(--pl-ease);
  }
  .switch[aria-checked='true'] {
    background: var(--pl-accent);
  }
  .switch[aria-checked='true']::after {
    translate: 14px 0;
  }
  .switch[aria-busy='true'] {
    opacity: 0.7;
  }
  .switch:disabled {
    opacity: 0.5;
    cursor: default;
  }
  @media (forced-colors: active) {
    .switch {
      border: 1px solid ButtonText;
      forced-color-adjust: none;
    }
  }
`

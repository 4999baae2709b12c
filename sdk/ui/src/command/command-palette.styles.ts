import { css } from 'lit'

export const paletteStyles = css`
  dialog {
    width: min(600px, calc(100vw - 24px));
    max-height: min(460px, 70dvh);
    margin: min(14vh, 120px) auto auto;
    padding: 0;
    border: 0;
    border-radius: var(--pl-radius-l);
    background: var(--pl-raised);
    color: var(--pl-text);
    box-shadow: var(--pl-shadow-float);
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: rise var(--pl-quick) var(--pl-ease);
  }
  dialog::backdrop {
    background: var(--pl-backdrop);
  }
  .field {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 0 18px;
    border-bottom: 1px solid var(--pl-hairline);
    color: var(--pl-text-2);
    --pl-icon-size: 18px;
  }
  input {
    flex: 1;
    min-width: 0;
    height: 54px;
    border: 0;
    outline: 0;
    background: none;
    color: var(--pl-text);
    font: 400 var(--pl-size-16) / 24px var(--pl-font);
  }
  input:focus-visible {
    outline: 0;
  }
  input::placeholder {
    color: var(--pl-text-3);
  }
  .results {
    padding: 6px 8px 8px;
    overflow-y: auto;
    scroll-padding: 34px 0 8px;
  }
  .group {
    padding: 10px 10px 4px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    font-weight: 500;
    line-height: 16px;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 11px;
    min-height: 38px;
    padding: 0 10px;
    border-radius: var(--pl-radius-m);
    cursor: pointer;
  }
  .option pl-icon {
    color: var(--pl-text-2);
  }
  .option[aria-selected='true'] {
    background: light-dark(oklch(0.945 0.004 var(--pl-neutral-h)), oklch(0.335 0.006 var(--pl-neutral-h)));
  }
  .label {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .hint {
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
  }
  .nothing {
    padding: 28px 12px 32px;
    color: var(--pl-text-2);
    text-align: center;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(-6px);
    }
  }
`

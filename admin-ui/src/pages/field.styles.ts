import { css } from 'lit'

/** A labelled field, large enough for the few that a person is asked to fill in before anything else. */
export const entryFieldStyles = css`
  form {
    display: grid;
    gap: 14px;
  }
  .field {
    display: grid;
    gap: 6px;
  }
  label {
    font-weight: 500;
  }
  input {
    width: 100%;
    height: 40px;
    padding: 0 12px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    font: 400 15px / 22px var(--pl-font);
    box-shadow: var(--pl-shadow-rest);
  }
  input:focus-visible {
    outline-offset: -1px;
    border-color: transparent;
  }
  input[aria-invalid='true'] {
    border-color: var(--pl-danger);
  }
`

import { css } from 'lit'

/** A section of the account page that asks for something. */
export const formSectionStyles = css`
  form,
  section {
    display: grid;
    gap: 12px;
    padding: 18px 20px 20px;
  }
  h2 {
    font-size: var(--pl-size-14);
    font-weight: 600;
    line-height: 20px;
  }
  p {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  .message {
    color: var(--pl-danger-text);
  }
  label {
    display: grid;
    gap: 6px;
    max-width: 360px;
    font-weight: 500;
  }
  input,
  select {
    width: 100%;
    height: 38px;
    padding: 0 12px;
    border: 1px solid var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    background: var(--pl-raised);
    color: var(--pl-text);
    font: inherit;
  }
  button {
    justify-self: start;
  }
`

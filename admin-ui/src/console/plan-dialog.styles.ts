import { css } from 'lit'

export const planDialogStyles = css`
  .body {
    display: grid;
    gap: 14px;
    min-height: 96px;
    align-content: start;
  }
  .intro,
  .reason {
    color: var(--pl-text-2);
  }
  .steps,
  .entities {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .step {
    position: relative;
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 12px;
    padding-block-end: 16px;
  }
  .step:last-child {
    padding-block-end: 0;
  }
  /* The line from one step to the next is the order. */
  .step:not(:last-child)::before {
    content: '';
    position: absolute;
    inset: 38px auto 6px 15.5px;
    width: 1px;
    background: var(--pl-hairline-strong);
  }
  .name {
    font-weight: 550;
    line-height: 20px;
  }
  .reason {
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  .entities {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
    margin-block-start: 6px;
  }
  .entity {
    padding: 1px 8px;
    border-radius: var(--pl-radius-s);
    background: var(--pl-neutral-soft);
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 20px;
  }
  .entity b {
    color: var(--pl-text);
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }
  .note {
    display: flex;
    gap: 10px;
    padding: 10px 12px;
    border-radius: var(--pl-radius-m);
    background: var(--pl-neutral-soft);
    font-size: var(--pl-size-13);
    line-height: 19px;
  }
  .note pl-icon {
    margin-block-start: 1px;
    color: var(--pl-text-2);
  }
  .blocked {
    background: var(--pl-warning-soft);
    color: var(--pl-warning-text);
  }
  .renewed {
    background: var(--pl-info-soft);
    color: var(--pl-info-text);
  }
  :is(.blocked, .renewed) pl-icon {
    color: inherit;
  }
`

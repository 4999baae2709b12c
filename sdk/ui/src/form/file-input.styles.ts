import { css } from 'lit'

export const fileInputStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .label {
    display: block;
    padding-block-end: 4px;
    font-size: var(--pl-size-14);
    font-weight: 500;
    line-height: 20px;
  }
  :host([compact]) .label {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .place {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 10px;
    min-height: 52px;
    padding: 8px 10px;
    border: 1px dashed var(--pl-hairline-strong);
    border-radius: var(--pl-radius-m);
    --pl-icon-size: 18px;
  }
  :host([compact]) .place {
    min-height: var(--pl-control);
    padding: 2px 6px;
  }
  .place.filled {
    border-style: solid;
    border-color: var(--pl-hairline);
  }
  .place.over {
    border-color: var(--pl-accent);
    background: var(--pl-accent-soft);
  }
  .place.invalid {
    border-color: var(--pl-danger);
  }
  .place > pl-icon {
    flex: none;
    color: var(--pl-text-2);
  }
  .drop {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
  .what {
    flex: 1 1 140px;
    min-width: 0;
  }
  .name {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    line-height: 20px;
  }
  .size {
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    font-variant-numeric: tabular-nums;
    line-height: 16px;
  }
  .acts {
    display: flex;
    flex: none;
    gap: 6px;
    margin-inline-start: auto;
  }
  progress {
    display: block;
    width: 100%;
    height: 6px;
    margin-block: 5px;
    border: 0;
    border-radius: 3px;
    overflow: hidden;
    appearance: none;
    background: var(--pl-neutral-soft);
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    border-radius: 3px;
    background: var(--pl-accent);
    transition: width 160ms var(--pl-ease);
  }
  progress::-moz-progress-bar {
    background: var(--pl-accent);
  }
  .note {
    margin: 5px 0 0;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  .note.wrong {
    color: var(--pl-danger-text);
  }
  :host([compact]) .note:not(.wrong) {
    display: none;
  }
  .need {
    color: var(--pl-text-2);
  }
  @media (prefers-reduced-motion: reduce) {
    progress::-webkit-progress-value {
      transition: none;
    }
  }
`

import { css } from 'lit'
import { filterStyles } from '../entity/list-filters.ts'
import { mappingStyles } from './mapping.styles.ts'

export const entityImportStyles = [
  filterStyles,
  mappingStyles,
  css`
    :host {
      display: block;
    }
    .body {
      display: grid;
      gap: 28px;
      max-width: calc(960px + 2 * var(--pl-gutter));
      padding: 4px var(--pl-gutter) 56px;
    }
    section {
      min-width: 0;
    }
    h2 {
      font-size: var(--pl-size-16);
      font-weight: 600;
      line-height: 24px;
      letter-spacing: -0.01em;
      overflow-wrap: anywhere;
    }
    h3 {
      font-size: var(--pl-size-14);
      font-weight: 550;
      line-height: 20px;
    }
    h2[tabindex]:focus-visible {
      outline-offset: 4px;
      border-radius: var(--pl-radius-s);
    }
    ul,
    ol,
    dl,
    dd {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .lead,
    .hint {
      color: var(--pl-text-2);
      line-height: 20px;
      text-wrap: pretty;
    }
    .hint {
      font-size: var(--pl-size-13);
    }
    .file {
      display: flex;
      justify-self: start;
      align-items: center;
      gap: 9px;
    }
    .file pl-icon {
      flex: none;
      color: var(--pl-text-2);
    }
    .note {
      display: flex;
      gap: 9px;
      margin-block-start: 12px;
      padding: 9px 12px;
      border-radius: var(--pl-radius-m);
      line-height: 20px;
    }
    .note pl-icon {
      flex: none;
      margin-block-start: 2px;
    }
    .body > .note {
      margin: 0;
    }
    .note.wrong {
      background: var(--pl-danger-soft);
      color: var(--pl-danger-text);
    }
    p.wrong:not(.note) {
      flex-basis: 100%;
      color: var(--pl-danger-text);
      font-size: var(--pl-size-13);
    }

    .steps {
      display: flex;
      flex-wrap: wrap;
      gap: 6px 24px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      font-weight: 500;
    }
    .steps li {
      display: flex;
      align-items: center;
      gap: 8px;
    }
    .number {
      display: grid;
      place-items: center;
      width: 22px;
      height: 22px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: 50%;
      font-size: var(--pl-size-12);
      font-variant-numeric: tabular-nums;
      --pl-icon-size: 13px;
    }
    .steps .now {
      color: var(--pl-text);
    }
    .now .number {
      border-color: transparent;
      background: var(--pl-accent);
      color: var(--pl-on-accent);
    }
    .past .number {
      border-color: transparent;
      background: var(--pl-accent-soft);
      color: var(--pl-accent-text);
    }

    .drop {
      position: relative;
      display: grid;
      justify-items: center;
      gap: 6px;
      padding: 48px 20px;
      border: 1.5px dashed var(--pl-hairline-strong);
      border-radius: var(--pl-radius-l);
      text-align: center;
      cursor: pointer;
      --pl-icon-size: 28px;
    }
    .drop > pl-icon {
      color: var(--pl-text-2);
      margin-block-end: 6px;
    }
    .drop:hover,
    .drop.over {
      border-color: var(--pl-accent);
      background: var(--pl-accent-soft);
    }
    .drop:focus-within:has(:focus-visible) {
      outline: 2px solid var(--pl-focus);
      outline-offset: 2px;
    }
    .drop input {
      position: absolute;
      inset: 0;
      opacity: 0;
      cursor: pointer;
    }
    .drop .pl-button {
      margin-block-start: 12px;
      pointer-events: none;
    }
    .call {
      font-size: var(--pl-size-16);
      font-weight: 550;
    }
    .earlier {
      margin-block: 8px 10px;
      border-block: 1px solid var(--pl-hairline);
    }
    .earlier li {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 16px;
      padding-block: 9px;
      overflow-wrap: anywhere;
    }
    .earlier li + li {
      border-block-start: 1px solid var(--pl-hairline);
    }
    .earlier a {
      flex: 1 1 220px;
      min-width: 0;
    }
    .earlier span {
      color: var(--pl-text-2);
    }

    .deeds,
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 10px 14px;
    }
    .bar h2 {
      flex: 1 1 180px;
    }
    .bar + .lead {
      margin-block: 4px 12px;
    }
    .progress {
      display: grid;
      justify-items: start;
      gap: 10px;
    }
    progress {
      width: 100%;
      height: 8px;
      accent-color: var(--pl-accent);
    }
    .counts {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
      gap: 12px;
      margin-block-start: 12px;
    }
    .count {
      display: flex;
      flex-direction: column-reverse;
      padding: 12px 16px;
      border: 1px solid var(--pl-hairline);
      border-radius: var(--pl-radius-l);
    }
    .count dt {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
    }
    .count dd {
      font-size: var(--pl-size-22);
      font-weight: 600;
      font-variant-numeric: tabular-nums;
      line-height: 30px;
    }
    .count.wrong dd {
      color: var(--pl-danger-text);
    }
    @media (max-width: 640px) {
      .deeds .pl-button {
        flex: 1 1 100%;
      }
      .counts {
        grid-template-columns: 1fr 1fr;
      }
    }
  `,
]

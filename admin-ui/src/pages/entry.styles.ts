import { css } from 'lit'
import { entryFieldStyles } from './field.styles.ts'
import { plinthArtStyles } from './plinth-art.ts'

/** The pages before the frame: sign-in and choice of workspace. */
export const entryStyles = [
  plinthArtStyles,
  entryFieldStyles,
  css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1.05fr) minmax(0, 1fr);
      min-height: 100dvh;
      padding: 14px;
      gap: 0;
      background: var(--pl-canvas);
    }
    .picture {
      position: relative;
      margin: -14px 0 -14px -14px;
      display: flex;
      flex-direction: column;
      overflow: hidden;
    }
    .words {
      position: relative;
      z-index: 1;
      padding: clamp(28px, 5vw, 64px) clamp(24px, 4.5vw, 64px) 0;
    }
    .picture .art {
      position: absolute;
      inset: 0;
    }
    .brand {
      display: inline-flex;
      align-items: center;
      gap: 9px;
      color: var(--pl-text-2);
      font-weight: 550;
      letter-spacing: -0.005em;
    }
    .brand svg {
      width: 18px;
      height: 18px;
      color: var(--pl-accent-text);
    }
    .display {
      margin-top: clamp(14px, 2.4vh, 28px);
      font: 400 clamp(40px, 4.6vw, 68px) / 1.02 var(--pl-font-display);
      letter-spacing: -0.015em;
      text-wrap: balance;
    }
    main {
      display: grid;
      align-content: center;
      justify-items: center;
      padding: 40px 24px 64px;
      border: 1px solid var(--pl-hairline);
      border-radius: 16px;
      background: var(--pl-sheet);
      box-shadow: var(--pl-shadow-rest);
      position: relative;
    }
    .language {
      position: absolute;
      top: 14px;
      right: 14px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
    }
    .column {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 18px;
      width: min(356px, 100%);
      animation: arrive var(--pl-calm) var(--pl-ease);
    }
    .column h1,
    .column h2 {
      font-size: var(--pl-size-22);
      font-weight: 600;
      line-height: 30px;
      letter-spacing: -0.018em;
    }
    .column h2.small {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      font-weight: 500;
      line-height: 18px;
      letter-spacing: 0;
    }
    .lead {
      margin-top: -12px;
      color: var(--pl-text-2);
      line-height: 21px;
    }
    .input {
      position: relative;
      display: flex;
    }
    input[type='password']:not(:placeholder-shown) {
      letter-spacing: 0.08em;
    }
    .reveal {
      position: absolute;
      inset: 3px 3px 3px auto;
      width: 34px;
      min-height: 34px;
      height: 34px;
      border-radius: 6px;
    }
    .with-reveal {
      padding-inline-end: 44px;
    }
    .submit {
      min-height: 40px;
      margin-top: 4px;
      font-size: 15px;
    }
    .providers {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 8px;
    }
    .providers .submit {
      margin-top: 0;
      padding-block: 8px;
      overflow-wrap: anywhere;
      white-space: normal;
    }
    .providers pl-icon {
      flex: none;
    }
    .or {
      display: flex;
      align-items: center;
      gap: 12px;
      margin-block: -4px;
      color: var(--pl-text-3);
      font-size: var(--pl-size-13);
    }
    .or::before,
    .or::after {
      flex: 1;
      border-top: 1px solid var(--pl-hairline);
      content: '';
    }
    .message {
      display: flex;
      gap: 9px;
      padding: 9px 12px;
      border-radius: var(--pl-radius-m);
      background: var(--pl-danger-soft);
      color: var(--pl-danger-text);
      line-height: 20px;
    }
    .message.calm {
      background: var(--pl-info-soft);
      color: var(--pl-info-text);
    }
    .message pl-icon {
      margin-top: 2px;
    }
    .choices {
      display: grid;
      margin-top: -10px;
      overflow: hidden;
      border: 1px solid var(--pl-hairline);
      border-radius: var(--pl-radius-l);
    }
    .choice {
      display: flex;
      align-items: center;
      gap: 12px;
      min-height: 54px;
      padding: 8px 14px;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      cursor: pointer;
    }
    .choice + .choice {
      border-top: 1px solid var(--pl-hairline);
    }
    .choice:hover {
      background: var(--pl-hover);
    }
    .choice:focus-visible {
      outline-offset: -3px;
      border-radius: var(--pl-radius-l);
    }
    .choice > pl-icon {
      color: var(--pl-text-3);
    }
    .two {
      display: grid;
      flex: 1;
      min-width: 0;
    }
    .two strong {
      font-weight: 500;
      line-height: 18px;
    }
    .two small {
      overflow: hidden;
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
      line-height: 17px;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .swatch {
      flex: none;
      width: 26px;
      height: 26px;
      border-radius: 50%;
    }
    .rule {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 18px;
    }
    .labels {
      display: flex;
      flex-wrap: wrap;
      gap: 0 12px;
      justify-content: space-between;
    }
    .labels a {
      font-size: var(--pl-size-13);
    }
    .other {
      justify-self: start;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(6px);
      }
    }
    @media (max-width: 860px) {
      :host {
        grid-template: auto 1fr / minmax(0, 1fr);
        padding: 0;
      }
      .picture {
        height: 232px;
        margin: 0;
      }
      .words {
        padding: 26px 24px 0;
      }
      .display {
        margin-top: 10px;
        font-size: 38px;
        max-width: 62%;
      }
      .picture .art {
        inset: 0 -34px 0 auto;
        width: 250px;
        height: 330px;
      }
      main {
        align-content: start;
        padding: 32px 24px 48px;
        border-width: 1px 0 0;
        border-radius: 18px 18px 0 0;
      }
    }
  `,
]

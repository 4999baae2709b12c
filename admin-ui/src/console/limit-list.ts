import type { LimitDocument } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import { css, html, nothing, type TemplateResult } from 'lit'
import { nextWords, overrideWords, usedWords } from '../limits/limit-words.ts'

export const limitStyles = css`
  .limits {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .limits li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    line-height: 22px;
    overflow-wrap: anywhere;
  }
  .limits b {
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .limits small {
    flex-basis: 100%;
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
    line-height: 18px;
  }
`

/** How the limits of a plugin stand, and which tier has more. */
export function renderLimits(limits: readonly LimitDocument[]): TemplateResult {
  return html`<ul class="limits">
    ${limits.map((limit) => {
      const more = [overrideWords(limit), nextWords(limit.next)].filter(Boolean).join(' · ')
      return html`<li>
        <span>${pick(limit.label)}</span
        ><b>${usedWords(limit)}</b>${more ? html`<small>${more}</small>` : nothing}
      </li>`
    })}
  </ul>`
}

import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../texts.ts'
import { languageButton } from './language-button.ts'
import { mark } from './mark.ts'
import { plinthArt } from './plinth-art.ts'

/**
 * The frame of pages before signing in: the picture with words on it, and beside it what the page asks.
 *
 * @param display words on the picture
 */
export function entryFrame(display: unknown, column: TemplateResult): TemplateResult {
  return html`
    <header class="picture">
      <div class="words">
        <span class="brand">${mark}${t('app.name')}</span>
        <p class="display">${display}</p>
      </div>
      ${plinthArt}
    </header>
    <main>
      ${languageButton()}
      <div class="column">${column}</div>
    </main>
  `
}

/** Why the page cannot go on; described by the id `message`. */
export function entryMessage(text: string): TemplateResult {
  return html`<p class="message" role="alert" id="message">
    <pl-icon name="circle-alert"></pl-icon><span>${text}</span>
  </p>`
}

/** What is good to know here, and no fault. */
export function entryNote(text: string): TemplateResult {
  return html`<p class="message calm" role="status" id="message">
    <pl-icon name="info"></pl-icon><span>${text}</span>
  </p>`
}

/** What the demonstration platform offers instead of typing; nothing where there is none. */
export function entryChoices(heading: string, choices: readonly TemplateResult[]): unknown {
  if (choices.length === 0) return nothing
  return html`<h2 class="small">${heading}</h2>
    <div class="choices">${choices}</div>`
}

/** What stands in a choice after its picture. */
export function choiceWords(name: string, note: string): TemplateResult {
  return html`<span class="two"><strong>${name}</strong><small>${note}</small></span>
    <pl-icon name="arrow-right"></pl-icon>`
}

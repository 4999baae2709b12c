import type { EntityMeta, ImportDocument, ImportOutcome } from '@plinth/sdk'
import { href, locale, pick, resolve } from '@plinth/ui'
import { html, nothing, type TemplateResult } from 'lit'
import { refusedPath } from './import-api.ts'
import { t } from './texts.ts'

const OUTCOMES: readonly ImportOutcome[] = ['created', 'updated', 'unchanged', 'refused']

/** How far a check or run has come. */
export function renderProgress(doc: ImportDocument, stop: () => void): TemplateResult {
  const { done, total, status } = doc
  const text = total === null ? t('progress.counting') : t('progress.rows', { done, total })
  return html`<section class="progress">
    <h2 id="progress" tabindex="-1">
      ${t(status === 'checking' ? 'progress.checking' : 'progress.running')}
    </h2>
    <progress
      aria-labelledby="progress"
      max=${total ?? 1}
      value=${total === null ? nothing : done}
    ></progress>
    <p class="hint" role="status">${text}</p>
    <p class="hint">${t('progress.leave')}</p>
    <button class="pl-button" type="button" @click=${stop}>${t('progress.stop')}</button>
  </section>`
}

/** What a check foresees, or a run has done. */
export function renderOutcome(doc: ImportDocument): TemplateResult {
  const { counts, status } = doc
  const isCheck = status === 'checked'
  return html`<section aria-labelledby="outcome">
    <h2 id="outcome" tabindex="-1">
      ${t(`outcome.${isCheck ? 'checked' : status === 'done' ? 'done' : 'stopped'}`)}
    </h2>
    <dl class="counts">
      ${OUTCOMES.filter(
        (outcome) =>
          counts[outcome] > 0 ||
          outcome === 'refused' ||
          (outcome === 'created' && doc.settings.mode !== 'update'),
      ).map(
        (outcome) =>
          html`<div class=${outcome === 'refused' && counts.refused > 0 ? 'count wrong' : 'count'}>
            <dt>${t(`outcome.${outcome}`)}</dt>
            <dd>${counts[outcome].toLocaleString(locale.value)}</dd>
          </div>`,
      )}
    </dl>
    ${isCheck && doc.settings.atomic && counts.refused > 0 ? html`<p class="note wrong"><pl-icon name="circle-alert"></pl-icon><span>${t('outcome.atomic')}</span></p>` : nothing}
  </section>`
}

/** The refused rows, to be read and to be taken along. */
export function renderRefused(meta: EntityMeta, doc: ImportDocument): TemplateResult | typeof nothing {
  if (doc.counts.refused === 0) return nothing
  const language = locale.value.startsWith('de') ? 'de' : 'en'
  return html`<section aria-labelledby="refused">
    <div class="bar">
      <h2 id="refused">${t('refused.heading')}</h2>
      <a class="pl-button" download href=${resolve(refusedPath(meta, doc.id, language)).href}
        ><pl-icon name="arrow-down-to-line"></pl-icon>${t('refused.file')}</a
      >
    </div>
    <p class="lead">${t('refused.text')}</p>
    <pl-refusal-list .meta=${meta} .doc=${doc}></pl-refusal-list>
  </section>`
}

/** The way to what has come in. */
export function renderListLink(meta: EntityMeta): TemplateResult {
  return html`<a class="pl-button primary" href=${href(meta.path)}
    >${t('action.list', { name: pick(meta.labelPlural) })}</a
  >`
}

/** Says what went wrong. */
export function renderWrong(reason: string): unknown {
  return html`<p class="note wrong" role="alert">
    <pl-icon name="circle-alert"></pl-icon><span>${reason}</span>
  </p>`
}

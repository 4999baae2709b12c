import type { PlSegmented } from '@plinth/ui'
import { fmt } from '@plinth/ui'
import { html, nothing, type TemplateResult } from 'lit'
import { shell } from '../../session/state.ts'
import { eventName } from './action-names.ts'
import type { AuditFilter } from './audit-filter.ts'
import { t } from './texts.ts'

type Narrow = (change: Partial<AuditFilter>) => void

/** What entries about one record are looked through for: all that happened to it, or who was shown what masks hide. */
function recordChoice({ subjectType, action }: AuditFilter, narrow: Narrow): TemplateResult {
  const revealed = `${subjectType}.revealed`
  return html`<pl-segmented
    label=${t('audit.which')}
    .value=${action === revealed ? 'seen' : 'all'}
    .options=${[
      { value: 'all', label: t('audit.all') },
      { value: 'seen', label: t('audit.seen') },
    ]}
    @change=${(event: Event) =>
      narrow({ action: (event.target as PlSegmented).value === 'seen' ? revealed : '' })}
  ></pl-segmented>`
}

function kindChoice({ kind }: AuditFilter, narrow: Narrow): TemplateResult {
  return html`<pl-segmented
    label=${t('audit.which')}
    .value=${kind === 'security' ? 'security' : 'all'}
    .options=${[
      { value: 'all', label: t('audit.all') },
      { value: 'security', label: t('audit.security') },
    ]}
    @change=${(event: Event) =>
      narrow({ kind: (event.target as PlSegmented).value === 'security' ? 'security' : '', action: '' })}
  ></pl-segmented>`
}

function day(name: 'from' | 'to', value: string, narrow: Narrow): TemplateResult {
  return html`<label
    >${t(`audit.${name}`)}<input
      type="date"
      .value=${value}
      @change=${(event: Event) => narrow({ [name]: (event.target as HTMLInputElement).value, since: '' })}
  /></label>`
}

/** What the list is narrowed to by the way here, each to be taken away again, so that nothing filters unseen. */
function chips(filter: AuditFilter, subject: string, narrow: Narrow): TemplateResult | typeof nothing {
  const { action, since, subjectId, subjectType } = filter
  const isSeen = subjectId !== '' && action === `${subjectType}.revealed`
  const all: { text: string; without: Partial<AuditFilter> }[] = [
    ...(subjectId === '' ? [] : [{ text: subject, without: { subjectId: '', subjectType: '', action: '' } }]),
    ...(action === '' || isSeen ? [] : [{ text: eventName(action), without: { action: '' } }]),
    ...(since === ''
      ? []
      : [{ text: t('audit.since', { time: fmt.datetime(since) }), without: { since: '' } }]),
  ]
  if (all.length === 0) return nothing
  return html`<ul class="chips" aria-label=${t('audit.narrowed')}>
    ${all.map(
      ({ text, without }) =>
        html`<li>
          <button
            type="button"
            aria-label=${t('audit.widen', { what: text })}
            @click=${() => narrow(without)}
          >
            <span>${text}</span><pl-icon name="x"></pl-icon>
          </button>
        </li>`,
    )}
  </ul>`
}

/** How the log is looked through. @param subject what the record is called that entries are about */
export function renderAuditTools(filter: AuditFilter, subject: string, narrow: Narrow): TemplateResult {
  const { subjectId, subjectType, q, from, to } = filter
  const isRecord = subjectId !== '' && shell.value?.entities[subjectType] !== undefined
  return html`<div class="tools">
      ${isRecord ? recordChoice(filter, narrow) : kindChoice(filter, narrow)}
      <label class="search"
        >${t('audit.search')}<input
          type="search"
          maxlength="200"
          .value=${q}
          @change=${(event: Event) => narrow({ q: (event.target as HTMLInputElement).value })}
      /></label>
      ${day('from', from, narrow)} ${day('to', to, narrow)}
    </div>
    ${chips(filter, subject, narrow)}`
}

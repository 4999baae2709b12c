import { html, type TemplateResult } from 'lit'
import { t } from './texts.ts'

/** Whether a record has a value of this field that nobody can read: it was damaged, or its key destroyed. */
export function isUnreadable(record: unknown, field: string): boolean {
  const { _unreadable: fields } = (record ?? {}) as { readonly _unreadable?: readonly string[] }
  return fields?.includes(`/${field}`) ?? false
}

/** What stands in the place of such a value. */
export function renderUnreadable(): TemplateResult {
  return html`<span class="unreadable" title=${t('grid.unreadable.why')}
    ><pl-icon name="triangle-alert"></pl-icon>${t('grid.unreadable')}</span
  >`
}

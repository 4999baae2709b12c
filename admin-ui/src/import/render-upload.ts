import type { EntityMeta, ImportDocument } from '@plinth/sdk'
import { fmt, href, pick } from '@plinth/ui'
import { html, nothing, type TemplateResult } from 'lit'
import { ACCEPTED } from './import-api.ts'
import { t } from './texts.ts'

/** A place to drop a file or choose one. */
export function renderUpload(busy: boolean, take: (file: File) => void): TemplateResult {
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    ;(event.currentTarget as HTMLElement).classList.remove('over')
    const file = event.dataTransfer?.files[0]
    if (file && !busy) take(file)
  }
  const over = (event: DragEvent): void => {
    event.preventDefault()
    ;(event.currentTarget as HTMLElement).classList.toggle('over', event.type === 'dragover')
  }
  const choose = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement
    const file = input.files?.[0]
    // The same file can be chosen again after it was repaired.
    input.value = ''
    if (file) take(file)
  }
  return html`<label class="drop" @dragover=${over} @dragleave=${over} @drop=${drop}>
    <pl-icon name="file-up"></pl-icon>
    <span class="call">${busy ? t('upload.busy') : t('upload.call')}</span>
    <span class="hint">${t('upload.hint')}</span>
    <input
      type="file"
      accept=${ACCEPTED}
      ?disabled=${busy}
      aria-label=${t('upload.choose')}
      @change=${choose}
    />
    <span class="pl-button" aria-hidden="true">${t('upload.choose')}</span>
  </label>`
}

/** What this member has brought before, as long as it is kept. */
export function renderEarlier(meta: EntityMeta, docs: readonly ImportDocument[]): unknown {
  if (docs.length === 0) return nothing
  return html`<section aria-labelledby="earlier">
    <h2 id="earlier">${t('earlier.heading')}</h2>
    <ul class="earlier">
      ${docs.map(
        (doc) =>
          html`<li>
            <a class="pl-link" href=${href(`${meta.path}/import?id=${doc.id}`)}>${doc.name}</a>
            <span>${t(`status.${doc.status}`)}</span>
            <span class="when" title=${fmt.datetime(doc.createdAt)}>${fmt.rel(doc.createdAt)}</span>
          </li>`,
      )}
    </ul>
    <p class="hint">${t('earlier.kept', { name: pick(meta.labelPlural) })}</p>
  </section>`
}

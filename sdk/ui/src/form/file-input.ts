import type { FieldMeta, FileReference } from '@plinth/sdk'
import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import { ApiProblem } from '../api/problem.ts'
import { upload } from '../api/upload.ts'
import { fileIcon } from '../data-grid/file-cell.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { fmt } from '../i18n/format.ts'
import { acceptAttribute, fileKinds, limitsText, sizeProblem } from './file-limits.ts'
import { fileInputStyles } from './file-input.styles.ts'
import { t } from './texts.ts'

/** A file on its way. */
interface Sending {
  readonly file: File
  readonly abort: AbortController
  /** From 0 to 1. */
  readonly part: number
}

/**
 * A place for one file, which is sent as soon as it is chosen or dropped. What it had before stays until it has arrived.
 *
 * @fires change `detail` is `{ value, problem }`; the problem is `uploading` as long as it is sent
 */
export class PlFileInput extends PlinthElement {
  static override properties: PropertyDeclarations = {
    field: { attribute: false },
    value: { attribute: false },
    label: {},
    help: {},
    error: {},
    required: { type: Boolean },
    disabled: { type: Boolean },
    compact: { type: Boolean, reflect: true },
    sending: { state: true },
    refusal: { state: true },
    said: { state: true },
  }
  declare field: FieldMeta
  declare value: FileReference | null
  declare label: string
  declare help: string
  declare error: string
  declare required: boolean
  declare disabled: boolean
  declare compact: boolean
  declare sending: Sending | undefined
  /** Why the last file was not taken. */
  declare refusal: string
  /** What screen readers hear. */
  declare said: string

  static override styles = fileInputStyles

  constructor() {
    super()
    this.value = null
    this.refusal = ''
    this.said = ''
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.sending?.abort.abort()
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Another record, or a form that begins anew.
    if (changed.has('field') && changed.get('field')) this.refusal = ''
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('button')?.focus()
  }

  async #take(files: FileList | undefined): Promise<void> {
    const file = files?.[0]
    if (!file || this.disabled || this.sending) return
    this.refusal = files.length > 1 ? t('file.many') : (sizeProblem(this.field, file.size) ?? '')
    if (this.refusal) return this.#report(this.value)
    const abort = new AbortController()
    this.sending = { file, abort, part: 0 }
    this.said = t('file.progress', { name: file.name })
    this.#report(this.value, 'uploading')
    let value = this.value
    try {
      value = await upload(`${this.field.file!.api}/files/${this.field.name}`, file, {
        signal: abort.signal,
        progress: (part) => (this.sending = { file, abort, part }),
      })
      this.said = t('file.ready', { name: value.name })
    } catch (error) {
      if (!abort.signal.aborted) this.refusal = this.#refusalText(error)
      this.said = ''
    }
    this.sending = undefined
    // Who has left the form wants nothing of it any more.
    if (!this.isConnected) return
    this.#report(value)
    await this.updateComplete
    // The button that was pressed is gone, and with it the focus; who has gone on typing elsewhere keeps it.
    if (document.activeElement === document.body) this.focus()
  }

  #refusalText(error: unknown): string {
    if (!(error instanceof ApiProblem)) return t('file.failed')
    switch (error.code) {
      case 'file_too_large':
        return t('file.tooLarge', { size: fmt.bytes(this.field.maxBytes ?? 0) })
      case 'file_type_refused':
        return t('file.type', { kinds: fileKinds(this.field) })
      case 'network':
        return t('file.network')
      default:
        return t('file.failed')
    }
  }

  #report(value: FileReference | null, problem?: string): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value, problem } }))
  }

  #remove(): void {
    this.refusal = ''
    this.said = t('file.removed')
    this.#report(null)
    void this.updateComplete.then(() => this.focus())
  }

  #choose(): void {
    this.renderRoot.querySelector<HTMLInputElement>('input')!.click()
  }

  readonly #drag = (event: DragEvent): void => {
    event.preventDefault()
    const over = event.type === 'dragover' && !this.disabled && !this.sending
    ;(event.currentTarget as HTMLElement).classList.toggle('over', over)
    if (event.type === 'drop') void this.#take(event.dataTransfer?.files)
  }

  #button(label: string, run: () => void, kind = ''): unknown {
    return html`<button
      type="button"
      class="pl-button ${kind}"
      aria-label="${label}: ${this.label}"
      aria-describedby="note"
      ?disabled=${this.disabled}
      @click=${run}
    >
      ${label}
    </button>`
  }

  #content(): unknown {
    if (this.sending) {
      const { file, part, abort } = this.sending
      return html`<pl-icon name=${fileIcon(file.type)}></pl-icon>
        <span class="what">
          <span class="name">${file.name}</span>
          <progress aria-label=${t('file.progress', { name: file.name })} max="1" .value=${part}></progress>
        </span>
        <span class="acts">${this.#button(t('file.cancel'), () => abort.abort(), 'ghost')}</span>`
    }
    if (this.value)
      return html`<pl-icon name=${fileIcon(this.value.type)}></pl-icon>
        <span class="what">
          <span class="name" title=${this.value.name}>${this.value.name}</span>
          <span class="size">${fmt.bytes(this.value.size)}</span>
        </span>
        <span class="acts">
          ${this.#button(t('file.replace'), () => this.#choose())}
          ${this.#button(t('file.remove'), () => this.#remove(), 'ghost')}
        </span>`
    return html`<pl-icon name="file-up"></pl-icon> ${this.#button(t('file.choose'), () => this.#choose())}
      ${this.compact ? nothing : html`<span class="drop">${t('file.drop')}</span>`}`
  }

  override render(): unknown {
    const wrong = this.refusal || (this.sending ? '' : this.error)
    const state = [wrong && 'invalid', (this.value || this.sending) && 'filled'].filter(Boolean).join(' ')
    const note = [this.help, limitsText(this.field)].filter(Boolean).join(' · ')
    return html`<div role="group" aria-labelledby="label" aria-describedby="note">
      <span class="label" id="label"
        >${this.label}${this.required ? html`<span class="need" aria-hidden="true"> *</span>` : nothing}</span
      >
      <div class="place ${state}" @dragover=${this.#drag} @dragleave=${this.#drag} @drop=${this.#drag}>
        ${this.#content()}
      </div>
      <p id="note" class=${wrong ? 'note wrong' : 'note'} role=${wrong ? 'alert' : nothing}>
        ${wrong || note}
      </p>
      <span class="pl-sr-only" role="status">${this.said}</span>
      <input
        type="file"
        hidden
        aria-label=${this.label}
        accept=${acceptAttribute(this.field)}
        ?disabled=${this.disabled}
        @change=${(event: Event) => {
          event.stopPropagation()
          const input = event.currentTarget as HTMLInputElement
          void this.#take(input.files ?? undefined).finally(() => (input.value = ''))
        }}
      />
    </div>`
  }
}

customElements.define('pl-file-input', PlFileInput)

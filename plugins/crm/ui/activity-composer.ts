import { asProblem, PlinthElement, toast, type PlSegmented, type ScreenHost } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'

/**
 * Adds a note or a call to a customer's timeline.
 *
 * @fires added - after the entry is stored
 */
export class ActivityComposer extends PlinthElement {
  static override properties: PropertyDeclarations = {
    host: { attribute: false },
    customerId: { attribute: false },
    kind: { state: true },
    direction: { state: true },
    error: { state: true },
    saving: { state: true },
  }
  declare host: ScreenHost
  declare customerId: string
  declare kind: 'note' | 'call'
  declare direction: 'in' | 'out'
  declare error: string | undefined
  declare saving: boolean

  static override styles = css`
    form {
      display: grid;
      gap: 10px;
      padding: 14px;
    }
    .choices,
    .end {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .end {
      justify-content: flex-end;
    }
    .field {
      width: 100%;
      min-height: var(--pl-control);
      padding: 6px 10px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
      background: var(--pl-sheet);
      color: inherit;
      font: 400 var(--pl-size-14) / 20px var(--pl-font);
    }
    .field[aria-invalid='true'] {
      border-color: var(--pl-danger);
    }
    .field::placeholder {
      color: var(--pl-text-3);
      opacity: 1;
    }
    textarea.field {
      min-height: 64px;
      field-sizing: content;
      resize: vertical;
    }
    .error {
      color: var(--pl-danger-text);
      font-size: var(--pl-size-13);
    }
  `

  constructor() {
    super()
    this.kind = 'note'
    this.direction = 'in'
    this.saving = false
  }

  override render(): unknown {
    const { t } = this.host
    const kinds = (['note', 'call'] as const).map((value) => ({ value, label: t(`compose.${value}`) }))
    const directions = (['in', 'out'] as const).map((value) => ({ value, label: t(`compose.${value}`) }))
    return html`
      <form class="pl-card" novalidate aria-label=${t('compose.heading')} @submit=${this.#submit}>
        <div class="choices">
          <pl-segmented
            .options=${kinds}
            .value=${this.kind}
            .label=${t('compose.kind')}
            @change=${(event: Event) => (this.kind = valueOf(event) as typeof this.kind)}
          ></pl-segmented>
          ${
            this.kind === 'call'
              ? html`<pl-segmented
                  .options=${directions}
                  .value=${this.direction}
                  .label=${t('compose.direction')}
                  @change=${(event: Event) => (this.direction = valueOf(event) as typeof this.direction)}
                ></pl-segmented>`
              : nothing
          }
        </div>
        <input
          class="field"
          name="subject"
          maxlength="200"
          autocomplete="off"
          aria-label=${t('compose.subject')}
          placeholder=${t('compose.subject')}
          aria-invalid=${this.error ? 'true' : 'false'}
          aria-describedby=${this.error ? 'error' : nothing}
          @input=${() => (this.error = undefined)}
        />
        ${this.error ? html`<p class="error" id="error" role="alert">${this.error}</p>` : nothing}
        <textarea
          class="field"
          name="body"
          aria-label=${t('compose.body')}
          placeholder=${t('compose.body')}
          @keydown=${this.#sendByKey}
        ></textarea>
        <div class="end">
          <button class="pl-button" ?disabled=${this.saving}>
            <pl-icon name="plus"></pl-icon>${t('compose.save')}
          </button>
        </div>
      </form>
    `
  }

  /** Control or Command with Enter sends from within the text. */
  #sendByKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      ;(event.target as HTMLTextAreaElement).form?.requestSubmit()
    }
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.saving) return
    const { api, t, entity } = this.host
    const form = event.target as HTMLFormElement
    const values = new FormData(form)
    const subject = formText(values, 'subject')
    if (!subject) {
      this.error = t('compose.subjectMissing')
      form.querySelector<HTMLElement>('[name=subject]')?.focus()
      return
    }

    const { kind, customerId } = this
    const direction = kind === 'call' ? this.direction : null
    this.saving = true
    try {
      const path = entity('crm.activity')?.api ?? '/api/v1/crm/activities'
      await api.post(path, { kind, customerId, direction, subject, body: formText(values, 'body') || null })
      form.reset()
      form.querySelector<HTMLElement>('[name=subject]')?.focus()
      toast(t(`compose.saved.${kind}`))
      this.dispatchEvent(new Event('added'))
    } catch (error) {
      toast(t('compose.failed', { reason: asProblem(error).message }), { tone: 'danger' })
    } finally {
      this.saving = false
    }
  }
}

function valueOf(event: Event): string {
  return (event.target as PlSegmented).value
}

function formText(values: FormData, name: string): string {
  const value = values.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

if (!customElements.get('crm-activity-composer'))
  customElements.define('crm-activity-composer', ActivityComposer)

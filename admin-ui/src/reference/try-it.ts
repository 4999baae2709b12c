import { csrf, PlinthElement, resolve } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import type { ApiRoute, Parameter } from './api-document.ts'
import { addressOf, exampleDraft, headersOf, parameterText, type Draft } from './code-samples.ts'
import { referenceParts } from './reference-parts.styles.ts'
import { t } from './texts.ts'

interface Reply {
  readonly status: number
  readonly milliseconds: number
  readonly text: string
}

/** Longest answer shown, in characters: the rest would make the page slow and tell nobody more. */
const LONGEST = 20_000

/** The key stays with the page, for all operations. */
let key = ''

/**
 * A form that sends the request, with the session of who looks or with an API key.
 *
 * @fires draft - with the request as filled in, for samples that show it
 */
export class TryIt extends PlinthElement {
  static override properties: PropertyDeclarations = {
    route: { attribute: false },
    draft: { state: true },
    reply: { state: true },
    fault: { state: true },
    busy: { state: true },
  }
  declare route: ApiRoute
  declare private draft: Draft
  declare private reply: Reply | undefined
  declare private fault: string
  declare private busy: boolean

  static override styles = [
    referenceParts,
    css`
      form {
        display: grid;
        gap: 12px;
      }
      label {
        display: grid;
        gap: 4px;
        font-size: var(--pl-size-13);
        line-height: 20px;
        font-weight: 500;
      }
      small {
        color: var(--pl-text-2);
        font-size: var(--pl-size-12);
        font-weight: 400;
      }
      input,
      textarea {
        width: 100%;
        min-height: var(--pl-control);
        padding: 6px 10px;
        border: 1px solid var(--pl-hairline-strong);
        border-radius: var(--pl-radius-m);
        background: var(--pl-raised);
        color: var(--pl-text);
        font: 400 var(--pl-size-13) / 20px var(--pl-font-mono);
      }
      textarea {
        resize: vertical;
      }
      .send {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
      }
      .fault {
        color: var(--pl-danger-text);
      }
      .reply {
        display: grid;
        gap: 8px;
        margin-block-start: 16px;
      }
      h4 {
        font-size: var(--pl-size-13);
        font-weight: 500;
      }
      pre {
        max-height: 420px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('route')) return
    this.draft = exampleDraft(this.route)
    this.reply = undefined
    this.fault = ''
  }

  #change(draft: Draft): void {
    this.draft = draft
    this.dispatchEvent(new CustomEvent('draft', { detail: draft }))
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    this.fault = ''
    const { body } = this.draft
    if (body !== '' && !isJson(body)) {
      this.fault = t('try.bodyInvalid')
      return
    }
    this.busy = true
    const start = performance.now()
    try {
      const response = await fetch(resolve(`/api/v1${addressOf(this.route, this.draft)}`), {
        method: this.route.method,
        headers: {
          ...headersOf(this.route, this.draft),
          ...(key === '' ? { 'x-csrf-token': csrf.peek() } : { authorization: `Bearer ${key}` }),
          ...(body === '' ? {} : { 'content-type': 'application/json' }),
        },
        credentials: key === '' ? 'same-origin' : 'omit',
        ...(body === '' ? {} : { body }),
      })
      const text = (await response.text()).slice(0, LONGEST)
      const milliseconds = Math.round(performance.now() - start)
      this.reply = { status: response.status, milliseconds, text: pretty(text) }
    } catch {
      this.fault = t('try.failed')
    }
    this.busy = false
  }

  #input(parameter: Parameter): unknown {
    const value = this.draft.values[parameter.name] ?? ''
    const set = (event: Event): void => {
      const text = (event.currentTarget as HTMLInputElement).value
      this.#change({ ...this.draft, values: { ...this.draft.values, [parameter.name]: text } })
    }
    return html`<label
      ><span>${parameter.name} <small>${parameter.in}</small></span>
      <input
        .value=${value}
        placeholder=${parameterText(parameter)}
        ?required=${parameter.required}
        autocomplete="off"
        spellcheck="false"
        @input=${set}
      />
    </label>`
  }

  #reply(reply: Reply): unknown {
    return html`<div class="reply" role="status">
      <h4>${t('try.response', { status: String(reply.status), milliseconds: reply.milliseconds })}</h4>
      ${reply.text === '' ? nothing : html`<pre tabindex="0"><code>${reply.text}</code></pre>`}
    </div>`
  }

  override render(): unknown {
    const { parameters, method } = this.route
    const body = this.route.requestBody?.content['application/json']
    return html`<form @submit=${this.#send}>
        ${parameters.filter((each) => each.name !== 'X-CSRF-Token').map((each) => this.#input(each))}
        ${
          body
            ? html`<label
                >${t('route.body')}
                <textarea
                  rows=${Math.min(14, this.draft.body.split('\n').length + 1)}
                  spellcheck="false"
                  .value=${this.draft.body}
                  @input=${(event: Event) => this.#change({ ...this.draft, body: (event.currentTarget as HTMLTextAreaElement).value })}
                ></textarea>
              </label>`
            : nothing
        }
        <label
          ><span>${t('try.key')} <small>${t('try.keyHint')}</small></span>
          <input
            type="password"
            autocomplete="off"
            .value=${key}
            @input=${(event: Event) => (key = (event.currentTarget as HTMLInputElement).value.trim())}
          />
        </label>
        <div class="send">
          <button class="pl-button primary" ?disabled=${this.busy}>
            ${t(this.busy ? 'try.sending' : 'try.send')}
          </button>
          ${method === 'GET' ? nothing : html`<small>${t('try.changes')}</small>`}
          ${this.fault ? html`<span class="fault" role="alert">${this.fault}</span>` : nothing}
        </div>
      </form>
      ${this.reply ? this.#reply(this.reply) : nothing}`
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

customElements.define('pl-try-it', TryIt)

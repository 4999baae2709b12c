import { href, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import {
  follow,
  waysIn,
  type Answer,
  type ApiDocument,
  type ApiRoute,
  type Media,
  type Parameter,
} from './api-document.ts'
import { copyText } from '../copy-text.ts'
import { curlSample, exampleDraft, typeScriptSample, type Draft } from './code-samples.ts'
import { apiRouteStyles } from './api-route.styles.ts'
import { referenceParts } from './reference-parts.styles.ts'
import { about, kind, schemaFields } from './schema-fields.ts'
import { t } from './texts.ts'
import './try-it.ts'

type Language = 'curl' | 'TypeScript'

/** One operation: what it takes, what it answers, how to send it, and trying it. */
export class ApiRouteView extends PlinthElement {
  static override properties: PropertyDeclarations = {
    document: { attribute: false },
    route: { attribute: false },
    draft: { state: true },
    language: { state: true },
  }
  declare document: ApiDocument
  declare route: ApiRoute
  declare private draft: Draft
  declare private language: Language

  static override styles = [referenceParts, apiRouteStyles]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route')) this.draft = exampleDraft(this.route)
    this.language ??= 'curl'
  }

  #sample(): string {
    const base = new URL(href('/api/v1'), location.origin).href
    return this.language === 'curl'
      ? curlSample(this.route, this.draft, base)
      : typeScriptSample(this.route, this.draft, base)
  }

  #parameter(parameter: Parameter): unknown {
    const media = parameter.content?.['application/json']
    const schema = media?.schema ?? parameter.schema ?? {}
    const values = schema.items?.enum
    // What a parameter means stands with it, not with its kind.
    const { title: _title, description: _description, ...rules } = schema
    return html`<div>
      <dt>
        <code>${parameter.name}</code
        ><span class="kind">${values ? parameter.in : `${parameter.in} · ${kind(schema)}`}</span>
        ${parameter.required ? html`<span class="flag">${t('schema.required')}</span>` : nothing}
      </dt>
      <dd>
        <span class="help">${parameter.description}</span>
        ${
          media
            ? html`<details>
                <summary>${t('schema.deeper', { name: parameter.name })}</summary>
                <pl-folded-fields .fields=${() => schemaFields(this.document, schema, 1)}></pl-folded-fields>
              </details>`
            : about({ ...rules, ...(parameter.example === undefined ? {} : { example: parameter.example }) })
        }
      </dd>
    </div>`
  }

  #takes(): unknown {
    const parameters = this.route.parameters
    const body = this.route.requestBody?.content['application/json']
    return html`${
      parameters.length > 0
        ? html`<section>
            <h3>${t('route.parameters')}</h3>
            <dl class="fields">${parameters.map((each) => this.#parameter(each))}</dl>
          </section>`
        : nothing
    }
    ${
      body
        ? html`<section>
            <h3>${t('route.body')}</h3>
            ${schemaFields(this.document, body.schema)}
          </section>`
        : nothing
    }`
  }

  #answer(status: string, given: Answer): unknown {
    const answer = follow<Answer>(this.document, given)
    const [type, media] = Object.entries(answer.content ?? {})[0] ?? []
    const good = status.startsWith('2')
    return html`<div class="answer">
      <details ?open=${good}>
        <summary>
          <span class="status ${good ? 'good' : ''}"
            >${status === 'default' ? t('route.default') : status}</span
          >
          <p>${answer.description}</p>
        </summary>
        ${media ? html`<div>${this.#media(type!, media, good)}</div>` : nothing}
      </details>
    </div>`
  }

  #media(type: string, media: Media, good: boolean): unknown {
    return html`${good && type === 'application/json' ? schemaFields(this.document, media.schema) : html`<p><code>${type}</code></p>`}
    ${media.example === undefined ? nothing : code(media.example)}
    ${Object.entries(media.examples ?? {}).map(
      ([name, { value }]) =>
        html`<details>
          <summary><code>${name}</code></summary>
          ${code(value)}
        </details>`,
    )}`
  }

  /** How to say who is asking, and what that one must be allowed. */
  #access(): unknown {
    const ways = waysIn(this.document, this.route)
    const permission = this.route['x-permission']
    return html`${permission ? html`<p class="what">${t('route.permission')} <code>${permission}</code></p>` : nothing}
    ${
      ways.length === 0
        ? html`<p class="what">${t('route.open')}</p>`
        : html`<details class="what">
            <summary>${t('route.access')}</summary>
            <dl class="fields">
              ${ways.map(
                (way) =>
                  html`<div>
                    <dt>
                      <code>${way.name ?? `Authorization: ${way.scheme}`}</code
                      ><span class="kind">${way.in ?? way.type}</span>
                    </dt>
                    <dd>${way.description}</dd>
                  </div>`,
              )}
            </dl>
          </details>`
    }`
  }

  #request(): unknown {
    const languages: readonly Language[] = ['curl', 'TypeScript']
    return html`<section>
      <div class="bar">
        <pl-segmented
          .label=${t('route.request')}
          .options=${languages.map((value) => ({ value, label: value }))}
          .value=${this.language}
          @change=${(event: Event) => (this.language = (event.currentTarget as HTMLElement & { value: Language }).value)}
        ></pl-segmented>
        <button class="pl-button" type="button" @click=${() => void copyText(this.#sample())}>
          ${t('route.copy')}
        </button>
      </div>
      <pre tabindex="0" class="sample"><code>${this.#sample()}</code></pre>
    </section>`
  }

  override render(): unknown {
    const { method, path, summary, description, responses } = this.route
    return html`<header>
        <h2 tabindex="-1">${summary}</h2>
        <div class="address"><span class="method ${method}">${method}</span><code>/api/v1${path}</code></div>
        ${description ? html`<p class="what">${description}</p>` : nothing} ${this.#access()}
      </header>
      <div class="columns">
        <div class="what-it-takes">
          ${this.#takes()}
          <section>
            <h3>${t('route.answers')}</h3>
            ${Object.entries(responses).map(([status, each]) => this.#answer(status, each))}
          </section>
        </div>
        <div class="how">
          ${this.#request()}
          <section>
            <h3>${t('try.title')}</h3>
            <pl-try-it
              .route=${this.route}
              @draft=${(event: CustomEvent<Draft>) => (this.draft = event.detail)}
            ></pl-try-it>
          </section>
        </div>
      </div>`
  }
}

function code(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return html`<pre tabindex="0"><code>${text}</code></pre>`
}

customElements.define('pl-api-route', ApiRouteView)

import { api, href, locale, navigate, PlinthElement, query, Resource, setQuery } from '@plinth/ui'
import { html, nothing } from 'lit'
import '../entity/search-box.ts'
import {
  collectionOf,
  groupsOf,
  searchGroups,
  type ApiDocument,
  type ApiGroup,
  type ApiRoute,
} from './api-document.ts'
import './api-route.ts'
import { referencePageStyles } from './reference-page.styles.ts'
import { referenceParts } from './reference-parts.styles.ts'
import { t } from './texts.ts'

export const REFERENCE_PATH = '/api/v1/reference'

/** Only what the page reads of `key` events: arrows go from one operation to the next. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** The workspace's API, drawn from its OpenAPI document: to search, to read, to try. */
export class ReferencePage extends PlinthElement {
  readonly #document = new Resource<ApiDocument>(
    this,
    (signal) => api.get(`/api/v1/openapi.json?locale=${locale.value.split('-')[0]}`, { signal }),
    () => [locale.value],
  )

  #placed = false

  static override styles = [referenceParts, referencePageStyles]

  get #chosen(): string | null {
    return query.value.get('op')
  }

  get #search(): string {
    return query.value.get('q') ?? ''
  }

  /** A link to an operation: it can be sent to somebody. */
  #address(id: string | null): string {
    const search = this.#search
    const params = new URLSearchParams({
      ...(id === null ? {} : { op: id }),
      ...(search === '' ? {} : { q: search }),
    })
    return `${REFERENCE_PATH}${params.size > 0 ? `?${params}` : ''}`
  }

  #follow(event: MouseEvent, id: string | null): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    const before = this.#chosen
    void navigate(this.#address(id)).then(async () => {
      await this.updateComplete
      this.renderRoot.querySelector('.shown')?.scrollTo(0, 0)
      await this.#keepFocus(id, before)
    })
  }

  /** What was followed may be gone, in a narrow window with the whole list: its keyboard goes on where it led. */
  async #keepFocus(id: string | null, before: string | null): Promise<void> {
    if ((this.renderRoot as ShadowRoot).activeElement?.checkVisibility()) return
    if (id === null) {
      this.renderRoot.querySelector<HTMLElement>(`.operations [data-operation="${before}"]`)?.focus()
      return
    }
    const route = this.renderRoot.querySelector<PlinthElement>('pl-api-route')
    await route?.updateComplete
    route?.renderRoot.querySelector('h2')?.focus()
  }

  /** Who comes by a link sees where in the list they are. */
  protected override updated(): void {
    if (this.#placed || this.#document.value === undefined) return
    this.#placed = true
    this.renderRoot.querySelector('.operations [aria-current]')?.scrollIntoView({ block: 'center' })
  }

  #step(event: KeyboardEvent): void {
    const step = STEPS[event.key]
    if (step === undefined) return
    const links = [...this.renderRoot.querySelectorAll<HTMLAnchorElement>('.operations a')]
    const next = links[links.indexOf(event.target as HTMLAnchorElement) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  /** @param before the operation above: where another collection begins is a gap */
  #link(route: ApiRoute, before: ApiRoute | undefined): unknown {
    const id = route.operationId
    const next = before !== undefined && collectionOf(before.path) !== collectionOf(route.path)
    return html`<li class=${next ? 'next' : ''}>
      <a
        href=${href(this.#address(id))}
        data-operation=${id}
        aria-current=${this.#chosen === id ? 'true' : nothing}
        @click=${(event: MouseEvent) => this.#follow(event, id)}
      >
        <span class="method ${route.method}">${route.method}</span><span>${route.summary}</span>
      </a>
    </li>`
  }

  #operations(groups: readonly ApiGroup[]): unknown {
    const found = searchGroups(groups, this.#search)
    return html`<nav class="operations" aria-label=${t('page.operations')} @keydown=${this.#step}>
      <div class="find">
        <pl-search-box
          .value=${this.#search}
          .label=${t('page.search')}
          @search=${(event: CustomEvent<string>) => setQuery({ q: event.detail })}
        ></pl-search-box>
      </div>
      <div class="list">
        ${found.length === 0 ? html`<p class="none">${t('page.none')}</p>` : nothing}
        ${found.map(
          (group) =>
            html`<h2>${group.label}</h2>
              <ul role="list">
                ${group.routes.map((route, at) => this.#link(route, group.routes[at - 1]))}
              </ul>`,
        )}
      </div>
    </nav>`
  }

  #start(document: ApiDocument, groups: readonly ApiGroup[]): unknown {
    const rules = ['keys', 'pages', 'locks', 'repeat'] as const
    return html`<pl-page-header heading=${t('page.title')} subheading=${t('page.subheading')}>
        <a slot="actions" class="pl-button" href=${href('/api/v1/openapi.json')} download="openapi.json"
          >${t('page.document')}</a
        >
      </pl-page-header>
      <div class="rules">
        ${rules.map(
          (rule) =>
            html`<div class="pl-card">
              <strong>${t(`page.start.${rule}`)}</strong>
              <p>${t(`page.start.${rule}.text`)}</p>
            </div>`,
        )}
      </div>
      <div class="areas pl-card">
        ${groups.map((group) => {
          const [first] = group.routes
          if (!first) return nothing
          return html`<a
            href=${href(this.#address(first.operationId))}
            @click=${(event: MouseEvent) => this.#follow(event, first.operationId)}
          >
            <strong>${group.label}</strong>
            <small>${t('page.start.entities', { count: group.routes.length })}</small>
            <p>${group.description}</p>
          </a>`
        })}
      </div>`
  }

  #route(document: ApiDocument, route: ApiRoute): unknown {
    return html`<h1 class="pl-sr-only">${t('page.title')}</h1>
      <a
        class="pl-button back"
        href=${href(this.#address(null))}
        @click=${(event: MouseEvent) => this.#follow(event, null)}
        ><pl-icon name="chevron-left"></pl-icon>${t('page.all')}</a
      >
      <pl-api-route .document=${document} .route=${route}></pl-api-route>`
  }

  override render(): unknown {
    // Read here, because only what drawing reads is followed.
    void query.value
    return this.#document.render((document) => {
      const groups = groupsOf(document)
      const route = groups.flatMap((group) => group.routes).find((each) => each.operationId === this.#chosen)
      return html`<div class="page ${route ? 'one' : ''}">
        ${this.#operations(groups)}
        <div class="shown">${route ? this.#route(document, route) : this.#start(document, groups)}</div>
      </div>`
    }, 'page')
  }
}

customElements.define('pl-reference-page', ReferencePage)

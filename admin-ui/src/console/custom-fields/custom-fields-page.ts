import type { ExtensibleEntity } from '@plinth/sdk'
import { href, hueOf, pick, PlinthElement, Resource } from '@plinth/ui'
import { html, nothing } from 'lit'
import { t } from '../texts.ts'
import { fetchEntities, fieldsPath } from './custom-fields-api.ts'
import { customFieldStyles } from './custom-fields.styles.ts'

/** The entities the workspace can add fields to. */
export class CustomFieldsPage extends PlinthElement {
  readonly #entities = new Resource<readonly ExtensibleEntity[]>(this, (signal) => fetchEntities({ signal }))

  static override styles = customFieldStyles

  #row(entity: ExtensibleEntity): unknown {
    const archived = entity.archived > 0 ? ` · ${t('fields.archivedCount', { count: entity.archived })}` : ''
    return html`<li>
      <a class="row link" href=${href(fieldsPath(entity.id))}>
        <pl-icon-tile .icon=${entity.icon} .hue=${hueOf(entity.id)} .size=${36}></pl-icon-tile>
        <span class="words">
          <strong>${pick(entity.labelPlural)}</strong>
          <small>${t('fields.count', { count: entity.fields })}${archived}</small>
        </span>
        <pl-icon class="chevron" name="chevron-right"></pl-icon>
      </a>
    </li>`
  }

  override render(): unknown {
    const entities = this.#entities.value
    const head = html`<pl-page-header
      heading=${t('fields.title')}
      subheading=${t('fields.intro')}
    ></pl-page-header>`
    if (!entities) return html`${head}${this.#entities.render(() => nothing)}`
    if (entities.length === 0)
      return html`${head}<pl-empty
          icon="list-plus"
          heading=${t('fields.none.heading')}
          text=${t('fields.none.text')}
        ></pl-empty>`
    return html`${head}
      <div class="groups">
        <ul class="pl-card rows" aria-label=${t('fields.title')}>
          ${entities.map((entity) => this.#row(entity))}
        </ul>
      </div>`
  }
}

customElements.define('pl-custom-fields-page', CustomFieldsPage)

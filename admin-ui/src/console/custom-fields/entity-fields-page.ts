import type { CustomFieldDocument, ExtensibleEntity } from '@plinth/sdk'
import { asProblem, confirm, fmt, hueOf, pick, PlinthElement, Resource, toast } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { t } from '../texts.ts'
import { archiveField, changeField, fetchEntities, fetchFields } from './custom-fields-api.ts'
import { customFieldStyles } from './custom-fields.styles.ts'
import './field-dialog.ts'
import type { FieldDialog } from './field-dialog.ts'

interface Loaded {
  readonly entity: ExtensibleEntity | undefined
  readonly fields: readonly CustomFieldDocument[]
}

/** The fields the workspace has added to one entity: their order, what they are like, and those out of use. */
export class EntityFieldsPage extends PlinthElement {
  static override properties: PropertyDeclarations = { entityId: { attribute: false } }
  declare entityId: string

  readonly #fields = new Resource<Loaded>(
    this,
    async (signal) => {
      const [entities, fields] = await Promise.all([
        fetchEntities({ signal }),
        fetchFields(this.entityId, { signal }),
      ])
      return { entity: entities.find(({ id }) => id === this.entityId), fields }
    },
    () => [this.entityId],
  )
  #busy = false

  static override styles = customFieldStyles

  get #dialog(): FieldDialog | null {
    return this.renderRoot.querySelector('pl-custom-field-dialog')
  }

  async #run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy) return false
    this.#busy = true
    try {
      await work()
      return true
    } catch (error) {
      toastProblem(asProblem(error))
      return false
    } finally {
      this.#busy = false
      await this.#fields.reload()
    }
  }

  async #move(field: CustomFieldDocument, to: number): Promise<void> {
    const direction = to < field.position ? 'up' : 'down'
    await this.#run(() => changeField(field, { position: to }))
    await this.updateComplete
    // The row has moved; the keyboard stays with it.
    const row = this.renderRoot.querySelector(`[data-field="${field.id}"]`)
    const button = row?.querySelector<HTMLButtonElement>(`.${direction}:not([disabled])`)
    ;(button ?? row?.querySelector<HTMLButtonElement>('.order:not([disabled])'))?.focus()
  }

  async #archive(field: CustomFieldDocument): Promise<void> {
    const name = pick(field.label)
    const sure = await confirm({
      heading: t('fields.archive.heading', { name }),
      text: t('fields.archive.text'),
      confirm: t('fields.archive'),
      danger: true,
    })
    if (!sure || !(await this.#run(() => archiveField(field)))) return
    toast(t('fields.archived', { name }))
  }

  async #restore(field: CustomFieldDocument): Promise<void> {
    if (await this.#run(() => changeField(field, { archived: false })))
      toast(t('fields.restored', { name: pick(field.label) }), { tone: 'positive' })
  }

  #marks(field: CustomFieldDocument): string {
    const marks = (['required', 'unique', 'listed', 'search', 'pii', 'mask'] as const).filter(
      (mark) => field[mark],
    )
    return [t(`fields.type.${field.type}`), ...marks.map((mark) => t(`fields.mark.${mark}`))].join(' · ')
  }

  #row(field: CustomFieldDocument, index: number, count: number): unknown {
    const name = pick(field.label)
    const button = (icon: string, label: string, run: () => Promise<void>, kind = '', disabled = false) =>
      html`<button
        type="button"
        class="pl-button ghost icon ${kind}"
        aria-label=${label}
        title=${label}
        ?disabled=${disabled}
        @click=${() => void run()}
      >
        <pl-icon name=${icon}></pl-icon>
      </button>`
    return html`<li class="row" data-field=${field.id}>
      <div class="words">
        <strong>${name}</strong>
        <small>${this.#marks(field)}</small>
        <code>custom.${field.name}</code>
      </div>
      <div class="tools">
        ${button('arrow-up', t('fields.up', { name }), () => this.#move(field, index - 1), 'order up', index === 0)}
        ${button('arrow-down', t('fields.down', { name }), () => this.#move(field, index + 1), 'order down', index === count - 1)}
        ${button('pencil', t('fields.edit', { name }), async () => this.#dialog?.show(field))}
        ${button('archive', t('fields.archiveNamed', { name }), () => this.#archive(field))}
      </div>
    </li>`
  }

  #archivedRow(field: CustomFieldDocument): unknown {
    const name = pick(field.label)
    return html`<li class="row quiet">
      <div class="words">
        <strong>${name}</strong>
        <small>${t('fields.since', { when: fmt.datetime(field.archivedAt) })}</small>
      </div>
      <button
        type="button"
        class="pl-button"
        aria-label=${t('fields.restoreNamed', { name })}
        @click=${() => void this.#restore(field)}
      >
        <pl-icon name="archive-restore"></pl-icon>${t('fields.restore')}
      </button>
    </li>`
  }

  #lists(fields: readonly CustomFieldDocument[]): unknown {
    const active = fields.filter((field) => field.archivedAt === null)
    const archived = fields.filter((field) => field.archivedAt !== null)
    return html`<div class="groups">
      ${
        active.length > 0
          ? html`<ul class="pl-card rows" aria-label=${t('fields.title')}>
              ${active.map((field, index) => this.#row(field, index, active.length))}
            </ul>`
          : html`<pl-empty
              icon="list-plus"
              heading=${t('fields.empty.heading')}
              text=${t('fields.empty.text')}
            >
              <button
                slot="action"
                type="button"
                class="pl-button primary"
                @click=${() => void this.#dialog?.show()}
              >
                <pl-icon name="plus"></pl-icon>${t('fields.new')}
              </button>
            </pl-empty>`
      }
      ${
        archived.length > 0
          ? html`<section>
              <h2 class="category">${t('fields.archivedHeading')}</h2>
              <p class="hint">${t('fields.archivedText')}</p>
              <ul class="pl-card rows" aria-label=${t('fields.archivedHeading')}>
                ${archived.map((field) => this.#archivedRow(field))}
              </ul>
            </section>`
          : nothing
      }
    </div>`
  }

  override render(): unknown {
    const loaded = this.#fields.value
    if (!loaded)
      return html`<pl-page-header heading=${t('fields.title')} back="/admin/custom-fields"></pl-page-header>
        ${this.#fields.render(() => nothing)}`
    const { entity, fields } = loaded
    const active = fields.filter((field) => field.archivedAt === null).length
    return html`<pl-page-header
        heading=${t('fields.of', { name: entity ? pick(entity.labelPlural) : this.entityId })}
        subheading=${t('fields.sentence', { count: active, limit: entity?.limit ?? 0 })}
        back="/admin/custom-fields"
      >
        ${entity ? html`<pl-icon-tile slot="before" .icon=${entity.icon} .hue=${hueOf(entity.id)} .size=${44}></pl-icon-tile>` : nothing}
        <button
          slot="actions"
          type="button"
          class="pl-button primary"
          @click=${() => void this.#dialog?.show()}
        >
          <pl-icon name="plus"></pl-icon>${t('fields.new')}
        </button>
      </pl-page-header>
      ${this.#lists(fields)}
      <pl-custom-field-dialog
        .entityId=${this.entityId}
        @saved=${() => void this.#fields.reload()}
      ></pl-custom-field-dialog>`
  }
}

customElements.define('pl-entity-fields-page', EntityFieldsPage)

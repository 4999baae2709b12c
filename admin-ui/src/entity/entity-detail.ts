import type { ActionMeta, EntityMeta } from '@plinth/sdk'
import {
  api,
  common,
  hueOf,
  href,
  pick,
  PlinthElement,
  Resource,
  withCustomValues,
  type AnyRecord,
} from '@plinth/ui'
import { cellStyles } from '@plinth/ui/data-grid'
import type { ChildForm } from '@plinth/ui/form'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { followFrame } from '../session/follow-frame.ts'
import { childListStyles, renderChildren } from './child-list.ts'
import { deleteRecord } from './delete-record.ts'
import { childLists, familiesOf, includesWith } from './families.ts'
import type { MemberNames } from './list-columns.ts'
import { memberNames } from './members.ts'
import { finishAction, offeredActions, renderActions, runAction } from './record-actions.ts'
import { factStyles, renderFacts, renderHistory, statusFields } from './record-facts.ts'
import { moveRecord, movesOf, renderMoves, type Move } from './record-moves.ts'
import { recordName, recordNumber } from './record-name.ts'
import './related-list.ts'
import { renderFailure, renderWaiting } from './screen-frame.ts'

interface Loaded {
  readonly meta: EntityMeta
  readonly families: readonly ChildForm[]
  readonly record: AnyRecord
  readonly members: MemberNames
  readonly actions: readonly ActionMeta[]
}

/** One record of any entity: its facts, what belongs to it, and what may be done with it. */
export class EntityDetail extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entityId: { attribute: false },
    recordId: { attribute: false },
    moving: { state: true },
  }
  declare entityId: string
  declare recordId: string
  declare moving: boolean

  readonly #record = new Resource<Loaded>(
    this,
    async (signal) => {
      const meta = await api.get<EntityMeta>(`/api/v1/meta/${this.entityId.replace('.', '/')}`, { signal })
      const families = await familiesOf(meta)
      const include = includesWith(meta, families).join(',')
      const path = `${meta.api}/${encodeURIComponent(this.recordId)}${include && `?include=${include}`}`
      const [found, members, actions] = await Promise.all([
        api.get(path, { signal }),
        memberNames(),
        offeredActions(meta, this.recordId, signal),
      ])
      const record = withCustomValues(found, childLists(families))
      return { meta, families, record, members, actions }
    },
    () => [this.entityId, this.recordId],
  )

  static override styles = [
    cellStyles,
    factStyles,
    childListStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .states {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-block-start: 12px;
      }
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 32px;
        padding: 8px var(--pl-gutter) 40px;
      }
      .related {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
        align-content: start;
      }
      @container (min-width: 980px) {
        .body.two {
          grid-template-columns: minmax(300px, 360px) minmax(0, 1fr);
          gap: 40px;
        }
      }
      @container (min-width: 720px) {
        .body:not(.two) .facts {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          max-width: 960px;
        }
      }
      @container (min-width: 720px) and (max-width: 979px) {
        .facts {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ]

  constructor() {
    super()
    followFrame(this, () => this.#record.value && void this.#record.reload())
    this.moving = false
  }

  async #move(meta: EntityMeta, record: AnyRecord, move: Move): Promise<void> {
    this.moving = true
    if (await moveRecord(meta, record, move)) await this.#record.reload()
    this.moving = false
  }

  async #act({ meta, record }: Loaded, action: ActionMeta): Promise<void> {
    const outcome = await runAction(meta, record, action, recordName(meta, record))
    if (await finishAction(meta, action, outcome)) await this.#record.reload()
  }

  #face(meta: EntityMeta, name: string): unknown {
    const person = meta.display.length > 1 && meta.fields.some((field) => field.type === 'email')
    return person
      ? html`<pl-avatar slot="before" .name=${name} .size=${44}></pl-avatar>`
      : html`<pl-icon-tile
          slot="before"
          .icon=${meta.icon}
          .hue=${hueOf(meta.id)}
          .size=${44}
        ></pl-icon-tile>`
  }

  #actions(loaded: Loaded, name: string): unknown {
    const { meta, record, actions } = loaded
    return html`
      ${renderActions(actions, (action) => this.#act(loaded, action), this.moving)}
      ${renderMoves(movesOf(meta, record), (move) => this.#move(meta, record, move), this.moving)}
      ${
        meta.can.includes('delete')
          ? html`<button
              slot="actions"
              class="pl-button ghost icon"
              aria-label=${common('common.delete')}
              title=${common('common.delete')}
              @click=${() => void deleteRecord(meta, this.recordId, name)}
            >
              <pl-icon name="trash-2"></pl-icon>
            </button>`
          : nothing
      }
      ${
        meta.can.includes('update')
          ? html`<a slot="actions" class="pl-button" href=${href(`${meta.path}/${this.recordId}/edit`)}>
              <pl-icon name="pencil"></pl-icon>${common('common.edit')}
            </a>`
          : nothing
      }
    `
  }

  #states(meta: EntityMeta, record: AnyRecord): unknown {
    const states = statusFields(meta).flatMap(
      ({ name, values }) => values?.filter(({ value }) => value === record[name]) ?? [],
    )
    if (states.length === 0) return nothing
    return html`<div slot="below" class="states">
      ${states.map(({ label, tone }) => html`<pl-status badge tone=${tone ?? 'neutral'} label=${pick(label)}></pl-status>`)}
    </div>`
  }

  #related(meta: EntityMeta): unknown {
    return meta.related.map(({ entity, field, label }) => {
      // One entity may point here in several ways; each list then says which.
      const twin =
        entity === meta.id || meta.related.some((other) => other.entity === entity && other.field !== field)
      return html`<pl-related-list
        .entityId=${entity}
        .field=${field}
        .recordId=${this.recordId}
        .heading=${pick(label)}
        ?twin=${twin}
      ></pl-related-list>`
    })
  }

  override render(): unknown {
    const { problem, value } = this.#record
    if (problem) return renderFailure(this.entityId, problem, () => void this.#record.reload(), 'list')
    if (!value) return renderWaiting(this.entityId, 'page')
    const { meta, families, record, members } = value
    const name = recordName(meta, record)
    const number = recordNumber(meta, record)
    const beside = meta.related.length > 0 || families.length > 0
    return html`
      <pl-page-header
        heading=${name}
        subheading=${[pick(meta.label), number].filter(Boolean).join(' ')}
        back=${meta.path}
      >
        ${this.#face(meta, name)} ${this.#actions(value, name)} ${this.#states(meta, record)}
      </pl-page-header>
      <div class=${beside ? 'body two' : 'body'}>
        <div>${renderFacts(meta, record, members)}${renderHistory(meta, record, members)}</div>
        ${beside ? html`<div class="related">${families.map((family) => renderChildren(family, record, members))}${this.#related(meta)}</div>` : nothing}
      </div>
    `
  }
}

customElements.define('pl-entity-detail', EntityDetail)

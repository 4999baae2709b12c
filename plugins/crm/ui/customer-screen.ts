import {
  asProblem,
  confirm,
  href,
  pick,
  PlinthScreen,
  Resource,
  toast,
  toastDeleted,
  type ApiProblem,
} from '@plinth/ui'
import type { ListPage, Text } from '@plinth/sdk'
import { css, html, nothing } from 'lit'
import { customer as entity } from '../src/customer-entity.ts'
import './activity-composer.ts'
import './customer-contacts.ts'
import './customer-facts.ts'
import './customer-timeline.ts'
import type { ShownActivity, ShownCustomer } from './records.ts'

/** One customer: who they are, whom we talk to there, and what was said. */
export class CustomerScreen extends PlinthScreen {
  static override styles = css`
    :host {
      display: block;
      container-type: inline-size;
    }
    .state {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 14px;
      align-items: center;
      padding-top: 10px;
      color: var(--pl-text-2);
    }
    .state a:hover {
      text-decoration: underline;
    }
    .parts {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 28px;
      padding: 8px var(--pl-gutter) 40px;
    }
    h2 {
      padding-bottom: 12px;
      font-size: var(--pl-size-16);
      font-weight: 600;
      line-height: 24px;
      letter-spacing: -0.01em;
    }
    crm-activity-composer {
      display: block;
      margin-bottom: 20px;
    }
    .aside {
      display: grid;
      align-content: start;
      gap: 28px;
    }
    .earlier {
      margin-top: 16px;
    }
    @container (min-width: 860px) {
      .parts {
        grid-template-columns: minmax(0, 1fr) minmax(240px, 300px);
        gap: 48px;
      }
      .aside {
        order: 2;
      }
    }
  `

  readonly customer = new Resource(
    this,
    (signal) =>
      this.host.api.get<ShownCustomer>(`${this.#api}/${this.recordId}?include=ownerEmployee`, { signal }),
    () => [this.recordId],
  )

  readonly activities = new Resource(
    this,
    (signal) => this.#activitiesAfter(undefined, signal),
    () => [this.recordId],
  )

  get #api(): string {
    return this.host.entity('crm.customer')?.api ?? '/api/v1/crm/customers'
  }

  get #list(): string {
    return this.host.entity('crm.customer')?.path ?? '/app/crm/customers'
  }

  #activitiesAfter(cursor: string | undefined, signal?: AbortSignal): Promise<ListPage<ShownActivity>> {
    return this.host.api.list<ShownActivity>(
      this.host.entity('crm.activity')?.api ?? '/api/v1/crm/activities',
      {
        limit: 50,
        sort: '-occurredAt',
        filter: { customerId: this.recordId ?? '' },
        include: ['contact', 'employee'],
        cursor,
      },
      { signal },
    )
  }

  override render(): unknown {
    return this.customer.render(
      (customer) => html`
        ${this.#header(customer)}
        <div class="parts">
          <div class="aside">
            <section aria-labelledby="facts">
              <h2 id="facts">${this.host.t('customer.facts')}</h2>
              <crm-customer-facts .host=${this.host} .customer=${customer}></crm-customer-facts>
            </section>
            ${
              this.host.entity('crm.contact')
                ? html`<section aria-labelledby="contacts">
                    <h2 id="contacts">${this.host.t('contacts.heading')}</h2>
                    <crm-customer-contacts
                      .host=${this.host}
                      .customerId=${customer.id}
                    ></crm-customer-contacts>
                  </section>`
                : nothing
            }
          </div>
          ${this.host.entity('crm.activity') ? this.#timeline(customer) : nothing}
        </div>
      `,
      'page',
    )
  }

  #header(customer: ShownCustomer): unknown {
    const { t } = this.host
    const can = this.host.entity('crm.customer')?.can ?? []
    const type = entity.fields.type.values.find(({ value }) => value === customer.type)
    const status = entity.fields.status.values.find(({ value }) => value === customer.status)
    const owner = customer.ownerEmployee
    return html`
      <pl-page-header
        heading=${customer.name}
        subheading=${[customer.number, type && pick(type.label)].filter(Boolean).join(' · ')}
        back=${this.#list}
      >
        <pl-avatar slot="before" .name=${customer.name} .size=${44}></pl-avatar>
        ${
          can.includes('delete')
            ? html`<button
                slot="actions"
                class="pl-button icon"
                aria-label=${t('customer.delete')}
                title=${t('customer.delete')}
                @click=${() => void this.#delete(customer)}
              >
                <pl-icon name="trash-2"></pl-icon>
              </button>`
            : nothing
        }
        ${
          can.includes('update')
            ? html`<a slot="actions" class="pl-button" href=${href(`${this.#list}/${customer.id}/edit`)}
                ><pl-icon name="pencil"></pl-icon>${t('common.edit')}</a
              >`
            : nothing
        }
        <div slot="below" class="state">
          <pl-status
            badge
            .tone=${status?.tone}
            .label=${status ? pick(status.label) : customer.status}
          ></pl-status>
          ${owner ? html`<span>${t('customer.owner')} ${owner.label}</span>` : nothing}
        </div>
      </pl-page-header>
    `
  }

  #timeline(customer: ShownCustomer): unknown {
    const { t } = this.host
    const mayAdd = this.host.entity('crm.activity')?.can.includes('create')
    return html`<section aria-labelledby="timeline">
      <h2 id="timeline">${t('timeline.heading')}</h2>
      ${
        mayAdd
          ? html`<crm-activity-composer
              .host=${this.host}
              .customerId=${customer.id}
              @added=${() => void this.activities.reload()}
            ></crm-activity-composer>`
          : nothing
      }
      ${this.activities.render(({ items, next }) =>
        items.length === 0
          ? html`<pl-empty
              icon="history"
              heading=${t('timeline.empty.heading')}
              text=${t('timeline.empty.text')}
            ></pl-empty>`
          : html`
              <crm-customer-timeline .host=${this.host} .activities=${items}></crm-customer-timeline>
              ${
                next
                  ? html`<button class="pl-button earlier" @click=${() => void this.#showEarlier()}>
                      ${t('timeline.earlier')}
                    </button>`
                  : nothing
              }
            `,
      )}
    </section>`
  }

  async #showEarlier(): Promise<void> {
    const shown = this.activities.value
    if (!shown?.next) return
    try {
      const earlier = await this.#activitiesAfter(shown.next)
      // Another answer may have come meanwhile; then these are not its continuation.
      if (this.activities.value !== shown) return
      this.activities.set({ items: [...shown.items, ...earlier.items], next: earlier.next })
    } catch (error) {
      toast(asProblem(error).message, { tone: 'danger' })
    }
  }

  async #delete({ id, name }: ShownCustomer): Promise<void> {
    const { api, t, navigate } = this.host
    const sure = await confirm({
      heading: t('customer.deleteHeading', { name }),
      text: t('customer.deleteText'),
      confirm: t('customer.delete'),
      danger: true,
    })
    if (!sure) return
    try {
      await api.delete(`${this.#api}/${id}`)
      const place = this.host.entity('crm.customer')
      if (place) toastDeleted(t('customer.deleted', { name }), place, id)
      else toast(t('customer.deleted', { name }))
      navigate(this.#list)
    } catch (error) {
      toast(this.#whyKept(asProblem(error)), { tone: 'danger' })
    }
  }

  /** What keeps a customer from being deleted; the platform says which records refer to it, and how many. */
  #whyKept({ code, message, problem }: ApiProblem): string {
    const { count, label } = problem as { readonly count?: number; readonly label?: Text }
    if (code !== 'still_referenced' || !label) return message
    return this.host.t('customer.stillUsed', { count, label: pick(label) })
  }
}

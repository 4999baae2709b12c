import { customFacts, entityMeta, href, pick, PlinthElement, Resource, type ScreenHost } from '@plinth/ui'
import type { Address, EntityMeta, Text } from '@plinth/sdk'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { customer as entity } from '../src/customer-entity.ts'
import type { ShownCustomer } from './records.ts'

/** What is known about a customer. Facts nobody entered are left out. */
export class CustomerFacts extends PlinthElement {
  static override properties: PropertyDeclarations = {
    host: { attribute: false },
    customer: { attribute: false },
  }
  declare host: ScreenHost
  declare customer: ShownCustomer

  /** The workspace may have added fields. */
  readonly #meta = new Resource<EntityMeta>(this, () => entityMeta('crm.customer'))

  static override styles = css`
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(160px, 100%), 1fr));
      gap: 12px 16px;
      margin: 0;
    }
    dt {
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
      line-height: 18px;
    }
    dd {
      margin: 0;
      line-height: 20px;
      overflow-wrap: anywhere;
    }
    .address {
      white-space: pre-line;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      margin: 2px 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      padding: 0 8px;
      border: 1px solid var(--pl-hairline);
      border-radius: 99px;
      font-size: var(--pl-size-12);
      line-height: 20px;
    }
  `

  override render(): unknown {
    const { t } = this.host
    const { fields } = entity
    const { email, phone, ownerEmployee: owner, tags } = this.customer
    const employees = this.host.entity('employees.employee')
    const ownerName = owner && html`<pl-person compact .name=${owner.label}></pl-person>`
    const language = fields.locale.values.find(({ value }) => value === this.customer.locale)
    return html`<dl>
      ${this.#fact(
        fields.ownerEmployeeId.label,
        owner && employees
          ? html`<a href=${href(`${employees.path}/${owner.id}`)}>${ownerName}</a>`
          : ownerName,
      )}
      ${this.#fact(fields.email.label, email && html`<a class="pl-link" href="mailto:${email}">${email}</a>`)}
      ${this.#fact(fields.phone.label, phone && html`<a class="pl-link" href="tel:${phone}">${phone}</a>`)}
      ${this.#fact(fields.billingAddress.label, addressLines(this.customer.billingAddress))}
      ${this.#fact(fields.shippingAddress.label, addressLines(this.customer.shippingAddress))}
      ${this.#fact(fields.vatId.label, this.customer.vatId)}
      ${this.#fact(fields.taxNumber.label, this.customer.taxNumber)}
      ${this.#fact(PAYMENT_TERM, t('customer.days', { count: this.customer.paymentTermDays }))}
      ${this.#fact(fields.locale.label, language && pick(language.label))}
      ${this.#fact(
        fields.tags.label,
        tags && tags.length > 0
          ? html`<ul>
              ${tags.map((tag) => html`<li>${tag}</li>`)}
            </ul>`
          : null,
      )}
      ${this.#meta.value && customFacts(this.#meta.value, this.customer).map(({ label, text }) => this.#fact(label, text))}
    </dl>`
  }

  #fact(label: Text | string, value: unknown): unknown {
    return value
      ? html`<div>
          <dt>${typeof label === 'string' ? label : pick(label)}</dt>
          <dd>${value}</dd>
        </div>`
      : nothing
  }
}

/** With the unit in the value, the label does without it. */
const PAYMENT_TERM: Text = { en: 'Payment term', de: 'Zahlungsziel' }

function addressLines(address: Address | null): unknown {
  const { street, zip, city, country } = address ?? {}
  const place = [zip, city].filter(Boolean).join(' ')
  const lines = [street, place, country === 'DE' ? undefined : country].filter(Boolean)
  return lines.length > 0 ? html`<span class="address">${lines.join('\n')}</span>` : null
}

if (!customElements.get('crm-customer-facts')) customElements.define('crm-customer-facts', CustomerFacts)

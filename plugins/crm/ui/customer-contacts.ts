import { href, PlinthElement, Resource, type ScreenHost } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import type { Contact } from '../src/contract.ts'
import { contactName } from './records.ts'

/** The people at a customer, the main contact first. */
export class CustomerContacts extends PlinthElement {
  static override properties: PropertyDeclarations = {
    host: { attribute: false },
    customerId: { attribute: false },
  }
  declare host: ScreenHost
  declare customerId: string

  static override styles = css`
    ul {
      display: grid;
      gap: 14px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 10px;
    }
    .name {
      font-weight: 500;
      line-height: 20px;
      overflow-wrap: anywhere;
    }
    a.name:hover {
      text-decoration: underline;
    }
    .more {
      grid-column: 2;
      justify-self: start;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 20px;
      overflow-wrap: anywhere;
    }
    /* Links one below the other need room for a finger. */
    a.more {
      padding: 2px 0;
    }
    .empty {
      color: var(--pl-text-2);
    }
    .add {
      margin-top: 14px;
    }
  `

  readonly contacts = new Resource(
    this,
    (signal) =>
      this.host.api.list<Contact>(
        this.#entity?.api ?? '/api/v1/crm/contacts',
        { limit: 50, sort: 'lastName', filter: { customerId: this.customerId } },
        { signal },
      ),
    () => [this.customerId],
  )

  get #entity() {
    return this.host.entity('crm.contact')
  }

  override render(): unknown {
    const entity = this.#entity
    if (!entity) return nothing
    const { t } = this.host
    return html`
      ${this.contacts.render(({ items }) =>
        items.length === 0
          ? html`<p class="empty">${t('contacts.empty')}</p>`
          : html`<ul>
              ${items
                .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary))
                .map((contact) => this.#row(contact, entity.path))}
            </ul>`,
      )}
      ${
        entity.can.includes('create')
          ? html`<a class="pl-button add" href=${href(`${entity.path}/new?customerId=${this.customerId}`)}
              ><pl-icon name="plus"></pl-icon>${t('contacts.add')}</a
            >`
          : nothing
      }
    `
  }

  #row(contact: Contact, path: string): unknown {
    const name = contactName(contact)
    const { t } = this.host
    const { email, phone, position, isPrimary } = contact
    const role = [position, isPrimary ? t('contacts.primary') : null].filter(Boolean).join(' · ')
    return html`<li>
      <pl-avatar .name=${name}></pl-avatar>
      <a class="name" href=${href(`${path}/${contact.id}`)}>${name}</a>
      ${role ? html`<span class="more">${role}</span>` : nothing}
      ${email ? html`<a class="more pl-link" href="mailto:${email}">${email}</a>` : nothing}
      ${phone ? html`<a class="more pl-link" href="tel:${phone}">${phone}</a>` : nothing}
    </li>`
  }
}

if (!customElements.get('crm-customer-contacts'))
  customElements.define('crm-customer-contacts', CustomerContacts)

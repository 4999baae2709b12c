import type { PermissionHolders } from '@plinth/sdk'
import { pick, PlinthElement, Resource } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { fetchHolders } from './explain-api.ts'
import { renderWays, wayStyles } from './grant-ways.ts'
import { showInDialog } from './show-in-dialog.ts'
import { t } from './texts.ts'

/** Who may do something, and by which roles. */
export class HolderList extends PlinthElement {
  static override properties: PropertyDeclarations = { permission: { attribute: false } }
  declare permission: string
  readonly #holders = new Resource<PermissionHolders>(
    this,
    (signal) => fetchHolders(this.permission, { signal }),
    () => [this.permission],
  )

  static override styles = [
    wayStyles,
    css`
      .about {
        margin-block-end: 8px;
        color: var(--pl-text-2);
        font-size: var(--pl-size-13);
      }
      .holders {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .holders > li {
        padding-block: 10px;
        border-block-start: 1px solid var(--pl-hairline);
      }
      h3 {
        margin-block-end: 2px;
        font-size: var(--pl-size-14);
        font-weight: 550;
      }
      .ways strong {
        font-weight: 400;
      }
    `,
  ]

  #list({ items, total, words, roles, fields }: PermissionHolders): unknown {
    const about = { group: pick(words.group), subject: pick(words.subject), action: pick(words.action) }
    return html`<p class="about">${t('why.line', about)}</p>
      ${items.length === 0 ? html`<p>${t('holders.none')}</p>` : nothing}
      <ul class="holders">
        ${items.map(
          ({ label, grants }) =>
            html`<li>
              <h3>${label}</h3>
              ${renderWays(grants, { roles, fields, who: label })}
            </li>`,
        )}
      </ul>
      ${total > items.length ? html`<p>${t('holders.more', { count: total - items.length })}</p>` : nothing}`
  }

  override render(): unknown {
    return this.#holders.render((holders) => this.#list(holders))
  }
}

customElements.define('pl-holder-list', HolderList)

/** Opens who may do something. */
export function showHolders(permission: string): Promise<void> {
  const list = new HolderList()
  list.permission = permission
  return showInDialog(list, t('holders.heading'))
}

import type { PermissionDocument, PermissionGroup, PermissionSubject } from '@plinth/sdk'
import { locale, pick, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { showHolders } from '../../explain/holders-dialog.ts'
import { grantPickerStyles } from './grant-picker.styles.ts'
import { isIncluded, reachOf, withReach, type Grant, type Reach } from './grants.ts'
import { t } from './texts.ts'

/**
 * Chooses what a role grants: permissions by plugin and by what they are about, with a search, each for all records or only for one's own.
 *
 * @fires change with the grants as `detail`
 */
export class GrantPicker extends PlinthElement {
  static override properties: PropertyDeclarations = {
    groups: { attribute: false },
    value: { attribute: false },
    fixed: { type: Boolean },
    search: { state: true },
  }
  declare groups: readonly PermissionGroup[]
  declare value: readonly Grant[]
  /** Only to be looked at. */
  declare fixed: boolean
  declare private search: string

  static override styles = grantPickerStyles

  constructor() {
    super()
    this.groups = []
    this.value = []
    this.fixed = false
    this.search = ''
  }

  #set(id: string, reach: Exclude<Reach, 'special'>): void {
    this.value = withReach(this.value, id, reach)
    this.dispatchEvent(new CustomEvent('change', { detail: this.value }))
  }

  #matches(...texts: readonly string[]): boolean {
    const wanted = this.search.trim().toLocaleLowerCase(locale.value)
    return texts.some((text) => text.toLocaleLowerCase(locale.value).includes(wanted))
  }

  #box(id: string, label: string, held: boolean, fields: PermissionSubject['fields'] = []): unknown {
    const included = isIncluded(this.value, id)
    const reach = reachOf(this.value, id)
    const own = fields.filter(
      (field) => field.type === 'member' && !id.endsWith('.*') && !id.endsWith('.create'),
    )
    const fixed = this.fixed || included || (!held && reach === 'none')
    return html`<li class="permission">
      <label>
        <input
          type="checkbox"
          .checked=${included || reach !== 'none'}
          ?disabled=${fixed}
          @change=${(event: Event) =>
            this.#set(id, (event.currentTarget as HTMLInputElement).checked ? 'all' : 'none')}
        />
        <span>${label}${!held && !this.fixed ? html` <small>${t('roles.notHeld')}</small>` : nothing}</span>
      </label>
      ${id.endsWith('*') ? nothing : this.#who(id, label)}
      ${
        included || reach === 'none' || (own.length === 0 && reach !== 'special')
          ? nothing
          : html`<select
              aria-label=${t('roles.reach', { name: label })}
              ?disabled=${fixed}
              @change=${(event: Event) =>
                this.#set(id, (event.currentTarget as HTMLSelectElement).value as 'all')}
            >
              <option value="all" ?selected=${reach === 'all'}>${t('roles.reach.all')}</option>
              ${own.map(
                (field) =>
                  html`<option value="own:${field.name}" ?selected=${reach === `own:${field.name}`}>
                    ${t('roles.reach.own', { field: pick(field.label) })}
                  </option>`,
              )}
              ${reach === 'special' ? html`<option value="special" selected disabled>${t('roles.reach.special')}</option>` : nothing}
            </select>`
      }
    </li>`
  }

  #who(id: string, label: string): unknown {
    const name = t('roles.whoMay', { name: label })
    return html`<button
      type="button"
      class="pl-button ghost icon"
      aria-label=${name}
      title=${name}
      @click=${() => void showHolders(id)}
    >
      <pl-icon name="users"></pl-icon>
    </button>`
  }

  #subject(group: PermissionGroup, subject: PermissionSubject): unknown {
    const name = pick(subject.label)
    const shown = subject.permissions.filter(({ label, id }) =>
      this.#matches(pick(group.label), name, pick(label), id),
    )
    if (shown.length === 0) return nothing
    const all = subject.permissions.every((permission) => permission.held)
    return html`<div class="subject" role="group" aria-label=${name}>
      <h4>${name}</h4>
      <ul>
        ${
          subject.permissions.length > 1
            ? this.#box(subject.prefix, t('roles.everything', { name }), all)
            : nothing
        }
        ${shown.map((permission: PermissionDocument) =>
          this.#box(permission.id, pick(permission.label), permission.held, subject.fields),
        )}
      </ul>
    </div>`
  }

  #group(group: PermissionGroup): unknown {
    const subjects = group.subjects.map((subject) => this.#subject(group, subject))
    if (subjects.every((subject) => subject === nothing)) return nothing
    const name = pick(group.label)
    const ids = group.subjects.flatMap((subject) => subject.permissions.map(({ id }) => id))
    const every = reachOf(this.value, group.prefix) === 'all' || isIncluded(this.value, group.prefix)
    const count = ids.filter((id) => reachOf(this.value, id) !== 'none' || isIncluded(this.value, id)).length
    const held = group.subjects.every((subject) => subject.permissions.every((permission) => permission.held))
    return html`<details ?open=${this.search !== ''}>
      <summary>
        <pl-icon name="chevron-right"></pl-icon><span>${name}</span>
        <small>${every ? t('roles.all') : count > 0 ? t('roles.chosen', { count }) : nothing}</small>
      </summary>
      <div class="inside">
        <ul>
          ${this.#box(group.prefix, t('roles.everything', { name }), held)}
        </ul>
        ${subjects}
      </div>
    </details>`
  }

  override render(): unknown {
    const drawn = this.groups.map((group) => this.#group(group))
    return html`<h3 id="heading">${t('roles.grants')}</h3>
      <input
        class="search"
        type="search"
        aria-label=${t('roles.search')}
        placeholder=${t('roles.search')}
        .value=${this.search}
        @input=${(event: Event) => (this.search = (event.currentTarget as HTMLInputElement).value)}
      />
      ${
        drawn.every((group) => group === nothing)
          ? html`<p class="none">${t('roles.nothingFound')}</p>`
          : html`<div class="groups" role="group" aria-labelledby="heading">${drawn}</div>`
      }`
  }
}

customElements.define('pl-grant-picker', GrantPicker)

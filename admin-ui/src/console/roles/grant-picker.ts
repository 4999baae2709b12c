import type { PermissionDocument, PermissionGroup, PermissionSubject, ProblemError } from '@plinth/sdk'
import { locale, pick, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { isWhole, type Alternatives } from '../../condition/clauses.ts'
import type { ConditionEditor } from '../../condition/condition-editor.ts'
import { writeCondition } from '../../condition/write-condition.ts'
import { showHolders } from '../../explain/holders-dialog.ts'
import { grantPickerStyles } from './grant-picker.styles.ts'
import { askableFields, renderReach } from './grant-reach.ts'
import {
  isIncluded,
  isUnwritten,
  permissionOf,
  reachOf,
  withCondition,
  withReach,
  type Grant,
  type Reach,
} from './grants.ts'
import { t } from './texts.ts'

/**
 * Chooses what a role grants: permissions by plugin and by what they are about, with a search, each for all records, for one's own, or for
 * those that meet conditions.
 *
 * @fires change with the grants as `detail`
 */
export class GrantPicker extends PlinthElement {
  static override properties: PropertyDeclarations = {
    groups: { attribute: false },
    value: { attribute: false },
    fixed: { type: Boolean },
    faults: { attribute: false },
    search: { state: true },
    checked: { state: true },
  }
  declare groups: readonly PermissionGroup[]
  declare value: readonly Grant[]
  /** Only to be looked at. */
  declare fixed: boolean
  /** What the server refused of the grants as they are: `/grants/<position>/…`. */
  declare faults: readonly ProblemError[]
  declare private search: string
  /** What is missing is said. */
  declare private checked: boolean
  /** Conditions that are being written, by permission. */
  readonly #drafts = new Map<string, Alternatives>()

  static override styles = grantPickerStyles

  constructor() {
    super()
    this.groups = []
    this.value = []
    this.fixed = false
    this.faults = []
    this.search = ''
    this.checked = false
  }

  /** Whether all conditions are written; where not, says so there. */
  async check(): Promise<boolean> {
    this.checked = this.value.some(isUnwritten)
    if (!this.checked) return true
    await this.#show(this.value.filter(isUnwritten).map(permissionOf))
    return false
  }

  /** Leads to the first grant that was refused. */
  async showFaults(): Promise<void> {
    await this.#show(this.value.filter((_, index) => this.#faultsAt(index).length > 0).map(permissionOf))
  }

  async #show(ids: readonly string[]): Promise<void> {
    this.search = ''
    await this.updateComplete
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.permission')]
    const [first] = rows.filter(({ dataset }) => ids.includes(dataset['id'] ?? ''))
    const folded = first?.closest('details')
    if (folded) folded.open = true
    const editor = first?.querySelector<ConditionEditor>('pl-condition-editor')
    await editor?.updateComplete
    ;(editor ?? first?.querySelector<HTMLElement>('select, input'))?.focus()
  }

  #set(value: readonly Grant[]): void {
    this.value = value
    this.dispatchEvent(new CustomEvent('change', { detail: value }))
  }

  #reach(id: string, reach: Exclude<Reach, 'condition'>): void {
    const value = withReach(this.value, id, reach)
    // What a prefix includes now is not written any more.
    for (const each of this.#drafts.keys())
      if (each === id || reachOf(value, each) === 'none') this.#drafts.delete(each)
    this.#set(value)
  }

  #condition(id: string, alternatives: Alternatives): void {
    this.#drafts.set(id, alternatives)
    const written = alternatives.flat().every(isWhole) ? writeCondition(alternatives) : {}
    this.#set(withCondition(this.value, id, written))
  }

  #faultsAt(index: number): readonly ProblemError[] {
    return this.faults.filter(({ pointer }) => `${pointer}/`.startsWith(`/grants/${index}/`))
  }

  /** Refusals of what is granted of a permission; pointers count from its condition. */
  #faultsOf(id: string): readonly ProblemError[] {
    return this.value.flatMap((grant, index) =>
      permissionOf(grant) === id
        ? this.#faultsAt(index).map((each) => ({
            ...each,
            pointer: each.pointer.replace(/^\/grants\/\d+(\/condition)?/u, ''),
          }))
        : [],
    )
  }

  #matches(...texts: readonly string[]): boolean {
    const wanted = this.search.trim().toLocaleLowerCase(locale.value)
    return texts.some((text) => text.toLocaleLowerCase(locale.value).includes(wanted))
  }

  #box(id: string, label: string, held: boolean, subject?: PermissionSubject): unknown {
    const included = isIncluded(this.value, id)
    const reach = reachOf(this.value, id)
    const fields = subject ? askableFields(id, subject) : []
    const fixed = this.fixed || included || (!held && reach === 'none')
    return html`<li class="permission" data-id=${id}>
      <label>
        <input
          type="checkbox"
          .checked=${included || reach !== 'none'}
          ?disabled=${fixed}
          @change=${(event: Event) =>
            this.#reach(id, (event.currentTarget as HTMLInputElement).checked ? 'all' : 'none')}
        />
        <span>${label}${!held && !this.fixed ? html` <small>${t('roles.notHeld')}</small>` : nothing}</span>
      </label>
      ${id.endsWith('*') ? nothing : this.#who(id, label)}
      ${
        included || reach === 'none' || (fields.length === 0 && reach === 'all')
          ? nothing
          : renderReach({
              id,
              label,
              fields,
              masked: subject?.masked ?? [],
              grants: this.value,
              draft: this.#drafts.get(id),
              fixed,
              checked: this.checked,
              faults: this.#faultsOf(id),
              setReach: (wanted) => this.#reach(id, wanted),
              setCondition: (alternatives) => this.#condition(id, alternatives),
            })
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
            ? this.#box(subject.prefix, t('roles.everythingAbout', { name }), all, subject)
            : nothing
        }
        ${shown.map((permission: PermissionDocument) =>
          this.#box(permission.id, pick(permission.label), permission.held, subject),
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

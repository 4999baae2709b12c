import type { PermissionGroup, RoleDocument, RoleKind } from '@plinth/sdk'
import { pick, PlinthElement, query, Resource, setQuery, type MenuItem } from '@plinth/ui'
import { html, nothing } from 'lit'
import './delete-role-dialog.ts'
import type { DeleteRoleDialog } from './delete-role-dialog.ts'
import './role-dialog.ts'
import type { RoleDialog } from './role-dialog.ts'
import { fetchPermissions, fetchRoles } from './roles-api.ts'
import { roleStyles } from './roles.styles.ts'
import { t } from './texts.ts'

interface Loaded {
  readonly roles: readonly RoleDocument[]
  readonly groups: readonly PermissionGroup[]
}

const KINDS: readonly RoleKind[] = ['own', 'plugin', 'system']

/** The roles of the workspace: its own, which can be changed, and those it finds. */
export class RolesPage extends PlinthElement {
  readonly #loaded = new Resource<Loaded>(this, async (signal) => {
    const [roles, groups] = await Promise.all([fetchRoles({ signal }), fetchPermissions({ signal })])
    return { roles, groups }
  })

  static override styles = roleStyles

  get #editor(): RoleDialog | null {
    return this.renderRoot.querySelector('pl-role-dialog')
  }

  /** The role the address names, once. */
  protected override updated(): void {
    const id = query.value.get('role')
    const role = this.#loaded.value?.roles.find((each) => each.id === id)
    if (!role) return
    setQuery({ role: null })
    void this.#editor?.show(role)
  }

  #deeds(role: RoleDocument, mayManage: boolean): readonly MenuItem[] {
    const own = role.kind === 'own' && role.givable && mayManage
    return [
      {
        label: t(own ? 'roles.edit' : 'roles.look'),
        icon: own ? 'pencil' : 'eye',
        run: () => this.#editor?.show(role),
      },
      ...(mayManage && role.givable
        ? [{ label: t('roles.copy'), icon: 'copy', run: () => this.#editor?.show(role, true) }]
        : []),
      ...(own
        ? [
            {
              label: t('roles.delete'),
              icon: 'trash-2',
              danger: true,
              divided: true,
              run: () => this.renderRoot.querySelector<DeleteRoleDialog>('pl-delete-role-dialog')?.show(role),
            },
          ]
        : []),
    ]
  }

  #row(role: RoleDocument, loaded: Loaded, mayManage: boolean): unknown {
    const name = pick(role.label)
    const plugin = loaded.groups.find((group) => group.id === role.plugin)
    const inherited = role.inherits
      .map((id) => loaded.roles.find((each) => each.id === id))
      .flatMap((each) => (each ? [pick(each.label)] : []))
    const facts = [
      ...(plugin ? [pick(plugin.label)] : []),
      role.everyMember ? t('roles.everyone') : t('roles.members', { count: role.members }),
      ...(role.kind !== 'system' && inherited.length > 0
        ? [t('roles.inheritsFrom', { names: inherited.join(', ') })]
        : []),
    ]
    return html`<li class="row" data-role=${role.id}>
      <span class="words">
        <strong>${name}</strong>
        ${role.description ? html`<span>${role.description}</span>` : nothing}
        <small>${facts.join(' · ')}</small>
        ${role.idle.length > 0 ? html`<small class="warn">${t('roles.idle', { count: role.idle.length })}</small>` : nothing}
      </span>
      <pl-menu label=${t('roles.menu', { name })} .items=${this.#deeds(role, mayManage)}>
        <button
          slot="trigger"
          type="button"
          class="pl-button ghost icon"
          aria-label=${t('roles.menu', { name })}
        >
          <pl-icon name="ellipsis"></pl-icon>
        </button>
      </pl-menu>
    </li>`
  }

  #kind(kind: RoleKind, loaded: Loaded, mayManage: boolean): unknown {
    const roles = loaded.roles.filter((role) => role.kind === kind)
    if (roles.length === 0 && kind !== 'own') return nothing
    return html`<section aria-labelledby=${kind}>
      <h2 id=${kind}>${t(`roles.kind.${kind}`)}</h2>
      <p class="hint">${t(`roles.kind.${kind}.hint`)}</p>
      ${
        roles.length === 0
          ? html`<p class="pl-card row">${t('roles.none')}</p>`
          : html`<ul class="pl-card rows" aria-labelledby=${kind}>
              ${roles.map((role) => this.#row(role, loaded, mayManage))}
            </ul>`
      }
    </section>`
  }

  override render(): unknown {
    const loaded = this.#loaded.value
    const mayManage = loaded ? holds(loaded.groups, 'platform.kernel.role.manage') : false
    return html`<pl-page-header heading=${t('roles.title')} subheading=${t('roles.intro')}>
        ${
          mayManage
            ? html`<button
                slot="actions"
                type="button"
                class="pl-button primary"
                @click=${() => void this.#editor?.show()}
              >
                <pl-icon name="plus"></pl-icon>${t('roles.new')}
              </button>`
            : nothing
        }
      </pl-page-header>
      ${
        loaded
          ? html`<div class="groups">${KINDS.map((kind) => this.#kind(kind, loaded, mayManage))}</div>`
          : this.#loaded.render(() => nothing)
      }
      <pl-role-dialog
        .roles=${loaded?.roles ?? []}
        .groups=${loaded?.groups ?? []}
        @saved=${() => void this.#loaded.reload()}
      ></pl-role-dialog>
      <pl-delete-role-dialog
        .roles=${loaded?.roles ?? []}
        @deleted=${() => void this.#loaded.reload()}
      ></pl-delete-role-dialog>`
  }
}

function holds(groups: readonly PermissionGroup[], id: string): boolean {
  return groups.some((group) =>
    group.subjects.some((subject) => subject.permissions.some((each) => each.id === id && each.held)),
  )
}

customElements.define('pl-roles-page', RolesPage)

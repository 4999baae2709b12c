import type { ShellEntity } from '@plinth/sdk'
import { html, nothing } from 'lit'
import { clockAt, fmt, href, hueOf, pick, PlinthElement, Resource } from '@plinth/ui'
import { shell } from '../session/state.ts'
import { t } from '../texts.ts'
import { overviews, type Overview } from './home-data.ts'
import { homeStyles } from './home.styles.ts'

/** Latest changes shown over all entities. */
const RECENT = 9
/** … and of one entity, while there are others. */
const PER_ENTITY = 3

/** Readable entities that stand in the navigation, in its order; the others are parts of these. */
function entities(): readonly ShellEntity[] {
  const { navigation = [], entities: byId = {} } = shell.value ?? {}
  const all = Object.values(byId)
  return navigation.flatMap(({ path }) => all.filter((entity) => entity.path === path))
}

type Change = Overview['recent'][number] & Pick<Overview, 'entity'>

/** The latest changes, and of one entity only as many as leave room for the others. */
function latest(all: readonly Overview[]): readonly Change[] {
  const newestFirst = (a: Change, b: Change): number => b.record.updatedAt.localeCompare(a.record.updatedAt)
  const changes = all.map(({ entity, recent }) => recent.map((change) => ({ entity, ...change })))
  const first = changes.flatMap((own) => own.slice(0, PER_ENTITY)).toSorted(newestFirst)
  const others = changes.flatMap((own) => own.slice(PER_ENTITY)).toSorted(newestFirst)
  return [...first, ...others].slice(0, RECENT).toSorted(newestFirst)
}

/** The first page: how much there is, and what has changed last. */
export class Home extends PlinthElement {
  static override styles = homeStyles

  readonly #overviews = new Resource(
    this,
    (signal) => overviews(entities(), signal),
    () => [
      entities()
        .map(({ id }) => id)
        .join(),
    ],
  )

  #greeting(): string {
    const hour = clockAt(new Date()).getUTCHours()
    const key =
      hour < 11 ? 'home.greeting.morning' : hour < 18 ? 'home.greeting.day' : 'home.greeting.evening'
    return t(key, { name: shell.value?.member.name.split(' ')[0] ?? '' })
  }

  #tiles(all: readonly Overview[]): unknown {
    return html`<section class="tiles" aria-label=${t('home.overview')}>
      ${all.map(
        ({ entity, total }) =>
          html`<a class="tile" href=${href(entity.path)}>
            <span>${pick(entity.labelPlural)}</span>
            <strong>${fmt.num(total)}</strong>
          </a>`,
      )}
    </section>`
  }

  #recent(all: readonly Overview[]): unknown {
    const changes = latest(all)
    return html`<section class="pl-card recent">
      <h2>${t('home.recent')}</h2>
      ${changes.length === 0 ? html`<p class="hint">${t('home.nothingYet')}</p>` : nothing}
      <ul>
        ${changes.map(
          ({ entity, record, label }) =>
            html`<li>
              <a href=${href(`${entity.path}/${record.id}`)}>
                <pl-icon-tile .icon=${entity.icon} .hue=${hueOf(entity.id)} .size=${34}></pl-icon-tile>
                <span class="two">
                  <strong>${label || pick(entity.label)}</strong>
                  <small
                    >${pick(entity.label)} · ${t(record.version === 1 ? 'home.added' : 'home.changed')}</small
                  >
                </span>
                <time datetime=${record.updatedAt} title=${fmt.datetime(record.updatedAt)}
                  >${fmt.rel(record.updatedAt)}</time
                >
              </a>
            </li>`,
        )}
      </ul>
    </section>`
  }

  #create(): unknown {
    const creatable = entities().filter(({ can }) => can.includes('create'))
    if (creatable.length === 0) return nothing
    return html`<section class="pl-card create">
      <h2>${t('home.create')}</h2>
      <ul>
        ${creatable.slice(0, 7).map(
          (entity) =>
            html`<li>
              <a href=${href(`${entity.path}/new`)}>
                <pl-icon name=${entity.icon}></pl-icon><span>${pick(entity.label)}</span
                ><pl-icon name="plus"></pl-icon>
              </a>
            </li>`,
        )}
      </ul>
    </section>`
  }

  #empty(): unknown {
    const admin = shell.value?.console.includes('plugins') ?? false
    return html`<pl-empty
      icon="blocks"
      .hue=${75}
      heading=${t('home.empty.heading')}
      text=${t(admin ? 'home.empty.admin' : 'home.empty.member')}
    >
      ${
        admin
          ? html`<a slot="action" class="pl-button primary" href=${href('/admin/plugins')}
              >${t('home.empty.action')}</a
            >`
          : nothing
      }
    </pl-empty>`
  }

  override render(): unknown {
    const day = fmt.day(new Date())
    return html`
      <header>
        <h1>${this.#greeting()}</h1>
        <p>${day}</p>
      </header>
      ${
        entities().length === 0
          ? this.#empty()
          : this.#overviews.render(
              (all) =>
                html`${this.#tiles(all)}
                  <div class="columns">${this.#recent(all)} ${this.#create()}</div>`,
              'cards',
            )
      }
    `
  }
}

customElements.define('pl-home', Home)

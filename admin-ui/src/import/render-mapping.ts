import type { EntityMeta, ImportColumn, ImportDocument, ImportSettings, ImportTarget } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import { html, nothing, type TemplateResult } from 'lit'
import { missingTargets, nextTarget, repeatedTargets, targetOf } from './missing.ts'
import { targetName } from './target-name.ts'
import { t } from './texts.ts'

/** Cells shown of a column. */
const SHOWN = 3

/** An import whose columns are being assigned. */
export interface Assignment {
  readonly meta: EntityMeta
  readonly doc: ImportDocument
  change(settings: Partial<ImportSettings>): void
}

/** The columns of the file, each with what it becomes; and values the file does not have. */
export function renderMapping(work: Assignment): TemplateResult {
  const { doc, meta } = work
  const repeated = repeatedTargets(doc)
  const missing = missingTargets(doc)
  return html`<section aria-labelledby="columns">
    <h2 id="columns">${t('columns.heading')}</h2>
    <p class="lead">${t('columns.text')}</p>
    <ul class="columns">
      ${doc.headers.map((_, index) => column(work, index, repeated))}
    </ul>
    ${
      missing.length > 0
        ? html`<p class="note wrong" role="status">
            <pl-icon name="circle-alert"></pl-icon
            ><span
              >${t('columns.missing', { names: missing.map((target) => targetName(meta, target)).join(', ') })}</span
            >
          </p>`
        : nothing
    }
    ${constants(work)}
  </section>`
}

function column(work: Assignment, index: number, repeated: ReadonlySet<string>): TemplateResult {
  const { doc, meta, change } = work
  const header = doc.headers[index] || t('columns.unnamed', { number: index + 1 })
  const chosen = doc.settings.columns[index] ?? null
  const set = (next: ImportColumn | null): void =>
    change({
      columns: doc.headers.map((_, at) => (at === index ? next : (doc.settings.columns[at] ?? null))),
    })
  const cells = doc.sample.map((row) => row.cells[index] ?? '').filter((cell) => cell !== '')
  return html`<li class=${chosen ? '' : 'left-out'}>
    <div class="from">
      <span class="header">${header}</span>
      <span class="cells">${cells.slice(0, SHOWN).join(' · ') || t('columns.empty')}</span>
    </div>
    <pl-icon name="arrow-right"></pl-icon>
    <div class="to">
      ${targetMenu(
        meta,
        doc,
        chosen?.target,
        t('columns.becomes', { name: header }),
        t('columns.leaveOut'),
        (target) => set(target ? { target: target.name, ...wayOf(target) } : null),
      )}
      ${chosen ? wayMenu(doc, chosen, header, (by) => set({ ...chosen, by })) : nothing}
      ${chosen ? fallback(doc, chosen, header, set) : nothing}
      ${chosen && repeated.has(chosen.target) ? html`<p class="wrong">${t('columns.repeated')}</p>` : nothing}
    </div>
  </li>`
}

function wayOf({ by }: ImportTarget): { by?: string } {
  return by?.[0] ? { by: by[0].name } : {}
}

function targetMenu(
  meta: EntityMeta,
  doc: ImportDocument,
  chosen: string | undefined,
  label: string,
  none: string,
  choose: (target: ImportTarget | undefined) => void,
): TemplateResult {
  const take = (event: Event): void => choose(targetOf(doc, (event.currentTarget as HTMLSelectElement).value))
  return html`<span class="menu"
    ><select aria-label=${label} .value=${chosen ?? ''} @change=${take}>
      <option value="" ?selected=${chosen === undefined}>${none}</option>
      ${doc.targets.map(
        (target) =>
          html`<option value=${target.name} ?selected=${chosen === target.name}>
            ${targetName(meta, target)}${target.required ? ' *' : ''}
          </option>`,
      )}
    </select>
    <pl-icon name="chevron-down"></pl-icon
  ></span>`
}

/** References can be given in several ways. */
function wayMenu(
  doc: ImportDocument,
  chosen: ImportColumn,
  header: string,
  choose: (by: string) => void,
): TemplateResult | typeof nothing {
  const ways = targetOf(doc, chosen.target)?.by ?? []
  if (ways.length < 2) return nothing
  return html`<span class="menu"
    ><select
      aria-label=${t('columns.way', { name: header })}
      @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}
    >
      ${ways.map(
        ({ name, label }) =>
          html`<option value=${name} ?selected=${chosen.by === name}>
            ${t('columns.by', { name: pick(label) })}
          </option>`,
      )}
    </select>
    <pl-icon name="chevron-down"></pl-icon
  ></span>`
}

/** What is read where the cell is empty. */
function fallback(
  doc: ImportDocument,
  chosen: ImportColumn,
  header: string,
  set: (next: ImportColumn) => void,
): TemplateResult | typeof nothing {
  // A record is not looked for by a value that is not there.
  if (targetOf(doc, chosen.target)?.matchOnly || doc.settings.match === chosen.target) return nothing
  const { default: text = '', ...rest } = chosen
  return html`<details class="fallback" ?open=${text !== ''}>
    <summary>${t('columns.fallback')}</summary>
    <input
      class="text"
      aria-label=${t('columns.fallbackOf', { name: header })}
      placeholder=${t('constants.placeholder')}
      .value=${text}
      @change=${(event: Event) => {
        const next = (event.currentTarget as HTMLInputElement).value
        set(next.trim() === '' ? rest : { ...rest, default: next })
      }}
    />
  </details>`
}

function constants({ doc, meta, change }: Assignment): TemplateResult {
  const all = doc.settings.constants
  const set = (index: number, next?: ImportSettings['constants'][number]): void =>
    change({
      constants: all.flatMap((each, at) => (at !== index ? [each] : next ? [next] : [])),
    })
  const add = (): void => {
    const target = nextTarget(doc)
    if (target) change({ constants: [...all, { target: target.name, ...wayOf(target), text: '' }] })
  }
  return html`<div class="constants" role="group" aria-labelledby="constants">
    <h3 id="constants">${t('constants.heading')}</h3>
    ${all.map((each, index) => {
      const target = targetOf(doc, each.target)
      const name = target ? targetName(meta, target) : each.target
      return html`<div class="constant">
        ${targetMenu(meta, doc, each.target, t('constants.target'), t('constants.none'), (next) =>
          set(index, next && { target: next.name, ...wayOf(next), text: each.text }),
        )}
        <input
          class="text"
          aria-label=${t('constants.value', { name })}
          placeholder=${t('constants.placeholder')}
          .value=${each.text}
          @change=${(event: Event) =>
            set(index, { ...each, text: (event.currentTarget as HTMLInputElement).value })}
        />
        <button
          class="pl-button ghost icon"
          type="button"
          aria-label=${t('constants.remove', { name })}
          @click=${() => set(index)}
        >
          <pl-icon name="x"></pl-icon>
        </button>
      </div>`
    })}
    <button class="pl-button" type="button" @click=${add}>
      <pl-icon name="plus"></pl-icon>${t('constants.add')}
    </button>
  </div>`
}

import type { Address, EntityMeta, FieldMeta, FileReference } from '@plinth/sdk'
import { EMPTY, fmt, href, locale, pick, type AnyRecord } from '@plinth/ui'
import {
  cellValue,
  fieldColumn,
  fileAddress,
  isEmpty,
  isPicture,
  isUnreadable,
  renderCell,
  renderUnreadable,
  type GridColumn,
} from '@plinth/ui/data-grid'
import { countries, formGroups, type RefItem } from '@plinth/ui/form'
import { css, html, nothing, type TemplateResult } from 'lit'
import type { MemberNames } from './list-columns.ts'
import { isReadable } from './references.ts'
import { numberField } from './record-name.ts'
import { t } from './texts.ts'
import { auditAddress } from '../console/audit/audit-address.ts'
import { shell } from '../session/state.ts'

/** What every record has besides its own fields; said once, below the facts. */
const BASE_FIELDS = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'ordinal'])

/** Fields of the entity itself that can be shown. */
function ownFields(meta: EntityMeta): FieldMeta[] {
  return meta.fields.filter((field) => !BASE_FIELDS.has(field.name) && isReadable(field))
}

/** The states that head a record: its coloured fields. */
export function statusFields(meta: EntityMeta): FieldMeta[] {
  return ownFields(meta).filter((field) => field.type === 'enum' && field.values?.some((each) => each.tone))
}

function addressLines(address: Address): TemplateResult {
  const country = countries(locale.value).find(({ code }) => code === address.country)?.name
  const lines = [address.street, [address.zip, address.city].filter(Boolean).join(' '), country].filter(
    Boolean,
  )
  return html`${lines.map((line) => html`<span class="line">${line}</span>`)}`
}

/** Pictures are seen at once. */
function renderFile(column: GridColumn, record: AnyRecord, file: FileReference): TemplateResult {
  const cell = html`${renderCell(column, record)}`
  const address = isPicture(file) ? fileAddress(column, record) : undefined
  return address === undefined
    ? cell
    : html`<a
          class="picture"
          href=${href(address)}
          target="_blank"
          rel="noopener"
          tabindex="-1"
          aria-hidden="true"
          ><img src=${href(address)} alt="" loading="lazy" /></a
        >${cell}`
}

function refLink(field: FieldMeta, target: RefItem | string): unknown {
  if (typeof target === 'string') return html`<span class="pl-mono">${target}</span>`
  return field.ref?.path
    ? html`<a class="pl-link" href=${href(`${field.ref.path}/${target.id}`)}>${target.label}</a>`
    : target.label
}

/**
 * One value as it stands among the facts: in full, with links.
 *
 * @param address of the record, where masked values may be uncovered
 */
export function renderFact(
  field: FieldMeta,
  record: AnyRecord,
  members: MemberNames,
  address?: string,
): unknown {
  const column = fieldColumn(field)
  const value =
    field.type === 'member' && !field.ref
      ? members.get(String(record[field.name]))
      : cellValue(column, record)
  if (isEmpty(value))
    return isUnreadable(record, field.name) ? renderUnreadable() : html`<span class="none">${EMPTY}</span>`
  if (field.mask && address !== undefined)
    return html`<pl-masked-value .field=${field} .value=${value} .address=${address}></pl-masked-value>`
  switch (field.mask ? undefined : field.type) {
    case 'ref':
      return refLink(field, value as RefItem | string)
    case 'member':
      return typeof value === 'string' ? value : (value as RefItem).label
    case 'address':
      return addressLines(value as Address)
    case 'datetime':
      return html`<span class="num">${fmt.datetime(value as string)}</span>`
    case 'text':
      return html`<span class="long">${value}</span>`
    case 'file':
      return renderFile(column, record, value as FileReference)
    case 'json':
      return html`<pre class="json">${JSON.stringify(value, null, 2)}</pre>`
    case 'tags':
      return html`<span class="all-tags"
        >${(value as string[]).map((tag) => html`<span class="tag">${tag}</span>`)}</span
      >`
    default:
      return renderCell(column, record)
  }
}

/** Beside the name of a field the database holds encrypted. */
function sealed(): TemplateResult {
  // Kept together with the last word.
  return html`&nbsp;<span
      class="sealed"
      role="img"
      aria-label=${t('detail.sealed')}
      title=${t('detail.sealed')}
      ><pl-icon name="lock"></pl-icon
    ></span>`
}

/** All facts of a record, in the groups of its form. Read-only values follow in a group of their own. */
export function renderFacts(meta: EntityMeta, record: AnyRecord, members: MemberNames): TemplateResult {
  const filled = ({ name }: FieldMeta): boolean => !isEmpty(record[name]) || isUnreadable(record, name)
  const grouped = new Set(meta.form.groups.flatMap((group) => group.fields))
  // What nobody fills in is only worth a line when there is something in it.
  const number = numberField(meta)
  const fields = ownFields(meta).filter(
    (field) => field !== number && ((grouped.has(field.name) && !field.readOnly) || filled(field)),
  )
  return html`<div class="facts">
    ${formGroups(meta, fields).map(({ label, fields: shown }, index) => {
      const heading = label ? pick(label) : index > 0 ? t('detail.more') : t('detail.facts')
      return html`<section class="group">
        <h2 class="heading">${heading}</h2>
        <dl>
          ${shown.map(
            (field) =>
              html`<div class="fact">
                <dt>${pick(field.label)}${field.encrypted ? sealed() : nothing}</dt>
                <dd>${renderFact(field, record, members, `${meta.api}/${record.id}`)}</dd>
              </div>`,
          )}
        </dl>
      </section>`
    })}
  </div>`
}

function sentence(key: 'created' | 'changed', when: string, who: string | undefined): string {
  return who ? t(`detail.${key}By`, { when, who }) : t(`detail.${key}`, { when })
}

/** Who made the record and who touched it last; for those who read the audit log, the way to all that happened to it. */
export function renderHistory(meta: EntityMeta, record: AnyRecord, members: MemberNames): TemplateResult {
  const who = (id: string | null): string | undefined => (id ? members.get(id) : undefined)
  return html`<p class="history">
    <span>${sentence('created', fmt.datetime(record.createdAt), who(record.createdBy))}</span>
    ${
      record.version > 1
        ? html`<span title=${fmt.datetime(record.updatedAt)}
            >${sentence('changed', fmt.rel(record.updatedAt), who(record.updatedBy))}</span
          >`
        : nothing
    }
    ${shell.value?.console.includes('audit') ? auditLink(meta, record) : nothing}
  </p>`
}

function auditLink(meta: EntityMeta, record: AnyRecord): TemplateResult {
  const address = auditAddress({ subjectType: meta.id, subjectId: record.id })
  return html`<a class="pl-link" href=${href(address)}>${t('detail.history')}</a>`
}

export const factStyles = css`
  .facts {
    display: grid;
    gap: 24px 40px;
  }
  .heading {
    padding-block-end: 6px;
    font-size: var(--pl-size-13);
    font-weight: 600;
    line-height: 20px;
  }
  dl {
    margin: 0;
  }
  .fact {
    display: grid;
    grid-template-columns: minmax(96px, 2fr) 3fr;
    gap: 12px;
    padding-block: 7px;
    border-block-start: 1px solid var(--pl-hairline);
    line-height: 20px;
  }
  dt {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    overflow-wrap: anywhere;
    hyphens: auto;
  }
  dd {
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
  dd pl-status {
    display: flex;
  }
  .sealed {
    --pl-icon-size: 13px;
    color: var(--pl-text-3);
    vertical-align: -2px;
  }
  .line {
    display: block;
  }
  .long {
    white-space: pre-line;
  }
  .picture {
    display: block;
    width: fit-content;
    margin-block-end: 6px;
  }
  .picture img {
    display: block;
    max-width: min(160px, 100%);
    max-height: 160px;
    border: 1px solid var(--pl-hairline);
    border-radius: var(--pl-radius-m);
    background: var(--pl-sunken);
  }
  .json {
    margin: 0;
    font-size: var(--pl-size-12);
    white-space: pre-wrap;
  }
  .all-tags {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 5px;
  }
  .history {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    margin-block-start: 20px;
    color: var(--pl-text-3);
    font-size: var(--pl-size-12);
    line-height: 18px;
  }
`

import type { ConditionField, ExplainedGrant, Named } from '@plinth/sdk'
import { fmt, pick } from '@plinth/ui'
import { css, html, nothing } from 'lit'
import { nameOfRecord } from '../condition/record-names.ts'
import { conditionWords } from './condition-words.ts'
import { t } from './texts.ts'

/** What grants are told with. */
export interface WayWords {
  readonly roles: readonly Named[]
  readonly fields: readonly ConditionField[]
  /** What stands for the member: "you", or a name. */
  readonly who: string
}

/** By which roles something is granted, for which records, and whether the record at hand is one of them. */
export function renderWays(grants: readonly ExplainedGrant[], words: WayWords): unknown {
  return html`<ul class="ways">
    ${grants.map((grant) => renderWay(grant, words))}
  </ul>`
}

function renderWay(
  { via, delegation, condition, fields: only, met, source }: ExplainedGrant,
  { roles, fields, who }: WayWords,
): unknown {
  const names = via.map((id) => {
    const label = roles.find((role) => role.id === id)?.label
    return label ? pick(label) : id
  })
  const limits = [
    ...(delegation
      ? [t('why.passedOn', { name: delegation.giver.label, until: fmt.datetime(delegation.until) })]
      : []),
    ...(condition
      ? [
          t('why.when', {
            condition: conditionWords(condition, fields, delegation?.giver.label ?? who, nameOfRecord),
          }),
        ]
      : []),
    ...(only ? [t('why.fieldsOnly', { fields: only.join(', ') })] : []),
  ]
  const hint = source ? t('why.manifest', { plugin: source.plugin, pointer: source.pointer }) : undefined
  return html`<li class=${met === false ? 'unmet' : ''} title=${hint ?? nothing}>
    <pl-icon name=${met === false ? 'x' : 'check'}></pl-icon>
    <span>
      <strong>${names.length > 0 ? names.join(' → ') : t('why.direct')}</strong>
      ${limits.map((limit) => html`<span>${limit}</span>`)}
      ${met === undefined || !condition ? nothing : html`<small>${t(met ? 'why.met' : 'why.unmet')}</small>`}
    </span>
  </li>`
}

export const wayStyles = css`
  .ways {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .ways li {
    display: flex;
    gap: 8px;
    align-items: baseline;
    overflow-wrap: anywhere;
  }
  .ways li > span {
    display: grid;
    min-width: 0;
  }
  .ways strong {
    font-weight: 550;
  }
  .ways pl-icon {
    flex: none;
    translate: 0 3px;
    color: var(--pl-positive-text, var(--pl-text-2));
    --pl-icon-size: 15px;
  }
  .ways .unmet pl-icon {
    color: var(--pl-danger-text);
  }
  .ways small {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
  }
`

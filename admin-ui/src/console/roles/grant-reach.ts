import type { PermissionSubject, ProblemError } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import { html, nothing, type TemplateResult } from 'lit'
import { BLANK, type Alternatives } from '../../condition/clauses.ts'
import '../../condition/condition-editor.ts'
import { readCondition } from '../../condition/read-condition.ts'
import { conditionsOf, isUnwritten, permissionOf, reachOf, type Grant, type Reach } from './grants.ts'
import { conditionsInWords, limitsOf } from './grant-words.ts'
import { t } from './texts.ts'

/** For which records one permission is granted. */
export interface GrantReach {
  readonly id: string
  readonly label: string
  /** What conditions can be about; none where there can be no condition. */
  readonly fields: PermissionSubject['fields']
  readonly masked: PermissionSubject['masked']
  /** All grants of the role. */
  readonly grants: readonly Grant[]
  /** The condition while it is being written. */
  readonly draft: Alternatives | undefined
  readonly fixed: boolean
  readonly checked: boolean
  /** Refusals; pointers count from the condition. */
  readonly faults: readonly ProblemError[]
  setReach(reach: Exclude<Reach, 'condition'>): void
  setCondition(alternatives: Alternatives): void
}

/** What the server says of a record when it is made: of one that is yet to be made there is nothing to ask about that. */
const OF_THE_SERVER = new Set(['createdAt', 'createdBy', 'updatedAt', 'updatedBy'])

export const isCreating = (id: string): boolean => id.endsWith('.create')

/** What the condition of a permission about these records can be about. */
export function askableFields(id: string, { fields }: PermissionSubject): PermissionSubject['fields'] {
  return isCreating(id) ? fields.filter(({ name }) => !OF_THE_SERVER.has(name)) : fields
}

/** The conditions as the editor shows them; undefined where it cannot. */
function alternativesOf({ id, fields, grants, draft }: GrantReach): Alternatives | undefined {
  if (draft) return draft
  if (grants.some((grant) => permissionOf(grant) === id && isUnwritten(grant))) return [[BLANK]]
  const read = conditionsOf(grants, id)?.map((each) => readCondition(each, fields))
  return read?.every((each) => each !== undefined) ? read.flat() : undefined
}

export function renderReach(each: GrantReach): TemplateResult {
  const { id, label, fields, grants, draft, fixed } = each
  const reach = draft ? 'condition' : reachOf(grants, id)
  const shown = alternativesOf(each)
  const own = fields.filter(({ type }) => type === 'member')
  const isSpecial = reach === 'condition' && (shown === undefined || fixed)
  const choose = (chosen: string): void => {
    if (chosen === 'condition') each.setCondition(reach === 'all' || !shown ? [[BLANK]] : shown)
    else each.setReach(chosen as Exclude<Reach, 'condition'>)
  }
  return html`<select
      aria-label=${t('roles.reach', { name: label })}
      ?disabled=${fixed}
      @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}
    >
      <option value="all" ?selected=${reach === 'all'}>
        ${t(isCreating(id) ? 'roles.reach.any' : 'roles.reach.all')}
      </option>
      ${own.map(
        (field) =>
          html`<option value="own:${field.name}" ?selected=${reach === `own:${field.name}`}>
            ${t('roles.reach.own', { field: pick(field.label) })}
          </option>`,
      )}
      ${
        fields.length === 0
          ? nothing
          : html`<option value="condition" ?selected=${reach === 'condition' && !isSpecial}>
              ${t('roles.reach.condition')}
            </option>`
      }
      ${isSpecial ? html`<option value="special" selected disabled>${t('roles.reach.special')}</option>` : nothing}
    </select>
    ${reach === 'condition' ? renderCondition(each, shown) : nothing}`
}

function renderCondition(each: GrantReach, shown: Alternatives | undefined): TemplateResult {
  const { id, fields, masked, grants, fixed, checked, faults } = each
  if (shown && !fixed)
    return html`<pl-condition-editor
      .fields=${fields}
      .value=${shown}
      .faults=${faults}
      ?checked=${checked}
      @change=${(event: CustomEvent<Alternatives>) => each.setCondition(event.detail)}
    ></pl-condition-editor>`
  const conditions = conditionsOf(grants, id)
  const words = conditions
    ? conditionsInWords(conditions, fields)
    : grants
        .filter((grant) => permissionOf(grant) === id)
        .flatMap((grant) => limitsOf(grant, { fields, masked }))
        .join('; ')
  return html`<p class="words">${words}${fixed ? nothing : html` <small>${t('roles.special')}</small>`}</p>`
}

import { css, html, type TemplateResult } from 'lit'
import type { Editor } from './editor.ts'
import './number-input.ts'
import { partProblem, problemText } from './problems.ts'
import { t } from './texts.ts'

/** A place while it is being typed. */
export interface GeoDraft {
  readonly lat: number | null
  readonly lng: number | null
}

/** Digits after the point: a tenth of a metre. */
const SCALE = 6

const BOUNDS = { lat: 90, lng: 180 } as const

/** Latitude and longitude as one group. */
export function geoEditor(editor: Editor<GeoDraft | null>): TemplateResult {
  const { lat = null, lng = null } = editor.value ?? {}
  const part = (name: keyof GeoDraft, value: number | null): TemplateResult => {
    const problem = partProblem(editor.problems, name)
    const bound = BOUNDS[name]
    return html`<pl-number-input
      .value=${value}
      .scale=${SCALE}
      .label=${t(`geo.${name}`)}
      .error=${problem ? problemText(problem, { ...editor.field, scale: SCALE, min: -bound, max: bound }) : ''}
      ?disabled=${editor.disabled}
      @change=${(event: CustomEvent<{ value: string | null; problem?: string }>) => {
        const typed = event.detail.value
        editor.change({ lat, lng, [name]: typed === null ? null : Number(typed) }, event.detail.problem)
      }}
    ></pl-number-input>`
  }
  const whole = editor.problems.some((each) => each.pointer === `/${editor.field.name}`) ? editor.error : ''
  return html`<fieldset class="address" aria-describedby="geo-note">
    <legend class="legend">${editor.label}</legend>
    <div class="place">${part('lat', lat)}${part('lng', lng)}</div>
    <p id="geo-note" class=${whole ? 'note wrong' : 'note'} ?hidden=${!whole && !editor.help}>
      ${whole || editor.help}
    </p>
  </fieldset>`
}

export const geoStyles = css`
  .place {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    align-items: start;
    gap: 12px;
  }
`

import { css } from 'lit'

const fields = css`:is(vaadin-text-field, vaadin-email-field, vaadin-date-picker, vaadin-date-time-picker, vaadin-select, vaadin-combo-box, vaadin-checkbox, pl-number-input, pl-ref-picker)`

/** The label stays what the field is called, but takes no room. */
export const compactStyles = css`
  :host([compact]) ${fields}::part(label) {
    position: absolute;
    width: 1px;
    min-width: 0;
    height: 1px;
    min-height: 0;
    margin: 0;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :host([compact]) ${fields} {
    padding-block: 0;
  }
  :host([compact]) vaadin-checkbox {
    margin-block-start: 7px;
  }
`

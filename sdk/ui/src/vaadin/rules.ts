/** Where Aura looks different from Plinth's own elements: added behind its rules. */
export const vaadinRules = `
vaadin-grid-sorter::part(indicators) { --vaadin-icon-size: 13px; opacity: .55 }
vaadin-number-field input, vaadin-integer-field input { text-align: start !important }
`

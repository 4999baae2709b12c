/** Where Aura looks different from Plinth's own elements: added behind its rules. */
export const vaadinRules = `
vaadin-grid-sorter::part(indicators) { --vaadin-icon-size: 13px; opacity: .55 }
vaadin-number-field input, vaadin-integer-field input { text-align: start !important }
vaadin-button:not([theme~='primary']), vaadin-menu-bar-button:not([theme~='primary']), vaadin-upload-button {
  --vaadin-button-text-color: var(--pl-text);
  --vaadin-button-background: var(--pl-raised);
  --vaadin-button-border-color: var(--pl-hairline-strong);
}
vaadin-button:not([theme~='primary'])[theme~='tertiary'] { --vaadin-button-background: transparent }
vaadin-button[theme~='danger']:not([theme~='primary']), vaadin-button[theme~='error']:not([theme~='primary']) { --vaadin-button-text-color: var(--pl-danger-text) }
vaadin-button, vaadin-menu-bar-button { min-height: var(--pl-control) }
vaadin-confirm-dialog > vaadin-button { white-space: nowrap }
vaadin-confirm-dialog::part(overlay) { min-width: min(400px, calc(100vw - 32px)) }
vaadin-password-field-button { height: 1lh }
vaadin-progress-bar { --vaadin-progress-bar-value-background: var(--pl-accent) }
`

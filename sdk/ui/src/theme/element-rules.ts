/**
 * Aura's element rules, shared by the document and every shadow root. Empty until the first Vaadin element is
 * loaded: adopters see the rules the moment they arrive, so pages without Vaadin elements never pay for them.
 */
export const elementRules = new CSSStyleSheet()

import type { VaadinClass } from './define.ts'

/** Accessibility repairs by element, found with axe. Each names the rule that failed. */
const REPAIRS: Readonly<Record<string, (element: VaadinClass) => void>> = {}

/** Applies the repair of an element, if there is one. */
export function repair(element: VaadinClass): void {
  REPAIRS[element.is]?.(element)
}

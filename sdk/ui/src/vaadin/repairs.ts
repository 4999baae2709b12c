import type { VaadinClass } from './define.ts'

type Element = HTMLElement & {
  readonly label?: string | null
  readonly accessibleName?: string | null
  readonly inputElement?: HTMLElement | null
}
type Method = (this: Element, ...args: unknown[]) => unknown

/** Lets `work` follow a method of Vaadin's. A method that is gone after an upgrade shows in the axe tests. */
function after(
  element: VaadinClass,
  name: string,
  work: (element: Element, ...args: unknown[]) => void,
): void {
  const proto = element.prototype as Record<string, Method | undefined>
  const original = proto[name]
  proto[name] = function (...args) {
    const result = original?.apply(this, args)
    work(this, ...args)
    return result
  }
}

function inside(element: Element, selector: string): HTMLElement | null | undefined {
  return element.shadowRoot?.querySelector<HTMLElement>(selector)
}

/** landmark-no-duplicate-banner, aria-allowed-role: head and foot of a dialog are no landmarks of the page. */
function calmDialog(element: VaadinClass): void {
  after(element, 'firstUpdated', (overlay) => {
    inside(overlay, 'header')?.setAttribute('role', 'presentation')
    inside(overlay, 'footer')?.setAttribute('role', 'presentation')
  })
}

/** aria-allowed-attr: a menu item is never "selected". */
function plainMenuItem(element: VaadinClass): void {
  after(element, 'updated', (item) => {
    if (item.getAttribute('role')?.startsWith('menuitem')) item.removeAttribute('aria-selected')
  })
}

/** aria-required-children: what lies between a composite and its items must not take the focus. */
function withoutTabindex(selector: string): (element: VaadinClass) => void {
  return (element) =>
    after(element, 'firstUpdated', (host) => inside(host, selector)?.removeAttribute('tabindex'))
}

let contents = 0

/** Shows the rest of the page again, which an open calendar hides from screen readers. */
function showPage(picker: Element): void {
  const show = Reflect.get(picker, '__showOthers') as (() => void) | null | undefined
  show?.()
  Reflect.set(picker, '__showOthers', null)
}

/** aria-required-attr: the opened combobox of a date picker names what it controls. */
function namedCalendar(element: VaadinClass): void {
  after(element, '_onOverlayOpened', (picker) => {
    const content = Reflect.get(picker, '_overlayContent') as HTMLElement | null
    if (!content) return
    content.id ||= `pl-calendar-${++contents}`
    picker.inputElement?.setAttribute('aria-controls', content.id)
  })
  // A day typed and sent with Enter closes the calendar before it has opened: the page would stay hidden.
  after(element, '_onOverlayOpened', (picker) => {
    if (!Reflect.get(picker, 'opened')) showPage(picker)
  })
  // aria-hidden-focus: a picker that leaves the page while it is open must show the page again.
  after(element, 'disconnectedCallback', showPage)
}

/**
 * Where the calendar fills the window it opens when the field is touched, and not when the focus is brought there: a person who is sent to a
 * field because of what it says would never get to read it.
 */
function calmFocus(element: VaadinClass): void {
  const proto = element.prototype as Record<string, Method | undefined>
  const { focus } = proto
  proto['focus'] = function (...args) {
    const filling = Reflect.get(this, '_noInput') === true && !Reflect.get(this, 'opened')
    const opens = Reflect.get(this, 'autoOpenDisabled')
    if (filling) {
      Reflect.set(this, 'autoOpenDisabled', true)
      // Nothing can be typed there, so no keyboard shall cover it.
      this.inputElement?.setAttribute('inputmode', 'none')
    } else this.inputElement?.removeAttribute('inputmode')
    focus?.apply(this, args)
    if (filling) Reflect.set(this, 'autoOpenDisabled', opens)
  }
}

/** aria-input-field-name: the list of a select is called like its field. */
function namedOptions(element: VaadinClass): void {
  after(element, '_assignMenuElement', (select, menu) => {
    const name = select.accessibleName ?? select.label
    if (name && menu instanceof HTMLElement) menu.setAttribute('aria-label', name)
  })
}

/** aria-allowed-attr: the button of a select cannot be "required"; its label says so. */
function plainValueButton(element: VaadinClass): void {
  after(element, 'updated', (select) =>
    select.querySelector('vaadin-select-value-button')?.removeAttribute('aria-required'),
  )
}

/** aria-allowed-attr: a group of two pickers is not "required", the pickers are. */
function plainGroup(element: VaadinClass): void {
  after(element, 'updated', (group) => group.removeAttribute('aria-required'))
}

/** aria-required-children: a row of nothing but hidden cells is hidden itself. */
function hiddenWeekdays(element: VaadinClass): void {
  after(element, 'updated', (month) =>
    inside(month, '[part="weekdays"]')?.setAttribute('aria-hidden', 'true'),
  )
}

/** heading-order: a dialog's heading is the first below the page's. */
function secondLevel(element: VaadinClass): void {
  after(element, 'updated', (dialog) =>
    dialog.querySelector('h3[slot="header"]')?.setAttribute('aria-level', '2'),
  )
}

/** Accessibility repairs by element, found with axe; each names the rule that failed. */
const REPAIRS: Readonly<Record<string, (element: VaadinClass) => void>> = {
  'vaadin-confirm-dialog': secondLevel,
  'vaadin-confirm-dialog-overlay': calmDialog,
  'vaadin-context-menu-item': plainMenuItem,
  'vaadin-date-picker': (element) => {
    namedCalendar(element)
    calmFocus(element)
  },
  'vaadin-date-time-picker': plainGroup,
  'vaadin-dialog-overlay': calmDialog,
  'vaadin-menu-bar-item': plainMenuItem,
  'vaadin-menu-bar-overlay': withoutTabindex('[part="overlay"]'),
  'vaadin-month-calendar': hiddenWeekdays,
  'vaadin-select': (element) => {
    namedOptions(element)
    plainValueButton(element)
  },
  'vaadin-tabs': withoutTabindex('#scroll'),
}

/** Applies the repair of an element, if there is one. */
export function repair(element: VaadinClass): void {
  REPAIRS[element.is]?.(element)
}

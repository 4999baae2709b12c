import { PlToaster } from './toaster.ts'

export interface ToastOptions {
  /** `danger` for failures: stays longer and is announced at once. */
  readonly tone?: 'neutral' | 'positive' | 'danger'
  readonly action?: { readonly label: string; readonly run: () => void | Promise<void> }
  /** Milliseconds. Default 5000, with an action 8000. */
  readonly duration?: number
}

/** Says what has happened, with at most one action, usually undo. */
export function toast(text: string, options: ToastOptions = {}): void {
  let toaster = document.querySelector<PlToaster>('pl-toaster')
  if (!toaster) document.body.append((toaster = new PlToaster()))
  toaster.show(text, options)
}

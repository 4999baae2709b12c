import { html, render } from 'lit'
import { common } from '../texts.ts'
import { PlDialog } from './dialog.ts'

export interface ConfirmOptions {
  /** The question: `Kunde löschen?` */
  readonly heading: string
  /** What happens then. */
  readonly text?: string
  /** Word on the decisive button; name the deed. */
  readonly confirm?: string
  /** Word on the other button. Default: cancel. */
  readonly cancel?: string
  /** The deed destroys something. */
  readonly danger?: boolean
}

/** Asks before something is done. Closing in any other way means no. */
export async function confirm(options: ConfirmOptions): Promise<boolean> {
  const dialog = new PlDialog()
  dialog.heading = options.heading
  let answer = false
  const decide = (): void => {
    answer = true
    dialog.close()
  }
  render(
    html`
      <p style="color: var(--pl-text-2)">${options.text}</p>
      <button slot="footer" class="pl-button cancel" type="button" @click=${() => dialog.close()}>
        ${options.cancel ?? common('common.cancel')}
      </button>
      <button
        slot="footer"
        class="pl-button decide ${options.danger ? 'danger' : 'primary'}"
        type="button"
        @click=${decide}
      >
        ${options.confirm ?? common('common.confirm')}
      </button>
    `,
    dialog,
  )
  document.body.append(dialog)
  const closed = new Promise((done) => dialog.addEventListener('close', done, { once: true }))
  await dialog.show()
  // Enter must not destroy anything by habit.
  dialog.querySelector<HTMLElement>(options.danger ? '.cancel' : '.decide')?.focus()
  await closed
  dialog.remove()
  return answer
}

import { PlDialog, type PlinthElement } from '@plinth/ui'

/** Shows an element in a dialog of its own until it is closed. A link in it that leads elsewhere closes it too. */
export async function showInDialog(element: PlinthElement, heading: string): Promise<void> {
  const dialog = new PlDialog()
  dialog.heading = heading
  dialog.width = 480
  dialog.append(element)
  const closed = new Promise((done) => dialog.addEventListener('close', done, { once: true }))
  element.addEventListener('click', (event) => {
    if (event.composedPath().some((each) => each instanceof HTMLAnchorElement)) dialog.close()
  })
  document.body.append(dialog)
  await dialog.show()
  await closed
  dialog.remove()
}

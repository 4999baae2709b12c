import { lacksPlugins, oneJourney } from '@plinth/e2e/platform'
import { flaws, onStage, WINDOWS, type Visitor } from '@plinth/e2e/workspace'
import { makeRecord } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const WORDS = {
  de: {
    choose: 'Datei wählen: Foto',
    replace: 'Ersetzen: Foto',
    remove: 'Entfernen: Foto',
    cancel: 'Hochladen abbrechen: Foto',
    refused: /Möglich sind: PNG, JPEG, WEBP/,
    limits: 'PNG, JPEG, WEBP · Höchstens 5 MB',
  },
  en: {
    choose: 'Choose a file: Photo',
    replace: 'Replace: Photo',
    remove: 'Remove: Photo',
    cancel: 'Cancel upload: Photo',
    refused: /Taken are: PNG, JPEG, WEBP/,
    limits: 'PNG, JPEG, WEBP · At most 5 MB',
  },
} as const

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: PICTURE })

describe.skipIf(lacksPlugins('employees'))('a photo', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['employees'] }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    let lead: Visitor
    let path: string
    const field = () => lead.page.locator('pl-file-input')
    const button = (name: string) => lead.page.getByRole('button', { name, exact: true })
    /** Opens the browser's own dialog from the keyboard, and chooses there. */
    async function choose(name: string, file: ReturnType<typeof picture>): Promise<void> {
      const [chooser] = await Promise.all([
        lead.page.waitForEvent('filechooser'),
        button(name).press('Enter'),
      ])
      await chooser.setFiles(file)
    }
    const save = () => button(lead.words.save).click()
    const photoOf = async (): Promise<unknown> => (await lead.api(path.replace('/app', ''))).body.photo

    beforeAll(async () => {
      const { admin, credentials } = stage.platform.tenant('acme')
      const { id } = await makeRecord(admin, 'employees.employee', { firstName: 'Jule', lastName: 'Marxen' })
      path = `/app/employees/employees/${id}`
      lead = await stage.visit('acme', { size, language })
      await lead.signIn(credentials.admin, `${path}/edit`)
    })
    afterAll(async () => {
      await lead?.leave()
    })

    test('has a place that says what it takes', async () => {
      await field().getByText(words.limits).waitFor()
      expect(await flaws(lead)).toEqual([])
    })

    test('is refused when it is no picture, whatever it is called', async () => {
      await choose(words.choose, { ...picture('a.png'), buffer: Buffer.from('%PDF-1.4') })
      await field().getByText(words.refused).waitFor()
      // The browser reports refusals by itself.
      lead.faults.length = 0
      expect(await flaws(lead)).toEqual([])
    })

    test('can be called back while it is on its way', async () => {
      await lead.page.route('**/files/photo?*', () => undefined)
      await choose(words.choose, picture('Slow picture.png'))
      await field().getByRole('progressbar').waitFor()
      expect(await flaws(lead)).toEqual([])
      await button(words.cancel).press('Enter')
      await button(words.choose).waitFor()
      await lead.page.unroute('**/files/photo?*')
    })

    test('is chosen, saved, and seen at once', async () => {
      await choose(words.choose, picture('Jule at sea.png'))
      await button(words.replace).waitFor()
      expect(await flaws(lead)).toEqual([])
      await save()
      const image = lead.page.locator('.picture img')
      await image.waitFor()
      await expect
        .poll(() => image.evaluate((each) => (each as unknown as { naturalWidth: number }).naturalWidth), {
          timeout: 15_000,
        })
        .toBe(1)
      await lead.page.getByRole('link', { name: 'Jule at sea.png', exact: true }).waitFor()
      expect(await flaws(lead)).toEqual([])
      expect(await photoOf()).toMatchObject({
        name: 'Jule at sea.png',
        type: 'image/png',
        size: PICTURE.length,
      })
    })

    test('is replaced by one that is dropped there', async () => {
      await lead.open(`${path}/edit`)
      await button(words.replace).waitFor()
      const transfer = await lead.page.evaluateHandle(`
        const data = new DataTransfer()
        data.items.add(new File([Uint8Array.from([${[...PICTURE].join()}])], 'Dropped here.png'))
        data`)
      await field().locator('.place').dispatchEvent('drop', { dataTransfer: transfer })
      await field().getByTitle('Dropped here.png').waitFor()
      await save()
      await lead.page.getByRole('link', { name: 'Dropped here.png', exact: true }).waitFor()
      expect(await photoOf()).toMatchObject({ name: 'Dropped here.png' })
    })

    test('is taken away', async () => {
      await lead.open(`${path}/edit`)
      await button(words.remove).press('Enter')
      await button(words.choose).waitFor()
      await save()
      await lead.page.locator('pl-outlet').getByText('Jule').first().waitFor()
      await expect.poll(photoOf, { timeout: 15_000 }).toBeNull()
      expect(await flaws(lead)).toEqual([])
    })
  })
})

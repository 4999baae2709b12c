import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacksPlugins, oneJourney } from './platform/index.ts'
import { flaws, onStage, type Visitor, WINDOWS } from './workspace/index.ts'

const WORDS = {
  de: {
    why: 'Warum?',
    noRole: 'Keine Ihrer Rollen enthält das.',
    noRoleOf: /Keine der Rollen von .* enthält das\./u,
    copy: 'Link dafür kopieren',
    copied: /Kopiert/u,
    save: 'Speichern',
    may: 'Sie dürfen das.',
    show: 'Rechte anzeigen',
    search: 'Rechte suchen',
    whoMay: 'Wer darf das: Das Änderungsprotokoll lesen',
    menu: (name: string) => `Was mit ${name} getan werden kann`,
    edit: 'Bearbeiten',
    nothing: /für niemanden/u,
    own: /Bedingung: „.*“ nennt Sie/u,
    reset: 'Zweite Faktoren zurücksetzen',
  },
  en: {
    why: 'Why?',
    noRole: 'None of your roles includes it.',
    noRoleOf: /None of the roles of .* includes it\./u,
    copy: 'Copy link for them',
    copied: /Copied/u,
    save: 'Save',
    may: 'You may do this.',
    show: 'Show rights',
    search: 'Search rights',
    whoMay: 'Who may do this: Read the audit log',
    menu: (name: string) => `What can be done with ${name}`,
    edit: 'Edit',
    nothing: /for anybody/u,
    own: /if “.*” names you/u,
    reset: 'Reset second factors',
  },
} as const

const AUDIT = '/admin/audit'
const READ = 'platform.kernel.audit.read'
const DEPARTMENTS = '/app/employees/departments'

describe.skipIf(lacksPlugins('employees'))('why something is refused', () => {
  const stage = onStage({ tenants: [{ slug: 'acme', plugins: ['employees'], sampleData: true }] })

  describe.each(WINDOWS)('in a $size window, in $language', ({ size, language }) => {
    oneJourney()
    const words = WORDS[language]
    const roleName = `Auditors ${size}`
    let member: Visitor
    let admin: Visitor
    let memberId: string

    beforeAll(async () => {
      const { admin: asAdmin, credentials } = stage.platform.tenant('acme')
      const { body } = await asAdmin.get('/members/directory')
      memberId = body.items.find((each: { email: string }) => each.email === credentials.member.email).id
      await asAdmin.patch(`/members/${memberId}`, { roles: [] })
      await asAdmin.post('/roles', { label: roleName, grants: [READ] })
      member = await stage.visit('acme', { size, language })
      await member.context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await member.signIn(credentials.member, AUDIT)
      admin = await stage.visit('acme', { size, language })
      await admin.signIn(credentials.admin)
    })
    afterAll(() => Promise.all([member?.leave(), admin?.leave()]))

    const dialog = (visitor: Visitor) => visitor.page.locator('pl-dialog')
    const why = async () => {
      await member.page.getByRole('button', { name: words.why }).click()
      await member.page.locator('pl-why-answer p').first().waitFor()
    }

    test('a page that is not theirs tells a member why, and whom to ask', async () => {
      await why()
      await dialog(member).getByText(words.noRole).waitFor()
      const { name } = (await admin.api('/session')).body.member
      await dialog(member).getByText(`: ${name}.`).waitFor()
      expect(await flaws(member)).toEqual([])
      await dialog(member).getByRole('button', { name: words.copy }).click()
      await member.page.getByText(words.copied).waitFor()
      await member.page.keyboard.press('Escape')
    })

    test('an address behind which nothing is says so', async () => {
      await member.open('/app/employees/ghosts')
      await why()
      await dialog(member).getByText(words.nothing).waitFor()
      // The browser reports the answer on its console.
      expect(member.faults.splice(0)).toEqual([expect.stringContaining('status of 400')])
      await member.page.keyboard.press('Escape')
    })

    test('the link shows an administrator the question at the member, and where to change it', async () => {
      const link: string = await member.page.evaluate('navigator.clipboard.readText()')
      await admin.page.goto(link)
      await dialog(admin).getByText(words.noRoleOf).waitFor()
      await dialog(admin)
        .getByText(new RegExp(`Administrator.*${roleName}`))
        .waitFor()
      expect(await flaws(admin)).toEqual([])
      await dialog(admin).getByLabel(roleName).check()
      await dialog(admin).getByRole('button', { name: words.save, exact: true }).click()
      await dialog(admin).waitFor({ state: 'detached' })
    })

    test('with the next request it is allowed, and the account says by which role', async () => {
      await member.open(AUDIT)
      await member.ready()
      expect(await member.page.locator('pl-not-found').count()).toBe(0)
      await member.open('/account')
      await member.page.getByRole('button', { name: words.show }).click()
      await member.page.getByRole('searchbox', { name: words.search }).fill(READ)
      await member.page.locator('pl-member-rights .line').click()
      await member.page.getByText(words.may).waitFor()
      await member.page.locator('pl-why-answer').getByText(roleName).waitFor()
      expect(await flaws(member)).toEqual([])
    })

    test('a change of a record that is not theirs is refused with the condition', async () => {
      const { admin: asAdmin } = stage.platform.tenant('acme')
      const { body } = await asAdmin.get('/roles')
      const role = body.items.find((each: { label: { en: string } }) => each.label.en === roleName)
      const condition = { createdBy: '$actor.id' }
      const grants = [READ, { permission: 'core.employees.department.update', condition }]
      await asAdmin.patch(`/roles/${role.id}`, { grants, version: role.version })
      const department = (await asAdmin.get('/employees/departments?limit=1')).body.items[0]
      await member.open(`${DEPARTMENTS}/${department.id}/edit`)
      await member.page.getByRole('textbox').first().fill('Changed')
      await member.page.getByRole('button', { name: words.save, exact: true }).click()
      await why()
      await dialog(member).getByText(words.own).waitFor()
      expect(member.faults.splice(0)).toEqual([expect.stringContaining('status of 403')])
      expect(await flaws(member)).toEqual([])
      await member.page.keyboard.press('Escape')
    })

    test('what is refused in a dialog is explained above it', async () => {
      const { admin: asAdmin } = stage.platform.tenant('acme')
      const { items } = (await asAdmin.get('/roles')).body
      const role = items.find((each: { label: { en: string } }) => each.label.en === roleName)
      const grants = [READ, 'platform.kernel.member.manage']
      await asAdmin.patch(`/roles/${role.id}`, { grants, version: role.version })
      const { id } = (await admin.api('/session')).body.member
      await member.open(`/admin/members?member=${id}`)
      await member.page.getByRole('button', { name: words.reset, exact: true }).click()
      const sure = member.page.locator('body > pl-dialog')
      await sure.getByRole('button', { name: words.reset, exact: true }).click()
      await sure.getByRole('button', { name: words.why }).click()
      await member.page.locator('pl-why-answer').getByText(words.noRole).waitFor()
      expect(member.faults.splice(0)).toEqual([expect.stringContaining('status of 403')])
      expect(await flaws(member)).toEqual([])
      await member.page.keyboard.press('Escape')
    })

    test('the editor of roles tells who may do something', async () => {
      await admin.open('/admin/roles')
      await admin.page.getByRole('button', { name: words.menu(roleName) }).click()
      await admin.page.getByRole('menuitem', { name: words.edit }).click()
      await admin.page.locator('pl-grant-picker').getByRole('searchbox').fill(READ)
      await admin.page.getByRole('button', { name: words.whoMay }).click()
      await admin.page.locator('pl-holder-list li').first().waitFor()
      await admin.page.locator('pl-holder-list').getByText(roleName).waitFor()
      expect(await flaws(admin)).toEqual([])
    })
  })
})

import type { ShellDocument } from '@plinth/sdk'
import { beforeAll, expect, test } from 'vitest'
import { flaws, onStage } from './workspace/index.ts'

const stage = onStage({ tenants: [{ slug: 'acme', sampleData: true }] })
beforeAll(() => stage.platform.settled())

// The colours of the other scheme are looked at on each screen as well.
test.each([
  { size: 'wide', language: 'en', scheme: 'light' },
  { size: 'narrow', language: 'de', scheme: 'dark' },
] as const)(
  'every screen that can be walked to is sound in a $size window, in $language, $scheme and the other scheme',
  async (options) => {
    const visitor = await stage.visit('acme', options)
    await visitor.signIn(stage.platform.tenant('acme').credentials.admin)
    const { body: shell } = await stage.platform.tenant('acme').admin.get<ShellDocument>('/shell')
    const found: Record<string, string[]> = {}
    const look = async (): Promise<void> => {
      await visitor.ready()
      const { pathname } = new URL(visitor.page.url())
      const wrong = await flaws(visitor)
      if (wrong.length > 0) found[pathname] = wrong
    }
    /** Follows the first link of the screen whose address fits, if there is one. */
    const follow = async (address: RegExp): Promise<boolean> => {
      const links = await visitor.page.locator('pl-outlet a:visible').all()
      for (const link of links) {
        const href = new URL((await link.getAttribute('href')) ?? '', `${visitor.origin}/`)
        if (!address.test(href.pathname)) continue
        await link.click()
        await look()
        return true
      }
      return false
    }

    await look()
    const deadEnds: string[] = []
    for (const { label, path } of shell.navigation) {
      const name = label[visitor.language] ?? label.en
      await visitor.choose(name)
      await look()
      const entity = Object.values(shell.entities).find((each) => each.path === path)
      if (!entity) continue
      const { body } = await visitor.api(`${entity.api.replace('/api/v1', '')}?limit=1`)
      if (body.items.length > 0) {
        if (!(await follow(new RegExp(`^${path}/[0-9a-f-]{36}$`)))) deadEnds.push(`${path}: first record`)
        else if (entity.can.includes('update') && !(await follow(/\/edit$/))) deadEnds.push(`${path}: edit`)
        await visitor.choose(name)
        await visitor.ready()
      }
      if (entity.can.includes('create') && !(await follow(new RegExp(`^${path}/new$`))))
        deadEnds.push(`${path}: new`)
    }
    await visitor.choose(visitor.words.plugins)
    await look()
    expect(found).toEqual({})
    expect(deadEnds).toEqual([])
    await visitor.leave()
  },
)

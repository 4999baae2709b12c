import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Manifest } from '@plinth/sdk'
import { expect, inject, test } from 'vitest'
import { manifest } from './fixtures/plugins/hire/manifest.ts'
import { bootForTest } from './support/index.ts'

const adminUrl = inject('adminUrl')

test('a plugin that is asked for by name and has a faulty manifest is named with every fault', async () => {
  const faulty = {
    ...manifest,
    tier: 'golden',
    permissions: [{ id: 'trade.hire.booking.hand_out', label: { en: 'Hand out' } }],
  } as unknown as Manifest
  const folder = await mkdtemp(join(tmpdir(), 'plinth-faulty-'))
  try {
    await mkdir(join(folder, 'hire'))
    await writeFile(join(folder, 'hire/plinth.json'), JSON.stringify(faulty))
    const booted = bootForTest({ adminUrl, pluginsFolder: folder, plugins: ['hire'] })
    await expect(booted).rejects.toThrow(/hire \/tier .*\n.*hire \/permissions\/0\/id .*camelCase/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a plugin whose manifest cannot be read at all says why', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-faulty-'))
  try {
    await mkdir(join(folder, 'torn'))
    await writeFile(join(folder, 'torn/plinth.json'), '{ "id": ')
    const booted = bootForTest({ adminUrl, pluginsFolder: folder, plugins: ['torn'] })
    await expect(booted).rejects.toThrow(/^The manifest cannot be read: .*JSON/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

import { expectTypeOf, test } from 'vitest'
import type { FeatureNames } from './feature.ts'
import type { HostFor } from './host.ts'
import { defineManifest } from './manifest.ts'

const manifest = defineManifest({
  manifestVersion: 1,
  id: 'rooms',
  version: '1.0.0',
  publisher: 'example',
  license: 'MIT',
  area: 'office',
  name: { en: 'Rooms' },
  description: { en: 'Rooms to meet in.' },
  icon: 'door-open',
  category: { en: 'Office' },
  engines: { plinth: '^1' },
  tier: 'free',
  features: [
    { id: 'waiting-list', type: 'boolean', label: { en: 'Waiting list' }, default: true },
    { id: 'catering', type: 'boolean', label: { en: 'Catering' }, tier: 'professional', default: false },
  ],
})

test('handlers ask for the features of their manifest, and no others', () => {
  expectTypeOf<FeatureNames<typeof manifest>>().toEqualTypeOf<'waiting-list' | 'catering'>()
  type IsOn = HostFor<typeof manifest>['features']['isOn']
  expectTypeOf<Parameters<IsOn>>().toEqualTypeOf<[feature: 'waiting-list' | 'catering']>()
})

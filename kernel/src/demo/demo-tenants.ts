import type { Tier } from '@plinth/sdk'
import type { DemoAccount } from '../http/index.ts'

interface DemoPerson {
  readonly email: string
  readonly name: string
  readonly role: 'admin' | 'member'
}

/** A made-up company that shows the platform. */
export interface DemoTenant {
  readonly slug: string
  readonly name: string
  readonly tier: Tier
  readonly hue: number
  readonly people: readonly DemoPerson[]
  /** Categories of plugins to leave off; everything else the tier permits is switched on. */
  readonly leaveOff: 'professional-and-above' | 'nothing'
}

/** For demonstration only, and printed at every start. A platform of one's own never has these accounts. */
export const DEMO_PASSWORD = 'plinth-demo-2026'

export const demoTenants: readonly DemoTenant[] = [
  {
    slug: 'acme',
    name: 'Acme Werkzeugbau GmbH',
    tier: 'professional',
    hue: 262,
    people: [
      { email: 'jana.behrens@acme.example', name: 'Jana Behrens', role: 'admin' },
      { email: 'felix.vogt@acme.example', name: 'Felix Vogt', role: 'member' },
    ],
    leaveOff: 'professional-and-above',
  },
  {
    slug: 'beta',
    name: 'Bäckerei Sonnenkorn',
    tier: 'free',
    hue: 75,
    people: [
      { email: 'mehmet.kaya@beta.example', name: 'Mehmet Kaya', role: 'admin' },
      { email: 'greta.lindner@beta.example', name: 'Greta Lindner', role: 'member' },
    ],
    leaveOff: 'nothing',
  },
  {
    slug: 'nordlicht',
    name: 'Nordlicht Energie AG',
    tier: 'enterprise',
    hue: 205,
    people: [
      { email: 'nele.thiel@nordlicht.example', name: 'Nele Thiel', role: 'admin' },
      { email: 'tarek.yildiz@nordlicht.example', name: 'Tarek Yıldız', role: 'member' },
    ],
    leaveOff: 'nothing',
  },
  {
    slug: 'elbtal',
    name: 'Stadtwerke Elbtal',
    tier: 'custom',
    hue: 155,
    people: [
      { email: 'clara.falkenberg@elbtal.example', name: 'Clara Falkenberg', role: 'admin' },
      { email: 'jonas.ziegler@elbtal.example', name: 'Jonas Ziegler', role: 'member' },
    ],
    leaveOff: 'nothing',
  },
]

/** Sign-ins by tenant, for the sign-in page. */
export function demoAccounts(): ReadonlyMap<string, readonly DemoAccount[]> {
  const label = {
    admin: { en: 'Administrator', de: 'Administration' },
    member: { en: 'Member', de: 'Mitglied' },
  }
  return new Map(
    demoTenants.map(({ slug, people }) => [
      slug,
      people.map(({ email, name, role }) => ({
        email,
        password: DEMO_PASSWORD,
        label: { en: `${name} · ${label[role].en}`, de: `${name} · ${label[role].de}` },
      })),
    ]),
  )
}

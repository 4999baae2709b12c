import { sampler, type Sampler } from '@plinth/sdk'
import { REGIONS, STREETS, type Region } from './sample-places.ts'
import {
  COINED,
  FIRST_NAMES,
  LAST_NAMES,
  LEGAL_FORMS,
  plainSpelling,
  POSITIONS,
  TAGS,
  TRADES,
} from './sample-words.ts'

export interface SampleContact {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly position: string
  readonly isPrimary: boolean
}

export interface SampleCustomer {
  readonly type: 'company' | 'person'
  readonly name: string
  readonly vatId: string | null
  readonly email: string
  readonly phone: string
  readonly billingAddress: {
    readonly street: string
    readonly zip: string
    readonly city: string
    readonly country: string
  }
  readonly paymentTermDays: number
  readonly locale: 'de' | 'en'
  readonly tags: readonly string[]
  readonly status: 'lead' | 'active' | 'archived'
  readonly contacts: readonly SampleContact[]
}

const CUSTOMERS = 60
const STATES = [
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'lead',
  'lead',
  'lead',
  'archived',
] as const

/**
 * The customers of a sample company with the people there, the same for the same tenant.
 *
 * @param slug of the tenant; another one gives other customers in another part of the country
 */
export function planCustomers(slug: string): SampleCustomer[] {
  const sample = sampler(`crm:${slug}`)
  // North, east, west, middle, south: the seed and the order by which the company itself has its site.
  const region = sampler(`region:${slug}`).pick(REGIONS)
  const customers = new Map<string, SampleCustomer>()
  while (customers.size < CUSTOMERS) {
    const customer = sample.chance(0.87) ? company(sample, region) : privatePerson(sample, region)
    customers.set(customer.name, customer)
  }
  return [...customers.values()]
}

function company(sample: Sampler, region: Region): SampleCustomer {
  const name = companyName(sample)
  const domain = `${plainSpelling(name.replace(/ (GmbH|AG|KG|OHG|e\. K\.).*$/u, ''))}.example`
  const lastNames = sample.shuffle(LAST_NAMES).slice(0, sample.pick([1, 1, 2, 2, 3]))
  return {
    type: 'company',
    name,
    vatId: sample.chance(0.75) ? germanVatId(sample) : null,
    email: `info@${domain}`,
    ...terms(sample, region),
    contacts: lastNames.map((lastName, position) => {
      const firstName = sample.pick(FIRST_NAMES)
      return {
        firstName,
        lastName,
        email: `${plainSpelling(firstName)}.${plainSpelling(lastName)}@${domain}`,
        phone: phone(sample, region),
        position: sample.pick(POSITIONS),
        isPrimary: position === 0,
      }
    }),
  }
}

function privatePerson(sample: Sampler, region: Region): SampleCustomer {
  const name = `${sample.pick(FIRST_NAMES)} ${sample.pick(LAST_NAMES)}`
  const email = `${plainSpelling(name).replace('-', '.')}@post.example`
  return { type: 'person', name, vatId: null, email, ...terms(sample, region), contacts: [] }
}

function terms(sample: Sampler, region: Region) {
  const [zip, city] = sample.pick(region.places)
  return {
    phone: phone(sample, region),
    billingAddress: { street: `${sample.pick(STREETS)} ${sample.int(1, 128)}`, zip, city, country: 'DE' },
    paymentTermDays: sample.pick([14, 14, 14, 14, 30, 30, 10]),
    locale: sample.chance(0.95) ? ('de' as const) : ('en' as const),
    tags: sample.shuffle(TAGS).slice(0, sample.pick([0, 0, 1, 1, 2])),
    status: sample.pick(STATES),
  }
}

function phone(sample: Sampler, region: Region): string {
  return `${region.phonePrefix} ${sample.int(100, 999)}`
}

function companyName(sample: Sampler): string {
  const trade = sample.pick(TRADES)
  const form = sample.pick(LEGAL_FORMS)
  const shape = sample.int(1, 4)
  if (shape === 1) return `${trade} ${sample.pick(COINED)} ${form}`
  if (shape === 2) return `${sample.pick(LAST_NAMES)} & ${sample.pick(LAST_NAMES)} ${trade} ${form}`
  return shape === 3
    ? `${sample.pick(LAST_NAMES)} ${trade} ${form}`
    : `${trade} ${sample.pick(LAST_NAMES)} ${form}`
}

/** A VAT ID of the German form with its check digit after ISO 7064, MOD 11,10. */
function germanVatId(sample: Sampler): string {
  const digits = [sample.int(1, 9), ...Array.from({ length: 7 }, () => sample.int(0, 9))]
  let product = 10
  for (const digit of digits) product = (2 * ((digit + product) % 10 || 10)) % 11
  return `DE${digits.join('')}${(11 - product) % 10}`
}

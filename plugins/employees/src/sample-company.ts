/** Where a sample company sits. The phone prefixes are ranges the Federal Network Agency keeps free for fiction. */
export const SITES = [
  { federalState: 'DE-HH', phonePrefix: '+49 40 66969' },
  { federalState: 'DE-BE', phonePrefix: '+49 30 23125' },
  { federalState: 'DE-NW', phonePrefix: '+49 221 4710' },
  { federalState: 'DE-HE', phonePrefix: '+49 69 90009' },
  { federalState: 'DE-BY', phonePrefix: '+49 89 99998' },
] as const

/** Departments with the posts in them; the first post leads the department, the first department the company. */
export const DEPARTMENTS = [
  {
    name: 'Geschäftsführung',
    costCentre: '1000',
    posts: ['Geschäftsführung', 'Assistenz der Geschäftsführung'],
  },
  {
    name: 'Vertrieb',
    costCentre: '2000',
    posts: [
      'Leitung Vertrieb',
      'Vertrieb Innendienst',
      'Vertrieb Innendienst',
      'Vertrieb Außendienst',
      'Vertrieb Außendienst',
      'Marketing',
    ],
  },
  {
    name: 'Kundendienst',
    costCentre: '3000',
    posts: [
      'Leitung Kundendienst',
      'Kundenberatung',
      'Kundenberatung',
      'Kundenberatung',
      'Technischer Support',
      'Technischer Support',
      'Auftragsdisposition',
    ],
  },
  {
    name: 'Technik',
    costCentre: '4000',
    posts: [
      'Leitung Technik',
      'Servicetechnik',
      'Servicetechnik',
      'Projektleitung',
      'Systemadministration',
      'Lager und Logistik',
    ],
  },
  {
    name: 'Finanzen und Personal',
    costCentre: '5000',
    posts: ['Leitung Verwaltung', 'Buchhaltung', 'Personalwesen'],
  },
] as const

import { defineManifest } from '@plinth/sdk'
import { department } from './src/department-entity.ts'
import { employee } from './src/employee-entity.ts'

export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'employees',
  version: '1.0.0',
  publisher: 'plinth',
  license: 'MIT',
  area: 'core',
  name: { en: 'Employees', de: 'Mitarbeiter' },
  description: {
    en: 'The people of the company, their departments and who reports to whom. Other areas refer to them.',
    de: 'Die Menschen im Unternehmen, ihre Abteilungen und wer wem berichtet. Andere Bereiche beziehen sich darauf.',
  },
  icon: 'id-card',
  category: { en: 'Company', de: 'Unternehmen' },
  engines: { plinth: '^1' },
  tier: 'free',

  roles: [
    {
      id: 'colleague',
      label: { en: 'Employees: colleague', de: 'Mitarbeiter: Kollegin oder Kollege' },
      grants: ['core.employees.employee.read', 'core.employees.department.read'],
      everyMember: true,
    },
    {
      id: 'people-lead',
      label: { en: 'Employees: people lead', de: 'Mitarbeiter: Personalverantwortung' },
      grants: ['core.employees.*'],
    },
  ],

  entities: { employee, department },

  events: {
    publishes: [
      {
        type: 'employees.employee.deactivated',
        label: { en: 'Employee is no longer active', de: 'Mitarbeiter ist nicht mehr aktiv' },
      },
      {
        type: 'employees.employee.department_changed',
        label: { en: 'Employee changed department', de: 'Mitarbeiter hat die Abteilung gewechselt' },
      },
    ],
    subscribes: [{ event: 'platform.member.onboarded', handler: 'memberOnboarded' }],
  },

  ui: {
    navigation: [
      { entity: 'employee', order: 100 },
      { entity: 'department', order: 110 },
    ],
  },

  lifecycle: { sampleData: true },
})

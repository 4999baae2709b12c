import { defineManifest } from '@plinth/sdk'
import { FEDERAL_STATES } from './src/federal-states.ts'

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

  entities: {
    employee: {
      label: { en: 'Employee', de: 'Mitarbeiter' },
      labelPlural: { en: 'Employees', de: 'Mitarbeiter' },
      icon: 'id-card',
      collection: 'employees',
      display: ['firstName', 'lastName'],
      fields: {
        number: {
          type: 'string',
          label: { en: 'Number', de: 'Personalnummer' },
          sequence: { format: 'PN-{n:4}' },
          readOnly: true,
          unique: true,
          search: true,
        },
        userId: {
          type: 'member',
          label: { en: 'Sign-in', de: 'Anmeldung' },
          help: {
            en: 'The member this person signs in as, if they work with this system.',
            de: 'Das Mitglied, als das sich diese Person anmeldet, falls sie mit diesem System arbeitet.',
          },
          unique: true,
        },
        firstName: {
          type: 'string',
          label: { en: 'First name', de: 'Vorname' },
          required: true,
          maxLength: 80,
          search: true,
          pii: true,
        },
        lastName: {
          type: 'string',
          label: { en: 'Last name', de: 'Nachname' },
          required: true,
          maxLength: 80,
          search: true,
          indexed: true,
          pii: true,
        },
        email: {
          type: 'email',
          label: { en: 'E-mail', de: 'E-Mail' },
          required: true,
          unique: true,
          search: true,
          pii: true,
        },
        phone: { type: 'phone', label: { en: 'Phone', de: 'Telefon' }, pii: true },
        departmentId: { type: 'ref', entity: 'department', label: { en: 'Department', de: 'Abteilung' } },
        jobTitle: { type: 'string', label: { en: 'Job title', de: 'Position' }, maxLength: 120, search: true },
        managerId: { type: 'ref', entity: 'employee', label: { en: 'Reports to', de: 'Vorgesetzte Person' } },
        entryDate: { type: 'date', label: { en: 'Entry date', de: 'Eintritt' }, required: true, indexed: true },
        exitDate: { type: 'date', label: { en: 'Exit date', de: 'Austritt' } },
        weeklyHours: {
          type: 'decimal',
          label: { en: 'Hours per week', de: 'Wochenstunden' },
          scale: 2,
          min: 0,
          max: 60,
          default: '40.00',
        },
        federalState: {
          type: 'enum',
          label: { en: 'Federal state', de: 'Bundesland' },
          help: { en: 'Decides which public holidays apply.', de: 'Bestimmt, welche Feiertage gelten.' },
          values: FEDERAL_STATES,
        },
        status: {
          type: 'enum',
          label: { en: 'Status', de: 'Status' },
          required: true,
          indexed: true,
          default: 'active',
          values: [
            { value: 'active', label: { en: 'Active', de: 'Aktiv' }, tone: 'positive' },
            { value: 'inactive', label: { en: 'Inactive', de: 'Ruhend' }, tone: 'warning' },
            { value: 'left', label: { en: 'Left', de: 'Ausgeschieden' }, tone: 'neutral' },
          ],
        },
      },
      list: {
        columns: ['number', 'firstName', 'lastName', 'jobTitle', 'departmentId', 'email', 'phone', 'status'],
        sort: 'lastName',
        filters: ['status'],
      },
      form: {
        groups: [
          { label: { en: 'Person', de: 'Person' }, fields: ['firstName', 'lastName', 'email', 'phone', 'userId'] },
          { label: { en: 'Role', de: 'Aufgabe' }, fields: ['jobTitle', 'departmentId', 'managerId'] },
          {
            label: { en: 'Employment', de: 'Beschäftigung' },
            fields: ['entryDate', 'exitDate', 'weeklyHours', 'federalState', 'status'],
          },
        ],
      },
    },
    department: {
      label: { en: 'Department', de: 'Abteilung' },
      labelPlural: { en: 'Departments', de: 'Abteilungen' },
      icon: 'network',
      collection: 'departments',
      display: 'name',
      fields: {
        name: {
          type: 'string',
          label: { en: 'Name', de: 'Name' },
          required: true,
          unique: true,
          maxLength: 120,
          search: true,
        },
        parentId: { type: 'ref', entity: 'department', label: { en: 'Part of', de: 'Übergeordnet' } },
        leadEmployeeId: {
          type: 'ref',
          entity: 'employee',
          label: { en: 'Lead', de: 'Leitung' },
          onDelete: 'setNull',
        },
        costCentre: {
          type: 'string',
          label: { en: 'Cost centre', de: 'Kostenstelle' },
          maxLength: 20,
          search: true,
        },
      },
      list: { columns: ['name', 'parentId', 'leadEmployeeId', 'costCentre'], sort: 'name' },
    },
  },

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
  },

  ui: {
    navigation: [
      { entity: 'employee', order: 100 },
      { entity: 'department', order: 110 },
    ],
  },

  lifecycle: { sampleData: true },
})

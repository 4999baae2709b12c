import type { EntityDeclaration } from '@plinth/sdk'
import { FEDERAL_STATES } from './federal-states.ts'

export const employee = {
  label: { en: 'Employee', de: 'Mitarbeiter' },
  labelPlural: { en: 'Employees', de: 'Mitarbeiter' },
  icon: 'id-card',
  collection: 'employees',
  softDelete: true,
  display: ['firstName', 'lastName'],
  extensible: true,
  fields: {
    number: {
      type: 'string',
      label: { en: 'Number', de: 'Nummer' },
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
    photo: {
      type: 'file',
      label: { en: 'Photo', de: 'Foto' },
      accept: ['image/png', 'image/jpeg', 'image/webp'],
      maxBytes: 5_000_000,
      pii: true,
    },
    birthDate: {
      type: 'date',
      label: { en: 'Date of birth', de: 'Geburtsdatum' },
      help: {
        en: 'Colleagues see neither day nor month.',
        de: 'Kolleginnen und Kollegen sehen weder Tag noch Monat.',
      },
      mask: 'year',
      pii: true,
    },
    iban: {
      type: 'iban',
      label: { en: 'Bank account (IBAN)', de: 'Bankverbindung (IBAN)' },
      mask: 'iban',
      encrypted: true,
      indexed: true,
      pii: true,
    },
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
  actions: {
    deactivate: {
      label: { en: 'Deactivate', de: 'Deaktivieren' },
      description: {
        en: 'Ends or pauses someone’s work here. The other areas are told.',
        de: 'Beendet oder unterbricht die Mitarbeit. Die anderen Bereiche erfahren davon.',
      },
      icon: 'user-x',
      when: { status: 'active' },
      input: {
        status: {
          type: 'enum',
          label: { en: 'Status from now on', de: 'Status von jetzt an' },
          required: true,
          default: 'left',
          values: [
            { value: 'left', label: { en: 'Left', de: 'Ausgeschieden' }, tone: 'neutral' },
            { value: 'inactive', label: { en: 'Inactive', de: 'Ruhend' }, tone: 'warning' },
          ],
        },
        exitDate: {
          type: 'date',
          label: { en: 'Exit date', de: 'Austritt' },
          help: {
            en: 'Needed for who has left. If empty, the date that is known already stays.',
            de: 'Nötig, wenn jemand ausgeschieden ist. Ohne Angabe bleibt das schon bekannte Datum.',
          },
        },
      },
    },
    reactivate: {
      label: { en: 'Reactivate', de: 'Wieder aktivieren' },
      description: {
        en: 'Makes the person active again and removes the exit date.',
        de: 'Macht die Person wieder aktiv und entfernt das Austrittsdatum.',
      },
      icon: 'user-check',
      when: { status: { ne: 'active' } },
    },
  },
  list: {
    columns: ['number', 'firstName', 'lastName', 'jobTitle', 'departmentId', 'email', 'phone', 'status'],
    sort: 'lastName',
    filters: ['status'],
  },
  form: {
    groups: [
      {
        label: { en: 'Person', de: 'Person' },
        fields: ['firstName', 'lastName', 'email', 'phone', 'birthDate', 'userId', 'photo'],
      },
      { label: { en: 'Role', de: 'Aufgabe' }, fields: ['jobTitle', 'departmentId', 'managerId'] },
      {
        label: { en: 'Employment', de: 'Beschäftigung' },
        fields: ['entryDate', 'exitDate', 'weeklyHours', 'federalState', 'status', 'iban'],
      },
    ],
  },
} as const satisfies EntityDeclaration

import type { EntityDeclaration } from '@plinth/sdk'

export const department = {
  label: { en: 'Department', de: 'Abteilung' },
  labelPlural: { en: 'Departments', de: 'Abteilungen' },
  icon: 'network',
  collection: 'departments',
  softDelete: true,
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
} as const satisfies EntityDeclaration

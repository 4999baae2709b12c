/**
 * Forms over the fields of an entity: `<pl-record-form>` draws all of them in their groups, keeps track of what changed
 * and shows refusals; `<pl-field>` is one field, `<pl-ref-picker>` one reference, for forms of your own.
 *
 * @module
 */
export { changedFields, createdFields, isChanged, sendable, type FormValues } from './changed-fields.ts'
export { PlChildTable } from './child-table.ts'
export type { ChildForm, ContestedValue } from './child-drafts.ts'
export { countries } from './countries.ts'
export { PlField, type FieldChange } from './field.ts'
export { formGroups, type FieldGroup } from './form-groups.ts'
export { initialValues } from './initial-values.ts'
export { fieldOf, problemText, spoken } from './problems.ts'
export { PlRecordForm } from './record-form.ts'
export { PlRefPicker } from './ref-picker.ts'
export { refSource, type RefItem, type RefSource } from './ref-source.ts'

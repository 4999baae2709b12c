/** People who have `value` among their groups get `role`. */
export interface Mapping {
  readonly value: string
  readonly role: string
}

/** Roles that follow from the groups of someone: those they are mapped to; where none is, those of everyone. Only what is named here is given. */
export function rolesFor(
  groups: readonly string[],
  {
    mapping,
    defaultRoles,
  }: { readonly mapping: readonly Mapping[]; readonly defaultRoles: readonly string[] },
): string[] {
  const held = new Set(groups)
  const mapped = mapping.filter(({ value }) => held.has(value)).map(({ role }) => role)
  return [...new Set(mapped.length > 0 ? mapped : defaultRoles)]
}

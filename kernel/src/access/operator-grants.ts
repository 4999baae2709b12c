/** What is done with the values behind masks, and with all records at once: no help that an operator gives needs it. */
const NEVER = new Set(['reveal', 'replace', 'export'])

/**
 * What an operator may do who has been let into a tenant: see whatever may be seen, with masks, and change what belongs to plugins where
 * that was said, too. Rights, keys and switches of the tenant stay with its own people.
 */
export function operatorGrants(permissions: readonly string[], write: boolean): string[] {
  return permissions.filter((id) => {
    const action = id.slice(id.lastIndexOf('.') + 1)
    if (action === 'read') return true
    return write && !NEVER.has(action) && !id.startsWith('platform.')
  })
}

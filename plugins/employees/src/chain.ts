/** More levels than any organisation has. Bounds the walk where two changes at once made a cycle. */
const MOST_LEVELS = 64

/**
 * Whether hanging a record below `parentId` would put it above itself.
 *
 * @param id the record that gets a new parent
 * @param parentOf answers the parent of a record, or null at the top
 */
export async function closesCycle(
  id: string,
  parentId: string,
  parentOf: (id: string) => Promise<string | null>,
): Promise<boolean> {
  let above: string | null = parentId
  for (let level = 0; above !== null && level < MOST_LEVELS; level++) {
    if (above === id) return true
    above = await parentOf(above)
  }
  return above !== null
}

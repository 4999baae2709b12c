/** `asc` or `desc` when the list is sorted by this name first. `sort` is `name,-other`. */
export function sortDirection(sort: string, name: string): 'asc' | 'desc' | undefined {
  const first = sort.split(',')[0]
  return first === name ? 'asc' : first === `-${name}` ? 'desc' : undefined
}

/** The order after a click on a column: ascending first, then back and forth. */
export function nextSort(sort: string, name: string): string {
  return sortDirection(sort, name) === 'asc' ? `-${name}` : name
}

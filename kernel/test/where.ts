/** Asks a list for what meets a filter: a part of its query. */
export const where = (filter: object): string => `filter=${encodeURIComponent(JSON.stringify(filter))}`

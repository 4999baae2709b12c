/** PostgreSQL cuts names at 63 bytes; the rest is left for the suffixes of keys, indexes and policies. */
export const MAX_TABLE_NAME = 50

const snakeCase = (name: string): string =>
  name.replaceAll('-', '_').replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)

/** Name of the table of an entity: `<plugin>_<entity>` in snake_case. */
export function tableName(plugin: string, entity: string): string {
  return `${snakeCase(plugin)}_${snakeCase(entity)}`
}

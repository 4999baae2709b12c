import { readAccess } from './access-record.ts'

/** Administrative address of the embedded server of a folder, whether it runs or not; undefined where none was ever started. */
export function embeddedAdminUrl(directory: string): string | undefined {
  const access = readAccess(directory)
  return access && `postgresql://postgres:${access.password}@127.0.0.1:${access.port}/postgres`
}

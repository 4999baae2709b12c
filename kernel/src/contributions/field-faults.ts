import type { FieldDeclaration } from '@plinth/sdk'
import { pointerTo } from './check-manifest.ts'
import { checkDefault } from './field-default.ts'
import { checkOptions } from './field-options.ts'
import { checkFieldSecrecy } from './field-secrecy.ts'
import type { Report } from './point.ts'
import type { Dict } from './reading.ts'

/** What is wrong with a field that is declared outside of a manifest, by the rules of those inside. Its shape must have been checked. */
export function fieldFaults(
  declaration: FieldDeclaration,
): { readonly pointer: string; readonly code: string; readonly message: string }[] {
  const faults: { pointer: string; code: string; message: string }[] = []
  const report: Report = (path, code, message) =>
    void faults.push({ pointer: pointerTo(path), code, message })
  const field = declaration as unknown as Dict
  checkOptions(field, [], report)
  checkDefault(field, ['default'], report)
  checkFieldSecrecy(field, [], report)
  return faults
}

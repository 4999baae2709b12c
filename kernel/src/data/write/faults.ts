import type { ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import { refusedTable } from './map-database-error.ts'
import { RecordRefusal } from './record-refusal.ts'
import type { Said } from './suspects.ts'

/** Collects what is wrong with the parts of a change, so that all of it is told at once. */
export class Faults {
  readonly errors: ProblemError[] = []
  /** What is said of all the parts, for the references among it. */
  readonly said: () => readonly Said[]

  constructor(said: () => readonly Said[]) {
    this.said = said
  }

  /** Runs what may refuse values of the part at `pointer`. Other refusals of it go on, pointing there. */
  async during<T>(pointer: string, part: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await part()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      // What the database refused was written before, and says itself where in the request it was.
      const isOfPart = error.cause === undefined || refusedTable(error.cause) === undefined
      const refusal = pointer !== '' && isOfPart ? error.under(pointer) : error
      if (refusal.code !== 'validation_failed') throw refusal
      this.add(refusal.errors)
      return undefined
    }
  }

  /** Adds what is wrong inside the part at `pointer`. Of a mask that came as a value nothing else needs to be said. */
  add(errors: readonly ProblemError[], pointer = ''): void {
    const masked = new Set(this.errors.flatMap((each) => (each.code === 'masked' ? [each.pointer] : [])))
    const here = errors.map((error) => ({ ...error, pointer: `${pointer}${error.pointer}` }))
    this.errors.push(...here.filter((error) => !masked.has(error.pointer)))
  }

  note(pointer: string, code: string, detail: string): void {
    this.errors.push({ pointer, code, detail })
  }

  /**
   * The refusal of the files of one part, or of a reference that a hook has found to lead nowhere, with all else there is to name. Other
   * errors stay as they are.
   */
  complete(error: unknown): unknown {
    return error instanceof Failure && error.code === 'reference_unknown' && !(error instanceof RecordRefusal)
      ? RecordRefusal.ofInput('reference_unknown', [...this.errors, ...error.errors], this.said())
      : error
  }

  /** @throws Failure `validation_failed` when anything was collected */
  raise(): void {
    if (this.errors.length > 0) throw RecordRefusal.ofInput('validation_failed', this.errors, this.said())
  }
}

/** `already_running`: another process owns the directory. The others say in their message what to do. */
export type EmbeddedPostgresErrorCode =
  | 'already_running'
  | 'binaries_unusable'
  | 'user_missing'
  | 'data_unusable'
  | 'initdb_failed'
  | 'start_failed'
  | 'stop_failed'

/** The embedded database server cannot run. The message is written for the person at the terminal. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresErrorCode

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

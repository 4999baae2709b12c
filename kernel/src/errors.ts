import { PluginProblem, type ProblemError } from '@plinth/sdk'

/** Every problem the kernel answers with: stable code → HTTP status and title. The only place where the two meet. */
const PROBLEMS = {
  body_invalid: [400, 'The body is not valid JSON'],
  body_too_large: [413, 'The body is too large'],
  media_type_unsupported: [415, 'The body must be JSON'],
  file_too_large: [413, 'The file is too large'],
  file_type_refused: [422, 'Files of this type are not taken here'],
  file_lost: [500, 'The bytes of the file are missing'],
  range_invalid: [416, 'The range is not within the file'],
  file_unreadable: [422, 'The file cannot be read'],
  export_outdated: [409, 'What is exported has changed meanwhile'],
  import_busy: [409, 'The import is not in a state for this'],
  text_invalid: [400, 'The text contains characters that cannot be stored'],
  query_invalid: [400, 'A query parameter is not understood'],
  cursor_invalid: [400, 'The cursor does not belong to this list'],
  validation_failed: [422, 'Some values are not accepted'],
  reference_unknown: [422, 'A reference points to nothing'],
  unique_violated: [409, 'The value is taken'],
  idempotency_key_invalid: [400, 'The idempotency key is not accepted'],
  idempotency_mismatch: [422, 'The idempotency key was used for another request'],
  idempotency_in_progress: [409, 'A request with this idempotency key is running'],
  version_required: [428, 'The version of the record is missing'],
  version_conflict: [409, 'Someone else changed the record'],
  transition_refused: [409, 'The record cannot go to this state'],
  action_refused: [409, 'This cannot be done with the record now'],
  action_read_only: [500, 'An action that only reads tried to change something'],
  still_referenced: [409, 'The record is still in use'],
  session_missing: [401, 'Sign in first'],
  credentials_wrong: [401, 'E-mail address or password is wrong'],
  rate_exceeded: [429, 'The program makes too many requests'],
  second_factor_needed: [401, 'The second factor is missing'],
  sign_in_refused: [403, 'Signing in from here is refused'],
  code_wrong: [422, 'The code is wrong, or was used before'],
  passkey_refused: [422, 'The passkey was not accepted'],
  confirmation_needed: [403, 'Prove once more who you are'],
  too_many_attempts: [429, 'Too many attempts'],
  method_not_taken: [409, 'The workspace does not take this second factor'],
  second_factor_required: [409, 'A second factor is required here'],
  link_invalid: [410, 'The link has been used or has run out'],
  link_elsewhere: [403, 'The link works only in the browser in which it was asked for'],
  demo_account: [403, 'Accounts of the demonstration stay open to everyone'],
  own_account: [409, 'You cannot do this to your own account'],
  last_admin: [409, 'The workspace would have no administrator'],
  password_expired: [401, 'The password is no longer good: choose a new one'],
  not_onboarded: [403, 'You have no access to this workspace yet'],
  identity_differs: [403, 'The member with this address is somebody else at the provider'],
  account_exists: [403, 'There is an account with this address for which the provider does not vouch'],
  member_inactive: [403, 'Your access to this workspace has ended'],
  sign_on_failed: [400, 'Signing in with the provider did not succeed'],
  provider_unreachable: [502, 'The provider does not answer as it should'],
  viewing_as: [403, 'Whoever sees the workspace as somebody else changes nothing'],
  authorization_invalid: [400, 'The program cannot be let in like this'],
  authorization_changed: [409, 'What the program may ask for has changed meanwhile'],
  csrf_invalid: [403, 'The request does not come from this application'],
  permission_missing: [403, 'You are not permitted to do this'],
  role_fixed: [409, 'Roles of the platform and of plugins cannot be changed'],
  role_in_use: [409, 'The role is still in use'],
  tier_required: [402, 'A higher tier is needed'],
  feature_off: [403, 'The feature is off'],
  limit_exceeded: [403, 'The limit is reached'],
  tenant_unknown: [404, 'There is no such workspace'],
  tenant_suspended: [403, 'The workspace is suspended'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'The method is not supported here'],
  plan_stale: [409, 'The plan is out of date'],
  plan_blocked: [409, 'The plan cannot be applied'],
  plugin_refused: [409, 'The plugin refused'],
  plugin_quarantined: [409, 'The plugin failed and was quarantined'],
  key_destroyed: [410, 'The key to this data was destroyed'],
  key_unavailable: [503, 'The key to this data is not available'],
  ciphertext_invalid: [500, 'Stored data cannot be trusted'],
  plugin_upgrading: [503, 'The plugin is being upgraded'],
  upgrade_failed: [409, 'Some records cannot be brought to the new version'],
  upgrade_unknown: [404, 'There is no open upgrade of this plugin'],
  upgrade_incomplete: [409, 'The upgrade is not completed in every workspace'],
  plugin_failed: [500, 'A plugin failed'],
  server_unsuitable: [409, 'No database server takes this tenant'],
  place_preparing: [503, 'A place for the tenant is being prepared'],
  slug_taken: [409, 'There is a tenant with this name'],
  operator_access_ended: [403, 'The time in which operators may look into this workspace is over'],
  operator_token_wrong: [401, 'The operator token is missing or wrong'],
  move_refused: [409, 'The tenant cannot be moved there'],
  move_too_far: [409, 'The move can no longer be cancelled'],
  internal: [500, 'Something went wrong'],
  unavailable: [503, 'The platform is not available right now'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof PROBLEMS

interface FailureOptions {
  readonly detail?: string
  readonly errors?: readonly ProblemError[]
  /** Further members of the problem answer. Public: never a secret. */
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** A refusal by the kernel, with a code from the table. It reaches plugin code as the `PluginProblem` it also is. */
export class Failure extends PluginProblem {
  readonly status: number
  readonly title: string
  readonly errors: readonly ProblemError[]
  readonly publicDetail: string | undefined

  constructor(code: ProblemCode, options: FailureOptions = {}) {
    const [status, title] = PROBLEMS[code]
    const named = (options.errors ?? []).map((error) => `${error.pointer || '/'}: ${error.detail}`).join(' ')
    super(
      code,
      [options.detail ?? title, named].filter((part) => part !== '').join(' – '),
      options.extensions ? { data: options.extensions } : {},
    )
    this.status = status
    this.title = title
    this.errors = options.errors ?? []
    this.publicDetail = options.detail
    if (options.cause !== undefined) this.cause = options.cause
  }

  /** The same refusal as one of a part of what was asked for: its pointers are led by that of the part. */
  under(pointer: string): Failure {
    const errors = this.errors.map((error) => ({ ...error, pointer: `${pointer}${error.pointer}` }))
    const copy = Object.create(
      Object.getPrototypeOf(this) as object,
      Object.getOwnPropertyDescriptors(this),
    ) as Failure
    return Object.defineProperty(copy, 'errors', { value: errors, enumerable: true })
  }
}

/** Shorthand for the one refusal that names fields. */
export function invalid(pointer: string, code: string, detail: string): Failure {
  return new Failure('validation_failed', { errors: [{ pointer, code, detail }] })
}

/** All codes with status and title, for the API documentation. */
export const problemTable: readonly {
  readonly code: ProblemCode
  readonly status: number
  readonly title: string
}[] = (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => ({
  code,
  status: PROBLEMS[code][0],
  title: PROBLEMS[code][1],
}))

import { matchesPermission } from '../../access/index.ts'
import { OAuthRefusal } from './refusal.ts'

/** With more the token would be longer than servers on the way take in a header. */
const LONGEST = 5_000

/**
 * What a client asks for, within what it may have; everything when it says nothing.
 *
 * @throws OAuthRefusal `invalid_scope`
 */
export function wantedScopes(
  scope: string | undefined,
  { scopes }: { readonly scopes: readonly string[] },
): string[] {
  const wanted = scope === undefined ? [...scopes] : [...new Set(scope.split(' ').filter(Boolean))]
  if (wanted.length === 0 || wanted.length > 200 || !withinScopes(wanted, scopes))
    throw new OAuthRefusal('invalid_scope', 'The client may not ask for this.')
  if (wanted.join(' ').length > LONGEST)
    throw new OAuthRefusal('invalid_scope', 'No token holds so much: ask for less, or by wildcards.')
  return wanted
}

/** Whether all scopes lie within those granted, wildcards included. */
function withinScopes(wanted: readonly string[], granted: readonly string[]): boolean {
  return wanted.every((each) => granted.some((one) => matchesPermission(one, each)))
}

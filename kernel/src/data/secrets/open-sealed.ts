import type { ReadScope } from '../query/row-scope.ts'

/**
 * What a read answered, with encrypted values opened. Where there are none, the text as it came.
 *
 * @throws Failure `key_unavailable`
 */
export async function openSealed({ secrets }: ReadScope, json: string): Promise<string> {
  return secrets ? secrets.open(json) : json
}

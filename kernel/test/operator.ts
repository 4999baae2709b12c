import { Client, type Answer, type TestPlatform } from './support/index.ts'

export const OPERATOR_TOKEN = 'a-token-for-operators-in-tests-only'

/**
 * Asks as an operator of a platform that was booted with `OPERATOR_TOKEN`.
 *
 * @param path counts from `/platform/v1`
 */
export function asOperator(
  { platform }: TestPlatform,
  method: string,
  path: string,
  body?: unknown,
  token = OPERATOR_TOKEN,
): Promise<Answer> {
  const client = new Client({
    send: (request) => platform.app.request(request),
    origin: 'http://localhost',
    key: token,
  })
  return client.send(method, `/platform/v1${path}`, {
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

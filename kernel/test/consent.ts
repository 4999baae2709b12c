import { createHash, randomBytes } from 'node:crypto'
import type { OAuthProgram } from './oauth-client.ts'
import type { Answer, Client } from './support/index.ts'

type Parameters = Readonly<Record<string, string>>

export const newVerifier = (): string => randomBytes(32).toString('base64url')

/** The query with which a program sends a member to the workspace. */
export function consentQuery(program: OAuthProgram, verifier: string, parameters: Parameters): string {
  return new URLSearchParams({
    response_type: 'code',
    client_id: program.id,
    state: 'a b&c',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  }).toString()
}

/** Where a member's browser goes with what they have decided. */
export async function agree(member: Client, query: string, allow = true): Promise<URL> {
  const asked = await member.post('/oauth/authorization', { query })
  const scopes = asked.body.scopes?.map(({ id }: { id: string }) => id)
  const { status, body, text } = await member.post('/oauth/authorization/decision', { query, allow, scopes })
  if (status !== 200) throw new Error(text)
  return new URL(body.redirectTo)
}

/** A member lets a program in. */
export async function letInAs(
  member: Client,
  program: OAuthProgram,
  parameters: { readonly redirect_uri: string; readonly scope?: string },
): Promise<{ readonly form: Record<string, string>; readonly answer: Answer }> {
  const verifier = newVerifier()
  const code = (await agree(member, consentQuery(program, verifier, parameters))).searchParams.get('code')!
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: parameters.redirect_uri,
    code_verifier: verifier,
  }
  return { form, answer: await program.send('token', form) }
}

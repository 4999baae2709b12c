/**
 * An OpenID provider of this machine, for tests of how people sign in with an account they have elsewhere.
 *
 * @module
 * @example
 * ```ts
 * const provider = await IdentityProvider.start()
 * const platform = await bootForTest({ config: { privateProviders: new Set([provider.host]) } })
 * provider.claims = { sub: '1', email: 'jana@acme.example', email_verified: true }
 * ```
 */
export * from '@plinth/kernel/testing/identity-provider'

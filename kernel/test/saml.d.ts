declare module 'saml' {
  interface Options {
    readonly key: string
    readonly cert: string
    readonly issuer: string
    readonly lifetimeInSeconds: number
    readonly audiences: string
    readonly recipient: string
    readonly inResponseTo: string
    readonly nameIdentifier: string
    readonly attributes: Readonly<Record<string, string | readonly string[]>>
  }
  export const Saml20: { create: (options: Options) => string }
}

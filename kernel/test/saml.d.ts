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
    readonly encryptionCert?: string
    readonly encryptionPublicKey?: string
    readonly encryptionAlgorithm?: string
    readonly keyEncryptionAlgorithm?: string
  }
  export const Saml20: {
    create: {
      (options: Options): string
      (options: Options, done: (error: Error | null, xml?: string) => void): void
    }
  }
}

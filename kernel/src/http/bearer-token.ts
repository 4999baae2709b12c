/** The token of an Authorization header with scheme Bearer (RFC 6750), or undefined. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^bearer ([^\s]+)$/i.exec(header ?? '')?.[1]
}

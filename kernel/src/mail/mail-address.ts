/**
 * One address, as people write them. Narrower than RFC 5322 on purpose: nothing that a mail program could take for two addresses, a
 * name or a header.
 */
const ADDRESS =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*$/u

export function isMailAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text) && !text.startsWith('.') && !/\.\.|\.@/.test(text)
}

/** The address as it may be shown where its owner has no account: `m***@example.de`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 1 ? '***' : `${String.fromCodePoint(address.codePointAt(0)!)}***${address.slice(at)}`
}

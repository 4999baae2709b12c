/** Who passkeys of a workspace are made for: they work at no other address. */
export interface RelyingParty {
  /** Host name of the workspace. */
  readonly id: string
  /** Origins of its pages. */
  readonly origins: readonly string[]
  /** Name of the workspace. */
  readonly name: string
}

/**
 * @param url address of the workspace, from the configuration
 * @param origin what the browser says its page's origin is. It counts on one's own machine alone, where the port is whichever was free
 */
export function relyingParty(url: string, name: string, origin: string | undefined): RelyingParty {
  const { hostname, origin: own } = new URL(url)
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  const isHere = origin !== undefined && URL.canParse(origin) && new URL(origin).hostname === hostname
  return { id: hostname, name, origins: isLocal && isHere ? [own, origin] : [own] }
}

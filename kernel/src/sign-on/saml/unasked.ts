import { readXml, XmlRefused } from './xml-tree.ts'
import type { Provider } from '../provider.ts'

/**
 * Whether what was posted is of someone who has begun at the provider, where that is allowed: no request is answered, and nothing of ours
 * comes back with it. Nothing in it is believed: it shows that someone wants to sign in, no more.
 */
export async function beginsThere(provider: Provider, posted: URLSearchParams): Promise<boolean> {
  if (provider.kind !== 'saml' || !provider.settings.beginsThere) return false
  const going = posted.get('RelayState') ?? ''
  if (going !== '' && !going.startsWith('/')) return false
  try {
    const text = Buffer.from(posted.get('SAMLResponse') ?? '', 'base64').toString()
    return !(await readXml(text, { onlyData: true })).attributes.has('InResponseTo')
  } catch (error) {
    if (error instanceof XmlRefused) return false
    throw error
  }
}

/** Signs a name may not have where files are saved, and those that make it look like another. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"*:<>?|]/gu

/**
 * The value of `Content-Disposition` for a file (RFC 6266, RFC 8187). The name may be anything; it leaves without its path, and
 * without signs that are not fit for one.
 */
export function contentDisposition(name: string, shown: boolean): string {
  const kind = shown ? 'inline' : 'attachment'
  const fit = fitName(name)
  const plain = fit.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/[%\\]/g, '_')
  const extended = encodeURIComponent(fit).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return plain === fit
    ? `${kind}; filename="${plain}"`
    : `${kind}; filename="${plain}"; filename*=UTF-8''${extended}`
}

function fitName(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!
  const fit = last.toWellFormed().replaceAll(UNFIT, '').trim().replace(/^\.+/, '').trim()
  return fit === '' ? 'file' : fit
}

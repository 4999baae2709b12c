import { request } from 'node:http'

export interface Reply {
  readonly status: number
  /** Parsed JSON; undefined for anything else. */
  readonly body: any
  readonly text: string
}

/**
 * A GET over HTTP to a server of this machine. Host names below `localhost` reach it also where the system does not know
 * them: browsers do, name servers often do not.
 */
export function ask(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const { host, port, pathname, search } = new URL(address)
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: pathname + search, headers: { host, ...headers } },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString()
          const isJson = /[/+]json\b/.test(answer.headers['content-type'] ?? '')
          resolve({
            status: answer.statusCode ?? 0,
            body: isJson && text ? JSON.parse(text) : undefined,
            text,
          })
        })
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

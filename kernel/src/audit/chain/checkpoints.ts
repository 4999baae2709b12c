import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Vault } from '../../crypto/index.ts'
import type { Head } from './block.ts'

/** The end of a chain as it once was, written down outside the database. */
export interface Checkpoint {
  readonly seq: number
  readonly hash: string
  readonly at: string
  /** Whether the platform signed it. Looked at when it is needed: this is slow. */
  isSigned(): boolean
}

type HeadLine = readonly [tenantId: string, seq: number, hash: string]

interface Line {
  readonly at: string
  readonly heads: readonly HeadLine[]
  readonly signature: string
}

const FORM = 'plinth checkpoint 1'
const FILE = /^\d{4}-\d{2}-\d{2}\.jsonl$/
/** Ends of chains in a line, which several nodes may append to one file at the same time. */
const HEADS_PER_LINE = 20
/** What an Ed25519 key in the form PKCS #8 begins with (RFC 8410); 32 bytes follow. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Ends of audit chains, signed and kept in files outside the database: whoever can rewrite the database, its tail included, cannot
 * rewrite these. One file for each day, one JSON line for each round of a worker, to be carried to where nothing is ever deleted.
 */
export class Checkpoints {
  readonly #folder: string
  readonly #key: KeyObject
  readonly #publicKey: KeyObject

  constructor(folder: string, vault: Vault) {
    const seed = vault.key('audit checkpoints').export()
    this.#folder = folder
    this.#key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
    this.#publicKey = createPublicKey(this.#key)
  }

  /** Ed25519, as PEM: for whoever checks the files without the platform. */
  get publicKey(): string {
    return this.#publicKey.export({ format: 'pem', type: 'spki' }) as string
  }

  /** Writes down where chains end now. */
  async append(heads: ReadonlyMap<string, Head>): Promise<void> {
    if (heads.size === 0) return
    const at = new Date().toISOString()
    const all = [...heads].map(([tenantId, { seq, hash }]): HeadLine => [tenantId, seq, hash])
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const file = await open(join(this.#folder, `${at.slice(0, 10)}.jsonl`), 'a+', 0o600)
    try {
      // A line that was cut short, by a full disk or a process that was killed, must not take the next one along.
      if (!(await endsWhole(file))) await file.appendFile('\n')
      for (let index = 0; index < all.length; index += HEADS_PER_LINE) {
        const part = all.slice(index, index + HEADS_PER_LINE)
        const signature = sign(null, content(at, part), this.#key).toString('base64url')
        await file.appendFile(`${JSON.stringify({ at, heads: part, signature })}\n`)
      }
      await file.datasync()
    } finally {
      await file.close()
    }
  }

  /** All that were written down of a tenant, in the order of the files. Lines that were cut short are passed over. */
  async *of(tenantId: string): AsyncGenerator<Checkpoint> {
    const files = await readdir(this.#folder).catch(() => [])
    for (const name of files.filter((each) => FILE.test(each)).toSorted())
      for await (const text of createInterface({ input: createReadStream(join(this.#folder, name)) })) {
        const line = text.includes(tenantId) ? parse(text) : undefined
        for (const [id, seq, hash] of line?.heads ?? [])
          if (id === tenantId) yield { seq, hash, at: line!.at, isSigned: () => this.#isSigned(line!) }
      }
  }

  #isSigned({ at, heads, signature }: Line): boolean {
    return verify(null, content(at, heads), this.#publicKey, Buffer.from(signature, 'base64url'))
  }
}

async function endsWhole(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  if (size === 0) return true
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer.toString() === '\n'
}

function content(at: string, heads: readonly HeadLine[]): Buffer {
  return Buffer.from(JSON.stringify([FORM, at, heads]))
}

function parse(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Line
    return typeof line.at === 'string' && typeof line.signature === 'string' && Array.isArray(line.heads)
      ? line
      : undefined
  } catch {
    return undefined
  }
}

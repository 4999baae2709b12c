/** Unpacks Chromium, its fonts and its libraries into TMPDIR. Usage: node unpack-chromium.ts <folder of the package> */
import chromium, { inflate } from '@sparticuz/chromium'
import { join } from 'node:path'

const [root] = process.argv.slice(2)
if (!root) throw new Error('usage: unpack-chromium.ts <folder of the package>')
await chromium.executablePath()
// The package does this one itself only on the clouds it is made for.
await inflate(join(root, 'bin/al2023.tar.br'))

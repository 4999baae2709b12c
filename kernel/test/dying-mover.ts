import { Mover } from '../src/moving/index.ts'
import { bootChild } from './boot-child.ts'

/** A worker in a process of its own that is killed as it is about to take a step of a move. */
const [adminUrl, pluginsFolder, last] = process.argv.slice(2) as [string, string, string]
const { root } = await bootChild(adminUrl, pluginsFolder, 'fatal')
new Mover(root.cradle, (step) => {
  if (step === last) process.kill(process.pid, 'SIGKILL')
}).start()
// A mover keeps no process alive.
setInterval(() => undefined, 1_000)

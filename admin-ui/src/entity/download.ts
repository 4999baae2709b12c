import type { Problem } from '@plinth/sdk'
import { ApiProblem, asProblem, common, resolve, toast } from '@plinth/ui'
import { problemSentence } from '../problem-sentence.ts'
import { t } from './texts.ts'

/** A file that takes longer is announced: until it is whole, nothing shows. */
const PATIENCE_MS = 800

/**
 * Fetches a file and hands it to the browser once it is whole. One that is refused or broken off is none: it says so, and can be begun anew.
 *
 * @param address below the workspace
 */
export async function download(address: string): Promise<void> {
  const waiting = setTimeout(() => toast(t('transfer.making')), PATIENCE_MS)
  try {
    const response = await fetch(resolve(address))
    if (!response.ok) throw new ApiProblem((await response.json()) as Problem)
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
    save(await whole(response), name ?? 'export')
  } catch (error) {
    toast(sentence(asProblem(error)), {
      tone: 'danger',
      action: { label: common('common.retry'), run: () => download(address) },
    })
  } finally {
    clearTimeout(waiting)
  }
}

/** What the browser says of an answer that ends too early tells no one anything. */
async function whole(response: Response): Promise<Blob> {
  try {
    return await response.blob()
  } catch (cause) {
    throw new ApiProblem({ status: 0, code: 'export_broken', detail: String(cause) })
  }
}

function sentence(problem: ApiProblem): string {
  if (problem.code === 'export_broken') return t('transfer.broken')
  if (problem.code === 'export_outdated') return t('transfer.outdated')
  return problemSentence(problem)
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has begun to write by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

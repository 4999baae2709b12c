import type { ShellEntity } from '@plinth/sdk'
import { api } from '../api/client.ts'
import { asProblem } from '../api/problem.ts'
import { navigate } from '../router/router.ts'
import { common } from '../texts.ts'
import { toast } from './toast.ts'

/** What is needed to bring a deleted record back, and to show it then. */
export type DeletedFrom = Pick<ShellEntity, 'api' | 'path' | 'trash'>

/**
 * Says that a record was deleted and, where it lies in the trash and may be restored, offers to undo that.
 *
 * @param entity where it was deleted from, as the shell or the metadata describe it
 * @param restored called when the record is back; without it the record is opened
 */
export function toastDeleted(
  text: string,
  entity: DeletedFrom,
  recordId: string,
  restored?: () => void | Promise<void>,
): void {
  if (!entity.trash?.restore) return toast(text)
  toast(text, {
    action: {
      label: common('common.undo'),
      run: async () => {
        if (!(await restoreRecord(entity, recordId))) return
        await (restored ? restored() : navigate(`${entity.path}/${recordId}`))
      },
    },
  })
}

/** Brings a record back from the trash, and says why when that fails. @returns whether it is back */
export async function restoreRecord(entity: DeletedFrom, recordId: string): Promise<boolean> {
  try {
    await api.post(`${entity.api}/${recordId}/restore`)
    toast(common('trash.restored'), { tone: 'positive' })
    return true
  } catch (error) {
    const { code, message } = asProblem(error)
    const text =
      code === 'unique_violated'
        ? common('trash.taken')
        : code === 'reference_unknown'
          ? common('trash.lonely')
          : message
    toast(text, { tone: 'danger' })
    return false
  }
}

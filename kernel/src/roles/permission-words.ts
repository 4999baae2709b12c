import type { Manifest, PermissionWords, Text } from '@plinth/sdk'
import type { Models } from '../data/index.ts'
import { KERNEL_PERMISSION_WORDS, KERNEL_SUBJECTS } from './kernel-permission-words.ts'

/** What the platform's own permissions are about as a whole. */
export const KERNEL_GROUP: Text = { en: 'Workspace', de: 'Arbeitsbereich' }

const ACTIONS: Readonly<Record<string, Text>> = {
  read: { en: 'See', de: 'Sehen' },
  create: { en: 'Create', de: 'Anlegen' },
  update: { en: 'Change', de: 'Ändern' },
  delete: { en: 'Delete', de: 'Löschen' },
  export: { en: 'Export', de: 'Exportieren' },
  restore: { en: 'Restore from the trash', de: 'Aus dem Papierkorb wiederherstellen' },
  purge: { en: 'Remove from the trash for good', de: 'Endgültig aus dem Papierkorb entfernen' },
  reveal: { en: 'See hidden values', de: 'Verdeckte Werte sehen' },
  replace: { en: 'Change hidden values unseen', de: 'Verdeckte Werte ungesehen ändern' },
}

/** What a permission is called. The plugin may be off. */
export function permissionWords(
  models: Models,
  manifest: Manifest | undefined,
  permission: string,
): PermissionWords {
  const name = permission.split('.')[2] ?? ''
  if (!manifest)
    return {
      group: KERNEL_GROUP,
      subject: KERNEL_SUBJECTS[name] ?? { en: name },
      action: KERNEL_PERMISSION_WORDS[permission as keyof typeof KERNEL_PERMISSION_WORDS] ?? {
        en: permission,
      },
    }
  return {
    group: manifest.name,
    subject: models.get(`${manifest.id}.${name}`)?.declaration.labelPlural ?? { en: name },
    action: actionWords(models, manifest, permission),
  }
}

/** What of a plugin's permission may be done. */
export function actionWords(models: Models, manifest: Manifest, permission: string): Text {
  const [, , entity, ...rest] = permission.split('.')
  const action = rest.join('.')
  return (
    manifest.permissions?.find(({ id }) => id === permission)?.label ??
    ACTIONS[action] ??
    models.get(`${manifest.id}.${entity}`)?.declaration.actions?.[action]?.label ?? { en: action }
  )
}

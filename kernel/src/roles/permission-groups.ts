import type { PermissionDocument, PermissionGroup, PermissionSubject, Text } from '@plinth/sdk'
import { covers, kernelPermissions, type TracedGrant } from '../access/index.ts'
import { permissionsOf } from '../contributions/index.ts'
import { queryFields, type EntityModel } from '../data/index.ts'
import type { InstalledPlugin, PluginView } from '../plugins/index.ts'
import { leadTo } from './explained-fields.ts'
import { KERNEL_PERMISSION_WORDS, KERNEL_SUBJECTS } from './kernel-permission-words.ts'
import { actionWords, KERNEL_GROUP } from './permission-words.ts'

/** Everything roles can grant in a workspace, in words, by plugin. The platform comes first. */
export function permissionGroups(view: PluginView, held: readonly TracedGrant[]): PermissionGroup[] {
  return [kernelGroup(held), ...view.active.map((plugin) => pluginGroup(view, plugin, held))].filter(
    (group) => group.subjects.length > 0,
  )
}

function kernelGroup(held: readonly TracedGrant[]): PermissionGroup {
  const matters = Map.groupBy(kernelPermissions, (id) => id.split('.')[2]!)
  return {
    id: 'kernel',
    label: KERNEL_GROUP,
    icon: 'settings',
    prefix: 'platform.kernel.*',
    subjects: [...matters].map(([name, ids]) => ({
      id: `kernel.${name}`,
      label: KERNEL_SUBJECTS[name] ?? { en: name },
      prefix: `platform.kernel.${name}.*`,
      fields: [],
      masked: [],
      permissions: ids.map((id) => describe(id, KERNEL_PERMISSION_WORDS[id], held)),
    })),
  }
}

function pluginGroup(
  view: PluginView,
  { id: plugin, manifest }: InstalledPlugin,
  held: readonly TracedGrant[],
): PermissionGroup {
  const subjects = Map.groupBy(permissionsOf(manifest), (id) => id.split('.')[2]!)
  return {
    id: plugin,
    label: manifest.name,
    icon: manifest.icon,
    prefix: `${manifest.area}.${plugin}.*`,
    subjects: [...subjects].map(([name, ids]): PermissionSubject => {
      const model = view.entities.get(`${plugin}.${name}`)
      return {
        id: `${plugin}.${name}`,
        label: model?.declaration.labelPlural ?? { en: name },
        prefix: `${manifest.area}.${plugin}.${name}.*`,
        fields: model ? conditionFields(model, view) : [],
        masked: model ? maskedFields(model) : [],
        permissions: [...new Set(ids)].map((id) =>
          describe(id, actionWords(view.models, manifest, id), held),
        ),
      }
    }),
  }
}

function describe(id: string, label: Text, held: readonly TracedGrant[]): PermissionDocument {
  return { id, label, held: covers(held, id) }
}

/** Fields that conditions can be about: of the entity itself, and such as hide nothing. */
function conditionFields(model: EntityModel, { entities }: PluginView): PermissionSubject['fields'] {
  return queryFields(model)
    .filter(({ custom, declaration }) => !custom && declaration.mask === undefined && !declaration.encrypted)
    .map(({ name, target, declaration: { label, type, values, scale, currency } }) => ({
      name,
      label,
      type,
      ...(values ? { values } : {}),
      ...(scale === undefined ? {} : { scale }),
      ...(currency === undefined ? {} : { currency }),
      ...leadTo(entities, target),
    }))
}

function maskedFields(model: EntityModel): PermissionSubject['masked'] {
  return queryFields(model)
    .filter(({ declaration }) => declaration.mask !== undefined)
    .map(({ name, declaration }) => ({ name, label: declaration.label }))
}

import type { Text } from '@plinth/sdk'
import type { KernelPermission } from '../access/index.ts'

/** The matters of the platform that permissions are about. */
export const KERNEL_SUBJECTS: Readonly<Record<string, Text>> = {
  plugin: { en: 'Plugins', de: 'Plugins' },
  feature: { en: 'Features', de: 'Funktionen' },
  member: { en: 'Members', de: 'Mitglieder' },
  delegation: { en: 'Standing in', de: 'Vertretung' },
  policy: { en: 'Security', de: 'Sicherheit' },
  key: { en: 'API keys', de: 'API-Schlüssel' },
  audit: { en: 'Audit log', de: 'Änderungsprotokoll' },
  operatorAccess: { en: 'Operators', de: 'Betreiber' },
  customField: { en: 'Custom fields', de: 'Eigene Felder' },
  role: { en: 'Roles', de: 'Rollen' },
  signOn: { en: 'Sign-on', de: 'Anmeldedienste' },
}

/** The permissions of the platform in words, for those who give them. */
export const KERNEL_PERMISSION_WORDS: Readonly<Record<KernelPermission, Text>> = {
  'platform.kernel.plugin.read': { en: 'See which plugins there are', de: 'Sehen, welche Plugins es gibt' },
  'platform.kernel.plugin.switch': { en: 'Switch plugins on and off', de: 'Plugins ein- und ausschalten' },
  'platform.kernel.feature.switch': {
    en: 'Switch features of plugins on and off',
    de: 'Funktionen von Plugins ein- und ausschalten',
  },
  'platform.kernel.member.read': { en: 'See who the members are', de: 'Sehen, wer die Mitglieder sind' },
  'platform.kernel.member.manage': {
    en: 'Invite, change and deactivate members',
    de: 'Mitglieder einladen, ändern und deaktivieren',
  },
  'platform.kernel.member.viewAs': {
    en: 'See the workspace as a member does',
    de: 'Den Arbeitsbereich so sehen wie ein Mitglied',
  },
  'platform.kernel.delegation.give': {
    en: 'Pass own roles on for a while',
    de: 'Eigene Rollen für eine Zeit übertragen',
  },
  'platform.kernel.policy.read': { en: 'See the rules of signing in', de: 'Die Regeln der Anmeldung sehen' },
  'platform.kernel.policy.change': {
    en: 'Change the rules of signing in',
    de: 'Die Regeln der Anmeldung ändern',
  },
  'platform.kernel.policy.report': {
    en: 'See what weakens the workspace, and whom it concerns',
    de: 'Sehen, was den Arbeitsbereich schwächt und wen es betrifft',
  },
  'platform.kernel.key.manage': { en: 'Make and revoke API keys', de: 'API-Schlüssel anlegen und entziehen' },
  'platform.kernel.audit.read': { en: 'Read the audit log', de: 'Das Änderungsprotokoll lesen' },
  'platform.kernel.audit.export': {
    en: 'Save the audit log as a file',
    de: 'Das Änderungsprotokoll als Datei sichern',
  },
  'platform.kernel.audit.verify': { en: 'Verify the audit log', de: 'Das Änderungsprotokoll prüfen' },
  'platform.kernel.operatorAccess.read': {
    en: 'See when operators looked into the workspace',
    de: 'Sehen, wann Betreiber in den Arbeitsbereich gesehen haben',
  },
  'platform.kernel.operatorAccess.end': { en: 'Show operators out', de: 'Betreiber hinausbitten' },
  'platform.kernel.customField.read': {
    en: 'See how fields are defined',
    de: 'Sehen, wie Felder definiert sind',
  },
  'platform.kernel.customField.manage': {
    en: 'Add, change and archive fields',
    de: 'Felder anlegen, ändern und archivieren',
  },
  'platform.kernel.role.read': {
    en: 'See roles and the rights of members',
    de: 'Rollen und die Rechte der Mitglieder sehen',
  },
  'platform.kernel.role.manage': {
    en: 'Make, change and delete roles',
    de: 'Rollen anlegen, ändern und löschen',
  },
  'platform.kernel.signOn.read': { en: 'See sign-on providers', de: 'Anmeldedienste sehen' },
  'platform.kernel.signOn.manage': {
    en: 'Add, change and remove sign-on providers',
    de: 'Anmeldedienste hinzufügen, ändern und entfernen',
  },
}

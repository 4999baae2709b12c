import type { Text } from '@plinth/sdk'

/** Headings of the kernel's own routes. */
export const KERNEL_TAGS = {
  session: {
    en: 'Signing in and out, and what a session knows. Programs use an API key instead.',
    de: 'Anmelden und abmelden, und was eine Sitzung weiß. Programme nehmen statt dessen einen API-Schlüssel.',
  },
  workspace: {
    en: 'What the browser draws itself from: the frame, the forms and lists, and news as they happen.',
    de: 'Woraus der Browser sich zeichnet: der Rahmen, Formulare und Listen, und Neues, sobald es geschieht.',
  },
  plugins: {
    en: 'The plugins of the workspace: what there is, what switching one would do, and doing it.',
    de: 'Die Plugins des Arbeitsbereichs: was es gibt, was ein Umschalten bewirken würde, und das Umschalten selbst.',
  },
  members: { en: 'The people of the workspace.', de: 'Die Menschen des Arbeitsbereichs.' },
  security: {
    en: 'What the workspace asks of those who sign in.',
    de: 'Was der Arbeitsbereich von denen verlangt, die sich anmelden.',
  },
  roles: {
    en: 'Roles, what they grant, and who has which rights by them.',
    de: 'Rollen, was sie gewähren, und wer durch sie welche Rechte hat.',
  },
  'api-keys': {
    en: 'Keys for programs that use this API.',
    de: 'Schlüssel für Programme, die diese API nutzen.',
  },
  oauth: {
    en: 'Programs that get access tokens: OAuth 2.0 after RFC 6749, 7009, 7517, 7662, 8414 and 9068. Refusals of its endpoints for programs are those of RFC 6749.',
    de: 'Programme, die Zugangstoken bekommen: OAuth 2.0 nach RFC 6749, 7009, 7517, 7662, 8414 und 9068. Ablehnungen der Endpunkte für Programme sind die von RFC 6749.',
  },
  audit: { en: 'Who changed what, and when.', de: 'Wer was wann geändert hat.' },
  'custom-fields': {
    en: 'Fields the workspace adds to the records of its plugins.',
    de: 'Felder, die der Arbeitsbereich den Datensätzen seiner Plugins hinzufügt.',
  },
  'sign-on': {
    en: 'Providers that say who people are: OpenID Connect, and what follows from what they say.',
    de: 'Anbieter, die sagen, wer jemand ist: OpenID Connect, und was aus ihren Angaben folgt.',
  },
  scim: {
    en: 'Providers that keep members and groups in step: SCIM 2.0 after RFC 7643 and 7644, with refusals as those have them.',
    de: 'Anbieter, die Mitglieder und Gruppen auf dem Laufenden halten: SCIM 2.0 nach RFC 7643 und 7644, mit deren Ablehnungen.',
  },
  documents: { en: 'The description of this API.', de: 'Die Beschreibung dieser API.' },
  platform: {
    en: 'The platform as a whole, beyond its workspaces.',
    de: 'Die Plattform als Ganzes, jenseits der Arbeitsbereiche.',
  },
} as const satisfies Record<string, Text>

export type KernelTag = keyof typeof KERNEL_TAGS

/** How the headings are called where people read them. */
export const KERNEL_TAG_NAMES: Readonly<Record<KernelTag, Text>> = {
  session: { en: 'Session', de: 'Sitzung' },
  workspace: { en: 'Workspace', de: 'Arbeitsbereich' },
  plugins: { en: 'Plugins', de: 'Plugins' },
  'custom-fields': { en: 'Custom fields', de: 'Eigene Felder' },
  members: { en: 'Members', de: 'Mitglieder' },
  security: { en: 'Security', de: 'Sicherheit' },
  roles: { en: 'Roles and rights', de: 'Rollen und Rechte' },
  'api-keys': { en: 'API keys', de: 'API-Schlüssel' },
  'sign-on': { en: 'Sign-on', de: 'Anmeldedienste' },
  oauth: { en: 'OAuth', de: 'OAuth' },
  audit: { en: 'Audit', de: 'Änderungsprotokoll' },
  scim: { en: 'SCIM', de: 'SCIM' },
  documents: { en: 'Documents', de: 'Dokumente' },
  platform: { en: 'Platform', de: 'Plattform' },
}

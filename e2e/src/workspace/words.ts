export type Language = 'de' | 'en'

/** What the shell calls its own things. Written down here once more: a text that went wrong must not go unnoticed. */
export interface Words {
  /** The language as it calls itself. */
  readonly language: string
  readonly signIn: string
  readonly signOut: string
  readonly email: string
  readonly password: string
  readonly openMenu: string
  readonly mainNavigation: string
  readonly home: string
  readonly plugins: string
  readonly account: string
  readonly toDark: string
  readonly toLight: string
  readonly save: string
  readonly edit: string
  readonly cancel: string
  readonly undo: string
}

export const WORDS: Readonly<Record<Language, Words>> = {
  de: {
    language: 'Deutsch',
    signIn: 'Anmelden',
    signOut: 'Abmelden',
    email: 'E-Mail',
    password: 'Passwort',
    openMenu: 'Navigation öffnen',
    mainNavigation: 'Hauptnavigation',
    home: 'Übersicht',
    plugins: 'Plugins',
    account: 'Ihr Konto',
    toDark: 'Auf dunkel umstellen',
    toLight: 'Auf hell umstellen',
    save: 'Speichern',
    edit: 'Bearbeiten',
    cancel: 'Abbrechen',
    undo: 'Rückgängig',
  },
  en: {
    language: 'English',
    signIn: 'Sign in',
    signOut: 'Sign out',
    email: 'E-mail',
    password: 'Password',
    openMenu: 'Open navigation',
    mainNavigation: 'Main navigation',
    home: 'Home',
    plugins: 'Plugins',
    account: 'Your account',
    toDark: 'Switch to dark',
    toLight: 'Switch to light',
    save: 'Save',
    edit: 'Edit',
    cancel: 'Cancel',
    undo: 'Undo',
  },
}

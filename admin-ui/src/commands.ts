import { chooseScheme, locale, navigate, pick, scheme, type Command } from '@plinth/ui'
import { CONSOLE_PAGES } from './console-pages.ts'
import { chooseLanguage, LANGUAGE_NAMES, otherLanguage } from './session/language.ts'
import { signOut } from './session/session.ts'
import { shell } from './session/state.ts'
import { t } from './texts.ts'

function areas(): Command[] {
  const group = t('command.areas')
  const home: Command = {
    id: 'home',
    group,
    label: t('frame.home'),
    icon: 'layout-dashboard',
    run: () => navigate('/'),
  }
  const entries = (shell.value?.navigation ?? []).map((item) => ({
    id: item.id,
    group,
    label: pick(item.label),
    icon: item.icon,
    keywords: item.label.en,
    run: () => navigate(item.path),
  }))
  const console = (shell.value?.console ?? []).map((page) => ({
    id: `console.${page}`,
    group,
    label: t(`frame.${page}`),
    icon: CONSOLE_PAGES[page].icon,
    hint: t('frame.admin'),
    run: () => navigate(CONSOLE_PAGES[page].path),
  }))
  return [home, ...entries, ...console]
}

function creations(): Command[] {
  return Object.values(shell.value?.entities ?? {})
    .filter((entity) => entity.can.includes('create'))
    .map((entity) => ({
      id: `create.${entity.id}`,
      group: t('command.actions'),
      label: t('command.create', { entity: pick(entity.label) }),
      icon: 'plus',
      keywords: `${entity.label.en} create new anlegen`,
      run: () => navigate(`${entity.path}/new`),
    }))
}

function trashes(): Command[] {
  return Object.values(shell.value?.entities ?? {})
    .filter((entity) => entity.trash)
    .map((entity) => ({
      id: `trash.${entity.id}`,
      group: t('command.areas'),
      label: t('command.trash', { entity: pick(entity.labelPlural) }),
      icon: 'trash-2',
      keywords: `${entity.labelPlural.en} trash deleted papierkorb gelöscht`,
      run: () => navigate(`${entity.path}/trash`),
    }))
}

function settings(): Command[] {
  const group = t('command.actions')
  const dark = scheme.value === 'dark'
  const language = otherLanguage()
  return [
    {
      id: 'scheme',
      group,
      label: t(dark ? 'frame.scheme.toLight' : 'frame.scheme.toDark'),
      icon: dark ? 'sun' : 'moon',
      keywords: 'theme dark light hell dunkel',
      run: () => chooseScheme(dark ? 'light' : 'dark'),
    },
    {
      id: 'language',
      group,
      label: t('command.language', { language: LANGUAGE_NAMES[language] ?? language }),
      icon: 'languages',
      keywords: `language sprache ${locale.value}`,
      run: () => chooseLanguage(language),
    },
    { id: 'signOut', group, label: t('frame.signOut'), icon: 'log-out', keywords: 'logout', run: signOut },
  ]
}

/** Everything the command palette can do for this member, here and now. */
export function commands(): Command[] {
  return [...areas(), ...creations(), ...trashes(), ...settings()]
}

import type { ContributionPoint, PointContext, Report } from '../point.ts'
import { dict, list, texts } from '../reading.ts'
import { closed, LANGUAGE, languageTag, listOf } from '../vocabulary.ts'

/** The publisher of the plugins that come with the platform. */
const FIRST_PARTY = 'plinth'

/** English is the fallback everywhere; what comes with the platform is complete in German too. */
const languagesFrom = (publisher: string): readonly string[] =>
  publisher === FIRST_PARTY ? ['en', 'de'] : ['en']

/** The schema asks for English in every text already. */
function checkTexts({ own, localised }: PointContext, report: Report): void {
  for (const { path, text } of localised) {
    for (const language of languagesFrom(own.publisher)) {
      if (language === 'en' || text[language] !== undefined) continue
      report(
        [...path, language],
        'language_missing',
        `Texts of first-party plugins are needed in "${language}" too.`,
      )
    }
  }
}

/** The languages of the plugin's texts, in the manifest and beside it. */
export const i18n: ContributionPoint = {
  name: 'i18n',
  properties: {
    i18n: closed({ languages: listOf(languageTag, { minItems: 1, uniqueItems: true }) }, ['languages']),
  },
  check(manifest, context, report) {
    checkTexts(context, report)
    const { languages } = dict(manifest['i18n'])
    if (list(languages).length === 0) return
    const declared = texts(languages)
    const path = ['i18n', 'languages']
    for (const language of languagesFrom(context.own.publisher)) {
      if (declared.some(([, one]) => one === language)) continue
      report(path, 'language_missing', `"${language}" is missing among the languages.`)
    }
    for (const [index, language] of declared) {
      if (!LANGUAGE.test(language)) continue
      const file = `locales/${language}.json`
      if (context.files?.(file) === false)
        report([...path, index], 'file_missing', `The plugin has no file "${file}".`)
    }
  },
}

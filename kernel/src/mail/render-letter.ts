import type { Letter, LetterText } from './letter.ts'
import { LETTERS } from './templates.ts'

/** A letter as mail programs take it: the same words twice, as plain text and as a simple page. */
export interface RenderedLetter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export function renderLetter({ template, locale, values }: Letter): RenderedLetter {
  const language = locale?.startsWith('de') ? 'de' : 'en'
  // The values were matched with the template where the letter was written.
  const compose = LETTERS[template][language] as (values: unknown) => LetterText
  const letter = compose(values)
  return { subject: oneLine(letter.subject), text: asText(letter), html: asPage(letter, language) }
}

function asText({ paragraphs, link, code, closing }: LetterText): string {
  return [
    ...paragraphs,
    ...(link ? [`${link.label}:\n${link.url}`] : []),
    ...(code === undefined ? [] : [code]),
    closing,
  ].join('\n\n')
}

const FONT = 'font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif'

function asPage({ subject, paragraphs, link, code, closing }: LetterText, language: string): string {
  const parts = [
    ...paragraphs.map((each) => `<p>${escape(each)}</p>`),
    ...(link
      ? [
          `<p><a href="${escape(link.url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#3b3f8f;color:#ffffff;text-decoration:none">${escape(link.label)}</a></p>`,
          `<p style="font-size:13px;color:#555555;word-break:break-all">${escape(link.url)}</p>`,
        ]
      : []),
    ...(code === undefined
      ? []
      : [`<p style="font:600 28px/1.2 ui-monospace,monospace;letter-spacing:4px">${escape(code)}</p>`]),
    `<p style="font-size:14px;color:#555555">${escape(closing)}</p>`,
  ]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body style="${FONT};color:#1c1c1c;max-width:560px;margin:24px auto;padding:0 16px">${parts.join('')}</body></html>`
}

/** Names of people and workspaces are theirs to choose, and must not become markup. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** A line break in a name would begin another header. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
}

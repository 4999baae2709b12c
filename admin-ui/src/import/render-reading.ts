import type { ImportDocument, ImportSettings } from '@plinth/sdk'
import { pick } from '@plinth/ui'
import { html, nothing, type TemplateResult } from 'lit'
import type { Assignment } from './render-mapping.ts'
import { targetName } from './target-name.ts'
import { t } from './texts.ts'

const MODES = ['create', 'update', 'upsert'] as const

/** What happens with the rows: new records, changes of those that are there, or both. */
export function renderPurpose({ doc, meta, change }: Assignment): TemplateResult {
  const { mode, match, empty, atomic } = doc.settings
  const modes = MODES.filter(
    (each) =>
      (each === 'update' || meta.can.includes('create')) &&
      (each === 'create' || meta.can.includes('update')),
  )
  const start = (next: ImportSettings['mode']): Partial<ImportSettings> => ({
    mode: next,
    ...(next !== 'create' && match === null ? { match: likelyMatch(doc) } : {}),
  })
  const matches = doc.targets.filter(({ name }) => doc.matches.includes(name))
  return html`<section aria-labelledby="purpose">
    <h2 id="purpose">${t('purpose.heading')}</h2>
    <div class="options">
      ${choice(
        t('purpose.mode'),
        mode,
        modes.map((each) => [each, t(`purpose.${each}`)]),
        (next) => change(start(next)),
      )}
      ${
        mode === 'create'
          ? nothing
          : html`${choice(
              t('purpose.match'),
              match ?? '',
              [
                ...(match === null ? [['', t('purpose.choose')] as const] : []),
                ...matches.map((target) => [target.name, targetName(meta, target)] as const),
              ],
              (next) => change({ match: next || null }),
            )}
            ${choice(
              t('purpose.empty'),
              empty,
              [
                ['keep', t('purpose.keep')],
                ['clear', t('purpose.clear')],
              ],
              (next) => change({ empty: next }),
            )}`
      }
    </div>
    <label class="check"
      ><input
        type="checkbox"
        .checked=${atomic}
        @change=${(event: Event) => change({ atomic: (event.currentTarget as HTMLInputElement).checked })}
      />${t('purpose.atomic')}</label
    >
    ${matchProblem(doc) ? html`<p class="note wrong" role="status"><pl-icon name="circle-alert"></pl-icon><span>${matchProblem(doc)}</span></p>` : nothing}
  </section>`
}

/** What a column goes to already. */
function likelyMatch(doc: ImportDocument): string | null {
  const used = new Set(doc.settings.columns.map((column) => column?.target))
  return doc.matches.find((name) => used.has(name)) ?? null
}

function matchProblem(doc: ImportDocument): string {
  const problem = doc.problems.find(({ pointer }) => pointer === '/match')
  if (!problem) return ''
  if (problem.code === 'required') return t('purpose.matchMissing')
  const label = doc.targets.find(({ name }) => name === doc.settings.match)?.label
  return t('purpose.matchColumn', { name: label ? pick(label) : '' })
}

/** How the file is to be read. */
export function renderReading({ doc, change }: Assignment): TemplateResult {
  const { encoding, delimiter, sheet, numbers, dates } = doc.settings
  return html`<section aria-labelledby="reading">
    <h2 id="reading">${t('reading.heading')}</h2>
    <div class="options">
      ${
        doc.sheets.length > 1
          ? choice(
              t('reading.sheet'),
              sheet ?? '',
              doc.sheets.map((name) => [name, name]),
              (next) => change({ sheet: next }),
            )
          : nothing
      }
      ${
        encoding && delimiter
          ? html`${choice(
              t('reading.encoding'),
              encoding,
              [
                ['utf-8', 'UTF-8'],
                ['windows-1252', t('reading.windows')],
                ['utf-16le', 'UTF-16 LE'],
                ['utf-16be', 'UTF-16 BE'],
              ],
              (next) => change({ encoding: next }),
            )}
            ${choice(
              t('reading.delimiter'),
              delimiter,
              [
                [';', t('reading.semicolon')],
                [',', t('reading.comma')],
                ['\t', t('reading.tab')],
              ],
              (next) => change({ delimiter: next }),
            )}`
          : nothing
      }
      ${choice(
        t('reading.numbers'),
        numbers,
        [
          ['de', '1.234,56'],
          ['en', '1,234.56'],
        ],
        (next) => change({ numbers: next }),
      )}
      ${choice(
        t('reading.dates'),
        dates,
        [
          ['dmy', t('reading.dmy')],
          ['mdy', t('reading.mdy')],
          ['iso', t('reading.iso')],
        ],
        (next) => change({ dates: next }),
      )}
    </div>
  </section>`
}

function choice<T extends string>(
  label: string,
  value: T,
  options: readonly (readonly [value: T, label: string])[],
  choose: (value: T) => void,
): TemplateResult {
  return html`<label class="option"
    ><span>${label}</span
    ><span class="menu"
      ><select
        aria-label=${label}
        .value=${value}
        @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value as T)}
      >
        ${options.map(
          ([each, text]) => html`<option value=${each} ?selected=${each === value}>${text}</option>`,
        )}
      </select>
      <pl-icon name="chevron-down"></pl-icon></span
  ></label>`
}

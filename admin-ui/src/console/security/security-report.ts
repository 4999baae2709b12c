import type { SecurityFinding, SecurityReportDocument } from '@plinth/sdk'
import { fmt, href, PlinthElement, Resource } from '@plinth/ui'
import { html, nothing } from 'lit'
import { CONSOLE_PAGES } from '../../console-pages.ts'
import { settingWords } from './difference-words.ts'
import { fetchReport } from './security-api.ts'
import { securityStyles } from './security.styles.ts'
import { t, tell } from './texts.ts'

/** Names that are shown at once. */
const NAMED = 5

/** What weakens the workspace, the worst first, each with the way to where it is mended. */
export class SecurityReport extends PlinthElement {
  readonly #report = new Resource<SecurityReportDocument>(this, (signal) => fetchReport({ signal }))

  static override styles = securityStyles

  reload(): Promise<unknown> {
    return this.#report.reload()
  }

  #names({ code, items, count }: SecurityFinding): unknown {
    if (code.startsWith('chain')) return nothing
    const shown = items
      .slice(0, NAMED)
      .map(({ label }) => (code === 'policyBelowBaseline' ? settingWords(label) : label))
    const rest = count - shown.length
    return html`<small
      >${shown.join(' · ')}${rest > 0 ? ` ${t('report.more', { count: fmt.num(rest) })}` : ''}</small
    >`
  }

  #finding(finding: SecurityFinding): unknown {
    const { code, severity, page, count } = finding
    const sentence = tell(`finding.${code}`, code, { count: fmt.num(count) })
    return html`<li>
      <span class="severity ${severity}">${t(`severity.${severity}`)}</span>
      <div>
        <span>${sentence}</span>
        ${this.#names(finding)}
      </div>
      ${
        page === 'security'
          ? nothing
          : html`<a
              class="pl-button"
              href=${href(CONSOLE_PAGES[page].path)}
              aria-label=${`${t('report.mend')}: ${sentence}`}
              >${t('report.mend')}</a
            >`
      }
    </li>`
  }

  override render(): unknown {
    return html`<section class="pl-card accesses">
      <h2>${t('report.title')}</h2>
      ${this.#report.render(({ findings, at }) =>
        findings.length === 0
          ? html`<p>${t('report.none')}</p>`
          : html`<p>${t('report.intro', { time: fmt.datetime(at) })}</p>
              <ul>
                ${findings.map((each) => this.#finding(each))}
              </ul>`,
      )}
    </section>`
  }
}

customElements.define('pl-security-report', SecurityReport)

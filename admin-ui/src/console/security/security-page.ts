import { api, PlinthElement, Resource } from '@plinth/ui'
import { html, nothing } from 'lit'
import { shell } from '../../session/state.ts'
import './operator-accesses.ts'
import './policy-baseline.ts'
import { POLICY_SECTIONS } from './policy-form.ts'
import './policy-section.ts'
import './policy-versions.ts'
import './security-events.ts'
import './security-report.ts'
import type { PolicyDocument } from './policy-section.ts'
import { securityStyles } from './security.styles.ts'
import { t } from './texts.ts'

/** What weakens the workspace, what is asked of those who sign in, and which operators have looked in. */
export class SecurityPage extends PlinthElement {
  readonly #policy = new Resource<PolicyDocument>(this, (signal) =>
    api.get<PolicyDocument>('/api/v1/security/policy', { signal }),
  )

  static override styles = securityStyles

  /** All parts tell of the same policy. */
  async #reload(): Promise<void> {
    const parts = this.renderRoot.querySelectorAll<HTMLElement & { reload(): Promise<unknown> }>(
      'pl-security-report, pl-security-events, pl-policy-baseline, pl-policy-versions',
    )
    await Promise.all([this.#policy.reload(), ...[...parts].map((part) => part.reload())])
  }

  override render(): unknown {
    const may = shell.value?.security
    if (!may) return nothing
    return html`<pl-page-header
        heading=${t('security.title')}
        subheading=${t('security.intro')}
      ></pl-page-header>
      <div class="sections">
        ${
          may.report
            ? html`<pl-security-report></pl-security-report><pl-security-events></pl-security-events>`
            : nothing
        }
        <pl-policy-baseline
          ?locked=${!may.changePolicy}
          @saved=${() => void this.#reload()}
        ></pl-policy-baseline>
        ${this.#policy.render((document) =>
          POLICY_SECTIONS.map(
            (section) =>
              html`<pl-policy-section
                .section=${section}
                .document=${document}
                ?locked=${!may.changePolicy}
                @saved=${() => void this.#reload()}
              ></pl-policy-section>`,
          ),
        )}
        <pl-policy-versions
          ?locked=${!may.changePolicy}
          @saved=${() => void this.#reload()}
        ></pl-policy-versions>
        ${
          may.operatorAccesses
            ? html`<pl-operator-accesses ?locked=${!may.endOperatorAccess}></pl-operator-accesses>`
            : nothing
        }
      </div>`
  }
}

customElements.define('pl-security-page', SecurityPage)

import { api, PlinthElement, Resource } from '@plinth/ui'
import { html, nothing } from 'lit'
import { shell } from '../../session/state.ts'
import './operator-accesses.ts'
import { POLICY_SECTIONS } from './policy-form.ts'
import './policy-section.ts'
import type { PolicyDocument } from './policy-section.ts'
import { securityStyles } from './security.styles.ts'
import { t } from './texts.ts'

/** What is asked of those who sign in, and which operators have looked in. */
export class SecurityPage extends PlinthElement {
  readonly #policy = new Resource<PolicyDocument>(this, (signal) =>
    api.get<PolicyDocument>('/api/v1/security/policy', { signal }),
  )

  static override styles = securityStyles

  override render(): unknown {
    const may = shell.value?.security
    if (!may) return nothing
    return html`<pl-page-header
        heading=${t('security.title')}
        subheading=${t('security.intro')}
      ></pl-page-header>
      <div class="sections">
        ${this.#policy.render((document) =>
          POLICY_SECTIONS.map(
            (section) =>
              html`<pl-policy-section
                .section=${section}
                .document=${document}
                ?locked=${!may.changePolicy}
                @saved=${() => void this.#policy.reload()}
              ></pl-policy-section>`,
          ),
        )}
        ${
          may.operatorAccesses
            ? html`<pl-operator-accesses ?locked=${!may.endOperatorAccess}></pl-operator-accesses>`
            : nothing
        }
      </div>`
  }
}

customElements.define('pl-security-page', SecurityPage)

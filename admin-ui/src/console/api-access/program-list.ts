import type { Text } from '@plinth/sdk'
import { asProblem, confirm, fmt, pick, PlinthElement, Resource, toast, type MenuItem } from '@plinth/ui'
import { html, nothing } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { apiAccessStyles } from './api-access.styles.ts'
import type { ProgramDialog } from './program-dialog.ts'
import './secret-dialog.ts'
import type { Secret, SecretDialog } from './secret-dialog.ts'
import { t } from './texts.ts'

/** So many of the things a program may do are named in the list. */
const SHOWN = 4

/** A way in for a program. */
interface Program {
  readonly id: string
  readonly name: string
  readonly createdBy: { readonly label: string } | null
  readonly lastUsedAt: string | null
  readonly scopeLabels: readonly Text[]
  readonly status: 'active' | 'expired' | 'idle'
}

/** What is said of a program beside the rest; what has to be done soon stands by itself. */
export interface Facts {
  readonly before?: string
  readonly after?: string
  readonly soon?: string
}

/** What a list is called, and what taking a program its way in is. */
interface Words {
  readonly title: string
  readonly hint: string
  readonly create: string
  readonly none: string
  readonly end: string
  readonly endHeading: (name: string) => string
  readonly endText: string
  readonly endDo: string
  readonly ended: (name: string) => string
}

/** The ways in of one sort that programs have: made, changed, given a new secret, taken away. */
export abstract class ProgramList<P extends Program> extends PlinthElement {
  readonly #programs = new Resource<readonly P[]>(this, (signal) => this.fetch(signal))

  static override styles = apiAccessStyles

  protected abstract readonly words: Words

  protected abstract fetch(signal: AbortSignal): Promise<readonly P[]>

  protected abstract rotate(program: P): Promise<Secret>

  protected abstract end(program: P): Promise<void>

  /** What tells the program apart, in the letters of codes. */
  protected abstract markOf(program: P): string

  /** What is to be said of it before the rest, and after. */
  protected abstract factsOf(program: P): Facts

  protected abstract hasSecret(program: P): boolean

  /** The dialog that makes and changes them. */
  protected abstract dialog(onSaved: () => void, onCreated: (event: CustomEvent<Secret>) => void): unknown

  get #dialog(): ProgramDialog<P> | null {
    return this.renderRoot.querySelector<ProgramDialog<P>>('.dialog')
  }

  async #tell(secret: Secret): Promise<void> {
    await this.#programs.reload()
    await this.renderRoot.querySelector<SecretDialog>('pl-secret-dialog')?.show(secret)
  }

  async #run(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      toastProblem(asProblem(error))
      await this.#programs.reload()
    }
  }

  async #rotate(program: P): Promise<void> {
    const sure = await confirm({
      heading: t('keys.rotate.heading', { name: program.name }),
      text: t('keys.rotate.text'),
      confirm: t('keys.rotate.do'),
    })
    if (sure) await this.#run(async () => this.#tell(await this.rotate(program)))
  }

  async #end(program: P): Promise<void> {
    const { endHeading, endText, endDo, ended } = this.words
    const { name } = program
    const sure = await confirm({ heading: endHeading(name), text: endText, confirm: endDo, danger: true })
    if (!sure) return
    await this.#run(async () => {
      await this.end(program)
      toast(ended(name), { tone: 'positive' })
      await this.#programs.reload()
    })
  }

  #deeds(program: P): readonly MenuItem[] {
    const rotation: MenuItem = {
      label: t('keys.rotate'),
      icon: 'rotate-ccw',
      run: () => this.#rotate(program),
    }
    return [
      { label: t('keys.change'), icon: 'pencil', run: () => this.#dialog?.show(program) },
      ...(this.hasSecret(program) ? [rotation] : []),
      {
        label: this.words.end,
        icon: 'trash-2',
        danger: true,
        divided: true,
        run: () => this.#end(program),
      },
    ]
  }

  #state(program: P): unknown {
    const { status, createdBy, lastUsedAt } = program
    if (status === 'idle')
      return html`<small class="refused">${t('keys.idle', { name: createdBy?.label || '–' })}</small>`
    if (status === 'expired') return html`<small class="refused">${t('keys.expired')}</small>`
    const { before, after, soon } = this.factsOf(program)
    const facts = [
      before,
      createdBy ? t('keys.by', { name: createdBy.label }) : '',
      lastUsedAt ? t('keys.used', { time: fmt.datetime(lastUsedAt) }) : t('keys.unused'),
      after,
    ]
    return html`<small>${facts.filter(Boolean).join(' · ')}</small>
      ${soon ? html`<small class="soon">${soon}</small>` : nothing}`
  }

  #may({ scopeLabels }: P): string {
    const words = scopeLabels.slice(0, SHOWN).map((label) => pick(label))
    const more = scopeLabels.length - words.length
    return [...words, ...(more > 0 ? [t('keys.more', { count: more })] : [])].join(' · ')
  }

  #row(program: P): unknown {
    const mark = this.markOf(program)
    return html`<li class="row">
      <span class="words">
        <strong>${program.name}</strong>
        ${mark ? html`<code>${mark}</code>` : nothing}
        <small>${this.#may(program)}</small>
        ${this.#state(program)}
      </span>
      <pl-menu label=${t('keys.menu', { name: program.name })} .items=${this.#deeds(program)}>
        <button
          slot="trigger"
          type="button"
          class="pl-button ghost icon"
          aria-label=${t('keys.menu', { name: program.name })}
        >
          <pl-icon name="ellipsis"></pl-icon>
        </button>
      </pl-menu>
    </li>`
  }

  override render(): unknown {
    const programs = this.#programs.value
    const { title, hint, create, none } = this.words
    return html`<section aria-labelledby="title">
      <div class="head">
        <div>
          <h2 id="title">${title}</h2>
          <p class="hint">${hint}</p>
        </div>
        <button type="button" class="pl-button" @click=${() => void this.#dialog?.show()}>
          <pl-icon name="plus"></pl-icon>${create}
        </button>
      </div>
      ${
        programs
          ? programs.length === 0
            ? html`<p class="pl-card none">${none}</p>`
            : html`<ul class="pl-card rows" aria-labelledby="title">
                ${programs.map((program) => this.#row(program))}
              </ul>`
          : this.#programs.render(() => nothing)
      }
      ${this.dialog(
        () => void this.#programs.reload(),
        (event) => void this.#tell(event.detail),
      )}
      <pl-secret-dialog></pl-secret-dialog>
    </section>`
  }
}

import type { EntityMeta, ImportDocument, ImportSettings } from '@plinth/sdk'
import {
  asProblem,
  entityMeta,
  path,
  pick,
  PlinthElement,
  query,
  Resource,
  setQuery,
  toast,
} from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { renderFailure, renderWaiting } from '../entity/screen-frame.ts'
import { problemSentence } from '../problem-sentence.ts'
import { importProgress } from '../session/state.ts'
import { entityImportStyles } from './entity-import.styles.ts'
import { change, earlier, read, step, upload } from './import-api.ts'
import { assigned } from './missing.ts'
import './refusal-list.ts'
import { renderMapping } from './render-mapping.ts'
import {
  renderListLink,
  renderOutcome,
  renderWrong,
  renderProgress,
  renderRefused,
} from './render-outcome.ts'
import { fileSentence, reasonOf } from './failure.ts'
import { renderCheckedDeeds } from './render-checked-deeds.ts'
import { renderPurpose, renderReading } from './render-reading.ts'
import { renderSteps, stepOf } from './render-steps.ts'
import { renderEarlier, renderUpload } from './render-upload.ts'
import { t } from './texts.ts'

/** Should a live notice be missed. */
const LOOK_AGAIN_MS = 2_000

interface Shown {
  readonly meta: EntityMeta
  readonly doc: ImportDocument | undefined
  readonly before: readonly ImportDocument[]
}

/** Brings records in from a file: upload, assign its columns, try it out, carry it out. The import in the address can be come back to. */
export class EntityImport extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entityId: { attribute: false },
    busy: { state: true },
    refusal: { state: true },
    assigning: { state: true },
  }
  declare entityId: string
  declare busy: boolean
  /** Why the last deed did not go. */
  declare refusal: string
  /** Back at the assignment after a check. */
  declare assigning: boolean

  readonly #shown = new Resource<Shown>(
    this,
    async (signal) => {
      const meta = await entityMeta(this.entityId)
      const id = query.peek().get('id')
      return id === null
        ? { meta, doc: undefined, before: await earlier(meta, signal) }
        : { meta, doc: await read(meta, id, signal), before: [] }
    },
    () => [this.entityId, this.#question],
  )
  /** Another import is in the address than the one shown. */
  #question = 0
  #id = ''
  #progress = 0
  #wasWorking = false
  #look: ReturnType<typeof setTimeout> | undefined
  #pending: Partial<ImportSettings> = {}
  #sending: Promise<void> | undefined

  static override styles = entityImportStyles

  constructor() {
    super()
    this.busy = false
    this.refusal = ''
    this.assigning = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#look)
  }

  protected override willUpdate(): void {
    // The address has moved on to another screen; this one is about to be taken away.
    if (path.value.endsWith('/import')) this.#follow(query.value.get('id') ?? '')
    if (importProgress.value !== this.#progress) {
      this.#progress = importProgress.value
      if (this.#isWorking) void this.#shown.reload()
    }
  }

  #follow(id: string): void {
    if (id === this.#id) return
    this.#id = id
    if (id === (this.#shown.value?.doc?.id ?? '')) return
    this.#question += 1
    this.assigning = false
    this.refusal = ''
  }

  protected override updated(): void {
    clearTimeout(this.#look)
    // What had the focus while it went on is gone.
    if (this.#wasWorking && !this.#isWorking && this.#shown.value) void this.#focusHeading()
    this.#wasWorking = this.#isWorking
    if (this.#isWorking && !this.#shown.loading)
      this.#look = setTimeout(() => void this.#shown.reload(), LOOK_AGAIN_MS)
  }

  get #isWorking(): boolean {
    const status = this.#shown.value?.doc?.status
    return status === 'checking' || status === 'running'
  }

  /** One deed at a time; what the server refuses is said above. */
  async #do(deed: () => Promise<ImportDocument>, said = ''): Promise<void> {
    const shown = this.#shown.value
    if (this.busy || !shown) return
    this.busy = true
    this.refusal = ''
    try {
      const doc = await deed()
      this.#shown.set({ ...shown, doc })
      if (said) toast(said)
    } catch (error) {
      const problem = asProblem(error)
      this.refusal = fileSentence(problem.code) ?? problemSentence(problem)
    } finally {
      this.busy = false
    }
  }

  async #upload(meta: EntityMeta, file: File): Promise<void> {
    await this.#do(() => upload(meta, file))
    const id = this.#shown.value?.doc?.id
    if (id === undefined) return
    setQuery({ id })
    await this.#focusHeading()
  }

  /** Shows a change at once, and sends changes one after the other, so that none overtakes another. */
  #change(settings: Partial<ImportSettings>): void {
    const shown = this.#shown.value
    if (!shown?.doc) return
    this.#pending = { ...this.#pending, ...settings }
    this.#shown.set({ ...shown, doc: { ...shown.doc, settings: { ...shown.doc.settings, ...settings } } })
    this.assigning = true
    this.#sending ??= this.#send(shown.meta, shown.doc.id).finally(() => (this.#sending = undefined))
  }

  async #send(meta: EntityMeta, id: string): Promise<void> {
    while (Object.keys(this.#pending).length > 0) {
      const settings = this.#pending
      this.#pending = {}
      try {
        const doc = await change(meta, id, settings)
        const shown = this.#shown.value
        this.refusal = ''
        if (shown)
          this.#shown.set({ ...shown, doc: { ...doc, settings: { ...doc.settings, ...this.#pending } } })
      } catch (error) {
        this.refusal = problemSentence(asProblem(error))
        await this.#shown.reload()
      }
    }
  }

  async #begin(meta: EntityMeta, id: string, deed: 'check' | 'run'): Promise<void> {
    await this.#sending
    await this.#do(() => step(meta, id, deed))
    this.assigning = false
    await this.#focusHeading()
  }

  /** Where the keyboard goes on after the screen has changed. */
  async #focusHeading(): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('h2[tabindex]')?.focus()
  }

  #assign(meta: EntityMeta, doc: ImportDocument): unknown {
    const work = { meta, doc, change: (settings: Partial<ImportSettings>) => this.#change(settings) }
    const ready = doc.problems.length === 0
    return html`
      <h2 class="file" tabindex="-1">
        <pl-icon name=${doc.format === 'xlsx' ? 'file-spreadsheet' : 'file-text'}></pl-icon>${doc.name}
      </h2>
      ${doc.reason ? renderWrong(reasonOf(doc)) : nothing} ${renderPurpose(work)} ${renderMapping(work)}
      ${renderReading(work)}
      <div class="deeds">
        <button
          class="pl-button primary"
          type="button"
          ?disabled=${this.busy || !ready}
          @click=${() => void this.#begin(meta, doc.id, 'check')}
        >
          ${t('action.check')}
        </button>
        <span class="hint"
          >${ready ? t('action.checkHint') : assigned(doc).length === 0 ? t('columns.none') : t('action.notReady')}</span
        >
      </div>
    `
  }

  #checked(meta: EntityMeta, doc: ImportDocument): unknown {
    return html`
      ${renderOutcome(doc)}
      ${renderCheckedDeeds(doc, this.busy, {
        run: () => void this.#begin(meta, doc.id, 'run'),
        back: () => this.#back(),
      })}
      ${renderRefused(meta, doc)}
    `
  }

  #back(): void {
    this.assigning = true
    void this.#focusHeading()
  }

  #result(meta: EntityMeta, doc: ImportDocument): unknown {
    const stopped = doc.status === 'cancelled' || doc.status === 'failed'
    return html`
      ${doc.status === 'failed' ? renderWrong(reasonOf(doc)) : nothing} ${renderOutcome(doc)}
      <div class="deeds">
        ${
          stopped
            ? html`<button
                class="pl-button primary"
                type="button"
                ?disabled=${this.busy}
                @click=${() => void this.#begin(meta, doc.id, 'run')}
              >
                ${t('action.goOn')}
              </button>`
            : renderListLink(meta)
        }
        <button class="pl-button" type="button" @click=${() => setQuery({ id: null })}>
          ${t('action.another')}
        </button>
      </div>
      ${renderRefused(meta, doc)}
    `
  }

  #body(shown: Shown): unknown {
    const { meta, doc, before } = shown
    if (!doc)
      return html`${renderUpload(this.busy, (file) => void this.#upload(meta, file))}
      ${renderEarlier(meta, before)}`
    if (this.#isWorking)
      return renderProgress(
        doc,
        () => void this.#do(() => step(meta, doc.id, 'cancel'), t('progress.stopped')),
      )
    const at = stepOf(doc, this.assigning)
    if (at === 'assign') return this.#assign(meta, doc)
    return at === 'check' ? this.#checked(meta, doc) : this.#result(meta, doc)
  }

  override render(): unknown {
    // Read here, because only what drawing reads is followed; `willUpdate` acts on it.
    void query.value
    void path.value
    void importProgress.value
    const { problem, value } = this.#shown
    if (problem) return renderFailure(this.entityId, problem, () => void this.#shown.reload(), 'list')
    if (!value) return renderWaiting(this.entityId, 'page')
    const { meta, doc } = value
    return html`
      <pl-page-header
        heading=${t('heading', { name: pick(meta.labelPlural) })}
        back=${meta.path}
      ></pl-page-header>
      <div class="body">
        ${renderSteps(stepOf(doc, this.assigning))} ${this.refusal ? renderWrong(this.refusal) : nothing}
        ${this.#body(value)}
      </div>
    `
  }
}

customElements.define('pl-entity-import', EntityImport)

import { noChange } from 'lit'
import { Directive, directive, type ElementPart } from 'lit/directive.js'

/** What surrounds the value of a field. */
export interface Framed {
  readonly label: string
  readonly help: string
  readonly required: boolean | undefined
  readonly disabled: boolean | undefined
  /** What is wrong, or empty. */
  readonly error: string
}

class FieldFrame extends Directive {
  render(_framed: Framed): unknown {
    return noChange
  }

  override update({ element }: ElementPart, [{ label, help, required, disabled, error }]: [Framed]): unknown {
    Object.assign(element, {
      label,
      helperText: help,
      required: Boolean(required),
      disabled: Boolean(disabled),
      invalid: Boolean(error),
      errorMessage: error,
      // What is wrong is for the form to say.
      manualValidation: true,
    })
    return noChange
  }
}

/** Draws label, help and refusal of a field around an input; whoever uses it adds the value. */
export const fieldFrame = directive(FieldFrame)

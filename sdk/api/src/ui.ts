import type { Text } from './text.ts'

/** A screen written as a Lit element. Lists, details and forms of entities exist without any declaration. */
export interface ScreenDeclaration {
  /** Unique within the plugin, kebab-case; also the URL segment `/app/<plugin>/<id>`. */
  readonly id: string
  readonly title: Text
  readonly icon?: string
  /** Permission needed to open it. */
  readonly permission: string
  /** Stands in for the generated detail screen of this entity. */
  readonly detailOf?: string
  /** Id of the feature it is part of: where that is off, there is no such screen. */
  readonly feature?: string
}

/** An entry of the workspace navigation: exactly one of `entity` and `screen`. */
export interface NavigationDeclaration {
  readonly entity?: string
  readonly screen?: string
  readonly label?: Text
  readonly icon?: string
  /** Lower comes first; plugins usually stay within their own hundred. */
  readonly order: number
  /** Id of the feature it is part of: where that is off, there is no such entry. */
  readonly feature?: string
}

export interface UiDeclaration {
  /** Module with `definePluginUi`, relative to the plugin's folder. Needed when there are screens. */
  readonly module?: string
  readonly screens?: readonly ScreenDeclaration[]
  readonly navigation?: readonly NavigationDeclaration[]
}

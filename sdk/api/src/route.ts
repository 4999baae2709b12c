/** A route that is neither a record operation nor anything derived: `/api/v1/<plugin>/<path>`. */
export interface RouteDeclaration {
  /** Name of the handler in `definePlugin(manifest, { routes })`. */
  readonly handler: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the plugin, without leading slash; `:name` is a parameter. */
  readonly path: string
  /** There is no route without a permission. */
  readonly permission: string
  readonly summary: string
  /** Id of the feature it is part of: where that is off, there is no such route. */
  readonly feature?: string
}

/** Pages of the fields a workspace adds. */
import './custom-fields-page.ts'
import './entity-fields-page.ts'

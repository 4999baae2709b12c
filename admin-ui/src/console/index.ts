/** Pages of the admin console. */
import './plugins-page.ts'

/** The page about roles. */
import './roles-page.ts'

/** The page about programs that use the API. */
import './api-access-page.ts'

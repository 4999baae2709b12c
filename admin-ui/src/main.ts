import './theme.css'
import '@plinth/ui'

import arrowRight from 'lucide-static/icons/arrow-right.svg?raw'
import check from 'lucide-static/icons/check.svg?raw'
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw'
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw'
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw'
import circleAlert from 'lucide-static/icons/circle-alert.svg?raw'
import circleCheck from 'lucide-static/icons/circle-check.svg?raw'
import gitCompare from 'lucide-static/icons/git-compare.svg?raw'
import inbox from 'lucide-static/icons/inbox.svg?raw'
import info from 'lucide-static/icons/info.svg?raw'
import lock from 'lucide-static/icons/lock.svg?raw'
import plus from 'lucide-static/icons/plus.svg?raw'
import rotateCw from 'lucide-static/icons/rotate-cw.svg?raw'
import search from 'lucide-static/icons/search.svg?raw'
import searchX from 'lucide-static/icons/search-x.svg?raw'
import shieldOff from 'lucide-static/icons/shield-off.svg?raw'
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw'
import wifiOff from 'lucide-static/icons/wifi-off.svg?raw'
import x from 'lucide-static/icons/x.svg?raw'
import { registerIcons } from './icon-registry.ts'

// What the elements here show themselves, so that no state waits for a download; least of all the one without network.
registerIcons({
  'arrow-right': arrowRight,
  check,
  'chevron-down': chevronDown,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  'circle-alert': circleAlert,
  'circle-check': circleCheck,
  'git-compare': gitCompare,
  inbox,
  info,
  lock,
  plus,
  'rotate-cw': rotateCw,
  search,
  'search-x': searchX,
  'shield-off': shieldOff,
  'triangle-alert': triangleAlert,
  'wifi-off': wifiOff,
  x,
})

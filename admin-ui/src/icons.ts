import arrowLeftRight from 'lucide-static/icons/arrow-left-right.svg?raw'
import blocks from 'lucide-static/icons/blocks.svg?raw'
import bug from 'lucide-static/icons/bug.svg?raw'
import building from 'lucide-static/icons/building-2.svg?raw'
import codeXml from 'lucide-static/icons/code-xml.svg?raw'
import eye from 'lucide-static/icons/eye.svg?raw'
import eyeOff from 'lucide-static/icons/eye-off.svg?raw'
import languages from 'lucide-static/icons/languages.svg?raw'
import layoutDashboard from 'lucide-static/icons/layout-dashboard.svg?raw'
import listPlus from 'lucide-static/icons/list-plus.svg?raw'
import logIn from 'lucide-static/icons/log-in.svg?raw'
import logOut from 'lucide-static/icons/log-out.svg?raw'
import mail from 'lucide-static/icons/mail.svg?raw'
import menu from 'lucide-static/icons/menu.svg?raw'
import monitor from 'lucide-static/icons/monitor.svg?raw'
import moon from 'lucide-static/icons/moon.svg?raw'
import sun from 'lucide-static/icons/sun.svg?raw'
import userRoundCog from 'lucide-static/icons/user-round-cog.svg?raw'
import userRound from 'lucide-static/icons/user-round.svg?raw'
import users from 'lucide-static/icons/users.svg?raw'
import unplug from 'lucide-static/icons/unplug.svg?raw'
import { registerIcons, setIconFolder } from '@plinth/ui'

/** Where the build has put all icons, below the base. */
declare const ICON_FOLDER_BELOW_BASE: string

setIconFolder(ICON_FOLDER_BELOW_BASE)

// Icons of the frame. Those that manifests name are loaded one by one when they are shown.
registerIcons({
  'arrow-left-right': arrowLeftRight,
  blocks,
  bug,
  'building-2': building,
  'code-xml': codeXml,
  eye,
  'eye-off': eyeOff,
  languages,
  'layout-dashboard': layoutDashboard,
  'list-plus': listPlus,
  'log-in': logIn,
  'log-out': logOut,
  mail,
  menu,
  monitor,
  moon,
  sun,
  unplug,
  'user-round': userRound,
  'user-round-cog': userRoundCog,
  users,
})

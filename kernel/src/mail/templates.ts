import type { LetterLocale, LetterText } from './letter.ts'

interface Workspace {
  /** Name of the workspace, as its people know it. */
  readonly workspace: string
}

interface LinkValues extends Workspace {
  readonly url: string
  readonly minutes: number
}

interface CodeValues extends Workspace {
  readonly code: string
  readonly minutes: number
}

interface InvitationValues extends Workspace {
  /** Who invites; absent where an operator does. */
  readonly inviter: string | null
  readonly url: string
  readonly days: number
}

type Template<V> = Readonly<Record<LetterLocale, (values: V) => LetterText>>

const ignore = {
  de: 'Wenn Sie das nicht waren, können Sie diese Nachricht löschen: Es ändert sich nichts.',
  en: 'If this was not you, delete this message: nothing changes.',
}

const invitation: Template<InvitationValues> = {
  de: ({ workspace, inviter, url, days }) => ({
    subject: `Einladung zu ${workspace}`,
    paragraphs: [
      inviter === null
        ? `Sie sind eingeladen, in ${workspace} mitzuarbeiten.`
        : `${inviter} lädt Sie ein, in ${workspace} mitzuarbeiten.`,
      'Öffnen Sie den Link, um Ihr Konto anzulegen.',
    ],
    link: { label: 'Einladung annehmen', url },
    closing: `Der Link gilt ${days} Tage und nur einmal. Wenn Sie die Einladung nicht erwarten, löschen Sie diese Nachricht.`,
  }),
  en: ({ workspace, inviter, url, days }) => ({
    subject: `Invitation to ${workspace}`,
    paragraphs: [
      inviter === null
        ? `You are invited to work in ${workspace}.`
        : `${inviter} invites you to work in ${workspace}.`,
      'Open the link to set up your account.',
    ],
    link: { label: 'Accept the invitation', url },
    closing: `The link is valid for ${days} days and works once. If you do not expect this invitation, delete this message.`,
  }),
}

const passwordReset: Template<LinkValues> = {
  de: ({ workspace, url, minutes }) => ({
    subject: `Neues Passwort für ${workspace}`,
    paragraphs: ['Jemand hat ein neues Passwort für Ihr Konto angefordert.'],
    link: { label: 'Neues Passwort wählen', url },
    closing: `Der Link gilt ${minutes} Minuten und nur einmal. ${ignore.de}`,
  }),
  en: ({ workspace, url, minutes }) => ({
    subject: `New password for ${workspace}`,
    paragraphs: ['Someone asked for a new password for your account.'],
    link: { label: 'Choose a new password', url },
    closing: `The link is valid for ${minutes} minutes and works once. ${ignore.en}`,
  }),
}

interface PasswordLinkValues extends Workspace {
  /** Who has made the link for the reader. */
  readonly maker: string
  readonly url: string
  readonly hours: number
}

const passwordLink: Template<PasswordLinkValues> = {
  de: ({ workspace, maker, url, hours }) => ({
    subject: `Neues Passwort für ${workspace}`,
    paragraphs: [`${maker} hat einen Link für Sie erstellt, mit dem Sie ein neues Passwort wählen.`],
    link: { label: 'Neues Passwort wählen', url },
    closing: `Der Link gilt ${hours} Stunden und nur einmal. Geben Sie ihn nicht weiter. Wenn Sie nicht darum gebeten haben, wenden Sie sich an Ihre Administration.`,
  }),
  en: ({ workspace, maker, url, hours }) => ({
    subject: `New password for ${workspace}`,
    paragraphs: [`${maker} has made a link for you to choose a new password with.`],
    link: { label: 'Choose a new password', url },
    closing: `The link is valid for ${hours} hours and works once. Do not pass it on. If you did not ask for it, tell your administrators.`,
  }),
}

const signInLink: Template<LinkValues> = {
  de: ({ workspace, url, minutes }) => ({
    subject: `Ihr Anmeldelink für ${workspace}`,
    paragraphs: ['Öffnen Sie den Link in demselben Browser, in dem Sie ihn angefordert haben.'],
    link: { label: 'Anmelden', url },
    closing: `Der Link gilt ${minutes} Minuten und nur einmal. Geben Sie ihn nicht weiter. ${ignore.de}`,
  }),
  en: ({ workspace, url, minutes }) => ({
    subject: `Your sign-in link for ${workspace}`,
    paragraphs: ['Open the link in the same browser in which you asked for it.'],
    link: { label: 'Sign in', url },
    closing: `The link is valid for ${minutes} minutes and works once. Do not pass it on. ${ignore.en}`,
  }),
}

const signInCode: Template<CodeValues> = {
  de: ({ workspace, code, minutes }) => ({
    subject: `Ihr Code für ${workspace}`,
    paragraphs: ['Mit diesem Code bestätigen Sie, dass Sie es sind:'],
    code,
    closing: `Der Code gilt ${minutes} Minuten und nur einmal. Niemand von uns fragt Sie danach. Wenn Sie ihn nicht gerade angefordert haben, kennt jemand Ihr Passwort: Ändern Sie es.`,
  }),
  en: ({ workspace, code, minutes }) => ({
    subject: `Your code for ${workspace}`,
    paragraphs: ['With this code you confirm that it is you:'],
    code,
    closing: `The code is valid for ${minutes} minutes and works once. None of us will ask you for it. If you have not just asked for it, someone knows your password: change it.`,
  }),
}

const passwordChanged: Template<Workspace> = {
  de: ({ workspace }) => ({
    subject: `Ihr Passwort für ${workspace} wurde geändert`,
    paragraphs: ['Ihr Passwort wurde soeben geändert. Andere Sitzungen sind damit beendet.'],
    closing: 'Wenn Sie das nicht waren, wenden Sie sich sofort an Ihre Administration.',
  }),
  en: ({ workspace }) => ({
    subject: `Your password for ${workspace} was changed`,
    paragraphs: ['Your password was changed just now. Other sessions have ended with it.'],
    closing: 'If this was not you, tell your administrators at once.',
  }),
}

interface DelegationValues extends Workspace {
  readonly giver: string
  readonly receiver: string
  /** Where both see what is passed on. */
  readonly url: string
}

interface DelegationMadeValues extends DelegationValues {
  readonly reason: string
  /** In words of the reader's language. */
  readonly from: string
  readonly until: string
}

const delegationMade: Template<DelegationMadeValues> = {
  de: ({ workspace, giver, receiver, reason, from, until, url }) => ({
    subject: `Vertretung in ${workspace}: ${receiver} für ${giver}`,
    paragraphs: [`${giver} überträgt ${receiver} Rollen, von ${from} bis ${until}.`, `Grund: ${reason}`],
    link: { label: 'Ansehen oder beenden', url },
    closing:
      'Beide können die Vertretung jederzeit beenden. Wenn Sie nichts davon wissen, tun Sie das, und wenden Sie sich an Ihre Administration.',
  }),
  en: ({ workspace, giver, receiver, reason, from, until, url }) => ({
    subject: `Standing in at ${workspace}: ${receiver} for ${giver}`,
    paragraphs: [
      `${giver} passes roles on to ${receiver}, from ${from} until ${until}.`,
      `Reason: ${reason}`,
    ],
    link: { label: 'See it or end it', url },
    closing:
      'Both of you can end it at any time. If you do not know of it, do so, and tell your administrators.',
  }),
}

const delegationEnded: Template<DelegationValues> = {
  de: ({ workspace, giver, receiver, url }) => ({
    subject: `Vertretung in ${workspace} beendet: ${receiver} für ${giver}`,
    paragraphs: [`Die Rollen, die ${giver} an ${receiver} übertragen hat, gelten ab sofort nicht mehr.`],
    link: { label: 'Ansehen', url },
    closing: 'Sie müssen nichts tun.',
  }),
  en: ({ workspace, giver, receiver, url }) => ({
    subject: `Standing in at ${workspace} has ended: ${receiver} for ${giver}`,
    paragraphs: [`The roles that ${giver} has passed on to ${receiver} are no longer good.`],
    link: { label: 'See it', url },
    closing: 'There is nothing you have to do.',
  }),
}

/** All letters there are. */
export const LETTERS = {
  invitation,
  'password-reset': passwordReset,
  'password-link': passwordLink,
  'password-changed': passwordChanged,
  'sign-in-link': signInLink,
  'sign-in-code': signInCode,
  'delegation-made': delegationMade,
  'delegation-ended': delegationEnded,
} as const

import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { ref } from './schema-reference.ts'

const code: JsonSchema = { type: 'string', maxLength: 50 }
const codes: JsonSchema = { type: 'array', items: { type: 'string' }, example: ['7K2QM-4XN8T'] }
const name: JsonSchema = { type: 'string', minLength: 1, maxLength: 100 }

/** As WebAuthn has it. */
const credential: JsonSchema = {
  type: 'object',
  description: {
    en: 'What navigator.credentials has answered, as JSON after WebAuthn',
    de: 'Was navigator.credentials geantwortet hat, als JSON nach WebAuthn',
  },
}
const options: JsonSchema = {
  type: 'object',
  description: {
    en: 'What navigator.credentials is to be asked, as JSON after WebAuthn. Good for one answer within five minutes.',
    de: 'Was navigator.credentials zu fragen ist, als JSON nach WebAuthn. Gilt für eine Antwort innerhalb von fünf Minuten.',
  },
  example: { challenge: 'dGhlIGNoYWxsZW5nZQ' },
}
const asked: RouteDescription['answers'] = {
  201: { description: { en: 'The question', de: 'Die Frage' }, content: { schema: options } },
}

const fields = (properties: Readonly<Record<string, JsonSchema>>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties: { ...properties, ...more },
})
const body = (properties: Readonly<Record<string, JsonSchema>>, example: unknown) => ({
  schema: { ...fields(properties), additionalProperties: false },
  example,
})

export const secondFactorsRoute: RouteDescription = {
  id: 'get_second_factors',
  tag: 'session',
  summary: { en: 'One’s own second factors', de: 'Die eigenen zweiten Faktoren' },
  answers: {
    200: {
      description: { en: 'The second factors', de: 'Die zweiten Faktoren' },
      content: { schema: ref('SecondFactors') },
    },
  },
  problems: ['viewing_as'],
}

export const verifyRoute: RouteDescription = {
  id: 'verify_second_factor',
  tag: 'session',
  summary: { en: 'Give a second factor', de: 'Einen zweiten Faktor angeben' },
  description: {
    en: 'Lets in a session that waits for it, with a new cookie. Any other session counts as proven anew, which those without a second factor do with their password. Each code is good once.',
    de: 'Lässt eine Sitzung ein, die darauf wartet, mit neuem Cookie. Jede andere Sitzung gilt als neu bestätigt; wer keinen zweiten Faktor hat, tut das mit dem Passwort. Jeder Code gilt einmal.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['method'],
      properties: {
        method: { enum: ['totp', 'backup', 'email', 'passkey', 'password'] },
        code,
        response: credential,
        password: { type: 'string', maxLength: 1000, format: 'password' },
      },
    },
    example: { method: 'totp', code: '492039' },
  },
  answers: {
    201: {
      description: { en: 'The session', de: 'Die Sitzung' },
      content: { schema: ref('Session') },
    },
  },
  problems: [
    'code_wrong',
    'passkey_refused',
    'credentials_wrong',
    'password_expired',
    'second_factor_required',
    'method_not_taken',
    'too_many_attempts',
  ],
}

export const beginTotpRoute: RouteDescription = {
  id: 'begin_totp',
  tag: 'session',
  summary: { en: 'Begin with an authenticator app', de: 'Eine Authenticator-App einrichten' },
  body: body({ name }, { name: 'Phone' }),
  answers: {
    201: {
      description: {
        en: 'The secret, and a picture of it to scan. It counts once a code of it was given.',
        de: 'Das Geheimnis und ein Bild davon zum Scannen. Es gilt, sobald ein Code davon angegeben wurde.',
      },
      content: {
        schema: fields({
          id: { type: 'string', format: 'uuid' },
          secret: { type: 'string', example: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
          uri: { type: 'string', example: 'otpauth://totp/Acme:jana%40acme.example?secret=GEZD&issuer=Acme' },
          picture: { type: 'string', example: '<svg xmlns="http://www.w3.org/2000/svg"></svg>' },
        }),
      },
    },
  },
  problems: ['demo_account', 'confirmation_needed'],
}

export const confirmTotpRoute: RouteDescription = {
  id: 'confirm_totp',
  tag: 'session',
  summary: {
    en: 'Confirm an authenticator app by its code',
    de: 'Eine Authenticator-App mit ihrem Code bestätigen',
  },
  body: body({ code }, { code: '492039' }),
  answers: {
    201: {
      description: {
        en: 'It is a second factor now. Backup codes come along when there were none.',
        de: 'Sie ist jetzt ein zweiter Faktor. Wiederherstellungscodes kommen mit, wenn es keine gab.',
      },
      content: { schema: fields({ codes }, { session: ref('Session') }) },
    },
  },
  problems: ['demo_account', 'code_wrong', 'too_many_attempts'],
}

export const renewCodesRoute: RouteDescription = {
  id: 'renew_backup_codes',
  tag: 'session',
  summary: { en: 'Get new backup codes', de: 'Neue Wiederherstellungscodes holen' },
  answers: {
    201: {
      description: {
        en: 'Ten codes, shown this once. Those from before are void.',
        de: 'Zehn Codes, nur dieses eine Mal gezeigt. Die früheren sind ungültig.',
      },
      content: { schema: fields({ codes }) },
    },
  },
  problems: ['demo_account', 'confirmation_needed', 'second_factor_required'],
}

export const removeFactorRoute: RouteDescription = {
  id: 'remove_second_factor',
  tag: 'session',
  summary: { en: 'Remove a second factor', de: 'Einen zweiten Faktor entfernen' },
  description: {
    en: 'The last one stays where the workspace demands one.',
    de: 'Der letzte bleibt, wo der Arbeitsbereich einen verlangt.',
  },
  answers: { 204: { description: { en: 'Removed', de: 'Entfernt' } } },
  problems: ['demo_account', 'confirmation_needed', 'second_factor_required', 'version_conflict'],
}

export const askPasskeyRoute: RouteDescription = {
  id: 'ask_passkey',
  tag: 'session',
  summary: {
    en: 'Begin to give a passkey as second factor',
    de: 'Einen Passkey als zweiten Faktor verlangen',
  },
  answers: asked,
}

export const beginPasskeyRoute: RouteDescription = {
  id: 'begin_passkey',
  tag: 'session',
  summary: { en: 'Begin with a passkey', de: 'Einen Passkey einrichten' },
  answers: asked,
  problems: ['demo_account', 'confirmation_needed'],
}

export const confirmPasskeyRoute: RouteDescription = {
  id: 'confirm_passkey',
  tag: 'session',
  summary: { en: 'Add a passkey that was made', de: 'Einen angelegten Passkey hinzufügen' },
  body: body({ name, response: credential }, { name: 'Laptop', response: { id: 'c29tZSBpZA' } }),
  answers: {
    201: {
      description: {
        en: 'It is a second factor now. Backup codes come along when there were none.',
        de: 'Er ist jetzt ein zweiter Faktor. Wiederherstellungscodes kommen mit, wenn es keine gab.',
      },
      content: { schema: fields({ codes }, { session: ref('Session') }) },
    },
  },
  problems: ['demo_account', 'passkey_refused', 'not_found'],
}

export const askPasskeySignInRoute: RouteDescription = {
  id: 'ask_passkey_sign_in',
  tag: 'session',
  open: true,
  summary: { en: 'Begin to sign in with a passkey', de: 'Anmelden mit einem Passkey beginnen' },
  answers: asked,
  problems: ['csrf_invalid', 'too_many_attempts'],
}

export const passkeySignInRoute: RouteDescription = {
  id: 'create_session_by_passkey',
  tag: 'session',
  open: true,
  summary: { en: 'Sign in with a passkey', de: 'Anmelden mit einem Passkey' },
  description: {
    en: 'In place of the password and of a second factor: the passkey has made sure of the person, by finger, face or PIN.',
    de: 'Anstelle von Passwort und zweitem Faktor: Der Passkey hat sich der Person versichert, mit Finger, Gesicht oder PIN.',
  },
  body: body({ response: credential }, { response: { id: 'c29tZSBpZA' } }),
  answers: {
    201: {
      description: { en: 'Signed in', de: 'Angemeldet' },
      headers: ['Set-Cookie'],
      content: { schema: ref('Session') },
    },
  },
  problems: ['passkey_refused', 'csrf_invalid', 'too_many_attempts'],
}

export const resetFactorsRoute: RouteDescription = {
  id: 'reset_member_second_factors',
  tag: 'members',
  permission: 'platform.kernel.member.manage',
  summary: { en: 'Remove a member’s second factors', de: 'Die zweiten Faktoren eines Mitglieds entfernen' },
  description: {
    en: 'For someone who has lost their device. All of them, the backup codes and the sessions go. Only for those who hold whatever the member holds.',
    de: 'Für jemanden, der sein Gerät verloren hat. Alle, die Wiederherstellungscodes und die Sitzungen fallen weg. Nur für die, die haben, was das Mitglied hat.',
  },
  answers: { 204: { description: { en: 'Removed', de: 'Entfernt' } } },
  problems: ['confirmation_needed', 'action_refused'],
}

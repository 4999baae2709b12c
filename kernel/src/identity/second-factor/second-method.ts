/** Ways to prove with a second thing who one is. `provider`: the sign-on provider vouches that it asked for one. */
export type SecondMethod = 'totp' | 'backup' | 'passkey' | 'email' | 'provider'

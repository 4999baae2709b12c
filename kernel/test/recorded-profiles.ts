/*
 * What six providers say of themselves and of someone who signs in, as published in their discovery documents and descriptions of ID tokens;
 * addresses, keys and people are made up. A local provider says the same.
 */

export interface RecordedProfile {
  readonly profile: 'okta' | 'azure' | 'google-workspace' | 'auth0' | 'apple' | 'google'
  /** Members of the discovery document that matter to a client. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** Claims of the ID token beside those of every token. */
  readonly claims: Readonly<Record<string, unknown>>
  /** What the workspace says about it. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The issuer ends with a slash. */
  readonly slash?: true
  readonly roles: readonly string[]
}

const LEAD = [{ value: 'Personal', role: 'employees.people-lead' }]

export const RECORDED: readonly RecordedProfile[] = [
  {
    profile: 'okta',
    metadata: {
      response_modes_supported: ['query', 'fragment', 'form_post', 'okta_post_message'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'email', 'profile', 'address', 'phone', 'offline_access', 'groups'],
      token_endpoint_auth_methods_supported: [
        'client_secret_basic',
        'client_secret_post',
        'client_secret_jwt',
        'private_key_jwt',
        'none',
      ],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: undefined,
    },
    claims: {
      sub: '00uid4BxXw6I6TV4m0g3',
      name: 'Olga Okta',
      email: 'olga@okta-kunde.example',
      email_verified: true,
      ver: 1,
      amr: ['mfa', 'otp', 'pwd'],
      idp: '00o1t9x2t7J5ZqDdT0g3',
      preferred_username: 'olga@okta-kunde.example',
      auth_time: 1_700_000_000,
      at_hash: undefined,
      groups: ['Everyone', 'Personal'],
    },
    settings: { domains: ['okta-kunde.example'], mapping: LEAD },
    roles: ['employees.people-lead'],
  },
  {
    profile: 'azure',
    metadata: {
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['pairwise'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: undefined,
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
    },
    claims: {
      sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
      ver: '2.0',
      tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
      oid: '00000000-0000-0000-66f3-3332eca7ea81',
      name: 'Anton Azure',
      preferred_username: 'anton@azure-kunde.example',
      email: 'Anton@azure-kunde.example',
      roles: ['Personal'],
      uti: 'abc',
      rh: '0.',
    },
    settings: {
      company: '9188040d-6c67-4c5b-b112-36a304b66dad',
      domains: ['azure-kunde.example'],
      mapping: LEAD,
    },
    roles: ['employees.people-lead'],
  },
  {
    profile: 'google-workspace',
    metadata: {
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'email', 'profile'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['plain', 'S256'],
      authorization_response_iss_parameter_supported: true,
    },
    claims: {
      sub: '110248495921238986420',
      azp: 'plinth',
      hd: 'workspace-kunde.example',
      email: 'wilma@workspace-kunde.example',
      email_verified: true,
      name: 'Wilma Workspace',
      given_name: 'Wilma',
      family_name: 'Workspace',
      picture: 'https://images.example/photo.jpg',
    },
    settings: { company: 'workspace-kunde.example', domains: ['workspace-kunde.example'] },
    roles: ['member'],
  },
  {
    profile: 'auth0',
    metadata: {
      id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
      scopes_supported: ['openid', 'profile', 'offline_access', 'name', 'email', 'email_verified'],
      token_endpoint_auth_methods_supported: [
        'client_secret_basic',
        'client_secret_post',
        'private_key_jwt',
        'none',
      ],
      code_challenge_methods_supported: ['S256', 'plain'],
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: undefined,
    },
    claims: {
      sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
      nickname: 'aura',
      name: 'Aura Null',
      email: 'aura@auth0-kunde.example',
      email_verified: true,
      updated_at: '2026-01-01T08:00:00.000Z',
      sid: 'u4zjB1vFz9',
      'https://plinth.example/roles': ['Personal'],
    },
    settings: {
      domains: ['auth0-kunde.example'],
      rolesClaim: 'https://plinth.example/roles',
      mapping: LEAD,
    },
    slash: true,
    roles: ['employees.people-lead'],
  },
  {
    profile: 'apple',
    metadata: {
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'email', 'name'],
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      userinfo_endpoint: undefined,
      authorization_response_iss_parameter_supported: undefined,
    },
    claims: {
      sub: '001999.59b2a4e18b1d4c2c9d3f7a6b5c4d3e2f.0815',
      email: 'paula@apfel.example',
      email_verified: 'true',
      is_private_email: 'false',
      auth_time: 1_700_000_000,
      nonce_supported: true,
    },
    settings: { domains: ['apfel.example'], teamId: 'TEAM123456', keyId: 'KEY1234567' },
    roles: ['member'],
  },
  {
    profile: 'google',
    metadata: {
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['plain', 'S256'],
      authorization_response_iss_parameter_supported: true,
    },
    claims: {
      sub: '108204268033311374519',
      azp: 'plinth',
      email: 'gustav@gmail.example',
      email_verified: true,
      name: 'Gustav Google',
      given_name: 'Gustav',
      family_name: 'Google',
    },
    settings: { domains: ['gmail.example'] },
    roles: ['member'],
  },
]

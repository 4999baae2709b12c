/** Version of the host API this kernel offers; `engines.plinth` of every manifest must include it. */
export const HOST_API_VERSION = '1.0.0'

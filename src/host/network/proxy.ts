/** The proxies that the environment names, in the way that curl and others read it. */

const HTTP = ['http_proxy', 'HTTP_PROXY'] as const;
const HTTPS = ['https_proxy', 'HTTPS_PROXY'] as const;

/** Which of the variables are set. Their values can hold a password. */
export function proxyVariables(): string[] {
  return [...HTTPS, ...HTTP].filter((name) => process.env[name]);
}

/** For undici, which takes `host:port` without a scheme for an error; other programs take it for http. */
export function proxySettings(): { httpProxy?: string; httpsProxy?: string } {
  const http = first(HTTP);
  const https = first(HTTPS);
  return {
    ...(http === undefined ? {} : { httpProxy: http }),
    ...(https === undefined ? {} : { httpsProxy: https }),
  };
}

function first(names: readonly string[]): string | undefined {
  const value = names.map((name) => process.env[name]).find((candidate) => candidate);
  return value === undefined || value.includes('://') ? value : `http://${value}`;
}

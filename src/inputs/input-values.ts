/** Paths and URLs as people write them into inputs: what is wrong with them, and their plain form. */
import { isAbsolute, normalize } from 'node:path';

/** @returns what is wrong with a path, to be read behind the name of its input; undefined for a good one */
export function pathComplaint(value: string): string | undefined {
  if (/\p{Cc}/u.test(value)) {
    return 'contains a control character; name the folder without it.';
  }
  if (!isAbsolute(value)) {
    return `is '${value}'; use an absolute path.`;
  }
  if (value.split('/').includes('..')) {
    return `is '${value}'; write the path without '..'.`;
  }
  if (stripSlash(normalize(value)) === '/') {
    return 'is the root of the file system; name the folder itself.';
  }
  return undefined;
}

const FOR_BITBUCKET = 'bitbucket-username and bitbucket-password or bitbucket-token';

/** @param forUser the inputs that take what must not stand in it. @returns what is wrong with a base URL, as `pathComplaint` */
export function urlComplaint(value: string, forUser = FOR_BITBUCKET): string | undefined {
  if (!URL.canParse(value)) {
    return `is '${withoutUserinfo(value)}', which is not a URL; use the base URL, such as https://bitbucket.example.com.`;
  }
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `starts with '${url.protocol}'; use an https:// URL.`;
  }
  if (url.username !== '' || url.password !== '') {
    return `carries a user name or password; use ${forUser}.`;
  }
  if (url.search !== '' || url.hash !== '') {
    return 'has a query or a fragment; use the base URL alone.';
  }
  return undefined;
}

/** A malformed URL can still carry a password. */
function withoutUserinfo(value: string): string {
  return value.replace(/.*@/s, '***@');
}

/** The same object. */
export function withoutTrailingSlash(url: URL): URL {
  url.pathname = stripSlash(url.pathname);
  return url;
}

/** At the first `=`; one part where there is none. */
export function splitOnce(line: string): string[] {
  const equals = line.indexOf('=');
  return equals < 0 ? [line] : [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
}

/** Of a path; the root keeps it. */
export function stripSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}

/** Is it this machine? Then nobody can listen. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

import { domainToASCII } from 'node:url';
import type { Read } from './format';

/** Browsers and mail programs cut longer ones. */
const MAX_LENGTH = 200;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const SPACE = /\s/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const TOP_LEVEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

const WRONG =
  'must be the address of a website, such as https://www.example.com. Leave out spaces and account names';

/** The address of a website in one form: with its scheme, the host in lower case, without a lone slash at the end. */
export function readWebsite(raw: string): Read {
  const text = raw
    .slice(0, 4 * MAX_LENGTH)
    .normalize('NFKC')
    .trim();
  if (SPACE.test(text)) return { ok: false, reason: WRONG };
  const url = parse(SCHEME.test(text) ? text : `https://${text}`);
  if (!url || !isPublicHost(url.hostname)) return { ok: false, reason: WRONG };
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    return { ok: false, reason: WRONG };
  }
  const bare = url.pathname === '/' && !url.search && !url.hash;
  const value = bare ? url.href.slice(0, url.href.lastIndexOf('/')) : url.href;
  return raw.length > 4 * MAX_LENGTH || value.length > MAX_LENGTH
    ? { ok: false, reason: `must be at most ${MAX_LENGTH} characters long` }
    : { ok: true, value };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** A name of the domain name system: an address by numbers, or one without a dot, is nobody's website. */
function isPublicHost(host: string): boolean {
  const labels = domainToASCII(host).toLowerCase().split('.');
  return (
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    TOP_LEVEL.test(labels.at(-1) ?? '')
  );
}

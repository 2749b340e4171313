import { domainToASCII } from 'node:url';

import { accept, exactIgnoringCase, masking, parsing, refuse, type Kind } from './kind';

// RFC 5321 with its erratum 1690: 254 characters in all, 64 before the @.
const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
const MAX_DOMAIN_LENGTH = 253;

// RFC 5322 dot-atom. The quoted form is left out: no mail service gives such addresses away, and typing errors look
// like it. The asterisk, which the RFC allows, is refused earlier as a mask character.
const LOCAL_PART = /^[a-z0-9!#$%&'+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'+/=?^_`{|}~-]+)*$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const TOP_LEVEL_LABEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;

/** The domain in lower case, an internationalised one in its ASCII form; null if it is no domain. */
function canonicalDomain(written: string): string | null {
  // Only where needed: the function also rewrites IP addresses written in unusual ways.
  const ascii = /^[\0-\x7F]*$/.test(written) ? written : domainToASCII(written);
  const domain = ascii.toLowerCase();
  const labels = domain.split('.');
  const valid =
    domain.length <= MAX_DOMAIN_LENGTH &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    TOP_LEVEL_LABEL.test(labels[labels.length - 1]);
  return valid ? domain : null;
}

const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = canonicalDomain(text.slice(at + 1));
  return domain !== null && local.length <= MAX_LOCAL_LENGTH && LOCAL_PART.test(local)
    ? accept(`${local}@${domain}`)
    : refuse(
        'format',
        'Expected one e-mail address of the form name@domain, such as wang.fang@example.com. Check the part before and after the @.'
      );
});

/** First character, *** and the domain. A single character before the @ is not shown: it would be the whole name. */
function reveal(value: string): string | null {
  const at = value.lastIndexOf('@');
  return at > 1 ? `${value[0]}***${value.slice(at)}` : null;
}

/** An e-mail address. Upper and lower case before the @ are kept, but do not matter when looking up. */
export const email: Kind = {
  id: 'email',
  classification: { category: 'contact', level: 'personal' },
  maxLength: MAX_LENGTH,
  example: 'wang.fang@example.com',
  parse,
  mask: masking(parse, reveal),
  transforms: { exact: exactIgnoringCase },
};

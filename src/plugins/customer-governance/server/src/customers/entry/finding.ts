import type { AttributeProblem } from '../../vault/sealing';

/** Something that is wrong with an entry. It names the attribute and never quotes the value. */
export interface Finding {
  attribute: string;
  reason: string;
  /** Refused by plan, consent or source, and so written in the log; else only a mistake of form. */
  refused?: boolean;
  /** The file that is there already, as far as whoever enters the other is told. */
  duplicate?: object;
}

/** A finding in Strapi's error shape. */
export interface EntryProblem extends AttributeProblem {
  duplicate?: object;
}

/** So many are listed in one answer; whoever made more mistakes begins with these. */
const LISTED = 50;
const PRINTABLE = /^[\w.$-]{1,60}$/;

/** The findings in Strapi's error shape, one for each attribute: the first, which the others often follow from. */
export function toProblems(findings: readonly Finding[]): EntryProblem[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    if (!first.has(finding.attribute)) first.set(finding.attribute, finding);
  }
  return [...first.values()].slice(0, LISTED).map(({ attribute, reason, duplicate }) => {
    // A key is the client's text, in which anything may stand; names that no attribute could have are not repeated.
    const name = PRINTABLE.test(attribute) ? attribute : 'an attribute of an impossible name';
    return {
      path: [name],
      message: `${name}: ${reason}`,
      name: 'ValidationError',
      ...(duplicate ? { duplicate } : {}),
    };
  });
}

import type { Finding } from '../customers/entry/finding';
import type { ConsentScope } from '../consents/scopes';
import type { ConsentChoice, Field } from './form';

/** What a visitor answered to one of the things that they were asked to agree to. */
export interface Answered {
  purpose: string;
  scope: ConsentScope;
  given: boolean;
}

export interface Agreement {
  findings: Finding[];
  /** Fields that may be written at once, and those that wait for their consent to be recorded. */
  plain: Record<string, unknown>;
  sensitive: Record<string, unknown>;
}

const keyOf = ({ purpose, scope }: { purpose: string; scope: string }) => `${purpose} ${scope}`;

/**
 * Holds what was filled in against what was agreed to. A field is taken in when one of its purposes needs no consent, or has
 * it; nothing that was refused is left out silently.
 */
export function readAgreement(
  form: { fields: readonly Field[]; consents: readonly ConsentChoice[] },
  values: Readonly<Record<string, unknown>>,
  answers: readonly Answered[]
): Agreement {
  const findings: Finding[] = [];
  const asked = new Map(form.consents.map((choice) => [keyOf(choice), choice]));
  const answered = new Map<string, boolean>();
  for (const answer of answers) {
    const key = keyOf(answer);
    if (!asked.has(key)) {
      findings.push({ attribute: 'consents', reason: `${key} is not asked for. Leave it out` });
    } else if (answered.has(key)) {
      findings.push({ attribute: 'consents', reason: `${key} is answered twice` });
    }
    answered.set(key, answer.given);
  }
  const fields = new Map(form.fields.map((field) => [field.name, field]));
  const plain: Record<string, unknown> = {};
  const sensitive: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fields.get(name);
    if (!field) {
      findings.push({ attribute: name, reason: 'is not asked for by this form. Leave it out' });
      continue;
    }
    if (value === '' || value === null) continue;
    const choices = form.consents.filter((choice) => choice.fields.includes(name));
    const needed = choices.length >= field.purposes.length;
    if (needed && !choices.some((choice) => answered.get(keyOf(choice)) === true)) {
      findings.push({
        attribute: name,
        reason: `is taken in only with consent: ${choices.map(keyOf).join(' or ')}. Leave it out, or agree`,
        refused: true,
      });
    }
    (field.sensitive ? sensitive : plain)[name] = value;
  }
  for (const { name, required } of form.fields) {
    if (required && !(name in plain) && !(name in sensitive))
      findings.push({ attribute: name, reason: 'is required' });
  }
  return { findings, plain, sensitive };
}

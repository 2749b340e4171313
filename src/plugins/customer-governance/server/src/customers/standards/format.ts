import type { LocalText } from '../../policy';
import type { KindId } from '../../vault/kinds';

/**
 * A value in its one form, or why it has none; the reason says what to do and never repeats the value.
 * `nearest` is what is kept where the policy only warns of what is wrong.
 */
export type Read = { ok: true; value: string } | { ok: false; reason: string; nearest?: string };

/** One of the values that may be chosen. */
export interface Choice {
  value: string;
  code: string;
  name: LocalText;
}

export type FormatId =
  KindId | 'credit-code' | 'website' | 'industry' | 'region' | 'date' | 'moment';

/** The one definition of what a value must look like, for panel, API and imports. */
export interface Format {
  id: FormatId;
  /** What is expected, in words. */
  hint: { en: string; zh: string };
  /** A valid value in its one form, of nobody. */
  example: string;
  /** Of what is typed. */
  maxLength: number;
  /** What may be chosen, where that is a short list; other values of the standard are accepted, too. */
  choices?: readonly Choice[];
  read(raw: string): Read;
}

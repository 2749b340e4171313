import type { Entry, EntryRule } from './entry';
import { sharingFacts } from './facts';
import type { Finding } from './finding';

type Data = Record<string, unknown>;

/** The same as a rule, asked of all entries of a batch at once, where one query does for all of them. */
export type BatchRule = (entries: readonly Entry[]) => Promise<void>;

export interface RuleOfType {
  rule: EntryRule;
  /** Asked in place of the rule in a batch; its findings must be the same. */
  many?: BatchRule;
}

/** An entry that was held against everything, and not written. */
export interface Examined {
  /** As it would be written: relations as row ids, values in their one form, completed by the rules. */
  data: Data;
  findings: Finding[];
  /** What to look at, though it is written. */
  warnings: Finding[];
}

/** An entry that was read, with what is wrong with it so far. */
export interface Opened {
  entry: Entry;
  findings: Finding[];
  warnings: Finding[];
}

interface Gate {
  open(data: Data): Promise<Opened>;
  general(entry: Entry, given: Data): Finding[];
  sealed(entry: Entry): Finding[];
  rules: readonly RuleOfType[];
}

/**
 * Asks of many new records what the gate asks of one: the same rules in the same order, which share what they look up.
 * Nothing is written, neither records nor what was refused.
 */
export const examineMany = (gate: Gate, rows: readonly Data[]): Promise<Examined[]> =>
  sharingFacts(async () => {
    const opened: Opened[] = [];
    for (const data of rows) {
      const each = await gate.open(data);
      each.findings.push(...gate.general(each.entry, data));
      opened.push(each);
    }
    for (const { rule, many } of gate.rules) {
      if (many) await many(opened.map(({ entry }) => entry));
      else {
        for (const { entry } of opened) {
          const asking = rule(entry);
          // A rule that has nothing to wait for is not waited for: of many entries that takes longer than the rule.
          if (asking) await asking;
        }
      }
    }
    return opened.map(({ entry, findings, warnings }) => ({
      data: entry.data,
      findings: [...findings, ...gate.sealed(entry)],
      warnings,
    }));
  });

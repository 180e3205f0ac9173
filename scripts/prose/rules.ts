// The rules of scripts/prose-rules.json, each with samples that pass and fail it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'en' | 'zh';

export interface ProseRule {
  /** Unique within its language. */
  readonly id: string;
  /** A regular expression; a phrase that it matches should be reworded. */
  readonly pattern: string;
  readonly flags?: string;
  /** What to write instead. */
  readonly write: string;
  readonly passes: readonly string[];
  readonly fails: readonly string[];
}

export const proseRules: Readonly<Record<Language, readonly ProseRule[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'prose-rules.json'), 'utf8'),
);

export interface Hit {
  readonly rule: ProseRule;
  readonly text: string;
  /** In UTF-16 units from the start of the text. */
  readonly index: number;
}

/** The phrases to reword in a text, by the rules of its language. A phrase can continue on the next line. */
export const hitsOf = (text: string, language: Language): Hit[] =>
  proseRules[language].flatMap((rule) =>
    [...text.matchAll(new RegExp(rule.pattern.replaceAll(' ', '\\s+'), `g${rule.flags ?? ''}`))].map(
      (match) => ({
        rule,
        text: match[0],
        index: match.index,
      }),
    ),
  );

import { hitsOf } from './rules.ts';
import { isTitle, type Part, textsOfMarkdown, textsOfTypeScript, textsOfYaml } from './texts.ts';

export interface Finding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The phrase, and what to write instead. */
  readonly message: string;
}

/** The phrases to reword in a file. */
export function findingsOfFile(file: string, source: string): Finding[] {
  const language = /zh-CN/.test(file) ? 'zh' : 'en';
  return partsOf(file, source).flatMap(({ from, text }) =>
    hitsOf(text, language).map(({ rule, text: found, index }) => ({
      file,
      line: source.slice(0, from + index).split('\n').length,
      message: `"${found.trim().replace(/\s+/g, ' ')}" (${rule.id}). Write: ${rule.write}`,
    })),
  );
}

function partsOf(file: string, source: string): readonly Part[] {
  if (file.endsWith('.md')) return textsOfMarkdown(source);
  if (file.endsWith('.yml')) return textsOfYaml(source);
  if (!file.endsWith('.ts')) return [];
  // The other strings of a test are data, not prose.
  return textsOfTypeScript(source, /^(?:src|sandbox|scripts)\//.test(file) ? undefined : isTitle);
}

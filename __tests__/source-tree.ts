import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

// The modules of src/ and what they import.

export const src = join(import.meta.dirname, '..', 'src');
export const modules = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

/** `lib` of `lib/http.ts`, `main.ts` of itself. */
export const roomOf = (module: string): string => module.split('/')[0] ?? '';

/** What a module imports from this project, including types, by its path below src/. */
export function importsOf(module: string, text = readFileSync(join(src, module), 'utf8')): string[] {
  const specifiers = text.matchAll(/(?:from|import)\s*\(?\s*(?:\/\*.*?\*\/\s*)?'(\.[^']+)'/g);
  return [...specifiers].map(([, specifier = '']) =>
    relative(src, resolve(src, dirname(module), specifier)).replaceAll('\\', '/'),
  );
}

export const edges = modules.flatMap((from) =>
  importsOf(from)
    .filter((to) => to.endsWith('.ts'))
    .map((to) => ({ from, to })),
);

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { marked } from 'marked';
import type { LogLine } from '../runner/log.ts';

/** A run of the action, as the page shows it. */
export interface ShownRun {
  readonly title: string;
  /** What happens in it, a sentence or two. */
  readonly story: string;
  readonly ok: boolean;
  readonly log: readonly LogLine[];
  /** The step summary, GitHub's Markdown. */
  readonly summary: string;
}

const html = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Renders runs as one HTML page that opens from a file, without a network. */
export function runsPage(title: string, runs: readonly ShownRun[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${summaryCss('auto')}${style}</style>
</head>
<body>
<header><h1>${html(title)}</h1><nav>${runs.map((run, n) => `<a href="#run-${n + 1}">${icon(run.ok)} ${html(run.title)}</a>`).join('')}</nav></header>
<main>
${runs.map(section).join('\n')}
</main>
<script>${mermaidScript()}</script>
<script>
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
mermaid.initialize({ startOnLoad: true, securityLevel: 'strict', theme: dark ? 'dark' : 'default' });
</script>
</body>
</html>
`;
}

const icon = (ok: boolean): string => (ok ? '<span class="good">✓</span>' : '<span class="bad">✗</span>');

function section({ title, story, ok, log, summary }: ShownRun, n: number): string {
  return `<section id="run-${n + 1}">
<h2>${icon(ok)} ${html(title)}</h2>
<p class="story">${html(story)}</p>
<article class="summary"><div class="bar">deploy summary</div><div class="markdown-body">${summaryHtml(summary)}</div></article>
<details class="log"><summary>Log of the step</summary>${logHtml(log)}</details>
</section>`;
}

// GitHub's octicons "stop" and "alert", as its alerts show them.
const alertIcons: Record<string, string> = {
  caution:
    'M4.47.22A.749.749 0 0 1 5 0h6c.199 0 .389.079.53.22l4.25 4.25c.141.14.22.331.22.53v6a.749.749 0 0 1-.22.53l-4.25 4.25A.749.749 0 0 1 11 16H5a.749.749 0 0 1-.53-.22L.22 11.53A.749.749 0 0 1 0 11V5c0-.199.079-.389.22-.53Zm.84 1.28L1.5 5.31v5.38l3.81 3.81h5.38l3.81-3.81V5.31L10.69 1.5ZM8 4a.75.75 0 0 1 .75.75v3.5a.75.75 0 0 1-1.5 0v-3.5A.75.75 0 0 1 8 4Zm0 8a1 1 0 1 1 0-2 1 1 0 0 1 0 2Z',
  warning:
    'M6.457 1.047c.659-1.234 2.427-1.234 3.086 0l6.082 11.378A1.75 1.75 0 0 1 14.082 15H1.918a1.75 1.75 0 0 1-1.543-2.575Zm1.763.707a.25.25 0 0 0-.44 0L1.698 13.132a.25.25 0 0 0 .22.368h12.164a.25.25 0 0 0 .22-.368Zm.53 3.996v2.5a.75.75 0 0 1-1.5 0v-2.5a.75.75 0 0 1 1.5 0ZM9 11a1 1 0 1 1-2 0 1 1 0 0 1 2 0Z',
};

/** Renders a summary as GitHub does: alerts as boxes, Mermaid for the page to draw. Needs `summaryCss`. */
export function summaryHtml(markdown: string): string {
  return marked
    .parse(markdown, { async: false, gfm: true })
    .replace(
      /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
      '<pre class="mermaid">$1</pre>',
    )
    .replace(
      /<blockquote>\s*<p>\[!(\w+)\]\s*([\s\S]*?)<\/blockquote>/g,
      (_, name: string, content: string) => {
        const kind = name.toLowerCase();
        const icon = `<svg class="octicon mr-2" viewBox="0 0 16 16" width="16" height="16"><path d="${alertIcons[kind] ?? ''}"></path></svg>`;
        return `<div class="markdown-alert markdown-alert-${kind}"><p class="markdown-alert-title">${icon}${name[0]}${kind.slice(1)}</p><p>${content}</div>`;
      },
    );
}

const file = (name: string): string => readFileSync(createRequire(import.meta.url).resolve(name), 'utf8');

/** GitHub's own CSS for Markdown. `auto` follows the reader's setting. */
export const summaryCss = (theme: 'light' | 'dark' | 'auto'): string =>
  file(`github-markdown-css/github-markdown${theme === 'auto' ? '' : `-${theme}`}.css`);

/** The script that draws Mermaid's diagrams. */
export const mermaidScript = (): string =>
  file('mermaid/dist/mermaid.min.js').replaceAll('</script', '<\\/script');

const isAnnotation = (kind: LogLine['kind']): boolean => ['error', 'warning', 'notice'].includes(kind);

/** Renders the lines as the page of a job does: groups fold, and debug lines are left out. */
function logHtml(lines: readonly LogLine[]): string {
  let number = 0;
  let inGroup = false;
  const out: string[] = ['<div class="lines">'];
  for (const { text, kind, continued } of lines) {
    if (kind === 'debug') continue;
    if (kind === 'endgroup') {
      if (inGroup) out.push('</details>');
      inGroup = false;
      continue;
    }
    number++;
    const content = `<i>${number}</i><code class="${kind}">${isAnnotation(kind) && !continued ? `<b>${kind[0]?.toUpperCase()}${kind.slice(1)}:</b> ` : ''}${html(text)}</code>`;
    if (kind === 'group') {
      if (inGroup) out.push('</details>');
      out.push(`<details open><summary>${content}</summary>`);
      inGroup = true;
    } else {
      out.push(`<div>${content}</div>`);
    }
  }
  if (inGroup) out.push('</details>');
  return `${out.join('')}</div>`;
}

// GitHub's colors (primer/primitives), so that the diagram's own can be judged on a light and a dark page.
const style = `
:root { color-scheme: light dark; --bg: #ffffff; --fg: #1f2328; --muted: #59636e; --line: #d1d9e0; --soft: #f6f8fa;
  --link: #0969da; --good: #1a7f37; --bad: #d1242f; --caution: #cf222e; --warn: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --fg: #f0f6fc; --muted: #9198a1; --line: #3d444d;
  --soft: #151b23; --link: #4493f8; --good: #3fb950; --bad: #f85149; --caution: #f85149; --warn: #d29922; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
header { padding: 24px 32px 0; border-bottom: 1px solid var(--line); background: var(--soft); }
h1 { font-size: 20px; font-weight: 600; margin: 0 0 12px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 24px; padding-bottom: 12px; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
nav a { color: var(--fg); }
main { max-width: 1080px; margin: 0 auto; padding: 8px 32px 64px; }
section { padding-top: 24px; }
h2 { font-size: 18px; font-weight: 600; margin: 0 0 4px; }
.good { color: var(--good); } .bad { color: var(--bad); }
.story { color: var(--muted); margin: 0 0 16px; max-width: 76ch; }
.summary { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.bar { background: var(--soft); border-bottom: 1px solid var(--line); padding: 8px 16px; font-size: 12px; font-weight: 600; }
code { font: 85%/1.5 ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.markdown-body { padding: 16px 24px; }
.markdown-body pre.mermaid { background: none; padding: 0; text-align: center; }
.log { margin-top: 16px; } .log > summary { cursor: pointer; font-weight: 600; }
.lines { background: #0d1117; color: #f0f6fc; border-radius: 6px; padding: 12px 0; margin-top: 8px; font-size: 14px; overflow-x: auto; }
.lines div, .lines summary { display: flex; gap: 16px; padding: 0 16px; } .lines details > div { padding-left: 32px; }
.lines summary { cursor: pointer; } .lines i { color: #9198a1; min-width: 3ch; text-align: right; font: 12px/1.75 ui-monospace, monospace; user-select: none; }
.lines code { white-space: pre-wrap; overflow-wrap: anywhere; } .lines .error b { color: #f85149; } .lines .warning b { color: #d29922; } .lines .group { font-weight: 600; }
`;

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { marked } from 'marked';
import type { LogLine } from './log.ts';

/** A run of the action, to be shown. */
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

/** One HTML page of several runs, with all it needs in it: it opens from a file, without a network. */
export function runsPage(title: string, runs: readonly ShownRun[]): string {
  const mermaid = readFileSync(createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js'), 'utf8');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${html(title)}</h1><nav>${runs.map((run, n) => `<a href="#run-${n + 1}">${icon(run.ok)} ${html(run.title)}</a>`).join('')}</nav></header>
<main>
${runs.map(section).join('\n')}
</main>
<script>${mermaid.replaceAll('</script', '<\\/script')}</script>
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
<article class="summary"><div class="bar">deploy summary</div><div class="markdown">${summaryHtml(summary)}</div></article>
<details class="log"><summary>Log of the step</summary>${logHtml(log)}</details>
</section>`;
}

/** As GitHub renders a summary: alerts as boxes, Mermaid drawn, tables that scroll by themselves. */
export function summaryHtml(markdown: string): string {
  return marked
    .parse(markdown, { async: false, gfm: true })
    .replace(
      /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
      '<pre class="mermaid">$1</pre>',
    )
    .replace(
      /<blockquote>\s*<p>\[!(\w+)\]\s*([\s\S]*?)<\/p>\s*<\/blockquote>/g,
      (_, kind: string, text: string) =>
        `<div class="alert ${kind.toLowerCase()}"><p><b>${kind[0]}${kind.slice(1).toLowerCase()}</b></p><p>${text}</p></div>`,
    )
    .replace(/<table>[\s\S]*?<\/table>/g, '<div class="wide">$&</div>');
}

const isAnnotation = (kind: LogLine['kind']): boolean => ['error', 'warning', 'notice'].includes(kind);

/** The lines as the runner's page shows them: groups fold, commands that only hide secrets are not there. */
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

// GitHub's colours (primer/primitives), so that the picture's own can be judged on both pages.
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
.markdown { padding: 16px 24px; font-size: 16px; }
.markdown h2 { font-size: 1.5em; padding-bottom: .3em; border-bottom: 1px solid var(--line); margin: 0 0 16px; }
.markdown h3 { font-size: 1.25em; margin: 24px 0 16px; }
.markdown p, .markdown .wide, .markdown pre, .markdown details { margin: 0 0 16px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 6px 13px; text-align: left; }
th { font-weight: 600; } tr:nth-child(2n) td { background: var(--soft); }
code { font: 85%/1.5 ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.markdown code { background: color-mix(in srgb, var(--muted) 20%, transparent); border-radius: 6px; padding: .2em .4em; white-space: break-spaces; }
.markdown pre { background: var(--soft); border-radius: 6px; padding: 16px; overflow: auto; font: 85%/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.markdown pre.mermaid { background: none; padding: 0; text-align: center; }
.alert { border-left: .25em solid var(--link); padding: 8px 16px; margin-bottom: 16px; } .alert p { margin: 0; }
.alert.caution { border-color: var(--caution); } .alert.caution p:first-child { color: var(--caution); }
.alert.warning { border-color: var(--warn); } .alert.warning p:first-child { color: var(--warn); }
.log { margin-top: 16px; } .log > summary { cursor: pointer; font-weight: 600; }
.lines { background: #0d1117; color: #f0f6fc; border-radius: 6px; padding: 12px 0; margin-top: 8px; font-size: 14px; overflow-x: auto; }
.lines div, .lines summary { display: flex; gap: 16px; padding: 0 16px; } .lines details > div { padding-left: 32px; }
.lines summary { cursor: pointer; } .lines i { color: #9198a1; min-width: 3ch; text-align: right; font: 12px/1.75 ui-monospace, monospace; user-select: none; }
.lines code { white-space: pre-wrap; overflow-wrap: anywhere; } .lines .error b { color: #f85149; } .lines .warning b { color: #d29922; } .lines .group { font-weight: 600; }
`;

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { marked } from 'marked';
import type { LogLine } from '../runner/log.ts';

/** A run of the action, as the page shows it. */
export interface ShownRun {
  readonly title: string;
  /** What happens in it, two or three sentences. */
  readonly story: string;
  /** How it ended, a sentence or two. */
  readonly ending: string;
  /** Whether the step succeeded. */
  readonly ok: boolean;
  readonly log: readonly LogLine[];
  /** The step summary, GitHub's Markdown. */
  readonly summary: string;
}

const html = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Renders runs as one HTML page that opens from a file, without a network. It is light or dark as the reader's system is, until
 * the reader chooses: each theme is a separate style sheet, whose `media` the page's script changes.
 */
export function runsPage(title: string, introduction: string, runs: readonly ShownRun[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${style}</style>
${themes.map((theme) => `<style id="${theme}" media="(prefers-color-scheme: ${theme})">${summaryCss(theme)}${colors[theme]}</style>`).join('\n')}
</head>
<body>
<header><div>
<button id="theme" type="button" hidden></button>
<h1>${html(title)}</h1>
<p>${html(introduction)}</p>
<table><thead><tr><th>Story</th><th>The step</th><th>How it ended</th></tr></thead><tbody>
${runs.map(row).join('\n')}
</tbody></table>
</div></header>
<main>
${runs.map(section).join('\n')}
</main>
<script>${mermaidScript()}</script>
<script>${script}</script>
</body>
</html>
`;
}

const themes = ['light', 'dark'] as const;

const icon = (ok: boolean): string => (ok ? '<span class="good">✓</span>' : '<span class="bad">✗</span>');

const row = ({ title, ending, ok }: ShownRun, n: number): string =>
  `<tr><td><a href="#run-${n + 1}">${n + 1}. ${html(title)}</a></td><td>${icon(ok)} ${ok ? 'succeeded' : 'failed'}</td><td>${html(ending)}</td></tr>`;

function section({ title, story, ending, ok, log, summary }: ShownRun, n: number): string {
  return `<section id="run-${n + 1}">
<h2>${n + 1}. ${html(title)}</h2>
<p class="story">${html(story)}</p>
<p class="ending">${icon(ok)} <b>The step ${ok ? 'succeeded' : 'failed'}.</b> ${html(ending)}</p>
<article class="summary"><div class="bar">Job summary</div><div class="markdown-body">${summaryHtml(summary)}</div></article>
<details class="log"><summary>Log of the step</summary>${logHtml(log)}</details>
</section>`;
}

// Mermaid draws with the colors of one theme, so that its diagrams are drawn again from their source.
const script = `
const system = matchMedia('(prefers-color-scheme: dark)');
const button = document.getElementById('theme');
const diagrams = [...document.querySelectorAll('pre.mermaid')].map((element) => [element, element.textContent]);
let chosen;
async function show() {
  const theme = chosen ?? (system.matches ? 'dark' : 'light');
  for (const id of ['light', 'dark'])
    document.getElementById(id).media = chosen === undefined ? '(prefers-color-scheme: ' + id + ')' : id === chosen ? 'all' : 'not all';
  const other = theme === 'dark' ? 'light' : 'dark';
  button.textContent = other === 'dark' ? '☾ Dark' : '☀ Light';
  button.onclick = () => { chosen = other; show(); };
  for (const [element, source] of diagrams) {
    element.removeAttribute('data-processed');
    element.textContent = source;
  }
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: theme === 'dark' ? 'dark' : 'default' });
  await mermaid.run();
}
button.hidden = false;
system.onchange = show;
show();
`;

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

/** GitHub's own CSS for Markdown. */
export const summaryCss = (theme: 'light' | 'dark'): string =>
  file(`github-markdown-css/github-markdown-${theme}.css`);

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
const colors = {
  light: `:root { color-scheme: light; --bg: #ffffff; --fg: #1f2328; --muted: #59636e; --line: #d1d9e0; --soft: #f6f8fa;
  --link: #0969da; --good: #1a7f37; --bad: #d1242f; --warn: #9a6700; }`,
  dark: `:root { color-scheme: dark; --bg: #0d1117; --fg: #f0f6fc; --muted: #9198a1; --line: #3d444d; --soft: #151b23;
  --link: #4493f8; --good: #3fb950; --bad: #f85149; --warn: #d29922; }`,
};

const style = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
header { border-bottom: 1px solid var(--line); background: var(--soft); }
header > div, main { max-width: 1080px; margin: 0 auto; padding: 24px 32px; }
h1 { font-size: 24px; font-weight: 600; margin: 0 0 8px; }
header p, .story { color: var(--muted); margin: 0 0 16px; max-width: 110ch; }
header table { border-collapse: collapse; width: 100%; background: var(--bg); }
header th, header td { border: 1px solid var(--line); padding: 6px 12px; text-align: left; vertical-align: top; }
header th { font-weight: 600; } header td:nth-child(-n+2) { white-space: nowrap; }
button { float: right; margin-left: 16px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--bg); color: var(--fg); font: inherit; cursor: pointer; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
main { padding-bottom: 64px; }
section { padding: 16px 0 32px; }
h2 { font-size: 20px; font-weight: 600; margin: 0 0 4px; }
.good { color: var(--good); } .bad { color: var(--bad); }
.story { margin-bottom: 8px; } .ending { margin: 0 0 16px; }
.summary { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.bar { background: var(--soft); border-bottom: 1px solid var(--line); padding: 8px 16px; font-size: 12px; font-weight: 600; }
code { font: 85%/1.5 ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.markdown-body { padding: 16px 24px; }
.markdown-body pre.mermaid { background: none; padding: 0; text-align: center; }
.log { margin-top: 16px; } .log > summary { cursor: pointer; font-weight: 600; }
.lines { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 12px 0; margin-top: 8px; font-size: 14px; overflow-x: auto; }
.lines div, .lines summary { display: flex; gap: 16px; padding: 0 16px; } .lines details > div { padding-left: 32px; }
.lines summary { cursor: pointer; } .lines i { color: var(--muted); min-width: 3ch; text-align: right; font: 12px/1.75 ui-monospace, monospace; user-select: none; }
.lines code { white-space: pre-wrap; overflow-wrap: anywhere; } .lines .error b { color: var(--bad); } .lines .warning b { color: var(--warn); } .lines .group { font-weight: 600; }
`;

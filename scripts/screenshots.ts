// Creates the README's pictures of the job summary, docs/images/*.png, light and dark. It runs the action three times in the
// sandbox and renders the summaries with GitHub's own CSS and the real Mermaid in a headless Chromium.
//
// The summary is always English, so both READMEs show the same pictures. Commits, digests and machines are the same each
// time; only durations differ.
//
// Chromium is `CHROMIUM`, or the first of its names on PATH. It needs a font with emoji (Debian's fonts-noto-color-emoji).
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { mermaidScript, summaryCss, summaryHtml } from '../sandbox/demo/page.ts';
import { automatic, reverted, rolledBack, type Story, startStories } from '../sandbox/demo/stories.ts';
import { findProgram } from '../src/lib/program.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'images');
/** GitHub's summary on a laptop's screen, in CSS pixels. */
const width = 920;
/** A README's picture must be short, so it ends with the last part that ends above this line. */
const height = 1150;
const largest = 150_000;

const executablePath =
  process.env['CHROMIUM'] ||
  ['chromium', 'chromium-browser', 'google-chrome']
    .map((name) => findProgram(name, process.env, process.platform))
    .find((path) => path !== undefined);
if (executablePath === undefined)
  throw new Error('There is no Chromium on PATH. Install it, or set CHROMIUM to its path.');

/** Runs stories in a separate world, and returns the summary of the last one as users see it. */
async function last(...stories: Story[]): Promise<string> {
  // The date of reproducible builds, so that digests do not change and the summary shows no age.
  const world = await startStories({ built: '1970-01-01T00:00:00Z' });
  try {
    let summary = '';
    for (const story of stories) {
      const { run, unexpected } = await world.run(story);
      if (unexpected.length > 0) throw new Error(`${story.title}: ${unexpected.join('; ')}`);
      summary = world.named(run.summary);
    }
    return summary;
  } finally {
    await world.close();
  }
}

const page = (summary: string, theme: 'light' | 'dark'): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>${summaryCss(theme)}
body { margin: 0; background: ${theme === 'dark' ? '#0d1117' : '#ffffff'}; }
.markdown-body { padding: 20px 24px 8px; font-size: 16px; }
.markdown-body pre.mermaid { background: none; padding: 0; text-align: center; }
</style></head><body><article class="markdown-body">${summaryHtml(summary)}</article>
<script>${mermaidScript()}</script>
<script>mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: '${theme === 'dark' ? 'dark' : 'default'}' });</script>
</body></html>`;

const pictures = {
  deployed: last(automatic),
  reverted: last(automatic, reverted),
  'rolled-back': last(automatic, rolledBack),
};

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  for (const [name, played] of Object.entries(pictures)) {
    const summary = await played;
    for (const theme of ['light', 'dark'] as const) {
      const tab = await browser.newPage({ viewport: { width, height: 600 }, colorScheme: theme });
      await tab.setContent(page(summary, theme));
      await tab.evaluate('mermaid.run()');
      const text: string = await tab.evaluate('document.querySelector(".markdown-body").textContent');
      const [host] = /127\.0\.0\.1\S*|localhost\S*/.exec(text) ?? [];
      if (host !== undefined) throw new Error(`summary-${name} shows the sandbox's host: ${host}`);
      const path = join(folder, `summary-${name}-${theme}.png`);
      const bottoms: number[] = await tab.evaluate(
        '[...document.querySelectorAll(".markdown-body > :not(h3)")].map((each) => each.getBoundingClientRect().bottom)',
      );
      const bottom = Math.max(...bottoms.filter((each) => each <= height));
      await tab.screenshot({
        path,
        fullPage: true,
        clip: { x: 0, y: 0, width, height: Math.ceil(bottom) + 16 },
      });
      await tab.close();
      const { size } = statSync(path);
      console.log(`docs/images/summary-${name}-${theme}.png ${size} bytes`);
      if (size > largest) throw new Error(`${path} is larger than ${largest} bytes`);
    }
  }
} finally {
  await browser.close();
}

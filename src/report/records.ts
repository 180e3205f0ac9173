import { type Links, linksOf } from '../github/links.ts';
import type { Log } from '../github/log.ts';
import { counted } from '../lib/format.ts';
import type { Recorded } from '../record/write.ts';
import { code, link, prose } from './summary/markdown.ts';

/** The organization's page of artifacts, with their records. */
const pageOf = ({ server, repository }: Links): string =>
  `${server}/orgs/${encodeURIComponent(repository.split('/')[0] ?? '')}/artifacts`;

/** The records that were written, and a notice for each reason why others were not. */
export function logRecorded(
  { environment, written, notices }: Recorded,
  { log, env }: { readonly log: Log; readonly env: Parameters<typeof linksOf>[0]['env'] },
): void {
  for (const { id, name, region, image, digest } of written)
    log.line(
      `Deployment record${id === null ? '' : ` ${id}`}: ${name}${region === '' ? '' : ` in ${region}`} runs ${image}@${digest}`,
    );
  if (written.length > 0)
    log.line(
      `${counted(written.length, 'deployment record')} for ${environment} ${written.length === 1 ? 'is' : 'are'} on ${pageOf(linksOf({ env }))}`,
    );
  for (const { code: name, text } of notices) {
    log.debug(`Not recorded: ${name}`);
    log.notice(text);
  }
}

/** One line for the summary, as Markdown. */
export function recordsLine({ environment, written, notices }: Recorded, links: Links): string {
  const count = counted(written.length, 'deployment record');
  const stored = written.length === 0 ? [] : [`${link(count, pageOf(links))} for ${code(environment)}`];
  return [...stored, ...notices.map(({ text }) => prose(text))].join(' · ');
}

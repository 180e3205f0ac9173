import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { fileIn } from '../../scripts/release/git.ts';
import { own, referencesOf, withReferences } from '../../scripts/release/references.ts';
import { inRelease } from '../releasing/world.ts';

// What zizmor's online audits find in the references of a release: it reads the tags of the repository, here from a server with
// a release of a small one.

const zizmor = process.env['REAL_ZIZMOR'] ?? '';
beforeAll(() => {
  if (zizmor === '') throw new Error('REAL_ZIZMOR names no zizmor: pip install --requirement .ci/zizmor.txt');
});

/** Starts a server with the repository in a folder, in the places where zizmor asks GitHub for it. */
async function serveRepository(
  folder: string,
  place: string,
): Promise<{ server: Server; authority: string }> {
  const at = (name: string) => join(place, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' });
  writeFileSync(
    at('leaf.cnf'),
    'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n',
  );
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Sandbox',
  );
  openssl('req', ...key, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=localhost');
  openssl(
    ...['x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-days', '2', '-extfile', 'leaf.cnf', '-out', 'leaf.pem'],
  );
  execFileSync('git', ['clone', '--quiet', '--bare', folder, at(`${own}.git`)]);
  const server = createServer({ key: readFileSync(at('leaf.key')), cert: readFileSync(at('leaf.pem')) });
  server.on('request', (request, response) => {
    const { url = '', headers } = request;
    if (!url.endsWith('.git/git-upload-pack')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          /branch_commits/.test(url) ? { branches: [{ branch: 'main', prs: [] }], tags: [] } : [],
        ),
      );
      return;
    }
    const git = spawn('git', ['http-backend'], {
      env: {
        ...{ PATH: process.env['PATH'], GIT_PROJECT_ROOT: place, GIT_HTTP_EXPORT_ALL: '1' },
        ...{ REQUEST_METHOD: 'POST', PATH_INFO: url, CONTENT_LENGTH: headers['content-length'] },
        ...{
          CONTENT_TYPE: 'application/x-git-upload-pack-request',
          GIT_PROTOCOL: String(headers['git-protocol']),
        },
      },
    });
    request.pipe(git.stdin);
    const parts: Buffer[] = [];
    git.stdout.on('data', (part: Buffer) => parts.push(part));
    git.on('close', () => {
      const answer = Buffer.concat(parts);
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result' });
      response.end(answer.subarray(answer.indexOf('\r\n\r\n') + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return { server, authority: at('ca.pem') };
}

/** What zizmor finds about the versions in a workflow with the references of a text. */
const findings = (text: string, port: number, authority: string): Promise<string[]> =>
  inFolder('zizmor', async (folder) => {
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    const lines = referencesOf(text)
      // It audits only those of steps.
      .filter(({ path }) => !path.endsWith('.yml'))
      .map(({ path, ref, comment }) => `      - uses: ${own}${path && `/${path}`}@${ref} # ${comment}`);
    expect(lines.length).toBeGreaterThan(0);
    writeFileSync(
      join(folder, '.github/workflows/a.yml'),
      [
        'on: push',
        'permissions: {}',
        'jobs:',
        '  a:',
        '    runs-on: ubuntu-latest',
        '    steps:',
        ...lines,
        '',
      ].join('\n'),
    );
    const argv = [
      '--gh-hostname',
      `localhost:${port}`,
      '--gh-token',
      'x',
      '--persona=auditor',
      '--format=json',
      '.',
    ];
    const env = { PATH: process.env['PATH'], HOME: folder, SSL_CERT_FILE: authority };
    const found = await new Promise<string>((resolve, reject) =>
      // It exits with 11 to 14 if it finds something, and then also prints it.
      execFile(zizmor, ['--no-exit-codes', ...argv], { cwd: folder, env }, (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(stderr, { cause: error })),
      ),
    );
    const all: { ident: string }[] = JSON.parse(found);
    return all.map(({ ident }) => ident).filter((ident) => /ref|pin|impostor/.test(ident));
  });

test('a release’s references agree with its tags', () =>
  inRelease(async ({ folder, git, commits: { tagged, examples } }) => {
    git('tag', 'v1.0.0', tagged);
    git('tag', 'v1', tagged);
    await inFolder('repository', async (place) => {
      const { server, authority } = await serveRepository(folder, place);
      try {
        const { port } = server.address() as AddressInfo;
        const text = (commit: string, path: string) => fileIn(folder, commit, path)?.toString('utf8') ?? '';
        // Users copy these.
        expect(await findings(text(examples, 'examples/a.yml'), port, authority)).toEqual([]);
        // Only a tag’s commit has a tag, which .github/zizmor.yml allows.
        const pins = text(tagged, '.github/workflows/deploy-image.yml');
        expect(await findings(pins, port, authority)).toEqual(['stale-action-refs']);
        // With only the version in the comment, it would be taken for the tag’s commit.
        const bare = withReferences(pins, ({ ref }) => ({ ref, comment: 'v1.0.0' }));
        expect(await findings(bare, port, authority)).toEqual(
          expect.arrayContaining(['ref-version-mismatch']),
        );
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  }));

import { describe, expect, test } from '@jest/globals';
import {
  builtCommit,
  pullRequest,
  repositoryDispatch,
  type SandboxEvent,
  workflowDispatch,
} from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import {
  app,
  codesOf,
  errorOf,
  findingsOf,
  inWorld,
  oldCommit,
  runAction,
  type TestWorld,
  tag,
} from './world.ts';

// If nothing reads a field that a user set, a notice shows the line that would use it.

const noticesOf = (run: ActionRun) =>
  run.log.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);

/** The printed lines of a text, as inputs. Expressions are filled in from the event, like on GitHub. */
function inputsIn(text: string, { payload }: SandboxEvent): Record<string, string>[] {
  const github = { github: { event: payload }, inputs: payload['inputs'] };
  const filled = (value: string) =>
    value.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_whole, path: string) =>
      String(path.split('.').reduce((at: unknown, key) => (at as Record<string, unknown>)[key], github)),
    );
  return [...text.matchAll(/`with: ([a-z-]+): ([^`]+)`/g)].map(([, name = '', value = '']) => ({
    [name]: filled(value),
  }));
}

/** A moving tag that is older than the requested commit. */
function prepare({ push }: TestWorld) {
  const main = push('main', { revision: oldCommit, seed: 'older' });
  const { digest } = push(tag);
  push('sha-abc1234');
  push('1.2.3');
  return { main: main.digest, digest };
}

describe('a repository_dispatch whose client_payload has no `sha`', () => {
  test.each<[string, object, number]>([
    ['a tag and a commit', { image_tag: 'sha-abc1234', source_sha: builtCommit, source_ref: 'main' }, 2],
    ['a short commit', { git_sha: builtCommit.slice(0, 7) }, 1],
    ['a nested commit', { head_commit: { id: builtCommit } }, 1],
    ['a version number', { deploy: { version: '1.2.3' } }, 1],
    ['a camel-cased name', { imageTag: 'sha-abc1234' }, 1],
  ])(
    'with %s deploys the newest image with a notice, whose lines deploy the intended one',
    (_name, payload, count) =>
      inWorld(async (world) => {
        const { main, digest } = prepare(world);
        const event = repositoryDispatch(payload as Record<string, unknown>);
        const run = await world.deploy(event);
        expect([run.status, run.outputs['digest']]).toEqual([0, main]);
        const [notice = '', ...more] = noticesOf(run);
        expect(more).toEqual([]);
        expect(notice).toContain(`${world.image}:main`);
        const lines = inputsIn(notice, event);
        expect(lines).toHaveLength(count);
        for (const inputs of lines) {
          const again = await world.deploy(event, inputs);
          expect([again.status, again.outputs['digest'], noticesOf(again)]).toEqual([0, digest, []]);
        }
      }),
  );

  test('with a digest causes a line for `image`', () =>
    inWorld(async (world) => {
      const { digest } = prepare(world);
      const event = repositoryDispatch({ image: { digest } });
      const [inputs = {}] = inputsIn(noticesOf(await world.deploy(event)).join(), event);
      expect(inputs).toEqual({ image: `${world.image}@${digest}` });
      expect((await world.deploy(event, inputs)).outputs['digest']).toBe(digest);
    }));

  test('that does not refer to an image, or to the deployed one, causes no message', () =>
    inWorld(async (world) => {
      prepare(world);
      for (const payload of [{}, { reason: 'nightly', run: 7 }, { ref: 'refs/heads/main', branch: 'main' }])
        expect(noticesOf(await world.deploy(repositoryDispatch(payload)))).toEqual([]);
    }));

  test('is only ever text, however long and strange it is', () =>
    inWorld(async (world) => {
      prepare(world);
      const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`tag_${n}`, 'x'.repeat(900)]));
      const hostile = { tag: '\n::error::owned\n##[error]x', 'a`b': { sha: 'x' }, ...many };
      const run = await world.deploy(repositoryDispatch(hostile));
      expect(run.status).toBe(0);
      expect(run.log.annotations.map(({ level }) => level)).toEqual(['notice']);
      expect(noticesOf(run).join().length).toBeLessThan(1200);
    }));

  test.each<[string, Record<string, string>, boolean]>([
    ['another tag', { 'manual-select': 'tag:production' }, true],
    ['a pattern', { 'manual-select': 'newest:main-*' }, true],
    ['an image with another tag', { image: 'IMAGE:production' }, true],
    ['the sent tag, in another form', { image: 'IMAGE:v1.2.3' }, false],
    ['a digest', { image: 'IMAGE@DIGEST' }, false],
    ['a commit', { commit: builtCommit }, false],
  ])('causes a notice or not, with %s in the step', (_name, inputs, says) =>
    inWorld(async (world) => {
      const { digest } = prepare(world);
      for (const name of ['production', 'v1.2.3', 'main-20261124']) world.push(name, { seed: name });
      const filled = Object.entries(inputs).map(([name, value]) => [
        name,
        value.replace('IMAGE', world.image).replace('DIGEST', digest),
      ]);
      const run = await world.deploy(repositoryDispatch({ version: '1.2.3' }), Object.fromEntries(filled));
      expect([run.status, noticesOf(run).length]).toEqual([0, says ? 1 : 0]);
    }),
  );

  test('does not show what can be a secret', () =>
    inWorld(async (world) => {
      prepare(world);
      const payload = { release_token: 'hunter2', image: { password_hash: 'abc1234', pullKey: 'v1' } };
      const run = await world.deploy(repositoryDispatch(payload));
      expect([run.status, noticesOf(run)]).toEqual([0, []]);
      expect(run.stdout).not.toContain('hunter2');
    }));

  test('causes the notice in a dry run, too', () =>
    inWorld(async (world) => {
      prepare(world);
      const run = await world.deploy(repositoryDispatch({ image_tag: 'v1' }), { mode: 'dry-run' });
      expect(noticesOf(run)).toHaveLength(1);
    }));

  test('is a warning of the doctor', () =>
    inWorld(async (world) => {
      prepare(world);
      const run = await world.deploy(repositoryDispatch({ image_tag: 'v1' }), {
        mode: 'doctor',
      });
      expect(findingsOf(run)).toContainEqual({ mark: 'warning', code: 'event-fields-unread' });
    }));
});

describe('a form of a manual run that no input of the step uses', () => {
  test.each<[string, object]>([
    ['a tag', { tag: 'sha-abc1234' }],
    ['a commit', { commit: builtCommit }],
  ])(
    'with %s deploys the newest image with a notice, whose line deploys what the user entered',
    (_name, inputs) =>
      inWorld(async (world) => {
        const { main, digest } = prepare(world);
        const event = workflowDispatch({ inputs });
        const run = await world.deploy(event);
        expect(run.outputs['digest']).toBe(main);
        const [line = {}] = inputsIn(noticesOf(run).join(), event);
        const again = await world.deploy(event, line);
        expect([again.outputs['digest'], noticesOf(again)]).toEqual([digest, []]);
      }),
  );

  test('causes no message if it is empty or about something else', () =>
    inWorld(async (world) => {
      prepare(world);
      for (const inputs of [null, { tag: '' }, { doctor: 'false', region: 'fra' }])
        expect(noticesOf(await world.deploy(workflowDispatch({ inputs })))).toEqual([]);
    }));
});

describe('client_payload.sha', () => {
  test.each(['main', 'abc1234', '', 'ABC1234567890ABCDEF1234567890ABCDEF12345', 7])(
    'that is %j fails the step, and the error names the field',
    (sha) =>
      inWorld(async (world) => {
        prepare(world);
        const run = await world.deploy(repositoryDispatch({ sha }));
        expect(codesOf(run)).toEqual(['field-invalid']);
        expect(errorOf(run)).toContain('`client_payload.sha`');
        expect(errorOf(run)).toContain('client_payload[sha]=');
        expect(run.flyctl).toEqual([]);
      }),
  );

  test('that is short is deployed with the printed line', () =>
    inWorld(async (world) => {
      const { digest } = prepare(world);
      const event = repositoryDispatch({ sha: 'abc1234' });
      const [line = {}] = inputsIn(errorOf(await world.deploy(event)), event);
      expect(line).toEqual({ commit: 'abc1234' });
      expect((await world.deploy(event, line)).outputs['digest']).toBe(digest);
    }));
});

describe('the input `image`', () => {
  test.each(['', '  '])('of %j is the repository’s default image, with a notice', (image) =>
    inWorld(async (world) => {
      const run = await world.deploy(pullRequest(), { image });
      expect(codesOf(run)).toEqual(['event-not-allowed']);
      const [notice = '', ...more] = noticesOf(run);
      expect(more).toEqual([]);
      for (const fact of ['`image` is empty', 'ghcr.io/owner/repo', 'secret']) expect(notice).toContain(fact);
    }),
  );

  test('that is missing is the same image without a message', async () => {
    const run = await runAction({ event: pullRequest(), inputs: { app, 'fly-api-token': 'x' } });
    expect([codesOf(run), noticesOf(run)]).toEqual([['event-not-allowed'], []]);
  });

  test.each([
    ['image-several', 'IMAGE:main\nIMAGE:main-abc1234'],
    ['image-several', 'IMAGE:main,IMAGE:main-abc1234'],
    ['image-several', 'IMAGE:main-abc1234 IMAGE:main'],
    ['image-part-empty', 'IMAGE:'],
    ['image-part-empty', 'IMAGE@'],
    ['image-part-empty', 'IMAGE:-abc1234'],
    ['image-tag-invalid', 'IMAGE:feature/x'],
    ['image-tag-invalid', 'IMAGE:feature/x@DIGEST'],
  ])('fails with %s if it is %j, and each printed line deploys', (code, text) =>
    inWorld(async (world) => {
      const { digest } = prepare(world);
      world.push('feature-x');
      const event = repositoryDispatch({ sha: builtCommit });
      const image = text.replaceAll('IMAGE', world.image).replace('DIGEST', digest);
      const run = await world.deploy(event, { image });
      expect(codesOf(run)).toEqual([code]);
      const lines = inputsIn(errorOf(run), event);
      expect(lines.length).toBeGreaterThan(0);
      for (const inputs of lines) {
        const again = await world.deploy(event, { 'check-revision': 'off', ...inputs });
        expect(again.status).toBe(0);
      }
    }),
  );

  test.each([
    [':main-abc1234', 'ghcr.io/owner/repo:main-abc1234'],
    ['/owner/repo', 'ghcr.io/owner/repo'],
  ])('without its first part, %s, fails with the full name', (image, whole) =>
    inWorld(async (world) => {
      const run = await world.deploy(workflowDispatch(), { image });
      expect(codesOf(run)).toEqual(['image-part-empty']);
      expect(errorOf(run)).toContain(`\`with: image: ${whole}\``);
    }),
  );
});

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { type FlyOptions, type SandboxFly, startFly } from '../sandbox/fly/fly.ts';
import { makeImage } from '../sandbox/registry/images.ts';
import { type SandboxRegistry, startRegistry } from '../sandbox/registry/registry.ts';
import { readCalls } from '../sandbox/runner/flyctl-calls.ts';

const root = join(import.meta.dirname, '..');
const standIn = join(root, 'sandbox/flyctl/bin');
export const app = 'probe-app';
export const githubToken = 'ghs_a-token-of-the-job';

interface Probe {
  readonly status: number | null;
  readonly output: string;
  readonly json: {
    readonly version: number;
    readonly assumptions: readonly { id: string; holds: string; observed: string }[];
    readonly removed: readonly string[];
    readonly left: readonly string[];
    readonly tags: readonly string[];
  };
  readonly flyctl: ReturnType<typeof readCalls>;
}

export interface World {
  readonly fly: SandboxFly;
  /** The registry with the image to deploy, and a private one. */
  readonly registry: SandboxRegistry;
  probe(argv?: readonly string[], options?: ProbeRun): Promise<Probe>;
}

interface ProbeRun {
  /** The folder of a real flyctl instead of the stand-in. */
  readonly flyctl?: string;
  /** Standard input. Without it, `--yes` is added. */
  readonly answer?: string;
  /** Interrupted at the first line that contains this. */
  readonly interruptAt?: string;
  /** Called with a function that interrupts the probe. */
  readonly onStart?: (interrupt: () => void) => void;
  readonly rate?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the probe as a child process, against a sandbox. */
export async function inSandbox(
  play: (world: World) => Promise<void>,
  options: (hosts: () => World) => FlyOptions = () => ({}),
): Promise<void> {
  const registry = await startRegistry();
  let world: World | undefined;
  const fly = await startFly(options(() => world ?? ({} as World)));
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  try {
    registry.push('library/busybox', 'stable', makeImage({ platforms: ['linux/amd64', 'linux/arm64'] }));
    registry.push('owner/public', 'v1', makeImage({ seed: 'private' }));
    registry.push('owner/private', 'v1', makeImage({ seed: 'private' }));
    registry.addRepository('owner/private', 'private');
    registry.addUser('probe', githubToken);
    const calls = join(folder, 'calls.jsonl');
    const file = join(folder, 'probe.json');
    const run = async (
      argv: readonly string[] = [],
      { answer, interruptAt, onStart, rate = 40, env = {}, flyctl = standIn }: ProbeRun = {},
    ) => {
      const child = spawn(
        process.execPath,
        [
          ...['--import', join(root, 'sandbox/runner/fast-clock.ts'), join(root, 'scripts/probe.ts')],
          ...['--app', app, '--image', `${registry.host}/library/busybox:stable`, '--json', file],
          ...(answer === undefined ? ['--yes'] : []),
          ...argv,
        ],
        {
          stdio: 'pipe',
          env: {
            PATH: [flyctl, dirname(process.execPath), process.env['PATH']].join(delimiter),
            HOME: folder,
            XDG_SANDBOX_CALLS: calls,
            SANDBOX_CLOCK_RATE: String(rate),
            SANDBOX_GITHUB_REGISTRY: registry.host,
            GITHUB_API_URL: 'http://127.0.0.1:1',
            GITHUB_TOKEN: githubToken,
            FLY_API_TOKEN: fly.token,
            ...fly.env,
            ...env,
          },
        },
      );
      onStart?.(() => void child.kill('SIGINT'));
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          const before = output;
          output += text;
          if (interruptAt !== undefined && !before.includes(interruptAt) && output.includes(interruptAt))
            child.kill('SIGINT');
        });
      child.stdin.end(answer ?? '');
      const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
      const json = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
      return {
        status,
        output,
        json,
        flyctl: existsSync(calls) ? readCalls(readFileSync(calls, 'utf8')) : [],
      };
    };
    world = { fly, registry, probe: run };
    await play(world);
    expect(fly.unknown).toEqual([]);
  } finally {
    await Promise.all([registry.close(), fly.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The arguments that name the private image. */
export const privateImage = ({ registry }: World) => ['--private-image', `${registry.host}/owner/private:v1`];

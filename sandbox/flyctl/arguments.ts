import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse as parseToml } from 'smol-toml';
import { FlyctlError } from './api.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const many = { type: 'string', multiple: true } as const;

/** The flags of `flyctl deploy` that matter to an image that is already built. */
const deployFlags = {
  app: { ...text, short: 'a' },
  config: { ...text, short: 'c' },
  image: { ...text, short: 'i' },
  env: { ...many, short: 'e' },
  yes: { ...flag, short: 'y' },
  strategy: text,
  'wait-timeout': text,
  'release-command-timeout': text,
  'lease-timeout': text,
  'deploy-retries': text,
  'max-unavailable': text,
  'max-concurrent': text,
  'image-label': text,
  signal: text,
  'vm-size': text,
  'vm-memory': text,
  regions: many,
  'exclude-regions': many,
  'only-machines': many,
  'exclude-machines': many,
  'process-groups': many,
  'remote-only': flag,
  'local-only': flag,
  'no-cache': flag,
  'skip-release-command': flag,
  detach: flag,
  now: flag,
  ha: flag,
  'smoke-checks': flag,
  'dns-checks': flag,
  'update-only': flag,
  depot: flag,
  verbose: flag,
} as const;

export function parseDeploy(argv: readonly string[]) {
  // pflag accepts --ha=false; parseArgs only accepts --no-ha.
  const off = new Set<string>();
  const plain = argv.filter((argument) => {
    const [, name = '', value] = /^--([\w-]+)=(true|false)$/.exec(argument) ?? [];
    if (value === undefined || !(name in deployFlags)) return true;
    if (value === 'false') off.add(name);
    return value === 'true';
  });
  try {
    const { values } = parseArgs({ args: plain, options: deployFlags, strict: true, allowPositionals: true });
    return { values, off };
  } catch (error) {
    const name = /'(-[^' ]+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? '?';
    throw new FlyctlError(`unknown flag: ${name}`);
  }
}

/** Converts a Go duration of minutes and seconds, such as `5m30s`, to milliseconds. */
export function milliseconds(duration: string | undefined, fallback: number): number {
  if (duration === undefined) return fallback;
  const [, minutes = '0', seconds = '0'] = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration) ?? [];
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** The parts of fly.toml that the stand-in reads. */
export interface Toml {
  readonly deploy?: { readonly strategy?: string; readonly release_command?: string };
  readonly http_service?: {
    readonly internal_port?: number;
    readonly checks?: readonly Record<string, unknown>[];
  };
}

/** Reads the config like flyctl (internal/appconfig/serde.go). @returns undefined without a path and a default file. */
export async function readToml(path: string | undefined): Promise<Toml | undefined> {
  for (const file of path === undefined ? ['fly.toml', 'fly.json', 'fly.yaml'] : [path]) {
    if (!existsSync(file)) {
      if (path === undefined) continue;
      throw new FlyctlError(`config file not found at specified path: ${path}`);
    }
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.json')) return JSON.parse(text) as Toml;
    // Loaded only when needed, because every deploy in the tests starts this program.
    if (file.endsWith('.yaml')) return (await import('yaml')).parse(text) as Toml;
    return parseToml(text) as Toml;
  }
  return undefined;
}

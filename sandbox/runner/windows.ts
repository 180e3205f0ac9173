import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Windows starts neither scripts with a first line nor, without a shell, batch files. So a stand-in there is a second name of
// node.exe: `flyctl.exe deploy …` is Node, which runs `deploy.js` in the current folder, the workspace.

const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'windows');
const standIn = join(import.meta.dirname, '..', 'flyctl');

/** The first words of what the action asks flyctl. Each is a file in the workspace. */
const commands = ['deploy', 'machine', 'version', 'agent'];

/** A folder that contains Node under this name only. @returns its path. */
export async function nodeNamed(name: string): Promise<string> {
  const folder = join(cache, `${process.version}-${process.arch}`, name);
  const file = join(folder, `${name}.exe`);
  if (existsSync(file)) return folder;
  mkdirSync(folder, { recursive: true });
  // Workers of a test run do this at the same time.
  const part = `${file}.${process.pid}`;
  try {
    linkSync(process.execPath, part);
  } catch {
    // On another drive.
    await copyFile(process.execPath, part);
  }
  try {
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    if (!existsSync(file)) throw error;
  }
  return folder;
}

/** Writes the commands of a flyctl: the stand-in's, or those of a script that gets them as its arguments. */
export function writeFlyctl(workspace: string, script: string | undefined): void {
  for (const command of commands) {
    const text =
      script === undefined
        ? standInOf(command)
        : command === 'version'
          ? ''
          : `process.argv.splice(1, 1, 'flyctl', '${command}');\n${script}\n`;
    writeFileSync(join(workspace, `${command}.js`), text);
  }
}

function standInOf(command: string): string {
  if (command === 'version') {
    const [, version = ''] =
      /^version=(\S+)$/m.exec(readFileSync(join(standIn, 'bin', 'flyctl'), 'utf8')) ?? [];
    const answer = JSON.stringify({ Name: 'flyctl', Version: version, Environment: 'sandbox' });
    return `console.log(process.argv.includes('--json') ? '${answer}' : 'flyctl v${version} sandbox');\n`;
  }
  const start = pathToFileURL(join(standIn, 'start.mjs')).href;
  return `process.argv.splice(1, 1, 'flyctl', '${command}');\nimport('${start}');\n`;
}

/** The folders of PATH that every runner has: cmd, tar and PowerShell, which unpacks archives. */
export function systemPath(): string[] {
  const system = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  return [system, join(system, 'WindowsPowerShell', 'v1.0'), dirname(system)];
}

const kept =
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|PROCESSOR_ARCHITECTURE|NUMBER_OF_PROCESSORS)$/i;

/** The variables that a runner on Windows has instead of those of Linux. */
export const windowsVariables = (
  path: (...names: string[]) => string,
): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name))),
  HOME: undefined,
  TMPDIR: undefined,
  USERPROFILE: path('home'),
  TEMP: path('temp'),
  TMP: path('temp'),
  RUNNER_OS: 'Windows',
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { actionsLog } from '../github/log.ts';
import { writeOutputs, writeSummary } from '../github/outputs.ts';
import { main } from './main.ts';

process.exitCode = await main({
  input: (name) => core.getInput(name),
  log: actionsLog((chunk) => process.stdout.write(chunk)),
  readJsonFiles: (folder) =>
    new Map(
      folder === '' || !existsSync(folder)
        ? []
        : readdirSync(folder, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
            .map((entry) => join(entry.parentPath, entry.name))
            .map((path) => [path, readFileSync(path, 'utf8')]),
    ),
  writeOutputs,
  writeSummary,
});

import * as core from '@actions/core';
import { actionsLog } from '../github/log.ts';
import { writeOutputs, writeSummary } from '../github/outputs.ts';
import { reportFolder } from '../github/report-folder.ts';
import { jsonFilesIn } from './files.ts';
import { main } from './main.ts';

process.exitCode = await main({
  input: (name) => core.getInput(name),
  log: actionsLog((chunk) => process.stdout.write(chunk)),
  jsonFiles: jsonFilesIn,
  reports: reportFolder(process.env),
  writeOutputs,
  writeSummary,
});

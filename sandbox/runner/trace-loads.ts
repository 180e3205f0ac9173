// Notes each file that the process which loads this first, by `--import`, reads as code: one URL a line, when it ends.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded: string[] = [];
registerHooks({
  load: (url, context, next) => {
    if (url.startsWith('file:')) loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => appendFileSync(process.env['SANDBOX_LOADS'] ?? '', `${loaded.join('\n')}\n`));

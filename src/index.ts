import { start } from './start.ts';

// Everything is behind this one import, so that the bundler can put it into one scope: a module that waits cannot be.
const status = await start();
// What a cancel left under way must not keep the step waiting.
process.exit(status);

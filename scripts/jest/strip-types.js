import { stripTypeScriptTypes } from 'node:module';

// Jest's transform of TypeScript is Node's own, which replaces types with blanks. A test runs the code that Node runs
// from src/, and every line and column is that of the source: no source map, and coverage of both adds up.
export default {
  process: (code) => ({ code: stripTypeScriptTypes(code) }),
};

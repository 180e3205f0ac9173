// Before the first import: a TypeScript file that is loaded without the cache loads Node's compiler, which takes longer than the rest.
const cache = process.env['XDG_SANDBOX_COMPILE_CACHE'];
if (cache) process.getBuiltinModule('node:module').enableCompileCache(cache);
await import('./main.ts');

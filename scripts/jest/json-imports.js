// Jest's transform of two packages of GitHub's that import JSON as bundlers let them, and Node does not: each such
// import gets the attribute that it lacks.
export default {
  process: (code) => ({
    code: code.replace(/^(import \w+ from "[^"]+\.json");$/gm, '$1 with { type: "json" };'),
  }),
};

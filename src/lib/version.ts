/** The version in package.json, from which `npm run build` writes this line: dist/ does not read package.json. */
export const version = '0.1.0';

/** How this action names itself to GitHub, registries, Fly.io and the app. */
export const userAgent = `deploy-fly-image/${version}`;

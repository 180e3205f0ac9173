// Replaces undici in the bundles. Octokit’s wrapper and the tool cache import it, but nothing calls it: this action gives octokit
// its own fetch over node:http, and the tool cache downloads over node:https. undici is four times the size of octokit.

/** The wrapper creates one if the environment names a proxy, for a fetch that octokit does not use. */
export class ProxyAgent {}

export const fetch = () => {
  throw new Error('undici is not in this bundle: requests are sent over node:http');
};

type Module = typeof import('@actions/github/lib/utils');

let loading: Promise<Module> | undefined;

/** Loads octokit once. It takes about as long as an answer from a registry. */
export function loadOctokit(): Promise<Module> {
  loading ??= load();
  return loading;
}

/** Starts to load octokit, because most runs compare commits. */
export function prepareOctokit(): void {
  // The first request reports why it cannot be loaded.
  loadOctokit().catch(() => undefined);
}

/** octokit's module also reads the event file, and prints or throws if that is invalid, so the variable is hidden from it. */
async function load(): Promise<Module> {
  const { GITHUB_EVENT_PATH: event } = process.env;
  delete process.env['GITHUB_EVENT_PATH'];
  try {
    return await import('@actions/github/lib/utils');
  } finally {
    if (event !== undefined) process.env['GITHUB_EVENT_PATH'] = event;
  }
}

type Module = typeof import('@actions/github/lib/utils');

let loading: Promise<Module> | undefined;

/** Loads octokit, which takes about as long as an answer from a registry; once. */
export function loadOctokit(): Promise<Module> {
  loading ??= load();
  return loading;
}

/** Begins to load it, as most runs compare commits. */
export function prepareOctokit(): void {
  // Whoever asks learns why it cannot be loaded.
  loadOctokit().catch(() => undefined);
}

/** With octokit comes a reader of the event's file, which prints or throws where that is odd. */
async function load(): Promise<Module> {
  const { GITHUB_EVENT_PATH: event } = process.env;
  delete process.env['GITHUB_EVENT_PATH'];
  try {
    return await import('@actions/github/lib/utils');
  } finally {
    if (event !== undefined) process.env['GITHUB_EVENT_PATH'] = event;
  }
}

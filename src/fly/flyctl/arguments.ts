/** The values that become arguments of `flyctl deploy`. */
export interface DeployRequest {
  readonly app: string;
  readonly config: string | undefined;
  /** `host/path[:tag][@digest]`. */
  readonly image: string;
  readonly noCache: boolean;
  readonly flags: readonly string[];
}

/**
 * Arguments of `flyctl deploy`. Always `--remote-only`: without it, flyctl can use a local image of the same
 * name (flyctl, imgsrc/resolver.go). No value here can begin with a hyphen: app and reference were checked
 * by their grammars, a path gets `./`, and each flag was checked when the inputs were read.
 */
export function deployArguments({ app, config, image, noCache, flags }: DeployRequest): string[] {
  return [
    'deploy',
    ...['--app', app],
    ...(config === undefined ? [] : ['--config', config.startsWith('-') ? `./${config}` : config]),
    ...['--image', image],
    '--remote-only',
    ...(noCache ? ['--no-cache'] : []),
    ...flags,
  ];
}

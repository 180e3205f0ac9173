/** A line of the job's page. */
export interface LogLine {
  readonly text: string;
  readonly kind: 'text' | 'group' | 'endgroup' | 'error' | 'warning' | 'notice' | 'debug';
  /** A further line of the same message. */
  readonly continued: boolean;
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title: string | undefined;
  /** Its place in the repository. */
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** A workflow command that the runner has read. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

// The runner's commands (actions/runner, ActionCommandManager.cs): its extensions, and stop-commands.
const known = new Set(
  'internal-set-repo-path set-env set-output save-state add-mask add-path add-matcher remove-matcher debug warning error notice group endgroup echo stop-commands'.split(
    ' ',
  ),
);

const unescapeAll = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  [...pairs, ['%25', '%'] as const].reduce(
    (done, [code, character]) => done.replaceAll(code, character),
    text,
  );
const lineBreaks = [
  ['%0D', '\r'],
  ['%0A', '\n'],
] as const;

/** Reads a step's standard output line by line, like the runner. */
export class RunnerLog {
  readonly lines: LogLine[] = [];
  readonly annotations: Annotation[] = [];
  readonly masks: string[] = [];
  /** The commands that were processed. Text from outside must never be one of them. */
  readonly commands: Command[] = [];
  #stopToken: string | undefined;

  /** All lines on the job's page. */
  get text(): string {
    return this.lines.map(({ text }) => text).join('\n');
  }

  /** Reads a line, without its line break. @returns the lines that it adds to the page. */
  add(line: string): LogLine[] {
    const before = this.lines.length;
    const command = this.#parseV2(line) ?? this.#parseV1(line);
    if (command === undefined || !this.#process(command, line)) this.#show(line, 'text');
    return this.lines.slice(before);
  }

  #show(text: string, kind: LogLine['kind']): void {
    // Longest first, so that a secret that contains another one is hidden as a whole.
    const hidden = [...this.masks]
      .sort((a, b) => b.length - a.length)
      .reduce((done, mask) => done.replaceAll(mask, '***'), text);
    for (const [n, line] of hidden.split(/\r?\n/).entries())
      this.lines.push({ text: line, kind, continued: n > 0 });
  }

  /** @returns whether the line was a command, which is not shown as text. */
  #process(command: Command, line: string): boolean {
    if (this.#stopToken !== undefined) {
      if (command.name.toLowerCase() !== this.#stopToken.toLowerCase()) return false;
      this.#stopToken = undefined;
      this.#show(line, 'text');
      return true;
    }
    this.commands.push(command);
    const { name, data, properties } = command;
    switch (name) {
      case 'stop-commands':
        if (data === '' || known.has(data)) throw new Error(`the runner refuses the stop token "${data}"`);
        this.#stopToken = data;
        if (data.length > 6) this.masks.push(data);
        this.#show(line, 'text');
        break;
      case 'add-mask':
        if (data.trim() === '') throw new Error('the runner refuses an empty mask');
        this.masks.push(data);
        break;
      case 'error':
      case 'warning':
      case 'notice':
        this.annotations.push({
          level: name,
          message: data,
          title: properties['title'],
          file: properties['file'],
          line: properties['line'] === undefined ? undefined : Number(properties['line']),
        });
        this.#show(data, name);
        break;
      case 'group':
      case 'endgroup':
      case 'debug':
        this.#show(data, name);
        break;
      default:
        break;
    }
    return true;
  }

  #isKnown(name: string): boolean {
    return known.has(name) || (this.#stopToken !== undefined && name === this.#stopToken);
  }

  /** `::name key=value,key=value::data` after leading white space (ActionCommand.cs, TryParseV2). */
  #parseV2(line: string): Command | undefined {
    const trimmed = line.trimStart();
    const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1;
    if (end < 0) return undefined;
    return this.#command(
      trimmed.slice(2, end),
      ',',
      trimmed.slice(end + 2),
      [...lineBreaks, ['%3A', ':'], ['%2C', ',']],
      lineBreaks,
    );
  }

  /** `##[name key=value;key=value]data` anywhere in the line (ActionCommand.cs, TryParse). */
  #parseV1(line: string): Command | undefined {
    const begin = line.indexOf('##[');
    const end = begin < 0 ? -1 : line.indexOf(']', begin);
    if (end < 0) return undefined;
    const escapes = [['%3B', ';'], ...lineBreaks, ['%5D', ']']] as const;
    return this.#command(line.slice(begin + 3, end), ';', line.slice(end + 1), escapes, escapes);
  }

  #command(
    info: string,
    separator: string,
    data: string,
    propertyEscapes: readonly (readonly [string, string])[],
    dataEscapes: readonly (readonly [string, string])[],
  ): Command | undefined {
    const space = info.indexOf(' ');
    const name = space < 0 ? info : info.slice(0, space);
    if (!this.#isKnown(name)) return undefined;
    const pairs = (space < 0 ? '' : info.slice(space + 1))
      .split(separator)
      .map((pair) => pair.trim().split('='));
    const properties = Object.fromEntries(
      pairs.flatMap(([key = '', ...value]) =>
        value.length > 0 ? [[key, unescapeAll(value.join('='), propertyEscapes)]] : [],
      ),
    );
    return { name, properties, data: unescapeAll(data, dataEscapes) };
  }
}

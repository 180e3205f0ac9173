export type JobResult = 'success' | 'failure';

/** A step of a job that ran. */
export interface ActStep {
  /** As in `WorkflowRun.jobs`. */
  readonly job: string;
  /** Its `id`, or its number from 0. */
  readonly id: string;
  readonly outcome: 'success' | 'failure' | 'running';
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Its output. */
  readonly log: string;
}

/** The parts of a line of `act --json` that are read (pkg/runner/logger.go). */
interface Entry {
  readonly msg?: string;
  readonly job?: string;
  readonly jobID?: string;
  readonly jobResult?: JobResult;
  readonly matrix?: Readonly<Record<string, unknown>> | null;
  /** For a step in a composite action, the IDs of both. */
  readonly stepID?: readonly string[];
  readonly stage?: string;
  readonly stepResult?: 'success' | 'failure' | 'skipped';
  readonly raw_output?: boolean;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
}

type MutableStep = { -readonly [Key in keyof ActStep]: ActStep[Key] } & { outputs: Record<string, string> };

/** Reads the jobs and steps from act's log. */
export class ActLog {
  readonly lines: string[] = [];
  readonly jobs: Record<string, JobResult> = {};
  readonly steps: MutableStep[] = [];

  /** Reads a line. @returns what a step printed; undefined if the line is another message. */
  add(line: string): string | undefined {
    const entry = read(line);
    if (entry === undefined) {
      this.lines.push(line);
      return undefined;
    }
    const message = (entry.msg ?? '').replace(/\n$/, '');
    this.lines.push(message);
    const job = nameOf(entry);
    if (entry.jobResult !== undefined) this.jobs[job] = entry.jobResult;
    const [id, ...within] = entry.stepID ?? [];
    if (id === undefined || entry.stage !== 'Main') return undefined;
    const step = this.#step(job, id);
    if (entry.raw_output === true) {
      step.log += `${message}\n`;
      return message;
    }
    // A step in a composite action has a separate outcome and outputs.
    if (within.length > 0) return undefined;
    if (entry.stepResult === 'success' || entry.stepResult === 'failure') step.outcome = entry.stepResult;
    if (entry.command === 'set-output') step.outputs[entry.name ?? ''] = entry.arg ?? '';
    if (entry.command === 'summary') step.summary = entry.content ?? '';
    return undefined;
  }

  #step(job: string, id: string): MutableStep {
    const found = this.steps.find((step) => step.job === job && step.id === id);
    if (found !== undefined) return found;
    const step: MutableStep = { job, id, outcome: 'running', outputs: {}, summary: '', log: '' };
    this.steps.push(step);
    return step;
  }
}

/** @returns undefined if the line is not JSON, e.g. act's last message on stderr. */
function read(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

/** The job's ID, after that of the job that calls its workflow and before the values of its matrix. */
function nameOf({ job = '', jobID = '', matrix }: Entry): string {
  // `Workflow/job`, or `calling job/Workflow/job` (pkg/runner/run_context.go, String).
  const [calling, , ...called] = job.trim().split('/');
  const name = called.length > 0 ? `${calling}/${jobID}` : jobID;
  const values = Object.entries(matrix ?? {}).map(([key, value]) => `${key}=${value}`);
  return values.length === 0 ? name : `${name} (${values.join(', ')})`;
}

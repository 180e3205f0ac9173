import { gte } from 'semver';
import { type Scenario, servesRequests } from './scenarios.ts';

/** A difference between a flyctl and the stand-in, which matches the pinned one. Other differences must be examined. */
interface Change {
  readonly since: string;
  readonly what: string;
  /** Turns the stand-in's kinds of calls into those of such a flyctl. */
  readonly kinds: (standIn: readonly string[], scenario: Scenario) => readonly string[];
}

const changes: readonly Change[] = [
  {
    since: '0.4.86',
    what: 'requests the addresses that a machine listens on only if its process group has a service',
    kinds: (standIn, scenario) =>
      servesRequests(scenario) ? standIn : standIn.filter((kind) => !/^GET \S+\/ps /.test(kind)),
  },
];

/** The kinds of calls of a flyctl version in a scenario, from those of the stand-in. */
export const kindsOf = (version: string, standIn: readonly string[], scenario: Scenario): readonly string[] =>
  changes
    .filter(({ since }) => gte(version, since))
    .reduce<readonly string[]>((kinds, change) => change.kinds(kinds, scenario), standIn);

import { gte } from 'semver';
import { type Scenario, servesRequests } from './scenarios.ts';

/** What a flyctl does differently from the stand-in, which is the twin of the pinned one. Anything else is a difference to look at. */
interface Change {
  readonly since: string;
  readonly what: string;
  /** The kinds of calls that such a flyctl makes, from those of the stand-in. */
  readonly kinds: (standIn: readonly string[], scenario: Scenario) => readonly string[];
}

const changes: readonly Change[] = [
  {
    since: '0.4.86',
    what: 'asks for the addresses that a machine listens on only where its process group has a service',
    kinds: (standIn, scenario) =>
      servesRequests(scenario) ? standIn : standIn.filter((kind) => !/^GET \S+\/ps /.test(kind)),
  },
];

/** The kinds of calls that a version of flyctl makes in a scenario, by those of the stand-in. */
export const kindsOf = (version: string, standIn: readonly string[], scenario: Scenario): readonly string[] =>
  changes
    .filter(({ since }) => gte(version, since))
    .reduce<readonly string[]>((kinds, change) => change.kinds(kinds, scenario), standIn);

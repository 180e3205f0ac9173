import { type CheckedMachine, managed } from './compare.ts';

const idsOf = (machines: readonly CheckedMachine[]): string =>
  `${machines
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ')}${machines.length > 10 ? ` and ${machines.length - 10} more` : ''}`;

/**
 * The limits of a verified digest for these machines, each as one or two sentences.
 *
 * A root file system that outlives updates (docs, configuration, `persist_rootfs`; fly-go, MachineRootfs) can contain files
 * that hide those of the image. Fly.io reports no digests of containers, so only the one that is configured with the image is
 * verified.
 *
 * @param uncounted whether Fly.io did not report the number of machines.
 */
export function cautionsOf(machines: readonly CheckedMachine[], uncounted = false): string[] {
  const meant = managed(machines);
  const kept = meant.filter(({ keepsRootfs }) => keepsRootfs);
  const several = meant.filter(({ containers }) => containers.length > 1);
  const others = new Set(
    several.flatMap(({ containers, verifiedContainers }) =>
      containers
        .filter(({ name }) => !verifiedContainers.includes(name))
        .map(({ name, image }) => `${name} (${image})`),
    ),
  );
  const cordoned = meant.filter((machine) => machine.cordoned);
  const [first] = cordoned;
  return [
    ...(uncounted
      ? [
          'Fly.io does not report the app’s number of machines (`machine_count`), so a new machine that is missing in its list was not noticed. Compare with `fly machine list`.',
        ]
      : []),
    ...(first === undefined
      ? []
      : [
          `Fly.io’s proxy sends no requests to ${idsOf(cordoned)}, because \`fly machine cordon\` or an unfinished bluegreen deploy cordoned ${cordoned.length === 1 ? 'it' : 'them'}. To send requests again: \`fly machine uncordon ${first.id}\`.`,
        ]),
    ...(kept.length === 0
      ? []
      : [
          `The root file system of ${idsOf(kept)} outlives updates (\`persist_rootfs = "always"\`). Older files can hide those of the image, so the digest does not show which files are served.`,
        ]),
    ...(others.size === 0
      ? []
      : [
          `${idsOf(several)} ${several.length === 1 ? 'runs' : 'run'} several containers. These are not verified: ${[...others].slice(0, 10).join(', ')}${others.size > 10 ? ', …' : ''}.`,
        ]),
  ];
}

import { type CheckedMachine, managed } from './compare.ts';

const idsOf = (machines: readonly CheckedMachine[]): string =>
  `${machines
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ')}${machines.length > 10 ? ` and ${machines.length - 10} more` : ''}`;

/**
 * What a verified digest does not tell of these machines, each as a sentence or two.
 *
 * A root file system that outlives updates (docs, configuration, `persist_rootfs`; fly-go, MachineRootfs) may hold files that
 * cover the image's. Of containers Fly.io reports no digests, so only the one that is configured with the image is verified.
 *
 * @param uncounted whether Fly.io did not tell how many machines the app has.
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
  return [
    ...(uncounted
      ? [
          'Fly.io does not tell how many machines the app has (`machine_count`). A machine that was added meanwhile, and that its list left out, was not noticed: compare with `fly machine list`.',
        ]
      : []),
    ...(cordoned.length === 0
      ? []
      : [
          `Fly.io’s proxy sends no requests to ${idsOf(cordoned)}: cordoned by \`fly machine cordon\`, or by a bluegreen deploy that was not finished. \`fly machine uncordon ${cordoned[0]?.id}\` takes that back.`,
        ]),
    ...(kept.length === 0
      ? []
      : [
          `The root file system of ${idsOf(kept)} outlives updates (\`persist_rootfs = "always"\`). Files that were written before may cover those of the image, so its digest does not tell which files are served.`,
        ]),
    ...(others.size === 0
      ? []
      : [
          `Machines with several containers: ${idsOf(several)}. Not verified is what runs in ${[...others].slice(0, 10).join(', ')}${others.size > 10 ? ', …' : ''}.`,
        ]),
  ];
}

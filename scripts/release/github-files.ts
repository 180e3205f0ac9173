// The files of a release on GitHub. Only Node's own modules, because the release job installs nothing.
import { type Api, ApiError } from './api.ts';
import { sha256 } from './checksums.ts';

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  /** `sha256:…` */
  readonly digest?: string | null;
}

/** The files of a release, by name; undefined where the bytes are not known, such as those of an earlier attestation. */
export type Files = Readonly<Record<string, Buffer | undefined>>;

const hasBytes = (asset: Asset, name: string, bytes: Buffer | undefined): boolean =>
  asset.name === name &&
  asset.state === 'uploaded' &&
  (bytes === undefined || asset.digest === `sha256:${sha256(bytes)}`);

/** A release, as far as its files are concerned. */
export interface WithFiles {
  readonly upload_url: string;
  readonly assets: readonly Asset[];
}

/** How the files of a release differ from these; undefined if they do not. */
export function otherFiles({ assets }: WithFiles, files: Files): string | undefined {
  const names = Object.keys(files);
  const has = (name: string) => assets.some((asset) => asset.name === name);
  const missing = names.filter((name) => !has(name));
  const changed = names.filter(
    (name) => has(name) && !assets.some((asset) => hasBytes(asset, name, files[name])),
  );
  const added = assets.map(({ name }) => name).filter((name) => !names.includes(name));
  const parts = [
    missing.length > 0 ? `without ${missing.join(', ')}` : [],
    changed.length > 0 ? `with other contents of ${changed.join(', ')}` : [],
    added.length > 0 ? `with ${added.join(', ')}, which is not of this release` : [],
  ].flat();
  return parts.length > 0 ? parts.join(', and ') : undefined;
}

/** Uploads the files that a draft lacks, and replaces those with other bytes. */
export async function uploadFiles(api: Api, release: WithFiles, files: Files): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    if (bytes === undefined) continue;
    const same = release.assets.filter((asset) => asset.name === name);
    if (same.some((asset) => hasBytes(asset, name, bytes))) continue;
    // An upload that broke off leaves a file without its contents.
    for (const asset of same) await deleteFile(api, asset);
    const target = `${release.upload_url.replace(/\{.*\}$/, '')}?name=${encodeURIComponent(name)}`;
    const answer = await api.upload(target, bytes);
    if (answer.status !== 201) throw new ApiError('POST', `the file ${name}`, answer);
    if (!hasBytes(answer.body as Asset, name, bytes))
      throw new Error(`GitHub received other bytes of ${name} than were sent.`);
  }
}

export async function deleteFile(api: Api, { id }: Asset): Promise<void> {
  const path = `/releases/assets/${id}`;
  const answer = await api.request('DELETE', path);
  if (answer.status !== 204) throw new ApiError('DELETE', path, answer);
}

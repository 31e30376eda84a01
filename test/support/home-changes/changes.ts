/** Random changes to a home, as users, git and administrators make them. Each is plain data, so that a failure can shrink. */
import { dirname, relative } from 'node:path';
import * as fc from 'fast-check';
import { isErrno } from '../../../src/errors.ts';
import type { ByteFiles, Found } from './byte-files.ts';

/** Numbers choose among what is there when the change is made; `text` is new content. */
export interface Change {
  readonly what: keyof typeof CHANGES;
  readonly one: number;
  readonly other: number;
  readonly text: string;
}

const REPOSITORIES = 'shared/data/repositories';
const ATTACHMENTS = 'shared/data/attachments';
const AWAY = '.away';

/** Names that break careless programs. Bytes. */
const NAMES = [
  'plain',
  'two words',
  '-rf',
  '#hash',
  ';semi',
  ' lead',
  'new\nline',
  'st*r',
  'b\\#101',
  '\xff\xfe',
  'caf\xc3\xa9',
];

export function makeSmallHome(files: ByteFiles): void {
  for (const id of [1, 2, 3]) {
    makeRepository(files, `${REPOSITORIES}/${id}`, id);
  }
  files.makeFolder(`${ATTACHMENTS}/deep/er`);
  files.write(`${ATTACHMENTS}/plain`, 'content');
  files.write(`${ATTACHMENTS}/deep/er/two words`, 'content');
  files.write('shared/bitbucket.properties', 'jdbc.url=x\n');
  files.write('#root', 'in the root\n');
  files.makeFolder('caches/inner');
  files.write('caches/inner/file', 'left out');
}

function makeRepository(files: ByteFiles, path: string, seed: number): void {
  for (const folder of ['objects/pack', 'objects/info', 'refs/heads', 'logs/refs/heads', 'hooks']) {
    files.makeFolder(`${path}/${folder}`);
  }
  files.write(`${path}/HEAD`, 'ref: refs/heads/main\n');
  files.write(`${path}/config`, '[core]\n\tbare = true\n');
  files.write(`${path}/refs/heads/main`, `${hex(seed, 40)}\n`);
  files.write(`${path}/logs/refs/heads/main`, `${hex(seed, 40)} first\n`);
  for (let number = 0; number < 3; number += 1) {
    looseObject(files, path, seed * 10 + number);
  }
  pack(files, path, seed);
}

/** `length` hexadecimal digits that look random and follow from the seed. */
function hex(seed: number, length: number): string {
  let text = '';
  for (let value = seed + 1; text.length < length; value = (value * 48_271 + 11) % 2_147_483_647) {
    text += (value * 2_654_435_761).toString(16).replace('.', '').slice(-6);
  }
  return text.slice(0, length);
}

/** Few fan-out folders, so that changes meet. */
function looseObject(files: ByteFiles, repository: string, seed: number): void {
  const folder = `${repository}/objects/${['00', '7f', 'ab'][seed % 3]}`;
  files.makeFolder(folder);
  files.write(`${folder}/tmp_obj_${seed}`, `object ${seed}`);
  files.rename(`${folder}/tmp_obj_${seed}`, `${folder}/${hex(seed, 38)}`);
}

function pack(files: ByteFiles, repository: string, seed: number): void {
  const folder = `${repository}/objects/pack`;
  for (const ending of ['pack', 'idx']) {
    files.write(`${folder}/tmp_${ending}_${seed}`, `${ending} ${seed}`);
    files.rename(`${folder}/tmp_${ending}_${seed}`, `${folder}/pack-${hex(seed, 40)}.${ending}`);
  }
}

interface Scene {
  readonly files: ByteFiles;
  readonly one: number;
  readonly other: number;
  readonly text: string;
}

function pick<T>(from: readonly T[], number: number): T | undefined {
  return from[number % Math.max(1, from.length)];
}

/** An object's other name among them keeps its ending, which says that nobody changes it in place. */
function repositories({ files }: Scene): readonly string[] {
  return files
    .list(REPOSITORIES)
    .filter((name) => !name.endsWith('.object'))
    .toSorted()
    .map((id) => `${REPOSITORIES}/${id}`);
}

/** Not git's objects, which nobody changes in place, nor other names of them; nor what is left out. */
function ordinary({ files }: Scene, kind: Found['kind']): readonly string[] {
  return files
    .all()
    .filter((found) => found.kind === kind && !/\/objects\/|^caches|\/objects$|\.object$/.test(found.path))
    .map(({ path }) => path);
}

/** Folders that may be moved, emptied or replaced: all but the frame of the home. */
function movable(scene: Scene): readonly string[] {
  return ordinary(scene, 'folder').filter((path) => path.split('/').length > 2 && path !== REPOSITORIES);
}

function newName({ one, other }: Scene): string {
  return `${NAMES[other % NAMES.length]}${one % 7 === 0 ? '' : one % 7}`;
}

function inSomeFolder(scene: Scene, work: (path: string) => void): void {
  const folder = pick(['', ...ordinary(scene, 'folder')], scene.one);
  const path = folder === '' ? newName(scene) : `${folder}/${newName(scene)}`;
  if (!scene.files.exists(path)) {
    work(path);
  }
}

function toSome(scene: Scene, paths: readonly string[], work: (path: string) => void): void {
  const path = pick(paths, scene.one);
  if (path !== undefined) {
    work(path);
  }
}

const CHANGES = {
  push: (scene: Scene) =>
    toSome(scene, repositories(scene), (path) => {
      looseObject(scene.files, path, 1_000 + scene.other);
      scene.files.makeFolder(`${path}/refs/heads`);
      scene.files.makeFolder(`${path}/logs/refs/heads`);
      scene.files.replace(`${path}/refs/heads/main`, `${hex(scene.other, 40)}\n`);
      scene.files.append(`${path}/logs/refs/heads/main`, `${scene.text}\n`);
    }),
  'receive pack': (scene: Scene) =>
    toSome(scene, repositories(scene), (path) => {
      scene.files.makeFolder(`${path}/objects/pack`);
      pack(scene.files, path, 2_000 + scene.other);
    }),
  gc: (scene: Scene) =>
    toSome(scene, repositories(scene), (path) => {
      scene.files.makeFolder(`${path}/objects/pack`);
      pack(scene.files, path, 3_000 + scene.other);
      for (const folder of scene.files.list(`${path}/objects`).filter((name) => name.length === 2)) {
        scene.files.remove(`${path}/objects/${folder}`);
      }
      scene.files.replace(`${path}/packed-refs`, `${hex(scene.other, 40)} refs/heads/main\n`);
      scene.files.remove(`${path}/refs/heads/main`);
    }),
  repack: (scene: Scene) =>
    toSome(scene, repositories(scene), (path) => {
      scene.files.makeFolder(`${path}/objects/pack`);
      const old = scene.files.list(`${path}/objects/pack`);
      pack(scene.files, path, 4_000 + scene.other);
      for (const name of old) {
        scene.files.remove(`${path}/objects/pack/${name}`);
      }
    }),
  'unfinished object': (scene: Scene) =>
    toSome(scene, repositories(scene), (path) => {
      scene.files.makeFolder(`${path}/objects/pack`);
      scene.files.append(`${path}/objects/pack/tmp_pack_x`, scene.text);
      scene.files.append(`${path}/objects/pack/pack-${hex(1, 40)}.keep`, scene.text);
    }),
  'delete repository': (scene: Scene) =>
    toSome(scene, repositories(scene), (path) => scene.files.remove(path)),
  'new repository': (scene: Scene) => {
    const path = `${REPOSITORIES}/${10 + (scene.one % 5)}`;
    if (!scene.files.exists(path)) {
      makeRepository(scene.files, path, 50 + scene.other);
    }
  },
  'swap repositories': (scene: Scene) => {
    const [one, other] = [pick(repositories(scene), scene.one), pick(repositories(scene), scene.other)];
    if (one !== undefined && other !== undefined && one !== other) {
      scene.files.rename(one, `${REPOSITORIES}/swap`);
      scene.files.rename(other, one);
      scene.files.rename(`${REPOSITORIES}/swap`, other);
    }
  },
  'rename repository': (scene: Scene) =>
    toSome(scene, repositories(scene), (path) => {
      const to = `${REPOSITORIES}/${20 + (scene.other % 3)}`;
      if (!scene.files.exists(to)) {
        scene.files.rename(path, to);
      }
    }),
  'move folder': (scene: Scene) =>
    toSome(scene, movable(scene), (from) => {
      const to = `${ATTACHMENTS}/moved${scene.other % 3}`;
      if (!scene.files.exists(to) && scene.files.exists(ATTACHMENTS) && from !== ATTACHMENTS) {
        scene.files.rename(from, to);
      }
    }),
  'folder into link to its new place': (scene: Scene) =>
    toSome(scene, movable(scene), (from) => {
      const to = `${ATTACHMENTS}/linked${scene.other % 3}`;
      if (!scene.files.exists(to) && scene.files.exists(ATTACHMENTS) && from !== ATTACHMENTS) {
        scene.files.rename(from, to);
        scene.files.symlink(relative(dirname(from), to), from);
      }
    }),
  'away for a while': (scene: Scene) =>
    toSome(
      scene,
      movable(scene).filter((path) => !path.endsWith(AWAY)),
      (path) => scene.files.rename(path, `${path}${AWAY}`),
    ),
  'back again': (scene: Scene) => {
    for (const path of movable(scene).filter((each) => each.endsWith(AWAY))) {
      if (!scene.files.exists(path.slice(0, -AWAY.length))) {
        scene.files.rename(path, path.slice(0, -AWAY.length));
      }
    }
  },
  'new file': (scene: Scene) => inSomeFolder(scene, (path) => scene.files.write(path, scene.text)),
  'new folder': (scene: Scene) =>
    inSomeFolder(scene, (path) => {
      scene.files.makeFolder(path);
      scene.files.write(`${path}/inner`, scene.text);
    }),
  'new link': (scene: Scene) => inSomeFolder(scene, (path) => scene.files.symlink(`../${scene.text}`, path)),
  append: (scene: Scene) =>
    toSome(scene, ordinary(scene, 'file'), (path) => scene.files.append(path, scene.text)),
  overwrite: (scene: Scene) =>
    toSome(scene, ordinary(scene, 'file'), (path) => {
      if (scene.files.read(path).length > 0) {
        scene.files.overwrite(path, String(scene.other % 10));
      }
    }),
  'overwrite, time set back': (scene: Scene) =>
    toSome(scene, ordinary(scene, 'file'), (path) => {
      const time = scene.files.timeOf(path);
      if (scene.files.read(path).length > 0) {
        scene.files.overwrite(path, String(scene.other % 10));
        scene.files.setTime(path, time);
      }
    }),
  'touch -d': (scene: Scene) =>
    toSome(scene, [...ordinary(scene, 'file'), ...ordinary(scene, 'folder')], (path) =>
      scene.files.setTime(path, scene.other % 2 === 0 ? 1_000_000 : 4_000_000_000),
    ),
  chmod: (scene: Scene) =>
    toSome(scene, [...ordinary(scene, 'file'), ...ordinary(scene, 'folder')], (path) =>
      scene.files.chmod(path, scene.other % 2 === 0 ? 0o700 : 0o755),
    ),
  delete: (scene: Scene) => toSome(scene, ordinary(scene, 'file'), (path) => scene.files.remove(path)),
  'delete folder': (scene: Scene) => toSome(scene, movable(scene), (path) => scene.files.remove(path)),
  'file into folder': (scene: Scene) =>
    toSome(scene, ordinary(scene, 'file'), (path) => {
      scene.files.remove(path);
      scene.files.makeFolder(path);
      scene.files.write(`${path}/inner`, scene.text);
    }),
  'folder into file': (scene: Scene) =>
    toSome(scene, movable(scene), (path) => {
      scene.files.remove(path);
      scene.files.write(path, scene.text);
    }),
  'folder into link': (scene: Scene) =>
    toSome(scene, movable(scene), (path) => {
      scene.files.remove(path);
      scene.files.symlink('nowhere', path);
    }),
  'hard link': (scene: Scene) =>
    toSome(scene, ordinary(scene, 'file'), (from) =>
      inSomeFolder({ ...scene, one: scene.other }, (to) => scene.files.link(from, to)),
    ),
  'hard link to an object': (scene: Scene) =>
    toSome(
      scene,
      scene.files
        .all()
        .filter(({ path, kind }) => kind === 'file' && /\/objects\/[0-9a-f]{2}\//.test(path))
        .map(({ path }) => path),
      (from) => inSomeFolder({ ...scene, one: scene.other }, (to) => scene.files.link(from, `${to}.object`)),
    ),
  'break hard link': (scene: Scene) =>
    toSome(scene, ordinary(scene, 'file'), (path) => {
      const content = scene.files.read(path);
      const time = scene.files.timeOf(path);
      scene.files.remove(path);
      scene.files.write(path, Buffer.from(content, 'latin1').toString('utf8'));
      scene.files.setTime(path, time);
    }),
} as const satisfies Record<string, (scene: Scene) => void>;

export const someChanges: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    what: fc.constantFrom(...Object.keys(CHANGES).filter(isChange)),
    one: fc.nat(1_000),
    other: fc.nat(1_000),
    text: fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom('a', 'b', '0', '1') }),
  }),
  { maxLength: 8 },
);

function isChange(name: string): name is keyof typeof CHANGES {
  return name in CHANGES;
}

/** What the tree does not allow any more is left undone, half of it maybe. */
export function apply(changes: readonly Change[], files: ByteFiles): void {
  for (const { what, ...scene } of changes) {
    try {
      CHANGES[what]({ files, ...scene });
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR', 'EEXIST', 'EISDIR', 'EINVAL', 'ELOOP', 'ENOTEMPTY')) {
        throw error;
      }
    }
  }
}

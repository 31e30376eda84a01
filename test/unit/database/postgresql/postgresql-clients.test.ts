import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  chooseClients,
  chooseDumpClients,
  clientFolders,
  findClients,
} from '../../../../src/database/postgresql/postgresql-clients.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'clients-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function makeClients(version: string, programs = ['pg_dump', 'pg_restore', 'psql']): Promise<string> {
  const folder = join(root, version, 'bin');
  await mkdir(folder, { recursive: true });
  for (const program of programs) {
    await writeFile(join(folder, program), `#!/bin/sh\necho '${program} (PostgreSQL) ${version}'\n`, {
      mode: 0o755,
    });
  }
  return folder;
}

describe('clientFolders', () => {
  it('has the folders of all installed versions', async () => {
    const folder = await makeClients('16.4');
    expect(clientFolders(root)).toContain(folder);
  });

  it('gets by without any', () => {
    expect(clientFolders(join(root, 'missing'))).not.toContain(join(root, 'missing'));
  });
});

describe('findClients', () => {
  it('reads the versions, newest first', async () => {
    const folders = [await makeClients('9.6.24'), await makeClients('16.4'), await makeClients('15.18')];
    const found = await findClients(folders);
    expect(found.map(({ version }) => version.text)).toEqual(['16.4', '15.18', '9.6.24']);
    expect(found[0]?.psql).toBe(join(root, '16.4', 'bin', 'psql'));
  });

  it('passes over a folder that lacks a program', async () => {
    expect(await findClients([await makeClients('16.4', ['pg_dump', 'psql'])])).toEqual([]);
  });

  it('passes over a program that does not answer', async () => {
    const folder = await makeClients('16.4');
    await writeFile(join(folder, 'pg_dump'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(await findClients([folder])).toEqual([]);
  });

  it("passes over Debian's wrapper, which picks versions by itself", async () => {
    const real = await makeClients('16.4');
    await writeFile(join(root, 'pg_wrapper'), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 16.4'\n", {
      mode: 0o755,
    });
    const wrapped = join(root, 'usr-bin');
    await mkdir(wrapped);
    for (const program of ['pg_dump', 'pg_restore', 'psql']) {
      await symlink(join(root, 'pg_wrapper'), join(wrapped, program));
    }
    expect((await findClients([wrapped, real])).map(({ folder }) => folder)).toEqual([real]);
  });
});

describe('chooseClients', () => {
  it.each([
    [150_003, '15.18'],
    [140_011, '15.18'],
    [160_001, '17.2'],
    [170_009, '17.2'],
    [90_503, '9.6.24'],
    [90_600, '9.6.24'],
  ])('takes the closest that is not older than server %d', async (server, chosen) => {
    const folders = [await makeClients('9.6.24'), await makeClients('15.18'), await makeClients('17.2')];
    expect(chooseClients(await findClients(folders), server)?.version.text).toBe(chosen);
  });

  it('takes none when all are older', async () => {
    expect(chooseClients(await findClients([await makeClients('15.18')]), 160_000)).toBeUndefined();
  });

  it('takes none for a dump that cannot take the snapshot of another session', async () => {
    const clients = await findClients([await makeClients('9.4.26'), await makeClients('9.5.0')]);
    expect(chooseClients(clients, 90_426)?.version.text).toBe('9.4.26');
    expect(chooseDumpClients(clients, 90_426)?.version.text).toBe('9.5.0');
    expect(chooseDumpClients(clients.slice(1), 90_426)).toBeUndefined();
  });
});

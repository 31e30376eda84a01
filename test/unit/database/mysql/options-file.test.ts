import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import {
  type ConnectionInputs,
  optionsText,
  serverName,
  withOptionsFile,
} from '../../../../src/database/mysql/options-file.ts';
import { programText } from '../../../support/program.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const NOTHING: ConnectionInputs = {
  host: undefined,
  port: undefined,
  database: undefined,
  username: undefined,
  password: undefined,
  optionsFile: undefined,
};

/** What the clients make of it, by the program that they share their reader with. */
async function readBack(inputs: Partial<ConnectionInputs>, ...groups: readonly string[]): Promise<string> {
  const file = join(temporaryFolder(), 'my.cnf');
  writeFileSync(file, optionsText({ ...NOTHING, ...inputs }));
  return await programText('my_print_defaults', [`--defaults-file=${file}`, ...groups]);
}

it.each([
  ` leading and trailing `,
  `qu"o'te`,
  `"quoted"`,
  `'quoted'`,
  `back\\slash\\n\\s\\`,
  `#hash # and ; semicolon`,
  `$HOME %PATH% \`x\` !include x`,
  `--leading=dashes`,
  `ünïcode 数 😀`,
  `[client]`,
  `=`,
])('gives the clients a password as it is: %s', async (password) => {
  expect(await readBack({ password }, 'client')).toBe(`--password=${password}`);
});

it.each([
  [{}, ''],
  [{ host: 'db', username: 'bitbucket' }, '--user=bitbucket\n--host=db'],
  [{ host: 'localhost', port: 3307 }, '--host=localhost\n--port=3307\n--protocol=tcp'],
  [{ host: '/run/my sqld.sock', port: 3307 }, '--socket=/run/my sqld.sock'],
])('says where to connect: %j', async (inputs, expected) => {
  expect(await readBack(inputs, 'client')).toBe(expected);
});

it("lets the inputs win over the administrator's file, and that over Bitbucket's own settings", async () => {
  const optionsFile = join(temporaryFolder(), 'own.cnf');
  writeFileSync(optionsFile, '[client]\nuser=other\nssl-ca=/own.pem\n');
  const parameters = { 'ssl-ca': '/found.pem' };
  const said = await readBack({ optionsFile, username: 'bitbucket', parameters }, 'client');
  expect(said.split('\n')).toEqual([
    '--ssl-ca=/found.pem',
    '--user=other',
    '--ssl-ca=/own.pem',
    '--user=bitbucket',
  ]);
});

it.each([
  ['DISABLED', '--skip-ssl'],
  ['PREFERRED', ''],
  ['REQUIRED', '--ssl\n--skip-ssl-verify-server-cert'],
  ['VERIFY_IDENTITY', '--ssl\n--ssl-verify-server-cert'],
])('says %s of TLS in the words of either family', async (mode, mariadb) => {
  const parameters = { 'ssl-mode': mode };
  expect(await readBack({ parameters }, 'client')).toBe(`--loose-ssl-mode=${mode}`);
  expect(await readBack({ parameters }, 'client-mariadb')).toBe(mariadb);
});

it('exists for as long as it is used, for nobody else to read', async () => {
  const seen = await withOptionsFile({ ...NOTHING, password: 'secret' }, async (path) => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readFileSync(path, 'utf8')).toContain('secret');
    return await Promise.resolve(path);
  });
  expect(readdirSync(dirname(dirname(seen)))).not.toContain(dirname(seen).split('/').at(-1));
});

it('is gone when what used it has failed', async () => {
  let used = '';
  const failing = withOptionsFile(NOTHING, async (path) => {
    used = path;
    await Promise.reject(new Error('failed'));
  });
  await expect(failing).rejects.toThrow('failed');
  expect(() => statSync(used)).toThrow('ENOENT');
});

it.each([
  [{}, 'the local default socket'],
  [{ host: 'db' }, 'db:3306'],
  [{ port: 3307 }, 'localhost:3307'],
  [{ host: '/run/s', port: 3307 }, '/run/s'],
])('names the server: %j', (inputs, expected) => {
  expect(serverName({ ...NOTHING, ...inputs })).toBe(expected);
});

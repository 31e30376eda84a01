/**
 * `systemctl` and `service` with one service, a real PostgreSQL that pg_ctl starts and stops. Both know what they are asked
 * and refuse all else, as the real ones do.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../../src/errors.ts';

export interface ServiceOptions {
  /** For the programs themselves. */
  readonly folder: string;
  readonly name: string;
  readonly binFolder: string;
  readonly dataDirectory: string;
  readonly socketFolder: string;
  readonly port: number;
  readonly account: { readonly uid: number; readonly gid: number } | undefined;
}

/** @returns what was asked of them so far, one call a line */
export async function makeServiceManagers(options: ServiceOptions): Promise<() => Promise<string[]>> {
  const { folder, name } = options;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'control'), controlScript(options));
  const programs = {
    systemctl: `
case "$*" in
  "show --property=LoadState --value -- ${name}") echo loaded ;;
  "show --property=LoadState --value -- "*) echo not-found ;;
  "is-active --quiet -- ${name}") running || exit 3 ;;
  "start -- ${name}") start ;;
  "stop -- ${name}") stop ;;
  "start -- "* | "stop -- "*) echo "Failed: Unit \${3:-} not found." >&2; exit 5 ;;
  *) echo "Unknown command $*" >&2; exit 1 ;;
esac`,
    service: `
case "$*" in
  "${name} status") running || exit 3 ;;
  "${name} start") start ;;
  "${name} stop") stop ;;
  *) echo "$1: unrecognized service" >&2; exit 1 ;;
esac`,
  };
  for (const [program, cases] of Object.entries(programs)) {
    const path = join(folder, program, program);
    await mkdir(join(folder, program), { recursive: true });
    await writeFile(
      path,
      `#!/usr/bin/env bash\nset -euo pipefail\necho "${program} $*" >>'${folder}/calls'\n. '${folder}/control'\n${cases}\n`,
    );
    await chmod(path, 0o755);
  }
  return async () => {
    try {
      return (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
    } catch (error) {
      if (isErrno(error, 'ENOENT')) {
        return [];
      }
      throw error;
    }
  };
}

function controlScript(options: ServiceOptions): string {
  const { binFolder, dataDirectory, socketFolder, port, account, folder } = options;
  const as =
    account === undefined ? '' : `setpriv --reuid ${account.uid} --regid ${account.gid} --clear-groups `;
  const ctl = `${as}'${binFolder}/pg_ctl' --silent --pgdata='${dataDirectory}'`;
  // A file "broken" makes a start fail, as a wrong configuration would.
  return `
cd /
running() { ${ctl} status >/dev/null; }
start() {
  if [ -e '${folder}/broken' ]; then echo 'Job failed.' >&2; exit 1; fi
  running || ${ctl} --wait --log='${socketFolder}/log' -o '-k ${socketFolder} -h 127.0.0.1 -p ${port}' start >/dev/null
}
stop() { ! running || ${ctl} --wait --mode=fast stop >/dev/null; }
`;
}

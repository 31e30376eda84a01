/** BACKUP DATABASE: what it refuses, what it writes, and the chain that it begins or goes on. */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { usedPages } from './catalog-views.ts';
import { beginMedia, type BackupContent, checksumOf, finishMedia, pathHere } from './media.ts';
import { inRestore, noDatabase, noPermission, SqlRefusal, terminating } from './messages.ts';
import { allowed } from './rights.ts';
import type { RunContext } from './run-context.ts';
import { type Database, findDatabase } from './server-state.ts';
import type { Options, Statement } from './statements.ts';

type BackupStatement = Extract<Statement, { kind: 'backup' }>;

export async function backUp(statement: BackupStatement, context: RunContext): Promise<void> {
  const { device, options } = statement;
  const step = options.flags.has('DIFFERENTIAL') ? 'differential' : 'full';
  check(statement, context);
  const path = pathHere(context.state, device);
  const append = !options.flags.has('INIT') && !options.flags.has('FORMAT');
  const before = beginMedia(path, device, append);
  await context.step(step);
  progress(options, context, 50);
  appendFileSync(path, 'half of it');
  if (context.server.orders().fullDisk === step) {
    throw new SqlRefusal(
      3202,
      16,
      `Write on "${device}" failed: 112(There is not enough space on the disk.)`,
    );
  }
  context.assertAlive();
  // The moment of a backup is its end: the log up to there is in it.
  const database = check(statement, context);
  const guid = randomUUID().toUpperCase();
  const content = JSON.stringify(contentFor(database, step));
  const copyOnly = options.flags.has('COPY_ONLY');
  finishMedia(path, device, before, headerFor(statement, context, database, guid, content), content);
  if (step === 'full' && !copyOnly) {
    const { lsn, tables } = database;
    await context.server.changeDatabase(database.name, (one) => ({ ...one, base: { guid, lsn, tables } }));
  }
  progress(options, context, 100);
  const pages = usedPages(database);
  for (const { logical } of database.files) {
    context.print(`Processed ${pages} pages for database '${database.name}', file '${logical}' on file 1.`);
  }
  context.print(
    `BACKUP DATABASE${step === 'differential' ? ' WITH DIFFERENTIAL' : ''} successfully processed ${pages} pages in 0.010 seconds (1.000 MB/sec).`,
  );
}

function check({ database: name, options }: BackupStatement, context: RunContext): Database {
  const { state, login } = context;
  const database = findDatabase(state, name);
  if (database === undefined) {
    throw noDatabase(name);
  }
  if (!allowed(login, 'BACKUP DATABASE', database)) {
    throw noPermission('BACKUP DATABASE', database.name);
  }
  if (database.state !== 'ONLINE') {
    throw inRestore(name);
  }
  if (options.flags.has('COMPRESSION') && /^(?:Express|Web)/.test(state.edition)) {
    throw new SqlRefusal(1844, 16, `BACKUP DATABASE WITH COMPRESSION is not supported on ${state.edition}.`);
  }
  if (options.flags.has('DIFFERENTIAL') && database.base === undefined) {
    throw new SqlRefusal(
      3035,
      16,
      `Cannot perform a differential backup for database "${database.name}", because a current database backup does not exist. Perform a full database backup by reissuing BACKUP DATABASE, omitting the WITH DIFFERENTIAL option.`,
      [terminating('BACKUP DATABASE')],
    );
  }
  return database;
}

function contentFor({ tables, base }: Database, kind: 'full' | 'differential'): BackupContent {
  const names = Object.keys(tables);
  const changed = names.filter(
    (name) => kind === 'full' || JSON.stringify(base?.tables[name]) !== JSON.stringify(tables[name]),
  );
  return { names, tables: Object.fromEntries(changed.map((name) => [name, tables[name] ?? []])) };
}

function headerFor(
  { options }: BackupStatement,
  context: RunContext,
  database: Database,
  guid: string,
  content: string,
): Parameters<typeof finishMedia>[3] {
  const isDifferential = options.flags.has('DIFFERENTIAL');
  return {
    name: options.texts.get('NAME') ?? '',
    type: isDifferential ? 'differential' : 'full',
    database: database.name,
    version: context.state.version,
    familyGuid: database.familyGuid,
    guid,
    baseGuid: isDifferential ? (database.base?.guid ?? null) : null,
    baseLsn: isDifferential ? (database.base?.lsn ?? null) : null,
    firstLsn: database.lsn,
    lastLsn: database.lsn + 1,
    copyOnly: options.flags.has('COPY_ONLY'),
    compressed: options.flags.has('COMPRESSION'),
    recoveryModel: database.recoveryModel,
    collation: database.collation,
    files: database.files,
    users: database.users,
    checksum: options.flags.has('CHECKSUM') ? checksumOf(content) : undefined,
  };
}

/** Tells what has gone since the last time that it told. */
export function progress(options: Options, context: RunContext, upTo: 50 | 100): void {
  const stats = options.numbers.get('STATS');
  if (stats !== undefined) {
    for (let percent = stats; percent <= 100; percent += stats) {
      if (percent <= upTo && percent > upTo - 50) {
        context.print(`${percent} percent processed.`);
      }
    }
  }
}

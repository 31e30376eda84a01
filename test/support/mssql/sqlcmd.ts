/**
 * A stand-in for Microsoft's `sqlcmd` with SQL Server behind it, which cannot run here. It is no toy that says yes: it reads its
 * arguments and T-SQL strictly, keeps databases, logins, rights, backup chains and files, and refuses what the real one refuses.
 *
 * Built from: the reference pages of BACKUP, RESTORE, RESTORE HEADERONLY, FILELISTONLY and VERIFYONLY with their columns and
 * permissions, ALTER DATABASE SET, HAS_PERMS_BY_NAME and the catalog views; "Database Engine events and errors" (numbers and
 * texts); "sqlcmd utility" and "Connecting with sqlcmd"; the source of the new sqlcmd (github.com/microsoft/go-sqlcmd: `setFlags`,
 * `handleError`, `AddError`, `scanRow`, `SetupCloseHandler`); outputs of both as people quote them. The real thing may still
 * differ: what was not run against a real server is said in the README.
 *
 * Usage: `sqlcmd.ts <folder of the server> <arguments of sqlcmd>`
 */
import { existsSync, readFileSync } from 'node:fs';
import { type SqlcmdArguments, parseArguments, UsageError } from './arguments.ts';
import type { Value } from './catalog-views.ts';
import { execute, type Printer } from './execute.ts';
import { ConnectionLost, SqlRefusal } from './messages.ts';
import { RunContext } from './run-context.ts';
import type { ResultSet } from './select.ts';
import { Server, type ServerState } from './server-state.ts';
import { parseBatch } from './statements.ts';

const ODBC = 'Sqlcmd: Error: Microsoft ODBC Driver 18 for SQL Server : ';

async function main(server: Server, args: readonly string[]): Promise<number> {
  let given: SqlcmdArguments;
  try {
    given = parseArguments(args);
  } catch (error) {
    if (!(error instanceof UsageError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const state = server.read();
  const complaint = loginComplaint(server, state, given);
  if (complaint !== undefined) {
    connectionComplaint(state, complaint);
    return 1;
  }
  const login = given.user ?? state.logins.find(({ password }) => password === undefined)?.name ?? '';
  const session = server.openSession({ pid: process.pid, host: given.host, login, database: given.database });
  if (state.flavour === 'go') {
    // As its SetupCloseHandler does: a killed one ends well.
    process.on('SIGTERM', () => process.exit(0));
  }
  const context = new RunContext(server, session, say);
  try {
    return await runFiles(given, context);
  } catch (error) {
    if (!(error instanceof ConnectionLost)) {
      throw error;
    }
    connectionComplaint(state, error.message);
    return 1;
  } finally {
    server.endSession(session.id);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The new one prints it with the rows, without a number (its `ConnectDb`). */
function connectionComplaint({ flavour }: ServerState, text: string): void {
  if (flavour === 'go') {
    say(`mssql: login error: ${text}`);
  } else {
    process.stderr.write(`${ODBC}${text}.\n`);
  }
}

function loginComplaint(server: Server, state: ServerState, given: SqlcmdArguments): string | undefined {
  if (server.orders().down === true || /(?:^|:)nowhere\b/.test(given.server)) {
    return 'TCP Provider: Error code 0x2749';
  }
  if (state.selfSigned && !given.trustCertificate) {
    return 'SSL Provider: [error:0A000086:SSL routines::certificate verify failed:self-signed certificate]';
  }
  if (given.user === undefined) {
    return state.logins.some(({ password }) => password === undefined)
      ? undefined
      : 'Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.';
  }
  const login = state.logins.find(({ name }) => name === given.user);
  return login?.password !== undefined && login.password === process.env['SQLCMDPASSWORD']
    ? undefined
    : `Login failed for user '${given.user}'.`;
}

async function runFiles(given: SqlcmdArguments, context: RunContext): Promise<number> {
  let exitCode = 0;
  for (const file of given.files) {
    if (!existsSync(file)) {
      process.stderr.write(`Sqlcmd: '${file}': Invalid filename.\n`);
      return 1;
    }
    for (const batch of batchesOf(readFileSync(file, 'utf8'), given)) {
      if (!(await runBatch(batch, given, context))) {
        exitCode = given.stopOnError ? 1 : exitCode;
        if (given.stopOnError) {
          return exitCode;
        }
      }
    }
  }
  return exitCode;
}

/** Lines of sqlcmd's own: a batch ends at `GO`; its other commands have no business here. */
function batchesOf(text: string, { noVariables }: SqlcmdArguments): string[] {
  if (!noVariables && text.includes('$(')) {
    throw new Error(`'${/\$\(([^)]*)/.exec(text)?.[1] ?? ''}' scripting variable not defined.`);
  }
  const batches: string[] = [''];
  for (const line of text.split('\n')) {
    if (/^\s*GO\s*$/i.test(line)) {
      batches.push('');
    } else if (/^\s*(?::|!!|(?:EXIT|QUIT|RESET|ED)\b)/i.test(line)) {
      throw new Error(`A command of sqlcmd: ${line}`);
    } else {
      batches.push(`${batches.pop() ?? ''}${line}\n`);
    }
  }
  return batches.filter((batch) => batch.trim() !== '');
}

/** @returns false when there was an error */
async function runBatch(batch: string, given: SqlcmdArguments, context: RunContext): Promise<boolean> {
  const printer: Printer = {
    message: say,
    table: (result, noCount) => printTable(result, noCount, given, context),
  };
  const settings = { noCount: false };
  let well = true;
  try {
    for (const statement of parseBatch(batch)) {
      try {
        await execute(statement, context, printer, settings);
      } catch (error) {
        if (!(error instanceof SqlRefusal) || ENDS_BATCH.includes(error.number) || error.level > 16) {
          throw error;
        }
        well = false;
        complain(error);
      }
    }
  } catch (error) {
    if (!(error instanceof SqlRefusal)) {
      throw error;
    }
    complain(error);
    return false;
  }
  return well;
}

/** No such database, column, object or function: the rest of the batch is not executed. */
const ENDS_BATCH = [102, 105, 195, 207, 208, 911, 916, 927, 4104];

function complain(refusal: SqlRefusal): void {
  for (const { number, level, message } of [refusal, ...refusal.followers]) {
    say(`Msg ${number}, Level ${level}, State 1, Server STANDIN, Line 1`);
    say(message);
  }
}

function printTable(
  { columns, rows }: ResultSet,
  noCount: boolean,
  { separator, width, trim }: SqlcmdArguments,
  { state }: RunContext,
): void {
  if (!trim) {
    throw new Error('This stand-in prints tables only with -W.');
  }
  const lines = [columns, columns.map((name) => '-'.repeat(name.length || 1)), ...rows].map(
    (row: readonly Value[]) =>
      row.map((value) => (value === null ? 'NULL' : String(value).trimEnd())).join(separator),
  );
  for (const line of lines) {
    for (let at = 0; at === 0 || at < line.length; at += width) {
      say(line.slice(at, at + width));
    }
  }
  if (state.flavour === 'go') {
    say('');
  }
  if (!noCount) {
    say(`\n(${rows.length} rows affected)`);
  }
}

// Last, when everything above is there.
const [folder = '', ...rest] = process.argv.slice(2);
process.exitCode = await main(new Server(folder), rest);

export const id = 892;
export const ids = [892];
export const modules = {

/***/ 32892:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  MysqlRestore: () => (/* binding */ MysqlRestore),
  mysqlRestore: () => (/* binding */ mysqlRestore),
  readMysqlRestoreOptions: () => (/* binding */ readMysqlRestoreOptions)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/database/mysql/mysql.js + 9 modules
var mysql = __webpack_require__(73487);
// EXTERNAL MODULE: ./build/database/mysql/mysql-clients.js
var mysql_clients = __webpack_require__(64526);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
// EXTERNAL MODULE: ./build/database/mysql/client-errors.js
var client_errors = __webpack_require__(39956);
// EXTERNAL MODULE: ./build/database/mysql/connection.js
var connection = __webpack_require__(6829);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/database/mysql/dump-cutter.js
/** Leaves parts of a text out while it passes. */

/**
 * @param cuts in order, none over another
 * @param before is put before the text
 */
function withoutParts(cuts, before) {
    let offset = 0;
    let next = 0;
    const transform = new external_node_stream_.Transform({
        transform(chunk, _encoding, done) {
            const end = offset + chunk.length;
            let position = offset;
            for (let cut = cuts[next]; cut !== undefined && cut.from < end; cut = cuts[next]) {
                if (cut.from > position) {
                    this.push(chunk.subarray(position - offset, cut.from - offset));
                }
                position = Math.max(position, Math.min(cut.to, end));
                if (cut.to > end) {
                    break;
                }
                next += 1;
            }
            if (position < end) {
                this.push(chunk.subarray(position - offset));
            }
            offset = end;
            done();
        },
    });
    transform.push(before);
    return transform;
}

// EXTERNAL MODULE: ./build/database/mysql/dump-file.js
var dump_file = __webpack_require__(45462);
// EXTERNAL MODULE: ./build/database/mysql/dump-scan.js + 1 modules
var dump_scan = __webpack_require__(54697);
// EXTERNAL MODULE: ./build/database/mysql/options-file.js
var options_file = __webpack_require__(65706);
// EXTERNAL MODULE: ./build/database/mysql/sql-text.js
var sql_text = __webpack_require__(20633);
;// CONCATENATED MODULE: ./build/database/mysql/restore-marker.js
/**
 * A table that says "not complete" while a database is being restored. It goes last, so that a database which a dead run
 * has left half-filled is known for that, and nobody else's is ever emptied.
 */

const MARKER_TABLE = 'bitbucket_restore_incomplete';
function createMarker(database, values) {
    const table = `${(0,sql_text/* quoteName */.A)(database)}.${MARKER_TABLE}`;
    return `CREATE TABLE ${table} (run_id varchar(64) NOT NULL, archive text NOT NULL, started_at datetime NOT NULL)
  ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO ${table} VALUES (${(0,sql_text/* quoteText */.o)(values.runId)}, ${(0,sql_text/* quoteText */.o)(values.archive)}, UTC_TIMESTAMP());
`;
}
function dropMarker(database) {
    return `DROP TABLE ${(0,sql_text/* quoteName */.A)(database)}.${MARKER_TABLE};\n`;
}
/**
 * Sessions of a restore hold a lock of this name (`GET_LOCK`), by which they are found when their programs are gone; a session has
 * no name of its own.
 */
function takeSessionLock(runId) {
    return `DO GET_LOCK(${(0,sql_text/* quoteText */.o)(sessionLock(runId))}, 10);\n`;
}
/** At most 64 characters. */
function sessionLock(runId) {
    return `bitbucket_restore_${runId.slice(0, 40)}`;
}

// EXTERNAL MODULE: ./build/database/mysql/sql-script.js
var sql_script = __webpack_require__(85085);
;// CONCATENATED MODULE: ./build/database/mysql/mysql-load.js
/** The client that loads a dump: what it may do, how far it is, and how its failures are told. */














const PROGRESS_MS = 10_000;
/**
 * Ours is a file in the folder `bitbucket-db`; Atlassian's scripts write `mysqldump --databases` into a file of that name.
 * @throws ActionError ARCHIVE_INCOMPLETE or ARCHIVE_UNSAFE; what the signal was aborted with
 */
async function readDump(unpacked, signal) {
    const member = (0,external_node_path_.join)(unpacked, dump_folder/* DUMP_MEMBER */.g0);
    const isFolder = (await (0,promises_.stat)(member)).isDirectory();
    const file = isFolder ? await (0,dump_file/* findDumpFile */.i$)(member) : { path: member, compression: 'none' };
    if (file === undefined) {
        throw unusable('ARCHIVE_INCOMPLETE', `${dump_folder/* DUMP_MEMBER */.g0} does not hold exactly one .sql file`);
    }
    const scan = await (0,dump_scan/* scanDump */.o)(file, signal).catch((error) => {
        signal.throwIfAborted();
        throw unusable('ARCHIVE_INCOMPLETE', 'it cannot be read', error);
    });
    if (!scan.complete) {
        throw unusable('ARCHIVE_INCOMPLETE', 'it ends without its completion line');
    }
    if (scan.forbidden !== undefined) {
        throw unusable('ARCHIVE_UNSAFE', `it leads out of its database ("${scan.forbidden}")`);
    }
    return { file, scan };
}
function unusable(code, why, cause) {
    return new errors/* ActionError */.lZ(code, `The dump in the archive is not one of a MySQL or MariaDB database that can be loaded: ${why}.`, {
        advice: 'Choose another archive.',
        cause,
    });
}
/**
 * In binary mode the client executes no command that it reads (`system`, `source` ...), and no file of this machine may be
 * asked for (`--local-infile=0`): a dump is data. What its SQL may do on the server is what the user may.
 * @throws ActionError DB_FAILED, CHILD_KILLED; the signal's reason when it was aborted
 */
async function loadDump(work, { file, scan }, log, signal) {
    const source = (0,dump_file/* readDumpFile */.FY)(file);
    const text = withoutParts(scan.cuts, `${takeSessionLock(work.runId)}${sql_script/* SESSION_SETTINGS */.lg}`);
    // Either end of the pipe is the other's; why it broke is told by whoever reads it.
    source.on('error', (error) => text.destroy(error));
    text.on('close', () => source.destroy());
    source.pipe(text);
    const progress = loadProgress(log, source);
    try {
        await (0,connection/* runClient */.b)(work.connection, work.client, (0,sql_script/* clientArguments */.Kz)(work.name), { stdin: text, signal });
    }
    catch (error) {
        signal.throwIfAborted();
        throw error instanceof command_error/* CommandError */.Qd ? loadFailure(error, work) : error;
    }
    finally {
        progress.stop();
        source.destroy();
    }
}
/** A line every 10 s. */
function loadProgress(log, source) {
    let bytes = 0;
    source.on('data', (chunk) => {
        bytes += chunk.length;
    });
    const timer = setInterval(() => log.info(`Loading: ${(0,format/* formatBytes */.z3)(bytes)} of the dump are read`), PROGRESS_MS);
    timer.unref();
    return { stop: () => clearInterval(timer) };
}
function loadFailure(error, { name, connection }) {
    return new errors/* ActionError */.lZ(error.code === 'COMMAND_FAILED' ? 'DB_FAILED' : error.code, `Loading the dump into database '${name}' at ${(0,options_file/* serverName */.L5)(connection.inputs)} failed: ${(0,client_errors/* wordsOf */.Z9)(error)}.`, { advice: 'Correct what the database server names and run again.', cause: error });
}

// EXTERNAL MODULE: ./build/database/mysql/mysql-preflight.js + 3 modules
var mysql_preflight = __webpack_require__(3765);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/database/mysql/rows.js
var mysql_rows = __webpack_require__(83872);
;// CONCATENATED MODULE: ./build/database/mysql/own-sessions.js
/** Ends what the server still does for a restore whose programs are gone. */





const WAIT_MS = 20_000;
const INTERVAL_MS = 50;
/**
 * A server notices that a client is gone when the statement has ended. After this nothing appears any more that the run had
 * begun: a database, say, which was being created when its client was killed. Everybody may end sessions of his own user.
 * @throws CommandError when the server does not answer
 */
async function endSessionsOf(connection, client, runId) {
    const question = `SELECT IS_USED_LOCK(${(0,sql_text/* quoteText */.o)(sessionLock(runId))});\n`;
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
        const [row] = (0,mysql_rows/* parseRows */.t)((await (0,sql_script/* runScript */.j3)(connection, client, question)).stdout);
        const holder = row?.optionalText(0);
        if (holder === undefined || performance.now() > deadline) {
            return;
        }
        // It may have ended by itself in between.
        await (0,sql_script/* runScript */.j3)(connection, client, `KILL ${Number(holder)};\n`, { goOn: true });
        await (0,external_node_timers_promises_.setTimeout)(INTERVAL_MS);
    }
}

;// CONCATENATED MODULE: ./build/database/mysql/restore-database.js
/** Makes, marks, empties and drops the database of a restore. */








/** Dropping many tables takes its time. */
const REMOVAL_MS = 10 * 60_000;
/** Somebody who reads in it is waited for this long. */
const LOCK_WAIT = 'SET SESSION lock_wait_timeout = 60;\n';
/**
 * It takes no signal to be cut short by: the server would go on, and the database would be there after everybody has
 * looked. When the runner's signal ends the client all the same, `endSessionsOf` ends the server's part.
 * @throws ActionError DB_FAILED
 */
async function createDatabase(work, { characterSet, collation }) {
    const script = `${takeSessionLock(work.runId)}CREATE DATABASE ${(0,sql_text/* quoteName */.A)(work.name)} CHARACTER SET ${characterSet} COLLATE ${collation};\n`;
    await told(work, 'could not be created', async () => {
        await (0,sql_script/* runScript */.j3)(work.connection, work.client, script);
    });
}
async function mark(work, archive) {
    const { name, runId } = work;
    await told(work, 'could not be marked as incomplete', async () => {
        await (0,sql_script/* runScript */.j3)(work.connection, work.client, createMarker(name, { runId, archive }));
    });
}
async function unmark(work) {
    await told(work, 'could not be freed of its mark', async () => {
        await (0,sql_script/* runScript */.j3)(work.connection, work.client, dropMarker(work.name));
    });
}
async function dropDatabase(work) {
    await told(work, 'could not be dropped', async () => {
        await (0,sql_script/* runScript */.j3)(work.connection, work.client, `${LOCK_WAIT}DROP DATABASE IF EXISTS ${(0,sql_text/* quoteName */.A)(work.name)};\n`, { deadlineMs: REMOVAL_MS });
    });
}
/**
 * Empties a database again that was empty before: everything in it came from the restore that failed. Not by dropping it,
 * because its character set and the rights to it were there before.
 */
async function emptyDatabase(work) {
    await told(work, 'could not be emptied again', async () => {
        const is = `= ${(0,sql_text/* quoteText */.o)(work.name)}`;
        const question = `SELECT IF(TABLE_TYPE = 'VIEW', 'VIEW', 'TABLE'), TABLE_NAME FROM information_schema.TABLES
  WHERE TABLE_SCHEMA ${is} ORDER BY TABLE_NAME = '${MARKER_TABLE}';
SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA ${is};
SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA ${is};
`;
        const { stdout } = await (0,sql_script/* runScript */.j3)(work.connection, work.client, question);
        const drops = (0,mysql_rows/* parseRows */.t)(stdout).map((row) => ({
            isMark: row.text(1) === MARKER_TABLE,
            sql: `DROP ${row.text(0)} IF EXISTS ${(0,sql_text/* quoteName */.A)(work.name)}.${(0,sql_text/* quoteName */.A)(row.text(1))};\n`,
        }));
        // The mark goes last, so that an end in between leaves a database that is known for what it is.
        const inOrder = [...drops.filter(({ isMark }) => !isMark), ...drops.filter(({ isMark }) => isMark)];
        const script = `${LOCK_WAIT}SET SESSION foreign_key_checks = 0;\n${inOrder.map(({ sql }) => sql).join('')}`;
        await (0,sql_script/* runScript */.j3)(work.connection, work.client, script, { deadlineMs: REMOVAL_MS });
    });
}
async function told(work, what, act) {
    try {
        return await act();
    }
    catch (error) {
        throw error instanceof command_error/* CommandError */.Qd
            ? new errors/* ActionError */.lZ('DB_FAILED', `Database '${work.name}' at ${(0,options_file/* serverName */.L5)(work.connection.inputs)} ${what}: ${(0,client_errors/* wordsOf */.Z9)(error)}.`, { advice: 'Correct what the database server names and run again.', cause: error })
            : error;
    }
}

// EXTERNAL MODULE: ./build/database/mysql/rights.js
var rights = __webpack_require__(76190);
// EXTERNAL MODULE: ./build/database/mysql/versions.js
var versions = __webpack_require__(92352);
;// CONCATENATED MODULE: ./build/database/mysql/restore-facts.js






async function readServerFacts(connection, client, name) {
    const is = `= ${(0,sql_text/* quoteText */.o)(name)}`;
    const objects = `SELECT TABLE_NAME AS name FROM information_schema.TABLES
      WHERE TABLE_SCHEMA ${is} AND TABLE_NAME <> '${MARKER_TABLE}'
    UNION ALL SELECT CONCAT(ROUTINE_NAME, '()') FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA ${is}
    UNION ALL SELECT CONCAT('event ', EVENT_NAME) FROM information_schema.EVENTS WHERE EVENT_SCHEMA ${is}`;
    const tables = `FROM information_schema.TABLES
    WHERE TABLE_SCHEMA ${is} AND TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME <> '${MARKER_TABLE}'`;
    const script = `SET SESSION group_concat_max_len = 1000000;
SELECT 'server', VERSION(), CURRENT_USER(), ${(0,rights/* hasRightIn */.W2)('CREATE', (0,sql_text/* quoteText */.o)(name))};
SHOW GRANTS;
SELECT 'database', DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME,
  (SELECT COUNT(*) FROM (${objects}) AS objects),
  IFNULL((SELECT GROUP_CONCAT(name ORDER BY name SEPARATOR ', ') FROM (SELECT name FROM (${objects}) AS objects ORDER BY name LIMIT 5) AS few), ''),
  (SELECT COUNT(*) ${tables}),
  (SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB ${is} AND ID <> CONNECTION_ID()),
  (SELECT CRC32(GROUP_CONCAT(TABLE_NAME, CREATE_TIME ORDER BY TABLE_NAME)) ${tables})
  FROM information_schema.SCHEMATA WHERE SCHEMA_NAME ${is};
SELECT 'marked', TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA ${is} AND TABLE_NAME = '${MARKER_TABLE}';
`;
    const rows = (0,mysql_rows/* parseRows */.t)((await (0,sql_script/* runScript */.j3)(connection, client, script)).stdout);
    const of = (kind) => rows.find((row) => row.text(0) === kind);
    const server = of('server');
    const version = server === undefined ? undefined : (0,versions/* serverVersion */.qh)(server.text(1));
    if (server === undefined || version === undefined) {
        throw new TypeError('The server did not tell its version.');
    }
    const row = of('database');
    const existing = row === undefined
        ? undefined
        : {
            characterSet: row.text(1),
            collation: row.text(2),
            objects: row.number(3),
            examples: row.text(4),
            tables: row.number(5),
            sessions: row.number(6),
            identity: row.optionalText(7) === undefined ? undefined : row.number(7),
            unfinishedRun: of('marked') === undefined ? undefined : await readMark(connection, client, name),
        };
    return { version, user: server.text(2), mayCreate: server.boolean(3) || (0,rights/* hasRoles */.ob)(rows), existing };
}
/** One that was made and not filled yet is nobody's. */
async function readMark(connection, client, name) {
    const question = `SELECT run_id FROM ${(0,sql_text/* quoteName */.A)(name)}.${MARKER_TABLE} LIMIT 1;\n`;
    const [row] = (0,mysql_rows/* parseRows */.t)((await (0,sql_script/* runScript */.j3)(connection, client, question)).stdout);
    return row?.text(0) ?? '';
}
/** @returns the counts, in the order of the tables */
async function countRows(connection, client, database, tables) {
    const script = tables.map((table) => `SELECT COUNT(*) FROM ${(0,sql_text/* quoteName */.A)(table)};\n`).join('');
    const { stdout } = await (0,sql_script/* runScript */.j3)(connection, client, script, { database, deadlineMs: COUNT_MS });
    return (0,mysql_rows/* parseRows */.t)(stdout).map((row) => row.number(0));
}
const COUNT_MS = 60 * 60_000;

;// CONCATENATED MODULE: ./build/database/mysql/recover-database.js
/** Takes back what a restore that died has made of a database. Only what its mark, or its emptiness, shows to be its own. */







/** @returns sentences for the log. @throws ActionError DB_FAILED when it cannot be asked or taken back */
async function recoverDatabase(work, database) {
    const { name, runId, connection } = work;
    const existing = (await endAndAsk(work)).existing;
    if (existing === undefined) {
        return [];
    }
    const where = `database '${name}' at ${(0,options_file/* serverName */.L5)(connection.inputs)}`;
    if (!isOurs(existing, database, runId)) {
        return [`The ${where} is not marked as that of the restore that died; it was left as it is.`];
    }
    if (database.created) {
        await dropDatabase(work);
        return [`Dropped ${where}, which a restore that died had begun to fill.`];
    }
    if (existing.unfinishedRun === undefined) {
        await mark(work, '');
    }
    await emptyDatabase(work);
    return [`Emptied ${where} again, which a restore that died had begun to fill.`];
}
async function endAndAsk({ connection, client, name, runId }) {
    try {
        await endSessionsOf(connection, client, runId);
        return await readServerFacts(connection, client, name);
    }
    catch (error) {
        if (!(error instanceof command_error/* CommandError */.Qd)) {
            throw error;
        }
        const { message } = (0,mysql_preflight/* failureFinding */.Ue)(error, (0,mysql_preflight/* targetOf */.$r)(connection.inputs, name), 'a restore');
        throw new errors/* ActionError */.lZ('DB_FAILED', message, {
            advice: 'A restore that died has left a database there; make it reachable and run again.',
            cause: error,
        });
    }
}
/**
 * A run that died between creating the database and marking it has left it empty. One that died after it took the mark away
 * and before it could write down that all is in place has left it whole; its home is taken back, and so is the database,
 * unless somebody works with it by now.
 */
function isOurs(existing, database, runId) {
    const { unfinishedRun, objects, sessions, identity } = existing;
    if (unfinishedRun !== undefined) {
        return unfinishedRun === runId;
    }
    if (sessions > 0) {
        return false;
    }
    const { created, marked = false } = database;
    const isComplete = identity !== undefined && identity === database.oid;
    return isComplete || (created && !marked && objects === 0);
}

;// CONCATENATED MODULE: ./build/database/mysql/restore-checks.js

function targetFindings({ server, name, facts }) {
    const { existing } = facts;
    if (existing === undefined) {
        return facts.mayCreate
            ? []
            : [
                error('database-username', `There is no database '${name}' at ${server}, and user '${facts.user}' may not create it; create it empty, or grant the user ALL on it.`),
            ];
    }
    const where = `Database '${name}' at ${server}`;
    return [
        ...contentFindings(where, existing),
        ...characterSetFindings(where, existing),
        ...(existing.sessions > 0
            ? [
                error('database-name', `${where} is in use by ${existing.sessions} other ${existing.sessions === 1 ? 'session' : 'sessions'}; stop Bitbucket and whatever else is connected.`),
            ]
            : []),
    ];
}
function contentFindings(where, { unfinishedRun, objects, examples }) {
    if (unfinishedRun !== undefined) {
        return [
            error('database-name', `${where} holds a restore that did not end (run ${unfinishedRun}), started from another place; drop it and run again.`),
        ];
    }
    return objects === 0
        ? []
        : [
            error('database-name', `${where} is not empty (${objects} objects: ${examples}${objects > 5 ? ' ...' : ''}); nothing is overwritten: drop or rename it, or choose another database-name.`),
        ];
}
/** Bitbucket refuses to start on a database that does not tell upper case from lower ("Connecting Bitbucket to MySQL"). */
function characterSetFindings(where, { characterSet, collation }) {
    return characterSet.startsWith('utf8') && collation.endsWith('_bin')
        ? []
        : [
            error('database-name', `${where} has the character set ${characterSet} with ${collation}, and Bitbucket needs utf8 or utf8mb4 with its _bin collation; drop it and let the restore create it.`),
        ];
}
/**
 * A dump loads into the version that it came from, or a later one. Into the other family's server it loads as a rule, and not
 * always: that is told and tried.
 */
function versionFindings({ server, facts }, recorded) {
    const family = recorded?.details['server'];
    const text = recorded?.details['serverVersion'];
    const dumped = typeof family === 'string' && typeof text === 'string' ? (0,versions/* serverVersion */.qh)(`${text}-${family}`) : undefined;
    if (dumped === undefined) {
        return [];
    }
    const { version } = facts;
    if (dumped.family !== version.family) {
        return [
            {
                severity: 'warning',
                subject: 'database-host',
                message: `The dump comes from ${(0,versions/* versionName */.sh)(dumped)}, and ${server} has ${(0,versions/* versionName */.sh)(version)}, which may not understand all of it; restore to ${dumped.family} ${(0,versions/* seriesName */.f_)(dumped)} or later if it fails.`,
            },
        ];
    }
    return (0,versions/* seriesOf */.Lf)(version) >= (0,versions/* seriesOf */.Lf)(dumped)
        ? []
        : [
            error('database-host', `The dump comes from ${(0,versions/* versionName */.sh)(dumped)}, and ${server} has ${(0,versions/* versionName */.sh)(version)}; restore to ${dumped.family} ${(0,versions/* seriesName */.f_)(dumped)} or later.`),
        ];
}
/** As the archive has it; otherwise what Bitbucket's documentation has its databases created with. */
const DEFAULTS = { characterSet: 'utf8mb4', collation: 'utf8mb4_bin' };
/** Names of MySQL and MariaDB that the other one, or an older one, does not know, are not taken from what is not a name. */
function characterSetOf(recorded, dumped) {
    const characterSet = nameOf(recorded?.details['characterSet']) ?? dumped.characterSet;
    const collation = nameOf(recorded?.details['collation']) ?? dumped.collation;
    if (characterSet === undefined) {
        return DEFAULTS;
    }
    return { characterSet, collation: collation ?? `${characterSet}_bin` };
}
function nameOf(value) {
    return typeof value === 'string' && /^\w+$/.test(value) ? value : undefined;
}
function error(subject, message) {
    return { severity: 'error', subject, message };
}

// EXTERNAL MODULE: ./build/database/main-tables.js
var main_tables = __webpack_require__(87537);
;// CONCATENATED MODULE: ./build/database/mysql/restore-counts.js


/** A manifest is read, not trusted: only main tables are asked for. */
function recordedRows(recorded) {
    const rows = recorded?.details['rows'];
    if (typeof rows !== 'object' || rows === null) {
        return {};
    }
    const counts = new Map(Object.entries(rows));
    return Object.fromEntries(main_tables/* MAIN_TABLES */.K.flatMap((table) => {
        const count = counts.get(table);
        return typeof count === 'number' ? [[table, count]] : [];
    }));
}
/** @throws CommandError when a table is not there */
async function countLoaded(work, rows) {
    const tables = Object.keys(rows);
    if (tables.length === 0) {
        return [];
    }
    const restored = await countRows(work.connection, work.client, work.name, tables);
    return tables.map((table, index) => ({
        what: `rows of ${table}`,
        recorded: rows[table],
        restored: restored[index] ?? 0,
    }));
}

;// CONCATENATED MODULE: ./build/database/mysql/mysql-restore.js
/** MySQL and MariaDB from a dump, ours or that of Atlassian's scripts, into an empty or new database. */













const mysqlRestore = {
    read: (inputs) => {
        const options = readMysqlRestoreOptions(inputs);
        return { create: (context) => new MysqlRestore(options, context) };
    },
};
function readMysqlRestoreOptions(inputs) {
    return {
        ...(0,mysql.readConnectionInputs)(inputs),
        owner: inputs.optionalText('database-owner'),
        clientFolders: undefined,
    };
}
class MysqlRestore {
    name = 'mysql';
    members = [dump_folder/* DUMP_MEMBER */.g0];
    trees = [{ member: dump_folder/* DUMP_MEMBER */.g0, target: '' }];
    #options;
    #context;
    #plan;
    /** What this run has begun to change. */
    #begun;
    #counts = [];
    constructor(options, context) {
        this.#options = options;
        this.#context = context;
    }
    async preflight(part) {
        const clients = await (0,mysql_clients/* findClients */.g2)(this.#options.clientFolders);
        const [any] = clients.sql;
        if (any === undefined) {
            return [mysql_preflight/* NO_CLIENT */.In];
        }
        const missing = (0,mysql_preflight/* optionsFileFinding */.mA)(this.#options);
        if (missing !== undefined) {
            return [missing];
        }
        const name = this.#databaseName(part);
        if (name === undefined) {
            // Only a manifest that is not read yet may still tell.
            return part === undefined ? [] : [NO_NAME];
        }
        const facts = await this.#ask(any.path, name);
        if ('severity' in facts) {
            return [facts];
        }
        const target = { server: (0,options_file/* serverName */.L5)(this.#options), name, facts };
        const findings = [...targetFindings(target), ...versionFindings(target, part?.recorded)];
        if (!findings.some(({ severity }) => severity === 'error')) {
            const client = (0,mysql_clients/* chooseClient */.Pg)(clients.sql, facts.version) ?? any;
            this.#plan = {
                work: this.#work(client.path, name),
                exists: facts.existing !== undefined,
                owner: this.#options.owner ?? withoutHost(facts.user),
                user: withoutHost(facts.user),
            };
        }
        return findings;
    }
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    async restore(part, unpacked, signal) {
        const { work, exists } = this.#ready();
        const { log, record, archiveName } = this.#context;
        const dump = await readDump(unpacked, signal);
        assertTables(part, dump);
        signal.throwIfAborted();
        this.#begun = { server: (0,options_file/* serverName */.L5)(this.#options), name: work.name, created: !exists };
        record({ database: this.#begun });
        if (!exists) {
            await createDatabase(work, characterSetOf(part.recorded, dump.scan));
        }
        await mark(work, archiveName());
        this.#begun = { ...this.#begun, marked: true };
        record({ database: this.#begun });
        signal.throwIfAborted();
        log.info(`Loading the dump into database '${work.name}' at ${(0,options_file/* serverName */.L5)(this.#options)}`);
        await loadDump(work, dump, log, signal);
        await this.#verify(work, part, dump);
    }
    async complete() {
        const { work, exists, owner, user } = this.#ready();
        await unmark(work);
        const grant = `GRANT ALL PRIVILEGES ON ${(0,sql_text/* quoteName */.A)(work.name)}.* TO '${owner}'`;
        return {
            place: `'${work.name}' at ${(0,options_file/* serverName */.L5)(this.#options)}`,
            counts: this.#counts,
            todo: exists || owner === user
                ? []
                : [`Give the user of Bitbucket the rights to its new database, with its host: ${grant}@'...'.`],
        };
    }
    location() {
        const { work, owner } = this.#ready();
        const { host, port } = this.#options;
        return {
            kind: 'mysql',
            host: (0,options_file/* isSocket */.qU)(host) ? undefined : host,
            port: port ?? options_file/* DEFAULT_PORT */.Wg,
            name: work.name,
            owner,
        };
    }
    /** By its mark or its tables: somebody else's database of that name is left alone. */
    async discard() {
        const begun = this.#begun;
        if (begun === undefined) {
            return;
        }
        await recoverDatabase(this.#ready().work, begun);
        this.#begun = undefined;
    }
    async recover({ database }, runId) {
        if (database === undefined) {
            return [];
        }
        if (database.server !== (0,options_file/* serverName */.L5)(this.#options)) {
            return [leftAlone(database.name, database.server)];
        }
        const [any] = (await (0,mysql_clients/* findClients */.g2)(this.#options.clientFolders)).sql;
        if (any === undefined) {
            throw new errors/* ActionError */.lZ('TOOL_MISSING', mysql_preflight/* NO_CLIENT */.In.message);
        }
        return await recoverDatabase({ ...this.#work(any.path, database.name), runId }, database);
    }
    async #ask(client, name) {
        const { connection } = this.#work(client, name);
        try {
            return await readServerFacts(connection, client, name);
        }
        catch (error) {
            return (0,mysql_preflight/* failureFinding */.Ue)(error, (0,mysql_preflight/* targetOf */.$r)(this.#options, name), 'a restore');
        }
    }
    #work(client, name) {
        const { commands, runId } = this.#context;
        return { connection: { commands, inputs: this.#options }, client, name, runId };
    }
    #databaseName(part) {
        const recorded = part?.recorded?.details['database'];
        return this.#options.database ?? (typeof recorded === 'string' ? recorded : undefined);
    }
    #ready() {
        if (this.#plan === undefined) {
            throw new TypeError('A restore follows a preflight without findings.');
        }
        return this.#plan;
    }
    /** The client said that all went well; the database is asked all the same. */
    async #verify(work, { recorded }, dump) {
        const { existing } = await readServerFacts(work.connection, work.client, work.name);
        const rows = recordedRows(recorded);
        this.#counts = [
            { what: 'tables', recorded: dump.scan.tables.size, restored: existing?.tables ?? 0 },
            ...(await countLoaded(work, rows)),
        ];
        const wrong = this.#counts.find(({ recorded: expected, restored }) => expected !== restored);
        if (wrong !== undefined) {
            throw new errors/* ActionError */.lZ('RESTORE_VERIFY', `Database '${work.name}' has ${wrong.restored} ${wrong.what} after the restore, and the manifest says ${wrong.recorded}.`, { advice: 'Look into the log of the database server and run again.' });
        }
        // From here on it is known without its mark, too.
        if (this.#begun !== undefined && existing?.identity !== undefined) {
            this.#begun = { ...this.#begun, oid: existing.identity };
            this.#context.record({ database: this.#begun });
        }
    }
}
function assertTables({ recorded }, { scan }) {
    const expected = recorded?.details['tables'];
    if (typeof expected === 'number' && expected !== scan.tables.size) {
        throw new errors/* ActionError */.lZ('ARCHIVE_INCOMPLETE', `The dump in the archive has ${scan.tables.size} tables, and its manifest says ${expected}.`, { advice: 'Choose another archive.' });
    }
}
function withoutHost(user) {
    return user.replace(/@[^@]*$/, '');
}
function leftAlone(name, server) {
    return `A restore that died has left database '${name}' at ${server} half-filled; drop it by hand.`;
}
const NO_NAME = {
    severity: 'error',
    subject: 'database-name',
    message: "Input 'database-name' is empty, and the archive does not name its database; set it.",
};


/***/ })

};

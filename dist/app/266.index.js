export const id = 266;
export const ids = [266];
export const modules = {

/***/ 36266:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  MssqlRestore: () => (/* binding */ MssqlRestore),
  mssqlRestore: () => (/* binding */ mssqlRestore),
  readMssqlRestoreOptions: () => (/* binding */ readMssqlRestoreOptions)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/database/mssql/backup-place.js
var backup_place = __webpack_require__(85931);
// EXTERNAL MODULE: ./build/database/mssql/connection.js
var mssql_connection = __webpack_require__(55659);
// EXTERNAL MODULE: ./build/database/mssql/mssql-preflight.js + 1 modules
var mssql_preflight = __webpack_require__(29675);
// EXTERNAL MODULE: ./build/database/mssql/server-facts.js
var server_facts = __webpack_require__(17006);
// EXTERNAL MODULE: ./build/database/mssql/sqlcmd.js
var sqlcmd = __webpack_require__(3111);
// EXTERNAL MODULE: ./build/database/mssql/t-sql.js
var t_sql = __webpack_require__(21250);
;// CONCATENATED MODULE: ./build/database/mssql/orphaned-users.js



/** @returns what the administrator has to do for each of them */
async function orphanedUsers(connection, name) {
    const script = `USE ${(0,t_sql/* quoteName */.A)(name)};
SELECT u.name AS name, u.type_desc AS type FROM sys.database_principals AS u
  LEFT JOIN sys.server_principals AS l ON l.sid = u.sid
  WHERE l.sid IS NULL AND u.authentication_type_desc <> N'NONE' AND u.authentication_type_desc <> N'DATABASE'
  AND u.principal_id > 4 ORDER BY u.name;`;
    const [rows = []] = await (0,sqlcmd/* runSql */.W)(connection, script, server_facts/* QUERY_LIMITS */.G2);
    return rows.map((row) => {
        const user = (0,t_sql/* quoteName */.A)(row.text('name'));
        const missing = row.text('type') === 'SQL_USER' ? 'login, or one with another number' : 'Windows login';
        return `User ${user} of database ${(0,t_sql/* quoteName */.A)(name)} has no ${missing} on this server; create the login, or give the user an existing one: USE ${(0,t_sql/* quoteName */.A)(name)}; ALTER USER ${user} WITH LOGIN = ${user};`;
    });
}

// EXTERNAL MODULE: ./build/database/mssql/backup-checks.js
var backup_checks = __webpack_require__(69003);
;// CONCATENATED MODULE: ./build/database/mssql/restore-moves.js
/** Where the files of a restored database are put, and how they are named: for the new database and for the run. */




/** What a file name may hold on every file system, and no more of it than leaves room for the rest. */
const LONGEST_NAME = 60;
/**
 * The run's id is in the names of the files, which the server tells from the first moment of a restore on, and which no other
 * database is ever going to have: that is how a database is known for the one of a run. It stays; a second restore under the
 * same name would otherwise find the files of the first one in its way.
 */
function fileMark(runId) {
    return `.restored-${runId}.`;
}
/** @returns the id of the run that has restored a database with these files */
function restoringRun(files) {
    return files.map((file) => /\.restored-([\w-]+)\.\w+$/.exec(file)?.[1]).find((id) => id !== undefined);
}
/** @throws SqlError, CommandError as `runSql` does */
async function computeMoves(connection, { file, position }, { server, name, runId }) {
    const statement = `RESTORE FILELISTONLY FROM DISK = ${(0,t_sql/* quoteText */.o)(file)} WITH FILE = ${position};`;
    const [rows = []] = await (0,sqlcmd/* runSql */.W)(connection, statement, server_facts/* QUERY_LIMITS */.G2);
    return rows.map((row, index) => moveOf(row, index, { server, name, runId }));
}
function moveOf(row, index, { server, name, runId }) {
    const isLog = row.text('Type') === 'L';
    const folder = isLog ? server.logFolder : server.dataFolder;
    const safe = name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, LONGEST_NAME);
    const number = index === 0 ? '' : `-${index + 1}`;
    const ending = isLog ? 'ldf' : index === 0 ? 'mdf' : 'ndf';
    return {
        logicalName: row.text('LogicalName'),
        path: (0,backup_place/* joinedThere */.Kh)(folder, `${safe}${number}${fileMark(runId)}${ending}`),
    };
}
/** In the order of the file list, separated as the options of a statement are. */
function moveOptions(moves) {
    return moves.map(({ logicalName, path }) => `MOVE ${(0,t_sql/* quoteText */.o)(logicalName)} TO ${(0,t_sql/* quoteText */.o)(path)}`);
}

;// CONCATENATED MODULE: ./build/database/mssql/restore-checks.js


function targetFindings(target, recorded) {
    const { where, name, server } = target;
    return [
        ...(0,backup_checks/* serverFindings */.cz)(server, where),
        ...(server.database === undefined ? [] : [existingFinding(target, server.database)]),
        ...(server.mayCreate
            ? []
            : [
                error('database-username', `Login '${server.login}' may not create database '${name}' at ${where}; make it a member of the server role dbcreator.`),
            ]),
        ...versionFindings(target, recorded),
    ];
}
/** SQL Server restores into a database that it creates: an empty one only stands in the way. */
function existingFinding({ where, name }, existing) {
    const what = `Database '${name}' at ${where}`;
    const run = restoringRun(existing.files);
    if (run !== undefined && isUnfinished(existing)) {
        return error('database-name', `${what} holds a restore that did not end (run ${run}), started from another place; drop it and run again.`);
    }
    if (existing.state === 'RESTORING') {
        return error('database-name', `${what} is being restored by somebody else; wait for its end, or drop it and run again.`);
    }
    return error('database-name', `${what} exists, and SQL Server restores into a new one only, so that even an empty one has to go; drop or rename it, or choose another database-name.`);
}
/** Everybody may enter it when it is complete. */
function isUnfinished({ state, access }) {
    return state !== 'ONLINE' || access !== 'MULTI_USER';
}
/** No backup restores to an earlier version than the one that wrote it ("RESTORE", "Compatibility support"). */
function versionFindings({ where, server }, recorded) {
    const written = recorded?.details['serverVersion'];
    if (typeof written !== 'string' || (0,backup_checks/* majorVersion */.iR)(server.version) >= (0,backup_checks/* majorVersion */.iR)(written)) {
        return [];
    }
    return [
        error('database-host', `The backup comes from SQL Server ${written}, and ${where} is the older ${(0,backup_checks/* describeServer */.X8)(server)}; restore to that version or a later one.`),
    ];
}
function error(subject, message) {
    return { severity: 'error', subject, message };
}

;// CONCATENATED MODULE: ./build/database/mssql/restore-statements.js


/**
 * RESTRICTED_USER comes with the recovery, so that there is no moment at which everybody may enter; who is a member of
 * db_owner in the database, dbcreator or sysadmin still may. To leave it unrecovered until the end would keep out everybody,
 * but nothing can be counted then; STANDBY can, but is refused when the backup comes from an older version (3180).
 */
const RECOVERY = ['RECOVERY', 'RESTRICTED_USER'];
/**
 * Without REPLACE the server refuses most databases that exist, but not one that comes from the same original and has the simple
 * recovery model, so that it is asked in the same breath.
 */
function restoreFull(name, set, moves, isLast) {
    const options = [...setOptions(set), ...moveOptions(moves), ...(isLast ? RECOVERY : ['NORECOVERY'])];
    return `IF DB_ID(${(0,t_sql/* quoteText */.o)(name)}) IS NULL
${restore(name, set, options)}
ELSE
  RAISERROR (N'There is a database of that name by now; nothing is overwritten.', 16, 1);`;
}
function restoreDifferential(name, set) {
    return `${restore(name, set, [...setOptions(set), ...RECOVERY])};`;
}
function restore(name, { file }, options) {
    return `  RESTORE DATABASE ${(0,t_sql/* quoteName */.A)(name)} FROM DISK = ${(0,t_sql/* quoteText */.o)(file)} WITH ${[...options, 'STATS = 5'].join(', ')}`;
}
/** CHECKSUM is refused for a backup that has none (3187), as those of Atlassian's scripts. */
function setOptions({ position, hasChecksums }) {
    return [`FILE = ${position}`, ...(hasChecksums ? ['CHECKSUM'] : [])];
}
function openToAll(name) {
    return `ALTER DATABASE ${(0,t_sql/* quoteName */.A)(name)} SET MULTI_USER;`;
}
/**
 * @param state one that is being restored has no users, and its options cannot be changed
 * @param others what becomes of them: NO_WAIT refuses while somebody is in it
 */
function dropStatements(name, state, others) {
    const alone = state === 'ONLINE' ? `ALTER DATABASE ${(0,t_sql/* quoteName */.A)(name)} SET SINGLE_USER WITH ${others};\n` : '';
    return `${alone}DROP DATABASE ${(0,t_sql/* quoteName */.A)(name)};`;
}

// EXTERNAL MODULE: ./build/database/mssql/sessions.js
var sessions = __webpack_require__(40738);
// EXTERNAL MODULE: ./build/database/mssql/sql-failure.js
var sql_failure = __webpack_require__(4076);
;// CONCATENATED MODULE: ./build/database/mssql/recover-restore.js
/** Takes back what a restore has made of a database: by the names of its files, which are those of one run alone. */








/** "Database state cannot be changed while other users are using the database", or it could not be locked. */
const IN_USE = [5061, 5064, 5070];
/** @returns sentences for the log @throws ActionError DB_FAILED when it cannot be taken back */
async function takeBackDatabase({ connection, name, runId, isOwn, }) {
    const where = `database '${name}' at ${(0,mssql_connection/* serverName */.L5)(connection.inputs)}`;
    return await (0,sql_failure/* told */.E)(`Taking back ${where}`, async () => {
        await (0,sessions/* endOwnSessions */.X)(connection);
        const state = await (0,server_facts/* readDatabaseState */.xq)(connection, name);
        if (state === undefined) {
            return [];
        }
        if (restoringRun(state.files) !== runId) {
            return [`The ${where} is not that of the restore that died; it was left as it is.`];
        }
        // A run can die after all was in place: somebody may work with it by now.
        const others = isOwn || isUnfinished(state) ? 'ROLLBACK IMMEDIATE' : 'NO_WAIT';
        try {
            await (0,sqlcmd/* runSql */.W)(connection, dropStatements(name, state.state, others));
        }
        catch (error) {
            if (error instanceof sqlcmd/* SqlError */.L && others === 'NO_WAIT' && error.has(...IN_USE)) {
                return [`The ${where}, which a restore that died had filled, is in use; it was left as it is.`];
            }
            throw error;
        }
        return [`Dropped ${where}, which a restore that died had begun to fill.`];
    });
}

// EXTERNAL MODULE: ./build/database/mssql/backup-sets.js
var backup_sets = __webpack_require__(54415);
// EXTERNAL MODULE: ./build/database/mssql/backup-statements.js
var backup_statements = __webpack_require__(26436);
// EXTERNAL MODULE: ./build/database/mssql/percent-log.js
var percent_log = __webpack_require__(42853);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/database/mssql/restore-sets.js
/** The backups in an archive, ours or that of Atlassian's scripts, and those of them that make the database. */




/**
 * Our `bitbucket-db` is a folder with a file for each backup. That of Atlassian's `database-mssql.sh` is the file itself, to
 * which each run has appended a full and a differential backup.
 * @throws ActionError ARCHIVE_INCOMPLETE, ARCHIVE_UNSAFE
 */
async function backupFiles(unpacked) {
    const member = (0,external_node_path_.join)(unpacked, dump_folder/* DUMP_MEMBER */.g0);
    const isFolder = (await (0,promises_.lstat)(member)).isDirectory();
    const files = isFolder ? (await (0,promises_.readdir)(member)).sort().map((name) => (0,external_node_path_.join)(member, name)) : [member];
    for (const file of files) {
        if (!(await (0,promises_.lstat)(file)).isFile()) {
            throw new errors/* ActionError */.lZ('ARCHIVE_UNSAFE', `'${file}' in the archive is no file.`, {
                advice: 'Choose another archive.',
            });
        }
    }
    if (files.length === 0) {
        throw incomplete('no backup of SQL Server');
    }
    return files;
}
/**
 * The last differential and the full one that it belongs to; what is not of this chain is left.
 * @param sets in the order of their files and positions
 * @throws ActionError ARCHIVE_INCOMPLETE when it is not there, or not what the manifest names
 */
function chooseChain(sets, recorded) {
    const fulls = sets.filter(({ kind }) => kind === 'full');
    const differential = sets.findLast(({ kind }) => kind === 'differential');
    const full = differential === undefined ? fulls.at(-1) : fulls.find(({ guid }) => guid === differential.baseGuid);
    if (full === undefined) {
        throw incomplete(differential === undefined
            ? 'no full backup'
            : `a differential backup of database '${differential.database}' without the full one that it belongs to`);
    }
    const wanted = [recorded?.details['fullGuid'], recorded?.details['differentialGuid']];
    const found = [full.guid, differential?.guid];
    if (wanted.some((guid, index) => guid !== undefined && guid !== found[index])) {
        throw incomplete('other backups than its manifest names');
    }
    return { full, differential };
}
function incomplete(what) {
    return new errors/* ActionError */.lZ('ARCHIVE_INCOMPLETE', `The archive holds ${what}.`, {
        advice: 'Choose another archive.',
    });
}

;// CONCATENATED MODULE: ./build/database/mssql/restore-load.js








/** @throws ActionError ARCHIVE_INCOMPLETE, ARCHIVE_UNSAFE, and as `sqlFailure`; what the signal was aborted with */
async function loadBackups(load, { signal, share, onBegin }) {
    const { connection, name, log, unpacked, recorded } = load;
    const where = `database '${name}' at ${(0,mssql_connection/* serverName */.L5)(connection.inputs)}`;
    const reading = `Reading the backups for ${where}`;
    const sets = [];
    for (const file of await backupFiles(unpacked)) {
        const onServer = await share(file);
        sets.push(...(await (0,sql_failure/* told */.E)(reading, async () => await (0,backup_sets/* readBackupSets */.M)(connection, onServer, signal))));
    }
    const { full, differential } = chooseChain(sets, recorded);
    const moves = await (0,sql_failure/* told */.E)(reading, async () => await computeMoves(connection, full, load));
    signal.throwIfAborted();
    onBegin();
    log.info(`Loading the full backup into ${where}`);
    const run = async (statement, kind) => {
        const subject = `The restore of the ${kind} backup into ${where}`;
        await (0,backup_statements/* runStatement */.nk)(connection, statement, { signal, subject, onPercent: (0,percent_log/* percentLog */.s)(log, subject) });
    };
    await run(restoreFull(name, full, moves, differential === undefined), 'full');
    if (differential !== undefined) {
        log.info(`Loading the differential backup into ${where}`);
        await run(restoreDifferential(name, differential), 'differential');
    }
}

// EXTERNAL MODULE: ./build/database/mssql/database-facts.js
var database_facts = __webpack_require__(28872);
;// CONCATENATED MODULE: ./build/database/mssql/restore-verify.js
/** The server said that all went well; the database is asked all the same. */


/** @throws ActionError RESTORE_VERIFY when something differs from what the manifest says; what the signal was aborted with */
async function countRestored(connection, name, recorded, signal) {
    const { tables, rows } = await (0,database_facts/* countTables */.zF)(connection, name, signal);
    const recordedRows = recordedCounts(recorded);
    const names = [...new Set([...Object.keys(recordedRows), ...Object.keys(rows)])];
    const counts = [
        { what: 'tables', recorded: numberOr(recorded?.details['tables']), restored: tables },
        ...names.map((table) => ({
            what: `rows of ${table}`,
            recorded: recordedRows[table],
            restored: rows[table] ?? 0,
        })),
    ];
    const wrong = counts.find((count) => count.recorded !== undefined && count.recorded !== count.restored);
    if (wrong !== undefined) {
        throw new errors/* ActionError */.lZ('RESTORE_VERIFY', `Database '${name}' has ${wrong.restored} ${wrong.what} after the restore, and the manifest says ${wrong.recorded ?? 0}.`, { advice: "Look into SQL Server's log and run again, or choose another archive." });
    }
    return counts;
}
function recordedCounts(recorded) {
    const rows = recorded?.details['rows'];
    return typeof rows === 'object' && rows !== null
        ? Object.fromEntries(Object.entries(rows).flatMap(([table, count]) => (typeof count === 'number' ? [[table, count]] : [])))
        : {};
}
function numberOr(value) {
    return typeof value === 'number' ? value : undefined;
}

;// CONCATENATED MODULE: ./build/database/mssql/shared-copies.js
/** The backups of an archive where the server can read them, under names that a later run knows for leftovers. */


class SharedCopies {
    #context;
    #files = [];
    constructor(context) {
        this.#context = context;
    }
    /** @returns its path as the server sees it @throws ActionError DB_FAILED, DISK_FULL; what the signal was aborted with */
    async add(place, file, signal) {
        const { runId, commands, partial } = this.#context;
        const copy = (0,backup_place/* sharedFile */.QY)(place, `.bitbucket-restore-${this.#files.length + 1}.bak.partial-${runId}`);
        partial(copy.here);
        this.#files.push(copy.here);
        try {
            await (0,backup_place/* copyFlushed */.rG)(commands, file, copy.here, signal);
        }
        catch (error) {
            signal.throwIfAborted();
            const isFull = error instanceof errors/* ActionError */.lZ && error.code === 'DISK_FULL';
            throw new errors/* ActionError */.lZ(isFull ? 'DISK_FULL' : 'DB_FAILED', `'${file}' could not be put into '${place.here}', where SQL Server reads it: ${(0,errors/* asError */.zR)(error).message}`, { advice: 'Make room there, or set database-backup-path to another folder.', cause: error });
        }
        await (0,backup_place/* letServerRead */.FS)(place, copy);
        return copy.onServer;
    }
    /** Idempotent. */
    async remove() {
        const left = await (0,backup_place/* removeShared */.G2)(this.#files);
        this.#files = [];
        if (left.length > 0) {
            this.#context.log.warning(`${left.join(' and ')} could not be removed; remove by hand.`);
        }
    }
}

// EXTERNAL MODULE: ./build/database/mssql/sqlcmd-program.js
var sqlcmd_program = __webpack_require__(12810);
;// CONCATENATED MODULE: ./build/database/mssql/mssql-restore.js
/** SQL Server from a full and a differential backup, ours or those of Atlassian's scripts, into a new database. */
















const mssqlRestore = {
    read: (inputs) => {
        const options = readMssqlRestoreOptions(inputs);
        return { create: (context) => new MssqlRestore(options, context) };
    },
};
function readMssqlRestoreOptions(inputs) {
    return {
        ...(0,mssql_connection/* readConnectionInputs */.qY)(inputs),
        ...(0,backup_place/* readPlaceInputs */.VA)(inputs),
        database: inputs.optionalText('database-name'),
        clientFolders: undefined,
    };
}
class MssqlRestore {
    name = 'mssql';
    // Not among the trees, which are folders: Atlassian's is a file. What is no plain file in it is refused when it is read.
    members = [dump_folder/* DUMP_MEMBER */.g0];
    #options;
    #context;
    #copies;
    #plan;
    /** What this run has begun to change. */
    #begun;
    #counted;
    constructor(options, context) {
        this.#options = options;
        this.#context = context;
        this.#copies = new SharedCopies(context);
    }
    async preflight(part) {
        const sqlcmd = (0,sqlcmd_program/* findSqlcmd */.W)(this.#options.clientFolders);
        if (sqlcmd === undefined) {
            return [sqlcmd_program/* NO_SQLCMD */.l];
        }
        const name = this.#databaseName(part);
        if (name === undefined) {
            // Only a manifest that is not read yet may still tell.
            return part === undefined ? [] : [NO_NAME];
        }
        const connection = this.#connection(sqlcmd);
        const server = await (0,mssql_preflight/* asked */.N)({ ...this.#options, database: name }, async () => await (0,server_facts/* readServerFacts */.TX)(connection, name));
        if ('severity' in server) {
            return [server];
        }
        const place = (0,backup_place/* choosePlace */.$2)(this.#options, server.backupFolder);
        const findings = [
            ...targetFindings({ where: (0,mssql_connection/* serverName */.L5)(this.#options), name, server }, part?.recorded),
            ...('severity' in place ? [place] : await (0,backup_place/* placeFindings */.ky)(place, true)),
        ];
        if (!('severity' in place) && findings.length === 0) {
            const recorded = part?.recorded?.details['owner'];
            const owner = typeof recorded === 'string' ? recorded : (this.#options.username ?? server.login);
            this.#plan = { connection, server, place, name, owner };
        }
        return findings;
    }
    async spaceNeeds(bytes) {
        const needs = this.#plan === undefined
            ? []
            : [{ path: this.#plan.place.here, bytes, what: 'backups for SQL Server to read' }];
        return await Promise.resolve(needs);
    }
    async restore(part, unpacked, signal) {
        const { connection, server, place, name } = this.#ready();
        const { log, record, runId } = this.#context;
        signal.throwIfAborted();
        try {
            await loadBackups({ connection, server, name, runId, log, unpacked, recorded: part.recorded }, {
                signal,
                share: async (file) => await this.#copies.add(place, file, signal),
                onBegin: () => {
                    this.#begun = { server: (0,mssql_connection/* serverName */.L5)(this.#options), name, created: true };
                    record({ database: this.#begun });
                },
            });
        }
        finally {
            await this.#copies.remove();
        }
        this.#counted = await countRestored(connection, name, part.recorded, signal);
    }
    async complete() {
        const { connection, name } = this.#ready();
        const where = (0,mssql_connection/* serverName */.L5)(this.#options);
        return await (0,sql_failure/* told */.E)(`Opening database '${name}' at ${where}`, async () => {
            const todo = await orphanedUsers(connection, name);
            await (0,sqlcmd/* runSql */.W)(connection, openToAll(name));
            return { place: `'${name}' at ${where}`, counts: this.#counted ?? [], todo };
        });
    }
    location() {
        const { name, owner } = this.#ready();
        const { host, port } = this.#options;
        return { kind: 'mssql', host, port: port ?? mssql_connection/* DEFAULT_PORT */.Wg, name, owner };
    }
    /** By the names of its files: somebody else's database of that name is left alone. */
    async discard() {
        await this.#copies.remove();
        if (this.#begun === undefined) {
            return;
        }
        const { connection, name } = this.#ready();
        await takeBackDatabase({ connection, name, runId: this.#context.runId, isOwn: true });
        this.#begun = undefined;
    }
    async recover({ database }, runId) {
        if (database === undefined) {
            return [];
        }
        const { name, server } = database;
        if (server !== (0,mssql_connection/* serverName */.L5)(this.#options)) {
            return [`A restore that died has left database '${name}' at ${server} half-filled; drop it by hand.`];
        }
        const sqlcmd = (0,sqlcmd_program/* findSqlcmd */.W)(this.#options.clientFolders);
        if (sqlcmd === undefined) {
            throw new errors/* ActionError */.lZ('TOOL_MISSING', sqlcmd_program/* NO_SQLCMD */.l.message);
        }
        const connection = this.#connection(sqlcmd, runId);
        return await takeBackDatabase({ connection, name, runId, isOwn: false });
    }
    #connection(sqlcmd, runId = this.#context.runId) {
        const { commands } = this.#context;
        return { commands, inputs: this.#options, sqlcmd, workstation: `bitbucket-restore ${runId}` };
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
}
const NO_NAME = {
    severity: 'error',
    subject: 'database-name',
    message: "Input 'database-name' is empty, and the archive does not name its database; set it.",
};


/***/ })

};

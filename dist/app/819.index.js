export const id = 819;
export const ids = [819];
export const modules = {

/***/ 26001:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DA: () => (/* binding */ removeLeftovers),
/* harmony export */   Eu: () => (/* binding */ createPartial),
/* harmony export */   IK: () => (/* binding */ publishDump),
/* harmony export */   ZC: () => (/* binding */ measureDump),
/* harmony export */   cU: () => (/* binding */ removePartial),
/* harmony export */   g0: () => (/* binding */ DUMP_MEMBER),
/* harmony export */   yn: () => (/* binding */ partialFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _host_folder_flush_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(84244);
/**
 * The dump's folder from its hidden, partial beginning to `bitbucket-db`. The name that restore looks for only ever holds
 * a whole dump, and the one before it stays until the new one has taken its place.
 */




/** The name that Atlassian's scripts give it, too. */
const DUMP_MEMBER = 'bitbucket-db';
const PARTIAL = /^\.bitbucket-db\.partial-[\w.-]+$/;
const ASIDE = /^\.bitbucket-db\.old-[\w.-]+$/;
function partialFolder(backupRoot, backupId) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, `.${DUMP_MEMBER}.partial-${backupId}`);
}
/**
 * Made by us and not by pg_dump, which would write into an empty folder that is already there, a planted link included.
 *
 * @throws EEXIST when anything has that name.
 */
async function createPartial(folder) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { mode: 0o700 });
}
/** Idempotent. Retries, because a worker that was just ended can still have created a file. */
async function removePartial(folder) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
/**
 * Puts a finished dump in the place of the one before. Between the two renames a crash leaves the old dump under its
 * temporary name, from where `removeLeftovers` of the next run brings it back.
 */
async function publishDump(partial, backupRoot, backupId) {
    const final = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, DUMP_MEMBER);
    const aside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, `.${DUMP_MEMBER}.old-${backupId}`);
    const replaced = await renamed(final, aside);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(partial, final);
    }
    catch (error) {
        if (replaced) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(aside, final);
        }
        throw error;
    }
    // pg_dump flushed the files and their folder; the new name is flushed here.
    await (0,_host_folder_flush_js__WEBPACK_IMPORTED_MODULE_3__/* .flushFolder */ .n)(backupRoot);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(aside, { recursive: true, force: true });
}
/** Clears away what dead runs left behind. @returns the names removed or brought back, for the log. */
async function removeLeftovers(backupRoot) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(backupRoot);
    const left = names.filter((name) => PARTIAL.test(name) || ASIDE.test(name)).sort();
    const rescued = names.includes(DUMP_MEMBER) ? undefined : left.findLast((name) => ASIDE.test(name));
    for (const name of left) {
        if (name === rescued) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, DUMP_MEMBER));
        }
        else {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, name), { recursive: true, force: true });
        }
    }
    return left;
}
/** Files and bytes of a dump. pg_dump makes one level of files, save for large objects in newer versions. */
async function measureDump(folder) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(files.map(async (file) => (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(file.parentPath, file.name))).size));
    return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
/** @returns false when there is nothing to rename. */
async function renamed(from, to) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(from, to);
        return true;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT')) {
            return false;
        }
        throw error;
    }
}


/***/ }),

/***/ 87537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ MAIN_TABLES)
/* harmony export */ });
/**
 * Bitbucket's main tables, whose rows are counted in the snapshot that is dumped: the manifest says how many there were, and
 * a restore how many there are. Names as Bitbucket's own schema has them (all versions from 4.0 to 10.x taken together, so
 * not every database has each); what an app has brought is not in here.
 */
const MAIN_TABLES = [
    'project',
    'repository',
    'sta_pull_request',
    'sta_normal_user',
    'changeset',
    'bb_comment',
    'sta_repo_permission',
    'sta_project_permission',
    'cwd_user',
    'cwd_group',
];


/***/ }),

/***/ 69003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IX: () => (/* binding */ rightsFindings),
/* harmony export */   OM: () => (/* binding */ stateFindings),
/* harmony export */   Od: () => (/* binding */ recordedState),
/* harmony export */   RQ: () => (/* binding */ canCompress),
/* harmony export */   X8: () => (/* binding */ describeServer),
/* harmony export */   cz: () => (/* binding */ serverFindings),
/* harmony export */   iR: () => (/* binding */ majorVersion)
/* harmony export */ });
/* harmony import */ var _database_facts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28872);

/** EngineEdition of Azure SQL Database, Synapse and Managed Instance: none backs up to a disk. */
const AZURE_ENGINES = [5, 6, 8, 11];
function serverFindings({ engineEdition, edition }, server) {
    return AZURE_ENGINES.includes(engineEdition)
        ? [
            error('database-strategy', `${server} is ${edition}, which cannot back up to a disk; use database-strategy custom or none and Azure's own backups.`),
        ]
        : [];
}
function stateFindings({ database, login }, name, server) {
    if (database === undefined) {
        return [
            error('database-name', `SQL Server at ${server} has no database '${name}'; correct database-name.`),
        ];
    }
    if (database.state !== 'ONLINE') {
        return [
            error('database-name', `Database '${name}' at ${server} is ${database.state} and cannot be backed up; bring it online first.`),
        ];
    }
    return database.mayEnter
        ? []
        : [
            error('database-username', `Login '${login}' may not enter database '${name}'; make it a user there, with db_owner or with db_backupoperator and db_datareader.`),
        ];
}
function rightsFindings(server, facts, name) {
    const findings = [];
    if (!facts.mayBackUp) {
        findings.push(error('database-username', `Login '${server.login}' may not back up database '${name}'; make it a member of db_backupoperator or db_owner there.`));
    }
    if (!server.mayCreate) {
        findings.push(error('database-username', `Login '${server.login}' may not read the backup that it makes, which takes the right to create databases; make it a member of the server role dbcreator.`));
    }
    if (!facts.mayRead) {
        findings.push(error('database-username', `Login '${server.login}' may not read the tables of database '${name}', whose rows are counted; make it a member of db_datareader there.`));
    }
    else if ((0,_database_facts_js__WEBPACK_IMPORTED_MODULE_0__/* .bitbucketSchema */ .bh)(facts.tables) === undefined) {
        findings.push(error('database-name', `Database '${name}' is not Bitbucket's: no schema in it has the tables ${_database_facts_js__WEBPACK_IMPORTED_MODULE_0__/* .BITBUCKET_TABLES */ .AA.join(', ')}; give the one in jdbc.url of bitbucket.properties as database-name.`));
    }
    return findings;
}
/** Express and Web have no backup compression ("Editions and supported features"); the others have it since 2008 R2. */
function canCompress({ edition }) {
    return !/^(?:Express|Web)\b/i.test(edition);
}
/** Of the first two parts: `16.0`. */
function describeServer({ version, edition }) {
    return `SQL Server ${version} (${edition})`;
}
function majorVersion(version) {
    return Number(version.split('.')[0]);
}
function recordedState(database) {
    const { recoveryModel, collation, compatibilityLevel } = database;
    return { recoveryModel, collation, compatibilityLevel };
}
function error(subject, message) {
    return { severity: 'error', subject, message };
}


/***/ }),

/***/ 85931:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $2: () => (/* binding */ choosePlace),
/* harmony export */   DE: () => (/* binding */ assertReadable),
/* harmony export */   FS: () => (/* binding */ letServerRead),
/* harmony export */   G2: () => (/* binding */ removeShared),
/* harmony export */   Kh: () => (/* binding */ joinedThere),
/* harmony export */   QY: () => (/* binding */ sharedFile),
/* harmony export */   VA: () => (/* binding */ readPlaceInputs),
/* harmony export */   fi: () => (/* binding */ filesBeginningWith),
/* harmony export */   ky: () => (/* binding */ placeFindings),
/* harmony export */   rG: () => (/* binding */ copyFlushed)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/**
 * The folder that server and runner share: the server writes its backups there and reads those that are restored, and this
 * machine takes them out and puts them in. Both see it under a path of their own, and the server may run on Windows.
 */




function readPlaceInputs(inputs) {
    const backupPath = inputs.optionalText('database-backup-path');
    const backupFolder = inputs.optionalPath('database-backup-folder');
    if (backupPath !== undefined) {
        if (!isAbsoluteThere(backupPath)) {
            inputs.problem('database-backup-path', `is '${backupPath}'; use the absolute path of a folder as the server sees it, such as /var/opt/mssql/backup, D:\\backup or \\\\host\\share.`);
        }
        else if (!backupPath.startsWith('/') && backupFolder === undefined) {
            inputs.problem('database-backup-folder', `is empty, and database-backup-path is '${backupPath}', a path of Windows; set it to the same folder as this machine sees it.`);
        }
    }
    return { backupPath, backupFolder };
}
/** A drive alone (`C:x`) is relative to something, and `https://` is no folder. */
function isAbsoluteThere(path) {
    return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || /^\\\\[^\\]+\\[^\\]+/.test(path);
}
/** @param serverDefault its own backup folder; empty where the version does not say */
function choosePlace(inputs, serverDefault) {
    const onServer = inputs.backupPath ?? serverDefault;
    if (onServer === '') {
        return {
            severity: 'error',
            subject: 'database-backup-path',
            message: 'SQL Server does not tell its default backup folder (versions before 2019 do not); set database-backup-path to a folder that it writes to and this machine reads.',
        };
    }
    if (inputs.backupFolder === undefined && !onServer.startsWith('/')) {
        return {
            severity: 'error',
            subject: 'database-backup-folder',
            message: `SQL Server writes its backups into its own '${onServer}'; set database-backup-folder to that folder as this machine sees it, or database-backup-path to another one.`,
        };
    }
    return { onServer, here: inputs.backupFolder ?? onServer };
}
function sharedFile({ onServer, here }, name) {
    return { onServer: joinedThere(onServer, name), here: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(here, name) };
}
/** A path of the server's own system, which the folder shows. */
function joinedThere(folder, name) {
    return folder.startsWith('/') ? node_path__WEBPACK_IMPORTED_MODULE_2__.posix.join(folder, name) : node_path__WEBPACK_IMPORTED_MODULE_2__.win32.join(folder, name);
}
/** Before anything is written. @param needsWrite a restore puts files there; a backup only removes the server's */
async function placeFindings({ here, onServer }, needsWrite) {
    const subject = 'database-backup-folder';
    const error = (message) => [{ severity: 'error', subject, message }];
    try {
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(here)).isDirectory()) {
            return error(`'${here}' is not a folder; set database-backup-folder to the folder of the backups.`);
        }
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(here, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
    }
    catch (failure) {
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isErrno */ .r)(failure, 'EACCES', 'EPERM')
            ? error(`'${here}' cannot be read here; add the runner's user to the group of the folder ('mssql' on Linux).`)
            : error(`The folder '${onServer}', into which SQL Server writes, is not to be had here as '${here}' (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .asError */ .zR)(failure).message}); share it with this machine and set database-backup-folder.`);
    }
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(here, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK);
        return [];
    }
    catch {
        const cure = `give the runner's user the right to write in '${here}'`;
        return needsWrite
            ? error(`The files of a restore cannot be put into '${here}'; ${cure}.`)
            : [
                {
                    severity: 'warning',
                    subject,
                    message: `SQL Server's backup files will stay in '${here}', because they cannot be removed there; ${cure}.`,
                },
            ];
    }
}
/** After the server has written it. @throws ActionError DB_FAILED when it cannot be read here */
async function assertReadable({ here, onServer }) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(here, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK);
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(here)).size;
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isErrno */ .r)(error, 'EACCES', 'EPERM')
            ? new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('DB_FAILED', `SQL Server wrote '${onServer}', and '${here}' cannot be read here.`, {
                advice: `Add the runner's user to the group that owns the file ('mssql' on Linux).`,
                cause: error,
            })
            : new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('DB_FAILED', `SQL Server wrote '${onServer}', and there is no '${here}' here.`, {
                advice: 'Set database-backup-path to a folder that server and runner share, and database-backup-folder to that folder as this machine sees it.',
                cause: error,
            });
    }
}
/**
 * By `cp`, because bulk input and output belong in child processes, and flushed.
 * @throws CommandError; ActionError DB_FAILED when the copy is not as long as the file
 */
async function copyFlushed(commands, from, to, signal) {
    await commands.run('cp', ['--', from, to], { signal });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(to, 0o600);
    await commands.run('sync', ['--', to], { signal });
    const [source, copy] = [await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(from), await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(to)];
    if (source.size !== copy.size) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('DB_FAILED', `The copy of '${from}' has ${copy.size} bytes instead of ${source.size}.`, {
            advice: 'Look for who else writes to that file, and run again.',
        });
    }
}
/** The group of the folder may read it, which is how the server's account comes to it; nobody else may. */
async function letServerRead(place, file) {
    const { gid } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(place.here);
    // A share decides by itself who owns what; when the server cannot read it, it says so.
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chown)(file.here, -1, gid).catch(() => undefined);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(file.here, 0o640).catch(() => undefined);
}
/** @returns those that could not be removed */
async function removeShared(files) {
    const left = [];
    for (const file of files) {
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
        }
        catch {
            left.push(file);
        }
    }
    return left;
}
/** Files of dead runs, known by how their names begin. */
async function filesBeginningWith({ here }, beginning) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(here);
    return names.filter((name) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(name).startsWith(beginning)).map((name) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(here, name));
}


/***/ }),

/***/ 54415:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ readBackupSets)
/* harmony export */ });
/* harmony import */ var _server_facts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17006);
/* harmony import */ var _sqlcmd_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3111);
/* harmony import */ var _t_sql_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21250);



/**
 * @param signal cuts it short
 * @throws SqlError, CommandError as `runSql` does
 */
async function readBackupSets(connection, file, signal) {
    const [rows = []] = await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_1__/* .runSql */ .W)(connection, `RESTORE HEADERONLY FROM DISK = ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_2__/* .quoteText */ .o)(file)};`, signal === undefined ? _server_facts_js__WEBPACK_IMPORTED_MODULE_0__/* .QUERY_LIMITS */ .G2 : { signal });
    return rows.map((row) => setOf(file, row));
}
function setOf(file, row) {
    const version = ['Major', 'Minor', 'Build'].map((part) => row.text(`SoftwareVersion${part}`));
    return {
        file,
        position: row.number('Position'),
        kind: kindOf(row.text('BackupType')),
        database: row.text('DatabaseName'),
        guid: row.guid('BackupSetGUID'),
        baseGuid: row.guid('DifferentialBaseGUID'),
        hasChecksums: row.flag('HasBackupChecksums'),
        serverMajor: row.number('SoftwareVersionMajor'),
        serverVersion: version.join('.'),
    };
}
/** The documented numbers of BackupType. */
function kindOf(type) {
    switch (type) {
        case '1':
            return 'full';
        case '5':
            return 'differential';
        default:
            return 'other';
    }
}


/***/ }),

/***/ 26436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $L: () => (/* binding */ verifyStatement),
/* harmony export */   nk: () => (/* binding */ runStatement),
/* harmony export */   wj: () => (/* binding */ backupStatement)
/* harmony export */ });
/* harmony import */ var _sqlcmd_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3111);
/* harmony import */ var _sql_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4076);
/* harmony import */ var _t_sql_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21250);



/**
 * FORMAT and INIT: the file is new, and if it were not, it would be ours. CHECKSUM has every page's own checksum looked at and
 * adds one over the backup. The full one is not COPY_ONLY, because a differential cannot be based on one that is ("Copy-only
 * backups"): from then on other tools' differentials have this one as their base, too.
 */
function backupStatement({ database, kind, file, name, compress }) {
    const options = [
        ...(kind === 'differential' ? ['DIFFERENTIAL'] : []),
        'FORMAT',
        'INIT',
        'CHECKSUM',
        compress ? 'COMPRESSION' : 'NO_COMPRESSION',
        `NAME = ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_2__/* .quoteText */ .o)(name)}`,
        'STATS = 5',
    ];
    return `BACKUP DATABASE ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_2__/* .quoteName */ .A)(database)} TO DISK = ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_2__/* .quoteText */ .o)(file)} WITH ${options.join(', ')};`;
}
/** @throws ActionError as `sqlFailure`; what the signal was aborted with */
async function runStatement(connection, statement, { signal, onPercent, subject }) {
    const onMessage = (line) => {
        const percent = /^(\d+) percent processed\.$/.exec(line)?.[1];
        if (percent !== undefined) {
            onPercent?.(Number(percent));
        }
    };
    await (0,_sql_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .told */ .E)(subject, async () => await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_0__/* .runSql */ .W)(connection, statement, { signal, onMessage }));
}
/** Reads all of it as a restore would, checksums included. */
function verifyStatement(file, position = 1) {
    return `RESTORE VERIFYONLY FROM DISK = ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_2__/* .quoteText */ .o)(file)} WITH FILE = ${position}, CHECKSUM, STATS = 5;`;
}


/***/ }),

/***/ 55659:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FI: () => (/* binding */ loginName),
/* harmony export */   L5: () => (/* binding */ serverName),
/* harmony export */   Wg: () => (/* binding */ DEFAULT_PORT),
/* harmony export */   Z7: () => (/* binding */ sqlcmdArguments),
/* harmony export */   qY: () => (/* binding */ readConnectionInputs),
/* harmony export */   yv: () => (/* binding */ sqlcmdEnvironment)
/* harmony export */ });
/* harmony import */ var _sqlcmd_output_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67989);

const DEFAULT_PORT = 1433;
function readConnectionInputs(inputs) {
    const host = inputs.optionalText('database-host');
    if (host !== undefined && (host.includes('://') || /[:,]\d+$/.test(host.replace(/^tcp:/, '')))) {
        inputs.problem('database-host', `is '${host}'; give the host alone, and the port as database-port.`);
    }
    else if (host?.startsWith('-') === true) {
        inputs.problem('database-host', `is '${host}'; no host begins with a dash.`);
    }
    const username = inputs.optionalText('database-username');
    const password = inputs.secret('database-password');
    if (username !== undefined && password === undefined) {
        inputs.problem('database-password', 'is empty, and database-username is given; set both, or neither for a trusted login.');
    }
    else if (username === undefined && password !== undefined) {
        inputs.problem('database-username', 'is empty, and database-password is given; set both, or neither for a trusted login.');
    }
    return {
        host: host ?? 'localhost',
        port: inputs.optionalInteger('database-port', { min: 1, max: 65_535 }),
        username,
        password,
        trustCertificate: inputs.boolean('database-trust-certificate') ||
            inputs.parameters['trustservercertificate']?.toLowerCase() === 'true',
        encrypt: ['true', 'strict', 'mandatory'].includes(inputs.parameters['encrypt']?.toLowerCase() ?? ''),
    };
}
/** `db.example.com:1433`; a named instance without a port has one that only the server's browser service knows. */
function serverName({ host, port }) {
    return port === undefined && host.includes('\\') ? host : `${host}:${port ?? DEFAULT_PORT}`;
}
/** For sentences: `login 'bitbucket'`. */
function loginName({ username }) {
    return username === undefined ? 'the trusted login of this machine' : `login '${username}'`;
}
/** Longer than the 8 s of the old sqlcmd, within which a busy server may not answer. */
const LOGIN_TIMEOUT_SECONDS = '15';
/** Characters; the largest that both take. */
const WIDEST = '65535';
/**
 * Options that both sqlcmds know ("sqlcmd utility"; go-sqlcmd's README, "Changes in behavior"): -b an error is an exit code,
 * -x no `$(variables)`, which may be part of a name, -W and -s for reading, -w so that no line is broken. Always into
 * `master`, which every login may enter: a database that is missing is then told as such, not as a failed login.
 */
function sqlcmdArguments({ inputs, workstation }, scriptName) {
    const { host, port, username, trustCertificate, encrypt = false } = inputs;
    return [
        '-S',
        port === undefined ? host : `${host},${port}`,
        ...loginArguments(username),
        ...(encrypt ? ['-N'] : []),
        ...(trustCertificate ? ['-C'] : []),
        '-H',
        workstation,
        '-d',
        'master',
        '-l',
        LOGIN_TIMEOUT_SECONDS,
        '-b',
        '-x',
        '-W',
        '-s',
        _sqlcmd_output_js__WEBPACK_IMPORTED_MODULE_0__/* .SEPARATOR */ .w,
        '-w',
        WIDEST,
        '-i',
        scriptName,
    ];
}
/** The old sqlcmd takes what begins with a dash for the next option, unless it hangs on its own one. */
function loginArguments(username) {
    if (username === undefined) {
        return ['-E'];
    }
    return username.startsWith('-') ? [`-U${username}`] : ['-U', username];
}
/** The only place where the password travels. */
function sqlcmdEnvironment({ password }) {
    return password === undefined ? {} : { SQLCMDPASSWORD: password };
}


/***/ }),

/***/ 28872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AA: () => (/* binding */ BITBUCKET_TABLES),
/* harmony export */   LK: () => (/* binding */ readDatabaseFacts),
/* harmony export */   bh: () => (/* binding */ bitbucketSchema),
/* harmony export */   zF: () => (/* binding */ countTables)
/* harmony export */ });
/* harmony import */ var _main_tables_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(87537);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(55659);
/* harmony import */ var _server_facts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17006);
/* harmony import */ var _sql_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4076);
/* harmony import */ var _sqlcmd_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3111);
/* harmony import */ var _t_sql_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(21250);
/** What is in the database, asked inside of it. */






const TABLES = `SELECT s.name AS [schema], t.name AS name
  FROM sys.tables AS t INNER JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE t.is_ms_shipped = 0;`;
const query = (database) => `USE ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteName */ .A)(database)};
SELECT HAS_PERMS_BY_NAME(DB_NAME(), N'DATABASE', N'BACKUP DATABASE') AS may_back_up,
  HAS_PERMS_BY_NAME(DB_NAME(), N'DATABASE', N'SELECT') AS may_read,
  SUM(CAST(FILEPROPERTY(f.name, N'SpaceUsed') AS bigint)) * 8192 AS bytes
  FROM sys.database_files AS f WHERE f.type_desc = N'ROWS';
${TABLES}
SELECT m.name AS name, N'' AS nothing FROM sys.database_role_members AS r
  INNER JOIN sys.database_principals AS o ON o.principal_id = r.role_principal_id
  INNER JOIN sys.database_principals AS m ON m.principal_id = r.member_principal_id
  WHERE o.name = N'db_owner' AND m.name <> N'dbo' AND m.type_desc <> N'DATABASE_ROLE' ORDER BY m.name;`;
/** @throws SqlError, CommandError as `runSql` does */
async function readDatabaseFacts(connection, database) {
    const [[row] = [], tables = [], owners = []] = await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_3__/* .runSql */ .W)(connection, query(database), _server_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .QUERY_LIMITS */ .G2);
    if (row === undefined) {
        throw new TypeError('sqlcmd ended without an answer.');
    }
    return {
        mayBackUp: row.flag('may_back_up'),
        mayRead: row.flag('may_read'),
        bytes: row.number('bytes'),
        tables: tables.map(tableOf),
        owners: owners.map((owner) => owner.text('name')),
    };
}
async function readTables(connection, database, signal) {
    const script = `USE ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteName */ .A)(database)};\n${TABLES}`;
    const [tables = []] = await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_3__/* .runSql */ .W)(connection, script, { ..._server_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .QUERY_LIMITS */ .G2, signal });
    return tables.map(tableOf);
}
/** Every Bitbucket from 4.0 to 10 has these; other Atlassian products have some of them, none has all. */
const BITBUCKET_TABLES = ['app_property', 'project', 'repository'];
/** The schema that Bitbucket's tables are in; `dbo` unless somebody chose another default schema for its login. */
function bitbucketSchema(tables) {
    const schemas = Map.groupBy(tables, ({ schema }) => schema);
    return [...schemas].find(([, own]) => BITBUCKET_TABLES.every((wanted) => own.some(({ name }) => name.toLowerCase() === wanted)))?.[0];
}
/** Those of Bitbucket's main tables that are there. */
function mainTables(tables) {
    const schema = bitbucketSchema(tables);
    return tables.filter((table) => table.schema === schema && _main_tables_js__WEBPACK_IMPORTED_MODULE_5__/* .MAIN_TABLES */ .K.some((name) => name === table.name.toLowerCase()));
}
/**
 * Counted, not taken from the catalog, whose numbers are estimates ("sys.partitions", column `rows`). The smallest index
 * serves, so that this takes seconds where there are millions.
 * @throws SqlError, CommandError as `runSql` does; what the signal was aborted with
 */
async function countRows(connection, database, tables, signal) {
    if (tables.length === 0) {
        return {};
    }
    const counts = tables.map(({ schema, name }) => `SELECT N'${name.toLowerCase()}' AS name, COUNT_BIG(*) AS [rows] FROM ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteName */ .A)(schema)}.${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteName */ .A)(name)};`);
    const script = `USE ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteName */ .A)(database)};\n${counts.join('\n')}`;
    const results = await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_3__/* .runSql */ .W)(connection, script, { signal });
    return Object.fromEntries(results.flat().map((row) => [row.text('name'), row.number('rows')]));
}
/** @throws ActionError as `sqlFailure`; CommandError as `runSql` does; what the signal was aborted with */
async function countTables(connection, database, signal) {
    const where = `database '${database}' at ${(0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .serverName */ .L5)(connection.inputs)}`;
    return await (0,_sql_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .told */ .E)(`Counting what is in ${where}`, async () => {
        const tables = await readTables(connection, database, signal);
        return { tables: tables.length, rows: await countRows(connection, database, mainTables(tables), signal) };
    });
}
function tableOf(row) {
    return { schema: row.text('schema'), name: row.text('name') };
}


/***/ }),

/***/ 29675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ asked),
  e: () => (/* binding */ inspect)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/database/mssql/backup-checks.js
var backup_checks = __webpack_require__(69003);
// EXTERNAL MODULE: ./build/database/mssql/backup-place.js
var backup_place = __webpack_require__(85931);
// EXTERNAL MODULE: ./build/database/mssql/connection.js
var mssql_connection = __webpack_require__(55659);
// EXTERNAL MODULE: ./build/database/mssql/sqlcmd.js
var sqlcmd = __webpack_require__(3111);
;// CONCATENATED MODULE: ./build/database/mssql/connection-failure.js
/**
 * Why SQL Server could not be asked: sqlcmd's words turned into a sentence with a cure. A login that fails carries no number
 * in the output of either sqlcmd, so the words decide; others end in the last sentence, with sqlcmd's own in it.
 */



const REASONS = [
    {
        words: /untrusted domain|SSPI|Kerberos|GSS/i,
        subject: 'database-username',
        sentence: (server) => `SQL Server at ${server} does not take the trusted login of this machine; get a Kerberos ticket for the runner, or set database-username and database-password.`,
    },
    {
        words: /Login failed for user/i,
        subject: 'database-password',
        sentence: (server, login) => `SQL Server at ${server} rejected ${login}; check database-username and database-password.`,
    },
    {
        words: /certificate|SSL Provider|TLS/i,
        subject: 'database-trust-certificate',
        sentence: (server) => `SQL Server at ${server} has a certificate that this machine does not trust; install its authority here, or set database-trust-certificate to true.`,
    },
];
/** @returns undefined when the server was reached and refused a statement: that is no matter of the connection. */
function connectionFailure(error, inputs) {
    if (!(error instanceof errors/* ActionError */.lZ)) {
        throw error;
    }
    if (error instanceof sqlcmd/* SqlError */.L && error.messages.length > 0) {
        return undefined;
    }
    const said = error instanceof sqlcmd/* SqlError */.L ? error.said : error.message.replace(/\.$/, '');
    const server = (0,mssql_connection/* serverName */.L5)(inputs);
    const reason = REASONS.find(({ words }) => words.test(said));
    const sentence = reason?.sentence(server, (0,mssql_connection/* loginName */.FI)(inputs)) ??
        `SQL Server at ${server} cannot be reached; check database-host and database-port, and that the server runs and lets this machine in.`;
    return {
        severity: 'error',
        subject: reason?.subject ?? 'database-host',
        message: `${sentence.replace(/\.$/, '')} (${said}).`,
    };
}

// EXTERNAL MODULE: ./build/database/mssql/database-facts.js
var database_facts = __webpack_require__(28872);
// EXTERNAL MODULE: ./build/database/mssql/server-facts.js
var server_facts = __webpack_require__(17006);
// EXTERNAL MODULE: ./build/database/mssql/sqlcmd-program.js
var sqlcmd_program = __webpack_require__(12810);
;// CONCATENATED MODULE: ./build/database/mssql/mssql-preflight.js
/** Everything about sqlcmd, server, database, rights and the shared folder that can be known before the lock. */








async function inspect(commands, options, workstation) {
    const sqlcmd = (0,sqlcmd_program/* findSqlcmd */.W)(options.clientFolders);
    if (sqlcmd === undefined) {
        return { findings: [sqlcmd_program/* NO_SQLCMD */.l] };
    }
    const connection = { commands, inputs: options, sqlcmd, workstation };
    const name = options.database;
    const server = await asked(options, async () => await (0,server_facts/* readServerFacts */.TX)(connection, name));
    if ('severity' in server) {
        return { findings: [server] };
    }
    const where = (0,mssql_connection/* serverName */.L5)(options);
    const unusable = [...(0,backup_checks/* serverFindings */.cz)(server, where), ...(0,backup_checks/* stateFindings */.OM)(server, name, where)];
    const state = server.database;
    if (unusable.length > 0 || state === undefined) {
        return { findings: unusable };
    }
    const facts = await asked(options, async () => await (0,database_facts/* readDatabaseFacts */.LK)(connection, name));
    if ('severity' in facts) {
        return { findings: [facts] };
    }
    const place = (0,backup_place/* choosePlace */.$2)(options, server.backupFolder);
    const findings = [
        ...(0,backup_checks/* rightsFindings */.IX)(server, facts, name),
        ...('severity' in place ? [place] : await (0,backup_place/* placeFindings */.ky)(place, false)),
    ];
    return 'severity' in place || findings.some(({ severity }) => severity === 'error')
        ? { findings }
        : { findings, ready: { connection, server, state, facts, place } };
}
/** @returns what was asked for, or the finding that says why it cannot be had */
async function asked(inputs, ask) {
    try {
        return await ask();
    }
    catch (error) {
        const where = (0,mssql_connection/* serverName */.L5)(inputs);
        return (connectionFailure(error, inputs) ?? {
            severity: 'error',
            subject: 'database-name',
            message: `SQL Server at ${where} did not answer what has to be known of database '${inputs.database ?? ''}' (${reasonOf(error)}); look into its log.`,
        });
    }
}
function reasonOf(error) {
    return error instanceof errors/* ActionError */.lZ ? error.message.replace(/\.$/, '') : String(error);
}


/***/ }),

/***/ 42853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ percentLog)
/* harmony export */ });
const INTERVAL_MS = 10_000;
/** @returns takes the percentage; tells at most once in 10 s, and nothing of a statement that is over before */
function percentLog(log, what) {
    let last = Date.now();
    return (percent) => {
        if (Date.now() - last >= INTERVAL_MS) {
            last = Date.now();
            log.info(`${what}: ${percent} %`);
        }
    };
}


/***/ }),

/***/ 17006:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G2: () => (/* binding */ QUERY_LIMITS),
/* harmony export */   TX: () => (/* binding */ readServerFacts),
/* harmony export */   xq: () => (/* binding */ readDatabaseState)
/* harmony export */ });
/* harmony import */ var _sqlcmd_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3111);
/* harmony import */ var _t_sql_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21250);


/** The catalog answers in milliseconds; longer than this and somebody holds a lock on it. */
const QUERY_LIMITS = { deadlineMs: 60_000 };
const PROPERTIES = `SELECT
  CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128)) AS version,
  CAST(SERVERPROPERTY(N'Edition') AS nvarchar(128)) AS edition,
  CAST(SERVERPROPERTY(N'EngineEdition') AS int) AS engine_edition,
  CAST(SERVERPROPERTY(N'InstanceDefaultBackupPath') AS nvarchar(260)) AS backup_folder,
  CAST(SERVERPROPERTY(N'InstanceDefaultDataPath') AS nvarchar(260)) AS data_folder,
  CAST(SERVERPROPERTY(N'InstanceDefaultLogPath') AS nvarchar(260)) AS log_folder,
  SUSER_SNAME() AS login,
  HAS_PERMS_BY_NAME(NULL, NULL, N'CREATE ANY DATABASE') AS may_create;`;
const databaseQuery = (name) => `SELECT
  d.name AS name, d.database_id AS id, d.state_desc AS state, d.user_access_desc AS access,
  d.recovery_model_desc AS recovery_model, d.collation_name AS collation,
  d.compatibility_level AS compatibility_level, HAS_DBACCESS(d.name) AS may_enter
  FROM sys.databases AS d WHERE d.name = ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_1__/* .quoteText */ .o)(name)};
SELECT f.database_id AS id, f.physical_name AS path
  FROM sys.master_files AS f WHERE f.database_id = DB_ID(${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_1__/* .quoteText */ .o)(name)});`;
/** @throws SqlError, CommandError as `runSql` does */
async function readServerFacts(connection, name) {
    const [[row] = [], [database] = [], files = []] = await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_0__/* .runSql */ .W)(connection, `${PROPERTIES}\n${databaseQuery(name)}`, QUERY_LIMITS);
    if (row === undefined) {
        throw new TypeError('sqlcmd ended without an answer.');
    }
    return {
        version: row.text('version'),
        edition: row.text('edition'),
        engineEdition: row.number('engine_edition'),
        backupFolder: row.text('backup_folder'),
        dataFolder: row.text('data_folder'),
        logFolder: row.text('log_folder'),
        login: row.text('login'),
        mayCreate: row.flag('may_create'),
        database: database === undefined ? undefined : databaseOf(database, files),
    };
}
/** @throws SqlError, CommandError as `runSql` does */
async function readDatabaseState(connection, name) {
    const [[database] = [], files = []] = await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_0__/* .runSql */ .W)(connection, databaseQuery(name), QUERY_LIMITS);
    return database === undefined ? undefined : databaseOf(database, files);
}
function databaseOf(row, files) {
    return {
        name: row.text('name'),
        id: row.number('id'),
        state: row.text('state'),
        access: row.text('access'),
        recoveryModel: row.text('recovery_model'),
        collation: row.text('collation'),
        compatibilityLevel: row.number('compatibility_level'),
        mayEnter: row.flag('may_enter'),
        files: files.map((file) => file.text('path')),
    };
}


/***/ }),

/***/ 40738:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ endOwnSessions)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _server_facts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17006);
/* harmony import */ var _sqlcmd_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3111);
/* harmony import */ var _t_sql_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(21250);
/**
 * What is left of our own statements on the server. It ends them when it sees that sqlcmd is gone, which it may not while it
 * writes, and a file or a database could then appear after we have looked.
 */




const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;
/**
 * Ends our sessions and waits for their end: a statement that is killed is rolled back first. A login without VIEW SERVER
 * STATE sees none but the one that asks, and one without ALTER ANY CONNECTION may end none; then we can only wait.
 * @returns false when there are still some
 */
async function endOwnSessions(connection) {
    for (const deadline = Date.now() + PATIENCE_MS;; await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(PAUSE_MS)) {
        const ids = await ownSessions(connection);
        if (ids.length === 0) {
            return true;
        }
        if (Date.now() > deadline) {
            return false;
        }
        for (const id of ids) {
            // It may have ended by itself, or we may not end it.
            await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_2__/* .runSql */ .W)(connection, `KILL ${id};`, _server_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .QUERY_LIMITS */ .G2).catch(() => undefined);
        }
    }
}
async function ownSessions(connection) {
    const [rows = []] = await (0,_sqlcmd_js__WEBPACK_IMPORTED_MODULE_2__/* .runSql */ .W)(connection, `SELECT s.session_id AS id, s.host_name AS host FROM sys.dm_exec_sessions AS s
  WHERE s.host_name = ${(0,_t_sql_js__WEBPACK_IMPORTED_MODULE_3__/* .quoteText */ .o)(connection.workstation)} AND s.session_id <> @@SPID;`, _server_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .QUERY_LIMITS */ .G2);
    return rows.map((row) => row.number('id'));
}


/***/ }),

/***/ 4076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ told)
/* harmony export */ });
/* unused harmony export sqlFailure */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _host_command_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(10949);
/* harmony import */ var _sqlcmd_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3111);
/** A refused BACKUP or RESTORE as a sentence with a cure, by the server's message numbers ("Database Engine events and errors"). */



const FULL = /\b112\b|not enough space|No space left/i;
/** The first that fits. Numbers without words come after the same ones with words. */
const CAUSES = [
    {
        numbers: [3202, 3257, 1105, 5149, 3201, 9002],
        words: FULL,
        code: 'DISK_FULL',
        advice: 'Make room on the disk of the server that is named, and run again.',
    },
    {
        numbers: [3257],
        code: 'DISK_FULL',
        advice: 'Make room on the disk of the database files, and run again.',
    },
    {
        numbers: [3201, 3203],
        words: /\b5\(|Access is denied|Permission denied|\b13\(/i,
        advice: "Give the account that SQL Server runs as the right to read and write in the folder of database-backup-path ('mssql' on Linux).",
    },
    {
        numbers: [3201],
        advice: 'Set database-backup-path to a folder that exists as the server sees it, and that the account of SQL Server may write to.',
    },
    {
        numbers: [262, 916, 3110, 229, 300],
        advice: 'Grant the login what is named: db_owner or db_backupoperator for a backup, and dbcreator for its verification and for a restore.',
    },
    {
        numbers: [3035],
        advice: 'Look for who has restored or reverted the database since the full backup of this run, and run again.',
    },
    {
        numbers: [3189, 3183, 3186, 3203, 3241, 3242, 3182],
        advice: 'Check the disk that holds the backup files, and run again.',
    },
    { numbers: [3023], advice: 'Wait for the other backup of this database to end, and run again.' },
    {
        numbers: [3169],
        advice: 'Restore to a SQL Server of the version that wrote the backup, or a later one.',
    },
    {
        numbers: [1801, 3154, 3159, 3102, 3101, 1834, 3156],
        advice: 'Drop the database that is there, or choose another database-name.',
    },
];
const OTHERWISE = 'Correct what SQL Server names and run again.';
/**
 * @param subject begins the sentence: `The full backup of database 'bitbucket' at db:1433`
 * @returns the error to throw; one that is no matter of the server as it is, such as a program that was killed
 */
function sqlFailure(subject, error) {
    if (error instanceof _host_command_error_js__WEBPACK_IMPORTED_MODULE_1__/* .CommandError */ .Qd && error.code === 'CHILD_KILLED') {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('CHILD_KILLED', `${subject} was ended: ${error.message.replace(/\.$/, '')}.`, {
            advice: 'Look for the out-of-memory killer in the log of this machine and run again.',
            cause: error,
        });
    }
    if (!(error instanceof _sqlcmd_js__WEBPACK_IMPORTED_MODULE_2__/* .SqlError */ .L)) {
        return error;
    }
    const cause = CAUSES.find(({ numbers, words }) => error.has(...numbers) && (words?.test(error.said) ?? true));
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(cause?.code ?? 'DB_FAILED', `${subject} failed: ${error.said}.`, {
        advice: cause?.advice ?? OTHERWISE,
        cause: error,
    });
}
async function told(subject, act) {
    try {
        return await act();
    }
    catch (error) {
        throw sqlFailure(subject, error);
    }
}


/***/ }),

/***/ 67989:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w: () => (/* binding */ SEPARATOR),
  F: () => (/* binding */ parseOutput)
});

;// CONCATENATED MODULE: ./build/database/mssql/result-row.js
/** A row as sqlcmd prints it, with each value checked when it is read. */
class ResultRow {
    #values;
    /** Column names differ in case between versions of the server (`UniqueId`, `UniqueID`). */
    constructor(columns, values) {
        this.#values = new Map(columns.map((name, index) => [name.toLowerCase(), values[index] ?? 'NULL']));
    }
    /** Empty for NULL: sqlcmd prints the word, and none of the columns that are read has it as a value. */
    text(column) {
        const value = this.#values.get(column.toLowerCase());
        if (value === undefined) {
            throw new TypeError(`SQL Server answered without '${column}'.`);
        }
        return value === 'NULL' ? '' : value;
    }
    number(column) {
        const value = Number(this.text(column) || Number.NaN);
        if (!Number.isFinite(value)) {
            throw new TypeError(`SQL Server answered no usable '${column}'.`);
        }
        return value;
    }
    /** A bit, or a function that answers 0 or 1; NULL for what it cannot know. */
    flag(column) {
        return this.text(column) === '1';
    }
    /** The old sqlcmd prints a uniqueidentifier in capitals, the new one in small letters. Empty for NULL. */
    guid(column) {
        return this.text(column).toUpperCase();
    }
}

;// CONCATENATED MODULE: ./build/database/mssql/sqlcmd-output.js
/**
 * What sqlcmd prints, read back: result sets with their column names, and the server's messages. Rows and messages come on
 * the same stream, because the new sqlcmd leaves out a message's number when it is told to print it on the other (`-r`; its
 * `PrintError`), and the number is what we know an error by.
 */

/** Between columns (`-s`): no name has it, and a line without it is a message. */
const SEPARATOR = '\x1f';
/** Both sqlcmds print it so: `Msg 3201, Level 16, State 1, Server db, Line 1`, and the text in the next line. */
const MESSAGE = /^Msg (\d+), Level (\d+), State \d+, Server .*, Line \d+$/;
/** Below the column names. */
const RULE = new RegExp(`^-+(?:${SEPARATOR}-+)+$`);
const FIRST_ERROR_LEVEL = 11;
/** Every statement that is read has two columns or more. @throws TypeError for rows that are no rows */
function parseOutput(lines) {
    const results = [];
    const errors = [];
    let columns = [];
    let rows;
    let pending = '';
    for (const [index, line] of lines.entries()) {
        const message = pending === '' ? MESSAGE.exec(line) : null;
        if (message !== null) {
            const [, number, level] = message.map(Number);
            if ((level ?? 0) >= FIRST_ERROR_LEVEL) {
                errors.push({ number: number ?? 0, level: level ?? 0, text: lines[index + 1] ?? '' });
            }
        }
        else if (RULE.test(lines[index + 1] ?? '')) {
            columns = line.split(SEPARATOR);
            rows = [];
            results.push(rows);
            pending = '';
        }
        else if (!RULE.test(line) && (pending !== '' || line.includes(SEPARATOR))) {
            // A value with a line break in it goes on in the next line.
            const whole = pending === '' ? line : `${pending}\n${line}`;
            const values = whole.split(SEPARATOR);
            pending = values.length < columns.length ? whole : '';
            if (pending === '') {
                rows?.push(new ResultRow(columns, values));
            }
        }
    }
    return { results, errors };
}


/***/ }),

/***/ 12810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ findSqlcmd),
/* harmony export */   l: () => (/* binding */ NO_SQLCMD)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _host_tools_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26872);
/** Where sqlcmd is: Microsoft's packages put the old one outside of PATH. */


/** The newest first ("Install the SQL Server command-line tools on Linux"). */
const FOLDERS = ['/opt/mssql-tools18/bin', '/opt/mssql-tools/bin'];
/** @param folders where to look instead, PATH left out */
function findSqlcmd(folders) {
    const onPath = folders === undefined ? (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_1__/* .findProgram */ .Kp)('sqlcmd') : undefined;
    return onPath ?? (folders ?? FOLDERS).map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'sqlcmd')).find(_host_tools_js__WEBPACK_IMPORTED_MODULE_1__/* .isExecutable */ .TV);
}
const NO_SQLCMD = {
    severity: 'error',
    subject: 'sqlcmd',
    message: 'No sqlcmd is on PATH, in /opt/mssql-tools18/bin or in /opt/mssql-tools/bin; install mssql-tools18 or the new sqlcmd on this machine.',
};


/***/ }),

/***/ 3111:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ SqlError),
/* harmony export */   W: () => (/* binding */ runSql)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/* harmony import */ var _host_command_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(10949);
/* harmony import */ var _host_log_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5493);
/* harmony import */ var _host_private_folder_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(89749);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(55659);
/* harmony import */ var _sqlcmd_output_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(67989);
/** Runs a script of T-SQL by sqlcmd and reads what it answers. */









/** The server refused a statement, or sqlcmd could not reach it. */
class SqlError extends _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ {
    name = 'SqlError';
    /** The server's own; empty when it was not reached, because a failed login carries no number in sqlcmd's output. */
    messages;
    /** Everything that was said, in one line. */
    said;
    constructor(messages, said, cause) {
        super('DB_FAILED', `sqlcmd failed: ${said}.`, { cause });
        this.messages = messages;
        this.said = said;
    }
    has(...numbers) {
        return this.messages.some(({ number }) => numbers.includes(number));
    }
}
const SCRIPT = 'script.sql';
/**
 * The script goes by a file of mode 0600 and never by an argument; its folder is sqlcmd's working folder, because sqlcmd takes
 * a comma in a path for the end of it. UTF-8: both sqlcmds read it so under the locale that our children have.
 *
 * The last thing that a script does is to print a word that only this call knows. The new sqlcmd ends with 0 on SIGTERM
 * (its `SetupCloseHandler`), so that its exit code alone is no proof.
 *
 * @returns the result sets, the last one left out
 * @throws SqlError; CommandError when sqlcmd was killed or took too long; what the signal was aborted with
 */
async function runSql(connection, script, { onMessage, ...run } = {}) {
    const word = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
    return await (0,_host_private_folder_js__WEBPACK_IMPORTED_MODULE_6__/* .withPrivateFolder */ .m)(async (folder) => {
        const text = `SET NOCOUNT ON;\n${script}\nSELECT N'${word}' AS word, N'' AS done;\n`;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, SCRIPT), text, { mode: 0o600, flag: 'wx' });
        const lines = [];
        const say = (line) => {
            lines.push(line);
            if (onMessage !== undefined && line !== '' && !line.includes(_sqlcmd_output_js__WEBPACK_IMPORTED_MODULE_8__/* .SEPARATOR */ .w)) {
                onMessage(line);
            }
        };
        const { stderr } = await startSqlcmd(connection, { ...run, cwd: folder, onLine: say }, lines);
        const { results, errors } = (0,_sqlcmd_output_js__WEBPACK_IMPORTED_MODULE_8__/* .parseOutput */ .F)(lines);
        const last = results.at(-1)?.at(-1);
        if (errors.length > 0 || last?.text('word') !== word) {
            throw new SqlError(errors, saidIn([...lines, ...stderr], errors) || 'it ended before its script did', undefined);
        }
        return results.slice(0, -1);
    });
}
async function startSqlcmd(connection, options, lines) {
    const { commands, inputs, sqlcmd } = connection;
    try {
        return await commands.run(sqlcmd, (0,_connection_js__WEBPACK_IMPORTED_MODULE_7__/* .sqlcmdArguments */ .Z7)(connection, SCRIPT), {
            ...options,
            env: (0,_connection_js__WEBPACK_IMPORTED_MODULE_7__/* .sqlcmdEnvironment */ .yv)(inputs),
        });
    }
    catch (error) {
        if (error instanceof _host_command_error_js__WEBPACK_IMPORTED_MODULE_4__/* .CommandError */ .Qd && error.code === 'COMMAND_FAILED') {
            const { errors } = (0,_sqlcmd_output_js__WEBPACK_IMPORTED_MODULE_8__/* .parseOutput */ .F)(lines);
            throw new SqlError(errors, saidIn([...lines, ...error.stderr], errors), error);
        }
        throw error;
    }
}
const NOTHING_NEW = /^Msg \d+, |percent processed\.$|^Processed \d+ pages|^Changed database context/;
/** `BACKUP DATABASE is terminating abnormally`, which comes after every reason. */
const TERMINATING = 3013;
/** The server's own reasons; without one the last lines that are neither rows nor progress. */
function saidIn(lines, errors) {
    const reasons = errors
        .filter(({ number }) => number !== TERMINATING)
        .map(({ text }) => (0,_host_log_js__WEBPACK_IMPORTED_MODULE_5__/* .printable */ .g)(text).trim());
    const said = lines
        .filter((line) => !line.includes(_sqlcmd_output_js__WEBPACK_IMPORTED_MODULE_8__/* .SEPARATOR */ .w))
        .map((line) => (0,_host_log_js__WEBPACK_IMPORTED_MODULE_5__/* .printable */ .g)(line).trim())
        .filter((line) => line !== '' && !NOTHING_NEW.test(line))
        .slice(-MOST_LINES);
    return (reasons.length > 0 ? reasons.slice(0, MOST_LINES) : said).join(' ').replace(/\.+$/, '');
}
const MOST_LINES = 4;


/***/ }),

/***/ 21250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ quoteName),
/* harmony export */   o: () => (/* binding */ quoteText)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/** Names and values in T-SQL: whatever they hold, they are one name or one value and nothing else. */

/** A delimited identifier (T-SQL reference, "Database identifiers"). @throws ActionError DB_FAILED as `checked` does */
function quoteName(name) {
    return `[${checked(name).replaceAll(']', ']]')}]`;
}
/** A Unicode string constant (T-SQL reference, "Constants"). @throws ActionError DB_FAILED as `checked` does */
function quoteText(value) {
    return `N'${checked(value).replaceAll("'", "''")}'`;
}
/**
 * A line of its own would be sqlcmd's to read: `GO`, `:r file` and `!! program` begin one, inside quotes as well. The names
 * in a backup come from an archive, so that this is no matter of politeness.
 */
function checked(value) {
    if (/[\p{Cc}\u2028\u2029]/u.test(value)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('DB_FAILED', `The name ${JSON.stringify(value)} has a control character in it.`, {
            advice: 'Rename what is called so.',
        });
    }
    return value;
}


/***/ }),

/***/ 84244:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ flushFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/** Makes new names in a folder survive a power failure. */

async function flushFolder(folder) {
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(folder, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}


/***/ }),

/***/ 26872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kp: () => (/* binding */ findProgram),
/* harmony export */   TV: () => (/* binding */ isExecutable),
/* harmony export */   b1: () => (/* binding */ versionLine),
/* harmony export */   uC: () => (/* binding */ toolCacheFolders)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _actions_exec__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41955);
/* harmony import */ var _actions_tool_cache__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(59805);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(82058);
/**
 * Which programs are there, and how old they are. Short questions only, so @actions/exec may ask them; whatever can take
 * long runs through `command.ts`, which can end it.
 */





/**
 * The absolute path of a program on PATH. Folders inside the workflow's workspace, relative ones and ones that anybody
 * may write to are passed over: a checked-out `pg_dump` must not run with the rights of a backup.
 */
function findProgram(name, env = process.env) {
    const workspace = env['GITHUB_WORKSPACE'];
    return (env['PATH'] ?? '')
        .split(node_path__WEBPACK_IMPORTED_MODULE_1__.delimiter)
        .filter((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(folder) && isTrusted(folder, workspace))
        .map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name))
        .find(isExecutable);
}
/** First line of what `<program> --version` prints; undefined when it does not run. */
async function versionLine(path, args = ['--version']) {
    try {
        const answer = await (0,_actions_exec__WEBPACK_IMPORTED_MODULE_2__/* .getExecOutput */ .H)(path, [...args], {
            silent: true,
            ignoreReturnCode: true,
            env: (0,_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .childEnvironment */ .Q)(),
        });
        return answer.exitCode === 0 ? answer.stdout.split('\n')[0]?.trim() : undefined;
    }
    catch {
        return undefined;
    }
}
/** The folders of all versions of a tool in the runner's tool cache; none outside a runner. */
function toolCacheFolders(tool, env = process.env) {
    if (!env['RUNNER_TOOL_CACHE']) {
        return [];
    }
    return (0,_actions_tool_cache__WEBPACK_IMPORTED_MODULE_3__/* .findAllVersions */ .iq)(tool)
        .map((version) => (0,_actions_tool_cache__WEBPACK_IMPORTED_MODULE_3__/* .find */ .I6)(tool, version))
        .filter((folder) => folder !== '');
}
function isExecutable(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}
function isTrusted(folder, workspace) {
    try {
        const path = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(folder);
        // Sticky or not: where anybody may add a file, anybody may add a `pg_dump`.
        return ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).mode & 0o002) === 0 && !isInside(path, workspace);
    }
    catch {
        return false;
    }
}
/** Links are resolved on both sides: PATH can lead into the workspace by another name. */
function isInside(path, workspace) {
    if (!workspace) {
        return false;
    }
    const top = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(workspace) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(workspace) : workspace;
    return path === top || path.startsWith(`${top}/`);
}


/***/ })

};

export const id = 95;
export const ids = [95];
export const modules = {

/***/ 4099:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FN: () => (/* binding */ serverOf),
/* harmony export */   Vy: () => (/* binding */ liveServerOf),
/* harmony export */   iR: () => (/* binding */ majorVersion),
/* harmony export */   ij: () => (/* binding */ dataFolders)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/**
 * A data directory as it lies on disk ("Database File Layout" in PostgreSQL's manual): what belongs to it elsewhere, and
 * which server works with it.
 */



/** Of the write-ahead log; `pg_xlog` until PostgreSQL 9.6. */
const LOG_FOLDERS = ['pg_wal', 'pg_xlog'];
/** The directory itself, then all that its links lead to. @throws ENOENT, EACCES */
async function dataFolders(directory) {
    const folders = [{ what: 'the data directory', path: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(directory) }];
    for (const name of LOG_FOLDERS) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name);
        if (await isLink(path)) {
            folders.push({ what: `the write-ahead log (${name})`, path: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path) });
        }
    }
    const spaces = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'pg_tblspc');
    for (const name of (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(spaces)).sort()) {
        folders.push({ what: `tablespace ${name}`, path: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(spaces, name)) });
    }
    return folders;
}
/** The first line of `PG_VERSION`, such as `15`. @returns undefined for what is no data directory */
async function majorVersion(directory) {
    return (await linesOf((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'PG_VERSION')))?.[0];
}
/** As `postmaster.pid` says. @returns undefined when there is none */
async function serverOf(directory) {
    const lines = await linesOf((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'postmaster.pid'));
    const [pid = '', , startedAt = ''] = lines ?? [];
    return lines === undefined ? undefined : { pid: Number(pid), startedAt: Number(startedAt) };
}
/**
 * The file may be of a server that is gone (after a crash, or from a snapshot), and its number another process's by now.
 * A server stays in its data directory, so there it is looked for.
 *
 * @returns undefined when no process works with the directory
 */
async function liveServerOf(directory) {
    const server = await serverOf(directory);
    if (server === undefined) {
        return undefined;
    }
    try {
        const place = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readlink)(`/proc/${server.pid}/cwd`);
        return place === (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(directory)) ? server : undefined;
    }
    catch (error) {
        // One that is not ours to look at may be it.
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'EACCES') ? server : undefined;
    }
}
async function linesOf(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8')).split('\n').map((line) => line.trim());
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT')) {
            return undefined;
        }
        throw error;
    }
}
async function isLink(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path)).isSymbolicLink();
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT')) {
            return false;
        }
        throw error;
    }
}


/***/ }),

/***/ 15205:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ readFslevelOptions),
/* harmony export */   E: () => (/* binding */ readFslevelRestoreOptions)
/* harmony export */ });
/* harmony import */ var _inputs_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70401);
/* harmony import */ var _postgresql_postgresql_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54992);
/** Inputs of `postgresql-fslevel`, and the home strategies that it can go with. */


/** Home strategies that take a whole volume in one moment. */
const ATOMIC_HOMES = ['lvm', 'zfs', 'btrfs', 'amazon-ebs'];
/** A name of a systemd unit or an init script: nothing that could be an option or a path. */
const SERVICE = /^[A-Za-z0-9_][A-Za-z0-9_.@:\\-]*$/;
function readFslevelOptions(inputs) {
    refuseOtherHomes(inputs);
    return {
        ...(0,_postgresql_postgresql_js__WEBPACK_IMPORTED_MODULE_1__.readConnectionInputs)(inputs),
        dataDirectory: inputs.optionalPath('postgresql-data-directory'),
        // The home's own reader complains about a wrong one.
        homePath: inputs.written('home-path'),
        clientFolders: undefined,
    };
}
function readFslevelRestoreOptions(inputs) {
    refuseOtherHomes(inputs);
    const service = inputs.requiredText('postgresql-service');
    if (service !== '' && !SERVICE.test(service)) {
        inputs.problem('postgresql-service', `is '${service}'; give the name of the service alone, such as postgresql@15-main.`);
    }
    return {
        ...(0,_postgresql_postgresql_js__WEBPACK_IMPORTED_MODULE_1__.readConnectionInputs)(inputs),
        dataDirectory: inputs.optionalPath('postgresql-data-directory'),
        service,
        clientFolders: undefined,
    };
}
/** A copy that is made file by file holds every file of another moment, which no server starts from. */
function refuseOtherHomes(inputs) {
    const home = inputs.written('home-strategy');
    if (!ATOMIC_HOMES.includes(home)) {
        inputs.problem('database-strategy', `is 'postgresql-fslevel', which goes with a snapshot of the home's volume, and home-strategy is '${home}'; use home-strategy ${(0,_inputs_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .orList */ .A)(ATOMIC_HOMES)}, or database-strategy postgresql.`);
    }
}


/***/ }),

/***/ 23095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  PostgresqlFslevel: () => (/* binding */ PostgresqlFslevel),
  postgresqlFslevel: () => (/* binding */ postgresqlFslevel)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/tools.js
var tools = __webpack_require__(26872);
// EXTERNAL MODULE: ./build/database/postgresql/postgresql-clients.js
var postgresql_clients = __webpack_require__(47728);
;// CONCATENATED MODULE: ./build/database/postgresql-fslevel/control-data.js
/** What pg_controldata prints of a data directory, in English because our children run with LC_ALL=C.UTF-8. */
const LABELS = {
    systemIdentifier: 'Database system identifier',
    state: 'Database cluster state',
    checkpoint: 'Latest checkpoint location',
    redo: "Latest checkpoint's REDO location",
};
function parseControlData(text) {
    const values = new Map(text.split('\n').map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }));
    return Object.fromEntries(Object.entries(LABELS).flatMap(([key, label]) => {
        const value = values.get(label);
        return value === undefined ? [] : [[key, value]];
    }));
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/database/postgresql-fslevel/data-directory.js
var data_directory = __webpack_require__(4099);
;// CONCATENATED MODULE: ./build/database/postgresql-fslevel/fslevel-findings.js
/** Does the whole database lie where the snapshot of the home takes it along? */



const SUBJECT = 'postgresql-data-directory';
/** PostgreSQL writes whole seconds into its file, and the server's own time has fractions. */
const START_TOLERANCE_SECONDS = 5;
async function placementFindings(placement) {
    const { dataDirectory } = placement;
    try {
        if ((await (0,data_directory/* majorVersion */.iR)(dataDirectory)) === undefined) {
            return [problem(`names ${dataDirectory}, which is no data directory of PostgreSQL (no PG_VERSION).`)];
        }
        return [
            ...durabilityFindings(placement.facts),
            ...(await serverFindings(placement)),
            ...(await volumeFindings(placement, await (0,data_directory/* dataFolders */.ij)(dataDirectory))),
        ];
    }
    catch (error) {
        const why = (0,errors/* asError */.zR)(error).message;
        return [
            problem(`names ${dataDirectory}, which cannot be looked into; run as root or as postgres (${why}).`),
        ];
    }
}
/** A snapshot is what a power failure leaves, and these settings say that the server does not survive one. */
function durabilityFindings({ fsync, fullPageWrites }) {
    return [
        ...(fsync ? [] : ['fsync']),
        // Not an error: a file system that writes whole pages by itself, such as ZFS, does not need it.
        ...(fullPageWrites ? [] : ['full_page_writes']),
    ].map((name) => ({
        severity: name === 'fsync' ? 'error' : 'warning',
        subject: 'database-strategy',
        message: `PostgreSQL runs with ${name} = off, so that its files may not be recoverable from a snapshot; turn it on, or use database-strategy: postgresql.`,
    }));
}
/** The server that answers has to be the one whose files these are. */
async function serverFindings({ dataDirectory, facts }) {
    const server = await (0,data_directory/* serverOf */.FN)(dataDirectory);
    if (server === undefined) {
        return [problem(`names ${dataDirectory}, on which no PostgreSQL runs (no postmaster.pid).`)];
    }
    return Math.abs(server.startedAt - facts.startedAt) <= START_TOLERANCE_SECONDS
        ? []
        : [
            problem(`names ${dataDirectory}, and the PostgreSQL that answers works with another one: they were not started at the same time.`),
        ];
}
async function volumeFindings({ homePath, commands }, folders) {
    const { dev } = await (0,promises_.stat)(homePath);
    const findings = [];
    for (const { what, path } of folders) {
        // The same number for all of a file system, and another one for each subvolume of btrfs and each dataset of ZFS: as
        // far as a snapshot reaches.
        if ((await (0,promises_.stat)(path)).dev !== dev) {
            const [mount, homeMount] = [await mountOf(commands, path), await mountOf(commands, homePath)];
            const where = mount === homeMount ? 'in another subvolume' : `on another volume (${mount}, not ${homeMount})`;
            findings.push(problem(`is ${what === 'the data directory' ? 'wrong' : 'incomplete'}: ${what}, ${path}, lies ${where} than the home ${homePath}, whose snapshot does not take it along.`));
        }
    }
    return findings;
}
async function mountOf(commands, path) {
    const { stdout } = await commands.run('findmnt', ['--noheadings', '--first-only', '--output', 'TARGET', '--target', path], { deadlineMs: 30_000 });
    return stdout.trim();
}
function problem(sentence) {
    return { severity: 'error', subject: SUBJECT, message: `Input '${SUBJECT}' ${sentence}` };
}

// EXTERNAL MODULE: ./build/database/postgresql-fslevel/fslevel-options.js
var fslevel_options = __webpack_require__(15205);
// EXTERNAL MODULE: ./build/database/postgresql-fslevel/server-facts.js
var server_facts = __webpack_require__(66752);
;// CONCATENATED MODULE: ./build/database/postgresql-fslevel/postgresql-fslevel.js
/**
 * PostgreSQL by the snapshot of the volume that its data directory and the home lie on. There is nothing to copy: this
 * strategy proves that the snapshot takes the whole database along, and records what a restore has to know.
 */








const postgresqlFslevel = {
    read: (inputs) => {
        const options = (0,fslevel_options/* readFslevelOptions */.A)(inputs);
        return { create: (context) => new PostgresqlFslevel(options, context) };
    },
};
class PostgresqlFslevel {
    name = 'postgresql-fslevel';
    atomic = true;
    goesWithHome = true;
    #options;
    #context;
    #connection;
    #ready;
    constructor(options, context) {
        this.#options = options;
        this.#context = context;
        this.#connection = {
            commands: context.commands,
            inputs: options,
            applicationName: `bitbucket-backup ${context.backupId}`,
        };
    }
    async preflight() {
        const [clients] = await (0,postgresql_clients/* findClients */.g2)(this.#options.clientFolders ?? (0,postgresql_clients/* clientFolders */.bU)());
        if (clients === undefined) {
            return [NO_CLIENT];
        }
        const facts = await this.#askServer(clients.psql);
        if ('severity' in facts) {
            return [facts];
        }
        const dataDirectory = this.#options.dataDirectory ?? facts.dataDirectory;
        if (dataDirectory === undefined) {
            return [NOT_TOLD];
        }
        const { homePath } = this.#options;
        const { commands } = this.#context;
        this.#ready = { facts, dataDirectory, psql: clients.psql };
        return await placementFindings({ dataDirectory, homePath, facts, commands });
    }
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    async prepare(signal) {
        await Promise.resolve();
        signal.throwIfAborted();
    }
    /** The moment is fixed by the home. */
    async capture(signal) {
        const { facts, dataDirectory, psql } = this.#found();
        const control = await this.#controlData(psql, dataDirectory, signal);
        this.#context.progress(1);
        const part = {
            strategy: this.name,
            included: true,
            members: [],
            details: { dataDirectory, serverVersion: facts.version, control: { ...control } },
        };
        return {
            settle: async (settling) => {
                await Promise.resolve();
                settling.throwIfAborted();
                return part;
            },
            discard: async () => {
                await Promise.resolve();
            },
        };
    }
    async #askServer(psql) {
        try {
            return await (0,server_facts/* readServerFacts */.T)(this.#connection, psql);
        }
        catch (error) {
            if (!(error instanceof errors/* ActionError */.lZ)) {
                throw error;
            }
            return {
                severity: 'error',
                subject: 'database-host',
                message: `PostgreSQL did not answer: ${error.message.replace(/\.$/, '')}; check the database inputs.`,
            };
        }
    }
    /** Of the server's own package, which a machine with clients alone does not have. */
    async #controlData(psql, dataDirectory, signal) {
        signal.throwIfAborted();
        const program = (0,external_node_path_.join)((0,external_node_path_.dirname)(psql), 'pg_controldata');
        if (!(0,tools/* isExecutable */.TV)(program)) {
            return {};
        }
        const { stdout } = await this.#context.commands.run(program, ['-D', dataDirectory], {
            signal,
            deadlineMs: 30_000,
        });
        return parseControlData(stdout);
    }
    #found() {
        if (this.#ready === undefined) {
            throw new TypeError('A capture follows a preflight without errors.');
        }
        return this.#ready;
    }
}
const NO_CLIENT = {
    severity: 'error',
    subject: 'psql',
    message: 'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on the runner.',
};
const NOT_TOLD = {
    severity: 'error',
    subject: 'postgresql-data-directory',
    message: "Input 'postgresql-data-directory' is empty, and the database user may not ask the server for it; set it, or grant pg_read_all_settings to the user.",
};


/***/ }),

/***/ 66752:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ readServerFacts)
/* harmony export */ });
/* harmony import */ var _postgresql_psql_script_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(22311);
/* harmony import */ var _postgresql_rows_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63090);


/** `pg_settings` leaves out what the user may not see, where `SHOW data_directory` fails. */
const QUERY = `
SET search_path = pg_catalog;
SELECT row_to_json(facts) FROM (
  SELECT current_setting('server_version') AS version,
    (SELECT setting FROM pg_settings WHERE name = 'data_directory') AS data_directory,
    current_setting('fsync') = 'on' AS fsync, current_setting('full_page_writes') = 'on' AS full_page_writes,
    extract(epoch FROM pg_postmaster_start_time())::float AS started_at
) facts;
`;
/** @throws CommandError with psql's words when the server cannot be reached, refuses, or does not answer */
async function readServerFacts(connection, psql, signal) {
    const answer = await (0,_postgresql_psql_script_js__WEBPACK_IMPORTED_MODULE_0__/* .runScript */ .j)(connection, psql, QUERY, signal === undefined ? {} : { signal });
    const [row] = (0,_postgresql_rows_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRows */ .t)(answer);
    if (row === undefined) {
        throw new TypeError('psql ended without an answer.');
    }
    return {
        version: row.text('version'),
        dataDirectory: row.optionalText('data_directory'),
        fsync: row.boolean('fsync'),
        fullPageWrites: row.boolean('full_page_writes'),
        startedAt: row.number('started_at'),
    };
}


/***/ })

};

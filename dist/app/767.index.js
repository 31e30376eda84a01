export const id = 767;
export const ids = [767];
export const modules = {

/***/ 28110:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ archiveCompresses),
/* harmony export */   W: () => (/* binding */ readNetworkInputs)
/* harmony export */ });
/** All are optional: what is not given is the client's to find. */
function readNetworkInputs(inputs) {
    const host = inputs.optionalText('database-host');
    if (host !== undefined && (host.includes('://') || /^[^:/]+:\d+$/.test(host))) {
        inputs.problem('database-host', `is '${host}'; give the host alone, and the port as database-port.`);
    }
    return {
        host,
        port: inputs.optionalInteger('database-port', { min: 1, max: 65_535 }),
        database: inputs.optionalText('database-name'),
        username: inputs.optionalText('database-username'),
        password: inputs.secret('database-password'),
        parameters: inputs.parameters,
    };
}
/**
 * Then the dump is not: compressing twice costs time and gains nothing. What is wrong with these inputs the archive's own
 * reader says, which is asked in the same go.
 */
function archiveCompresses(inputs) {
    return inputs.written('archive-strategy') === 'tar' && inputs.written('archive-compression') !== 'none';
}


/***/ }),

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
/* harmony import */ var _network_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28110);
/** Inputs of `postgresql-fslevel`, and the home strategies that it can go with. */


/** Home strategies that take a whole volume in one moment. */
const ATOMIC_HOMES = ['lvm', 'zfs', 'btrfs', 'amazon-ebs'];
/** A name of a systemd unit or an init script: nothing that could be an option or a path. */
const SERVICE = /^[A-Za-z0-9_][A-Za-z0-9_.@:\\-]*$/;
function readFslevelOptions(inputs) {
    refuseOtherHomes(inputs);
    return {
        ...(0,_network_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readNetworkInputs */ .W)(inputs),
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
        ...(0,_network_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readNetworkInputs */ .W)(inputs),
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


/***/ }),

/***/ 70969:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u: () => (/* binding */ clientRunner),
  b: () => (/* binding */ runClient)
});

// EXTERNAL MODULE: ./build/database/postgresql/libpq.js
var libpq = __webpack_require__(80599);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/host/private-folder.js
var private_folder = __webpack_require__(89749);
;// CONCATENATED MODULE: ./build/database/postgresql/password-file.js
/**
 * A password given as an input must also win over one in a service file, which libpq prefers to PGPASSWORD. The only way
 * that keeps it out of argv is a password file of our own (libpq, "The Password File"): 0600, in a private folder, gone
 * when the program has ended.
 */



/** Calls `use` with the file's path while the file exists. */
async function withPasswordFile(password, use) {
    return await (0,private_folder/* withPrivateFolder */.m)(async (folder) => {
        const path = (0,external_node_path_.join)(folder, 'pgpass');
        // One line for every host, port, database and user; only colons and backslashes need escaping.
        const line = `*:*:*:*:${password.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}\n`;
        await (0,promises_.writeFile)(path, line, { mode: 0o600, flag: 'wx' });
        return await use(path);
    });
}

;// CONCATENATED MODULE: ./build/database/postgresql/connection.js


/** Runs a client with the connection put before its arguments. It never asks for a password. */
async function runClient(connection, run) {
    const { inputs } = connection;
    const start = async (passwordFile) => {
        const target = (0,libpq/* conninfo */.Zf)(inputs, {
            applicationName: connection.applicationName,
            ...(run.clientEncoding === undefined ? {} : { clientEncoding: run.clientEncoding }),
            ...(passwordFile === undefined ? {} : { passwordFile }),
        });
        const env = (0,libpq/* libpqEnvironment */.SQ)(inputs, run.serverVersion);
        if (passwordFile !== undefined) {
            delete env['PGPASSWORD'];
        }
        const args = [`--dbname=${target}`, '--no-password', ...run.args];
        return await connection.commands.run(run.program, args, { ...run.options, env });
    };
    return inputs.password !== undefined && process.env['PGSERVICE']
        ? await withPasswordFile(inputs.password, start)
        : await start();
}
/**
 * Runs clients with the connection put before their arguments, for what wants a runner: a session that is kept open. A
 * password file lives as long as the client does.
 */
function clientRunner(connection, shape) {
    return {
        run: async (program, args, options = {}) => await runClient(connection, { ...shape, program, args, options }),
    };
}


/***/ }),

/***/ 80599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L5: () => (/* binding */ serverName),
/* harmony export */   SQ: () => (/* binding */ libpqEnvironment),
/* harmony export */   Zf: () => (/* binding */ conninfo)
/* harmony export */ });
/* unused harmony exports LIBPQ_VARIABLES, quoteConninfo */
/**
 * How psql and pg_dump are told where to connect. What the inputs give goes into one connection string, because libpq
 * lets that win over a service file and over its environment; everything else stays libpq's business, so that a password
 * file, a service, TLS settings and sockets work as in any other client
 * (https://www.postgresql.org/docs/current/libpq-connect.html, "Parameter Key Words").
 */
/**
 * libpq's documented variables (libpq, "Environment Variables", PostgreSQL 8.3 to 18). Left out on purpose:
 * PGCLIENTENCODING, which would change the encoding of the dump, and PGAPPNAME, because we say who we are.
 */
const LIBPQ_VARIABLES = [
    'PGHOST',
    'PGHOSTADDR',
    'PGPORT',
    'PGDATABASE',
    'PGUSER',
    'PGPASSWORD',
    'PGPASSFILE',
    'PGREQUIREAUTH',
    'PGCHANNELBINDING',
    'PGSERVICE',
    'PGSERVICEFILE',
    'PGOPTIONS',
    'PGSSLMODE',
    'PGREQUIRESSL',
    'PGSSLNEGOTIATION',
    'PGSSLCOMPRESSION',
    'PGSSLCERT',
    'PGSSLKEY',
    'PGSSLCERTMODE',
    'PGSSLROOTCERT',
    'PGSSLCRL',
    'PGSSLCRLDIR',
    'PGSSLSNI',
    'PGREQUIREPEER',
    'PGSSLMINPROTOCOLVERSION',
    'PGSSLMAXPROTOCOLVERSION',
    'PGMINPROTOCOLVERSION',
    'PGMAXPROTOCOLVERSION',
    'PGGSSENCMODE',
    'PGKRBSRVNAME',
    'PGGSSLIB',
    'PGGSSDELEGATION',
    'PGCONNECT_TIMEOUT',
    'PGTARGETSESSIONATTRS',
    'PGLOADBALANCEHOSTS',
    'PGDATESTYLE',
    'PGTZ',
    'PGGEQO',
    'PGSYSCONFDIR',
    'PGLOCALEDIR',
];
/** libpq waits for ever by default: a firewall that drops packets must not hold the run. */
const CONNECT_TIMEOUT_SECONDS = '10';
/**
 * A setting of the server, the database or the role must not end a dump, nor the session that holds its snapshot (FAULTS
 * P12). The others came later; an older server would refuse the connection over a name it does not know, so they wait
 * until its version is known. `since` is the first `server_version_num` that knows the name.
 */
const TIMEOUTS = [
    { name: 'statement_timeout', since: 0 },
    { name: 'lock_timeout', since: 90_300 },
    { name: 'idle_in_transaction_session_timeout', since: 90_600 },
    { name: 'transaction_timeout', since: 170_000 },
];
/** A value in libpq's quotes: whatever it holds, it is a value and nothing else. */
function quoteConninfo(value) {
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
/** The connection string. It shows in `ps`, so it never holds a password. */
function conninfo(inputs, extras) {
    const parts = [];
    const add = (keyword, value) => {
        if (value !== undefined) {
            parts.push([keyword, value]);
        }
    };
    if (inputs.host !== undefined) {
        add('host', inputs.host);
        // libpq prefers an address to a name; one from the environment or a service file is not the host that was asked for.
        add('hostaddr', '');
    }
    const { port, ...parameters } = inputs.parameters ?? {};
    add('port', inputs.port?.toString() ?? port);
    add('dbname', inputs.database);
    add('user', inputs.username);
    for (const [keyword, value] of Object.entries(parameters)) {
        add(keyword, value);
    }
    if (extras.passwordFile !== undefined) {
        // Empty, and thereby given: libpq then looks into the password file instead of the service file.
        add('password', '');
        add('passfile', extras.passwordFile);
    }
    add('application_name', extras.applicationName);
    add('client_encoding', extras.clientEncoding);
    // The first connection of a parallel restore idles while the others work; firewalls forget such connections.
    add('keepalives_idle', '60');
    return parts.map(([keyword, value]) => `${keyword}=${quoteConninfo(value)}`).join(' ');
}
/** libpq's part of a child's environment. The only place where a password travels. */
function libpqEnvironment(inputs, serverVersion, own = process.env) {
    const environment = { PGCONNECT_TIMEOUT: CONNECT_TIMEOUT_SECONDS };
    for (const name of LIBPQ_VARIABLES) {
        const value = own[name];
        if (value !== undefined && value !== '') {
            environment[name] = value;
        }
    }
    if (inputs.password !== undefined) {
        environment['PGPASSWORD'] = inputs.password;
    }
    const known = TIMEOUTS.filter(({ since }) => since <= (serverVersion ?? 0));
    environment['PGOPTIONS'] = [environment['PGOPTIONS'], ...known.map(({ name }) => `-c ${name}=0`)]
        .filter((part) => part !== undefined)
        .join(' ');
    return environment;
}
/** `db.example.com:5432`, as far as it can be known without libpq's own defaults. */
function serverName(inputs, own = process.env) {
    const service = own['PGSERVICE'] ? `the host of service '${own['PGSERVICE']}'` : undefined;
    const host = inputs.host ?? service ?? (own['PGHOST'] || own['PGHOSTADDR'] || 'the local default socket');
    const ports = inputs.parameters?.['port']?.split(',');
    if (inputs.host !== undefined && inputs.port === undefined && ports !== undefined) {
        return inputs.host
            .split(',')
            .map((one, index) => `${one}:${ports[index] ?? ''}`)
            .join(',');
    }
    const port = inputs.port?.toString() ?? (service === undefined ? own['PGPORT'] || '5432' : undefined);
    return port === undefined ? host : `${host}:${port}`;
}


/***/ }),

/***/ 47728:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F_: () => (/* binding */ dumpsSnapshots),
/* harmony export */   Fd: () => (/* binding */ FIRST_WITH_SNAPSHOT),
/* harmony export */   bU: () => (/* binding */ clientFolders),
/* harmony export */   g2: () => (/* binding */ findClients),
/* harmony export */   iM: () => (/* binding */ chooseClients),
/* harmony export */   m$: () => (/* binding */ chooseDumpClients)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _host_tools_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26872);
/* harmony import */ var _versions_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(17066);
/** The PostgreSQL clients on this machine, and the one that fits the server. */




const PROGRAMS = ['pg_dump', 'pg_restore', 'psql'];
const DEBIAN_FOLDER = '/usr/lib/postgresql';
/** PATH first, then what Debian's packages and the runner's tool cache hold beside it. */
function clientFolders(debianFolder = DEBIAN_FOLDER) {
    const onPath = (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .findProgram */ .Kp)('pg_dump');
    const cached = (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .toolCacheFolders */ .uC)('postgresql').flatMap((folder) => [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'bin'), folder]);
    const candidates = [
        ...(onPath === undefined ? [] : [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(onPath)]),
        ...debianFolders(debianFolder),
        ...cached,
    ];
    return [...new Set(candidates)];
}
/** The clients that are whole and answer, newest first. */
async function findClients(folders) {
    const whole = folders.filter((folder) => PROGRAMS.every((name) => (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .isExecutable */ .TV)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name)) && !isDebianWrapper((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name))));
    const found = await Promise.all(whole.map(clientsIn));
    return found.filter((clients) => clients !== undefined).sort((a, b) => b.version.number - a.version.number);
}
/** `pg_dump --snapshot` came with 9.5 (its release notes); as in `server_version_num`. */
const FIRST_WITH_SNAPSHOT = 90_500;
/** Can it dump the snapshot that another session holds? */
function dumpsSnapshots({ version }) {
    return version.number >= FIRST_WITH_SNAPSHOT;
}
/** As `chooseClients`, among those that dump snapshots. */
function chooseDumpClients(clients, serverVersion) {
    return chooseClients(clients.filter(dumpsSnapshots), serverVersion);
}
/**
 * The client whose major version is closest to the server's and not below it: pg_dump refuses a newer server, and a dump
 * of a much newer client may not load into the server that it came from.
 *
 * @param clients newest first, so that of one major version the latest release is taken.
 */
function chooseClients(clients, serverVersion) {
    const fitting = clients.filter(({ version }) => (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .majorOf */ .Ds)(version.number) >= (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .majorOf */ .Ds)(serverVersion));
    const closest = Math.min(...fitting.map(({ version }) => (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .majorOf */ .Ds)(version.number)));
    return fitting.find(({ version }) => (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .majorOf */ .Ds)(version.number) === closest);
}
async function clientsIn(folder) {
    const pgDump = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'pg_dump');
    const version = (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .parseVersion */ .ot)((await (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .versionLine */ .b1)(pgDump)) ?? '');
    return version === undefined
        ? undefined
        : { folder, version, pgDump, pgRestore: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'pg_restore'), psql: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'psql') };
}
/** Debian's /usr/bin/pg_dump is a script that picks a version by the machine's own clusters, not by our server. */
function isDebianWrapper(path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path)) === 'pg_wrapper';
}
function debianFolders(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder).map((version) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, version, 'bin'));
    }
    catch {
        return [];
    }
}


/***/ }),

/***/ 22311:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ runScript),
/* harmony export */   x: () => (/* binding */ psqlArguments)
/* harmony export */ });
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70969);
/** Statements by psql, one after the other, until the first that fails. */

const DEADLINE_MS = 90_000;
/** For statements on standard input: rows as lines and nothing else, and an end at the first failure. */
function psqlArguments(variables) {
    return [
        '--no-psqlrc',
        '--quiet',
        '--no-align',
        '--tuples-only',
        '--set=ON_ERROR_STOP=1',
        '--set=VERBOSITY=verbose',
        ...Object.entries(variables).map(([name, value]) => `--set=${name}=${value}`),
    ];
}
/**
 * @returns what it printed, rows as lines
 * @throws CommandError with psql's words: exit code 2 when it could not connect, 3 when a statement failed
 */
async function runScript(connection, psql, script, options = {}) {
    const { variables = {}, signal, deadlineMs = DEADLINE_MS } = options;
    const answer = await (0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .runClient */ .b)(connection, {
        program: psql,
        args: psqlArguments(variables),
        // Names in another encoding would not be those that are in the catalog.
        clientEncoding: 'UTF8',
        options: { input: script, deadlineMs, ...(signal === undefined ? {} : { signal }) },
    });
    return answer.stdout;
}


/***/ }),

/***/ 63090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ parseRows)
/* harmony export */ });
/** Rows that psql prints as JSON, one a line, with each field checked when it is read. */
/** @throws SyntaxError or TypeError when the server answers something else than was asked. */
function parseRows(output) {
    return output
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => {
        const value = JSON.parse(line);
        if (typeof value !== 'object' || value === null) {
            throw new TypeError('A row of the database is not an object.');
        }
        return rowOf(new Map(Object.entries(value)));
    });
}
function rowOf(fields) {
    const optionalText = (field) => {
        const value = fields.get(field) ?? undefined;
        if (value !== undefined && typeof value !== 'string') {
            throw wrong(field);
        }
        return value;
    };
    return {
        optionalText,
        text: (field) => {
            const value = optionalText(field);
            if (value === undefined) {
                throw wrong(field);
            }
            return value;
        },
        number: (field) => {
            const value = fields.get(field);
            if (typeof value !== 'number') {
                throw wrong(field);
            }
            return value;
        },
        boolean: (field) => {
            const value = fields.get(field);
            if (typeof value !== 'boolean') {
                throw wrong(field);
            }
            return value;
        },
    };
}
function wrong(field) {
    return new TypeError(`The database answered no usable '${field}'.`);
}


/***/ }),

/***/ 17066:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ds: () => (/* binding */ majorOf),
/* harmony export */   e1: () => (/* binding */ versionNumber),
/* harmony export */   hU: () => (/* binding */ majorName),
/* harmony export */   ot: () => (/* binding */ parseVersion)
/* harmony export */ });
/** PostgreSQL's version numbers: `9.6.24`, `15.18`, `17beta1`, `18devel`, as programs and servers print them. */
/** Reads `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`; undefined when it is something else. */
function parseVersion(line) {
    const match = /\(PostgreSQL\)\s+((\d+)(?:\.(\d+))?(?:\.(\d+))?\w*)/.exec(line);
    if (match === null) {
        return undefined;
    }
    const [, text = '', first = '0', second = '0', third = '0'] = match;
    const major = Number(first);
    const number = major >= 10 ? major * 10_000 + Number(second) : major * 10_000 + Number(second) * 100 + Number(third);
    return { text, number };
}
/** Of a version alone, such as `15.18`; undefined when it is none. */
function versionNumber(text) {
    return parseVersion(`(PostgreSQL) ${text}`)?.number;
}
/** What decides whether a client can dump a server: 15 for 15.18, 9.06 for 9.6.24. */
function majorOf(version) {
    return version >= 100_000 ? Math.floor(version / 10_000) : Math.floor(version / 100) / 100;
}
/** The major version as packages name it: `15`, `9.6`. */
function majorName(version) {
    const major = Math.floor(version / 10_000);
    return major >= 10 ? `${major}` : `${major}.${Math.floor(version / 100) % 100}`;
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

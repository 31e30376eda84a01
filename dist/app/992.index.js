export const id = 992;
export const ids = [992];
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

/***/ 5008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ connectionFailure)
/* harmony export */ });
/* harmony import */ var _host_command_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10949);
/* harmony import */ var _host_log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5493);
/**
 * Why psql could not ask: libpq's words turned into a sentence with a cure. A refused connection carries no SQLSTATE in
 * psql's output, so the words decide; a server that speaks another language ends in the last sentence, with its words in it.
 */


/** Order counts: with `sslmode=prefer` libpq reports two attempts, and the one that got furthest says more. */
const REASONS = [
    {
        words: /fe_sendauth: no password supplied/,
        subject: 'database-password',
        sentence: ({ server, user }) => `PostgreSQL at ${server} wants a password of ${user} and none was given; set database-password, or a password file or service of libpq.`,
    },
    {
        words: /password authentication failed|authentication failed for user|authentication method .* requirement/,
        subject: 'database-password',
        sentence: ({ server, user }) => `PostgreSQL at ${server} rejected ${user}; check database-username and database-password.`,
    },
    {
        words: /role ".*" does not exist|is not permitted to log in/,
        subject: 'database-username',
        sentence: ({ server, user }) => `PostgreSQL at ${server} has no login for ${user}; correct database-username.`,
    },
    {
        words: /no pg_hba\.conf entry|pg_hba\.conf rejects/,
        subject: 'database-host',
        sentence: ({ server, user, database }) => `PostgreSQL at ${server} does not let ${user} into ${database} from this runner; add the runner to its pg_hba.conf, or change PGSSLMODE if it wants TLS.`,
    },
    {
        words: /database ".*" does not exist/,
        subject: 'database-name',
        sentence: ({ server, database }) => `PostgreSQL at ${server} has no ${database}; correct database-name.`,
    },
    {
        words: /permission denied for database/,
        subject: 'database-username',
        sentence: ({ user, database }) => `${capitalized(user)} may not connect to ${database}; grant it CONNECT, or give the user that Bitbucket uses as database-username.`,
    },
    {
        words: /too many (clients|connections)|remaining connection slots|no more connections allowed/,
        subject: 'database-host',
        sentence: ({ server }) => `PostgreSQL at ${server} has no connection left; raise max_connections, or the limit of the role or the database.`,
    },
    {
        words: /unsupported startup parameter/,
        subject: 'database-host',
        sentence: ({ server }) => `A connection pooler at ${server} refuses session settings, without which a timeout can end the dump; set database-host and database-port to the server itself.`,
    },
    {
        words: /the database system is|not yet accepting connections/,
        subject: 'database-host',
        sentence: ({ server }) => `PostgreSQL at ${server} is starting, stopping or recovering; try again when it runs.`,
    },
    {
        words: /definition of service|service file/,
        subject: 'PGSERVICE',
        sentence: () => 'The service that PGSERVICE names cannot be read; correct PGSERVICE or PGSERVICEFILE.',
    },
    {
        words: /certificate|SSL/,
        subject: 'PGSSLMODE',
        sentence: ({ server }) => `TLS with PostgreSQL at ${server} failed; check PGSSLMODE and PGSSLROOTCERT in the environment of the step.`,
    },
    {
        words: /could not translate host name/,
        subject: 'database-host',
        sentence: ({ server }) => `The host of ${server} is not known to this runner; correct database-host.`,
    },
];
const OTHERWISE = ({ server }) => `PostgreSQL at ${server} cannot be reached; check database-host and database-port, and that the server runs and lets this runner in.`;
/** @returns undefined when psql was connected and failed later: that is no matter of the connection. */
function connectionFailure(error, target) {
    if (!(error instanceof _host_command_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Qd) || error.exitCode !== 2) {
        return undefined;
    }
    const said = error.stderr.join(' ');
    const reason = REASONS.find(({ words }) => words.test(said));
    const sentence = reason?.sentence(target) ?? OTHERWISE(target);
    return {
        severity: 'error',
        subject: reason?.subject ?? 'database-host',
        message: `${sentence.replace(/\.$/, '')} (${lastAttempt(error.stderr)}).`,
    };
}
/** libpq's own words, without psql's name before and in one line. */
function lastAttempt(stderr) {
    return stderr
        .map((line) => (0,_host_log_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(line).trim())
        .filter((line) => line !== '')
        .join(' ')
        .replace(/^\S*psql: (error: )?/, '')
        .replace(/\.$/, '');
}
function capitalized(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
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
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
;// CONCATENATED MODULE: ./build/database/postgresql/password-file.js
/**
 * A password given as an input must also win over one in a service file, which libpq prefers to PGPASSWORD. The only way
 * that keeps it out of argv is a password file of our own (libpq, "The Password File"): 0600, in a private folder, gone
 * when the program has ended.
 */




/** Calls `use` with the file's path while the file exists. */
async function withPasswordFile(password, use) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,actions/* temporaryFolder */.yy)((0,external_node_os_.tmpdir)()), 'bitbucket-backup-'));
    try {
        const path = (0,external_node_path_.join)(folder, 'pgpass');
        // One line for every host, port, database and user; only colons and backslashes need escaping.
        const line = `*:*:*:*:${password.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}\n`;
        await (0,promises_.writeFile)(path, line, { mode: 0o600, flag: 'wx' });
        return await use(path);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
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

/***/ 15014:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UZ: () => (/* binding */ hasZstd),
/* harmony export */   XE: () => (/* binding */ bestCompression),
/* harmony export */   m9: () => (/* binding */ compressArgument),
/* harmony export */   wl: () => (/* binding */ FIRST_WITH_ZSTD)
/* harmony export */ });
/* harmony import */ var _host_command_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10949);

/** `pg_dump --compress=zstd` came with 16 (its release notes); as in `server_version_num`. */
const FIRST_WITH_ZSTD = 160_000;
/** No folder can be made there, by whoever tries. */
const NO_FOLDER = '/dev/null/none';
const PROBE_MS = 10_000;
/**
 * pg_dump compresses on the one core that also reads, so that the fastest way takes the shortest time. Of 413 MB of rows
 * gzip at its usual level 6 makes 113 MB in 9.9 s of computing, at level 1 121 MB in 4.8 s, and zstd at its usual level 3
 * 104 MB in 3.0 s (gzip 1.12, zstd 1.5).
 */
function compressArgument(compression) {
    switch (compression) {
        case 'none':
            return '--compress=0';
        case 'gzip':
            return '--compress=1';
        case 'zstd':
            return '--compress=zstd';
    }
}
/** What takes the shortest time. */
async function bestCompression(commands, clients) {
    return (await hasZstd(commands, clients)) ? 'zstd' : 'gzip';
}
/**
 * Were these clients built with zstd? pg_dump checks that before it makes its folder, and connects only after that, so it
 * is told to make one where none can be made: what it complains of is the answer. pg_restore is built with it.
 */
async function hasZstd(commands, clients) {
    if (clients.version.number < FIRST_WITH_ZSTD) {
        return false;
    }
    try {
        const args = ['--format=directory', '--compress=zstd', `--file=${NO_FOLDER}`, '--no-password'];
        await commands.run(clients.pgDump, args, { deadlineMs: PROBE_MS });
    }
    catch (error) {
        if (error instanceof _host_command_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Qd) {
            return error.stderr.some((line) => line.includes(NO_FOLDER));
        }
        throw error;
    }
    return false;
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

/***/ 54992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createPostgresql: () => (/* binding */ createPostgresql),
  postgresql: () => (/* binding */ postgresql),
  readConnectionInputs: () => (/* binding */ readConnectionInputs),
  readPostgresqlOptions: () => (/* binding */ readPostgresqlOptions)
});

// EXTERNAL MODULE: ./build/errors.js
var build_errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/database/postgresql/postgresql-clients.js
var postgresql_clients = __webpack_require__(47728);
// EXTERNAL MODULE: ./build/database/postgresql/versions.js
var versions = __webpack_require__(17066);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-checks.js


/** Tables of every Bitbucket from 4.0 to 10; other Atlassian products have some of them, none has all. */
const BITBUCKET_TABLES = ['app_property', 'project', 'repository'];
const NAMES_SHOWN = 5;
function checkClients(facts, chosen, newest) {
    if (chosen !== undefined) {
        return [];
    }
    const found = `pg_dump ${newest.version.text}, the newest on this runner,`;
    return [
        (0,postgresql_clients/* dumpsSnapshots */.F_)(newest)
            ? error('pg_dump', `${found} cannot dump PostgreSQL ${shortVersion(facts)}; install postgresql-client-${(0,versions/* majorName */.hU)(facts.serverVersionNumber)}.`)
            : error('pg_dump', `${found} cannot dump a snapshot that another session holds, so Bitbucket would be locked until the dump is done; install ${facts.serverVersionNumber < postgresql_clients/* FIRST_WITH_SNAPSHOT */.Fd
                ? 'postgresql-client-9.5 or later'
                : `postgresql-client-${(0,versions/* majorName */.hU)(facts.serverVersionNumber)}`}.`),
    ];
}
/** A standby exports snapshots since 10 (its release notes). */
const FIRST_STANDBY_WITH_SNAPSHOT = 100_000;
function checkDatabase(facts) {
    const findings = [...checkIsBitbucket(facts), ...checkRights(facts)];
    if (facts.standby && facts.serverVersionNumber < FIRST_STANDBY_WITH_SNAPSHOT) {
        findings.push(error('database-host', `The server of database '${facts.database}' is a standby of PostgreSQL ${shortVersion(facts)}, which cannot hold a snapshot for the dump; give the primary as database-host.`));
    }
    else if (facts.standby) {
        findings.push({
            severity: 'warning',
            subject: 'database-host',
            message: `The server of database '${facts.database}' is a standby, whose replay can cancel the dump and which may lag behind; give the primary as database-host.`,
        });
    }
    return findings;
}
/** One session holds the snapshot, the other dumps. */
const CONNECTIONS = 2;
function checkConnections(facts) {
    return facts.freeConnections >= CONNECTIONS
        ? []
        : [
            error('database-host', `PostgreSQL has ${facts.freeConnections} free connections for user '${facts.user}', and a backup needs ${CONNECTIONS}; raise max_connections, or the limit of the role or the database.`),
        ];
}
/** The server's version without the packager's addition. */
function shortVersion(facts) {
    return facts.serverVersion.split(' ')[0] ?? facts.serverVersion;
}
function checkIsBitbucket(facts) {
    const schemas = Map.groupBy(facts.relations.filter((relation) => relation.kind !== 'sequence'), (relation) => relation.schema);
    const complete = [...schemas.values()].some((tables) => BITBUCKET_TABLES.every((name) => tables.some((table) => table.name === name)));
    return complete
        ? []
        : [
            error('database-name', `Database '${facts.database}' is not Bitbucket's: no schema in it has the tables ${BITBUCKET_TABLES.join(', ')}; give the one in jdbc.url of bitbucket.properties as database-name.`),
        ];
}
function checkRights(facts) {
    const findings = [];
    const unreadable = facts.relations.filter((relation) => !relation.readable);
    const tables = unreadable.filter((relation) => relation.kind !== 'sequence');
    const sequences = unreadable.filter((relation) => relation.kind === 'sequence');
    const cure = 'grant it SELECT, or give the user that Bitbucket uses as database-username';
    if (tables.length > 0) {
        findings.push(error('database-username', `User '${facts.user}' may not read ${counted('table', tables)}; ${cure}.`));
    }
    if (sequences.length > 0) {
        findings.push(error('database-username', `User '${facts.user}' may not read ${counted('sequence', sequences)}; ${cure}.`));
    }
    if (facts.unreadableLargeObjects > 0) {
        findings.push(error('database-username', `User '${facts.user}' may not read large objects (${facts.unreadableLargeObjects} of them); ${cure}.`));
    }
    return findings;
}
function counted(what, relations) {
    const names = relations.slice(0, NAMES_SHOWN).map(({ schema, name }) => `${schema}.${name}`);
    const more = relations.length - names.length;
    return `${relations.length} ${what}${relations.length === 1 ? '' : 's'} (${names.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}
function error(subject, message) {
    return { severity: 'error', subject, message };
}

// EXTERNAL MODULE: ./build/database/postgresql/psql-script.js
var psql_script = __webpack_require__(22311);
// EXTERNAL MODULE: ./build/database/postgresql/rows.js
var rows = __webpack_require__(63090);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-facts.js


/** The catalog answers in milliseconds; longer than this and somebody holds a lock on it. */
const QUERY_TIMEOUT_SECONDS = 30;
/**
 * Relations (`c`, in schema `n`) whose rows pg_dump reads: not those of extensions, which a dump recreates with CREATE
 * EXTENSION.
 */
const DUMPED = `c.relpersistence <> 't'
    AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery())
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND NOT EXISTS (SELECT 1 FROM pg_depend e
      WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`;
/**
 * Server and database in the first row, then a row for each relation that pg_dump locks or reads. Works from PostgreSQL
 * 9.3 on.
 */
const QUERY = `
SET search_path = pg_catalog;
SET statement_timeout = '${QUERY_TIMEOUT_SECONDS}s';
SELECT row_to_json(facts) FROM (
  SELECT current_setting('server_version') AS server_version,
    current_setting('server_version_num')::int AS server_version_number,
    d.datname::text AS database, session_user::text AS "user", pg_get_userbyid(d.datdba)::text AS owner,
    pg_database_size(d.oid) AS bytes,
    (SELECT coalesce(sum(relpages), 0) FROM pg_class WHERE relkind = 't')
      * current_setting('block_size')::bigint AS long_value_bytes, pg_encoding_to_char(d.encoding)::text AS encoding,
    d.datcollate::text AS "collate", d.datctype::text AS ctype,
    row_to_json(d)->>'datlocprovider' AS locale_provider,
    coalesce(row_to_json(d)->>'datlocale', row_to_json(d)->>'daticulocale') AS locale,
    pg_is_in_recovery() AS standby,
    1 + least(
      current_setting('max_connections')::int
        - (SELECT sum(numbackends) FROM pg_stat_database)
        - CASE WHEN r.rolsuper THEN 0 ELSE (SELECT sum(setting::int) FROM pg_settings
            WHERE name IN ('superuser_reserved_connections', 'reserved_connections')) END,
      CASE WHEN r.rolconnlimit >= 0 AND NOT r.rolsuper THEN r.rolconnlimit
        - (SELECT count(*) FROM pg_stat_activity a WHERE a.usename = r.rolname) END,
      CASE WHEN d.datconnlimit >= 0 AND NOT r.rolsuper THEN d.datconnlimit
        - (SELECT numbackends FROM pg_stat_database s WHERE s.datid = d.oid) END
    ) AS free_connections,
    (SELECT count(*) FROM pg_largeobject_metadata l WHERE NOT (r.rolsuper OR pg_has_role(l.lomowner, 'USAGE')
      OR EXISTS (SELECT 1 FROM aclexplode(l.lomacl) a WHERE a.privilege_type = 'SELECT'
        AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE'))))) AS unreadable_large_objects
  FROM pg_database d CROSS JOIN pg_roles r
  WHERE d.datname = current_database() AND r.rolname = session_user
) facts;
SELECT row_to_json(relation) FROM (
  SELECT n.nspname::text AS "schema", c.relname::text AS name, c.relkind::text AS kind,
    greatest(c.relpages, 1) + coalesce(t.relpages, 0) AS pages,
    has_schema_privilege(n.oid, 'USAGE') AND CASE c.relkind WHEN 'S'
      THEN has_sequence_privilege(c.oid, 'SELECT') ELSE has_table_privilege(c.oid, 'SELECT') END AS readable
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
  WHERE c.relkind IN ('r', 'p', 'S') AND ${DUMPED}
  ORDER BY 1, 2
) relation;
`;
/**
 * @throws CommandError with psql's words when the server cannot be reached or refuses (exit code 2), or when the query
 * fails (exit code 3).
 */
async function readFacts(connection, psql, signal) {
    const answer = await (0,psql_script/* runScript */.j)(connection, psql, QUERY, signal === undefined ? {} : { signal });
    const [first, ...relations] = (0,rows/* parseRows */.t)(answer);
    if (first === undefined) {
        throw new TypeError('psql ended without an answer.');
    }
    return factsOf(first, relations);
}
function factsOf(row, relations) {
    return {
        serverVersion: row.text('server_version'),
        serverVersionNumber: row.number('server_version_number'),
        database: row.text('database'),
        user: row.text('user'),
        owner: row.text('owner'),
        bytes: row.number('bytes'),
        longValueBytes: row.number('long_value_bytes'),
        encoding: row.text('encoding'),
        collate: row.text('collate'),
        ctype: row.text('ctype'),
        localeProvider: row.optionalText('locale_provider'),
        locale: row.optionalText('locale'),
        standby: row.boolean('standby'),
        freeConnections: row.number('free_connections'),
        unreadableLargeObjects: row.number('unreadable_large_objects'),
        relations: relations.map(relationOf),
    };
}
function relationOf(row) {
    return {
        schema: row.text('schema'),
        name: row.text('name'),
        kind: kindOf(row.text('kind')),
        pages: row.number('pages'),
        readable: row.boolean('readable'),
    };
}
function kindOf(relkind) {
    switch (relkind) {
        case 'S':
            return 'sequence';
        case 'p':
            return 'partitioned';
        default:
            return 'table';
    }
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-verify.js
/** Is the dump whole? An exit code of 0 is not taken for an answer (FAULTS P6). */



/**
 * pg_restore must be able to read the table of contents, every table of preflight must be in it with its data file.
 *
 * @returns the number of tables in the dump.
 * @throws ActionError DB_FAILED
 */
async function verifyDump(dump, signal) {
    const contents = await listContents(dump, signal);
    const tables = contents
        .map((line) => /^(\d+); \d+ \d+ TABLE DATA (.*)$/.exec(line))
        .filter((match) => match !== null);
    await assertDataFiles(dump, tables.map(([, id = '']) => id));
    const expected = tablesOf(dump.facts);
    if (tables.length < expected.length) {
        await assertOnlyDroppedOnesLack(dump, expected.filter(({ schema, name }) => !tables.some(([, , rest = '']) => rest.startsWith(`${schema} ${name} `))));
    }
    return tables.length;
}
async function listContents(dump, signal) {
    try {
        const list = await dump.commands.run(dump.pgRestore, ['--list', dump.folder], { signal });
        return list.stdout.split('\n');
    }
    catch (error) {
        signal.throwIfAborted();
        throw incomplete(dump, 'its table of contents cannot be read', error);
    }
}
/** Even an empty table has a data file that is not empty: it holds the end mark of COPY. */
async function assertDataFiles(dump, ids) {
    const files = new Map((await (0,promises_.readdir)(dump.folder)).map((name) => [name.split('.')[0], name]));
    for (const id of ids) {
        const name = files.get(id);
        if (name === undefined || (await (0,promises_.stat)((0,external_node_path_.join)(dump.folder, name))).size === 0) {
            throw incomplete(dump, `the data file of entry ${id} is missing or empty`);
        }
    }
}
/** An app removed since preflight takes its tables with it; a table that still exists has to be in the dump. */
async function assertOnlyDroppedOnesLack(dump, lacking) {
    const now = new Set(tablesOf(await dump.factsNow()).map(nameOf));
    const lost = lacking.map(nameOf).filter((name) => now.has(name));
    if (lost.length > 0) {
        throw incomplete(dump, `it lacks ${lost.length} tables (${lost.slice(0, 5).join(', ')})`);
    }
}
function tablesOf(facts) {
    return facts.relations.filter((relation) => relation.kind === 'table');
}
function nameOf({ schema, name }) {
    return `${schema}.${name}`;
}
function incomplete(dump, why, cause) {
    return new build_errors/* ActionError */.lZ('DB_FAILED', `The dump of database '${dump.facts.database}' is not whole: ${why}.`, {
        advice: 'Check the disk of backup-root and the installed PostgreSQL client, and run again.',
        cause,
    });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/database/postgresql/dump-locks.js
/**
 * Does pg_dump hold what it is going to read? It locks every table (ACCESS SHARE) after it has taken the snapshot over and
 * before it reads a definition, and keeps the locks to its end. From then on rows may change, which the snapshot does not
 * see, and whoever wants to change or drop a table waits until the dump is done.
 */



/** The session's variable that names the dump's own session, as in pg_stat_activity. */
const DUMP_VARIABLE = 'dump';
/**
 * Tables as of the snapshot, locks as of now. Only `r`: a partitioned table has no rows of its own, its partitions have.
 * Within a transaction pg_stat_activity shows what it was at the first look, unless that is cleared before each ("The
 * Cumulative Statistics System"); \gset takes the answer of that away. Works from PostgreSQL 9.3 on.
 */
const QUESTION = `SELECT pg_stat_clear_snapshot() \\gset cleared_
SELECT row_to_json(answer) FROM (
  SELECT count(*) AS tables, count(*) - count(held.relation) AS open,
    coalesce(string_agg(CASE WHEN held.relation IS NULL THEN c.relname::text END, ', '), '') AS examples
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN (
    SELECT DISTINCT l.relation FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE a.application_name = :'${DUMP_VARIABLE}' AND a.datname = current_database()
      AND l.locktype = 'relation' AND l.mode = 'AccessShareLock' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ) held ON held.relation = c.oid
  WHERE c.relkind = 'r' AND ${DUMPED}
) answer;`;
const INTERVAL_MS = 20;
/** How long a dump that reads rows may be without its locks: it has taken them before, or it is about to end. */
const GRACE_MS = 5_000;
const EXAMPLES_LENGTH = 100;
/**
 * When it is asked, the dump reads rows and holds everything already. Only a dump so small that it was done before the question
 * came has let its locks go: its own end is the answer then.
 *
 * @param dumped settles with pg_dump
 * @returns how many tables there are
 * @throws ActionError DB_FAILED when a table is not held, or when the session has ended; as `dumped`
 */
async function untilTablesHeld(session, dumped, database) {
    const deadline = performance.now() + GRACE_MS;
    for (;;) {
        const answer = await session.ask(QUESTION);
        const open = answer.number('open');
        if (open === 0 || (await Promise.race([dumped.then(() => true), (0,external_node_timers_promises_.setTimeout)(INTERVAL_MS, false)]))) {
            return answer.number('tables');
        }
        if (performance.now() > deadline) {
            const examples = answer.text('examples').slice(0, EXAMPLES_LENGTH);
            throw new build_errors/* ActionError */.lZ('DB_FAILED', `The dump of database '${database}' reads tables, and ${open} of them are not locked by it (${examples}).`, {
                advice: 'Look for a pooler between runner and server that changes the name of sessions (application_name), and give the server itself as database-host.',
            });
        }
    }
}

;// CONCATENATED MODULE: ./build/database/postgresql/dump-progress.js
const dump_progress_INTERVAL_MS = 10_000;
/**
 * The name in pg_dump's verbose line for a table that it begins to read, such as `public.project`; undefined in any
 * other line. It says when a table begins, never when it ends.
 */
function tableBegun(line) {
    return /dumping contents of table "(.+)"$/.exec(line)?.[1];
}
/** Tells once in 10 s, and nothing of a dump that is over before. */
function startDumpProgress(facts, log) {
    const tables = facts.relations.filter((relation) => relation.kind === 'table');
    const pages = new Map(tables.map((table) => [fullName(table), table.pages]));
    const total = tables.reduce((sum, table) => sum + table.pages, 0);
    let begun = 0;
    let done = 0;
    let current;
    const timer = setInterval(() => {
        if (current !== undefined) {
            const percent = Math.floor((100 * done) / Math.max(total, 1));
            log.info(`Dumping database '${facts.database}': ${percent} % read, table ${begun} of ${Math.max(begun, tables.length)}, ${current}`);
        }
    }, dump_progress_INTERVAL_MS);
    timer.unref();
    return {
        line: (text) => {
            const name = tableBegun(text);
            if (name !== undefined) {
                // One table after the other: the one before is done when the next begins.
                done += current === undefined ? 0 : (pages.get(current) ?? 0);
                begun += 1;
                current = name;
            }
        },
        stop: () => clearInterval(timer),
    };
}
function fullName({ schema, name }) {
    return `${schema}.${name}`;
}

// EXTERNAL MODULE: ./build/database/postgresql/libpq.js
var libpq = __webpack_require__(80599);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
// EXTERNAL MODULE: ./build/database/postgresql/connection.js + 1 modules
var postgresql_connection = __webpack_require__(70969);
// EXTERNAL MODULE: ./build/database/postgresql/dump-compression.js
var dump_compression = __webpack_require__(15014);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-dump.js
/** pg_dump, with its failures turned into sentences. */





/**
 * Dumps one moment. pg_dump flushes what it wrote (--no-sync is never given).
 *
 * One job: the session that locks the tables is the one that reads them. The workers of `--jobs` lock each table anew when
 * they come to it, with NOWAIT, so the whole dump fails as soon as somebody waits to change or drop a table that is still
 * to be read ("could not obtain lock on relation"; pg_dump's manual, `--jobs`). Bitbucket is unlocked while this runs, and
 * an app that is updated then does just that; with one job its DDL waits, and nobody is locked out for the longer dump.
 *
 * @throws ActionError DB_FAILED, DISK_FULL or CHILD_KILLED; what the signal was aborted with.
 */
async function dumpDatabase(connection, plan, target) {
    try {
        await (0,postgresql_connection/* runClient */.b)(connection, {
            program: plan.clients.pgDump,
            args: [
                '--format=directory',
                `--snapshot=${target.snapshot}`,
                '--verbose',
                `--lock-wait-timeout=${plan.lockWaitSeconds}s`,
                // The encoding of the database, whatever a service file says about the client's.
                `--encoding=${plan.facts.encoding}`,
                (0,dump_compression/* compressArgument */.m9)(plan.compression),
                `--file=${target.folder}`,
            ],
            serverVersion: plan.facts.serverVersionNumber,
            options: { signal: target.signal, onErrorLine: target.onLine },
        });
    }
    catch (error) {
        throw error instanceof command_error/* CommandError */.Qd ? dumpFailure(error, connection, plan) : error;
    }
}
const LOCKED = {
    words: /LOCK TABLE/,
    what: ({ lockWaitSeconds }) => `waited ${lockWaitSeconds} s for a table that another session has locked`,
    advice: 'Find that session with "SELECT * FROM pg_locks WHERE mode = \'AccessExclusiveLock\'", let it end and run again.',
};
const CAUSES = [
    LOCKED,
    {
        words: /invalid snapshot identifier|SET TRANSACTION SNAPSHOT/,
        what: () => 'found its snapshot gone',
        advice: 'Look into the log of the PostgreSQL server for who ended the session that held it, and run again.',
    },
    {
        words: /permission denied/,
        what: () => 'lacks a right',
        advice: 'Grant the user SELECT on what is named, or give the user that Bitbucket uses as database-username.',
    },
    {
        words: /conflict with recovery/,
        what: () => 'was cancelled by the replay of a standby',
        advice: 'Give the primary as database-host, or raise max_standby_streaming_delay.',
    },
    {
        words: /due to (statement|transaction|lock|idle)[\w -]* timeout|idle-(in-transaction|session)/,
        what: () => "was ended by a timeout of the server, although the dump's session turns timeouts off",
        advice: 'Look for a pooler or a job that ends long sessions between the runner and the server.',
    },
    {
        words: /terminating connection|closed the connection|connection .*(lost|reset)|no connection to the server|could not receive data/,
        what: () => 'lost its connection',
        advice: 'Look into the log of the PostgreSQL server for the reason and run again.',
    },
];
const UNKNOWN = {
    what: () => 'failed',
    advice: 'Correct what pg_dump names and run again.',
};
/** As pg_dump's own wait for a lock is told. @param query that waited */
function lockedTable(connection, plan, query, cause) {
    const message = `${subjectOf(connection, plan)} ${LOCKED.what(plan)}: ${query.replace(/;$/, '')}.`;
    return new build_errors/* ActionError */.lZ('DB_FAILED', message, { advice: LOCKED.advice, cause });
}
function subjectOf(connection, plan) {
    return `The dump of database '${plan.facts.database}' at ${(0,libpq/* serverName */.L5)(connection.inputs)}`;
}
function dumpFailure(error, connection, plan) {
    const words = errorWords(error);
    const cause = CAUSES.find((candidate) => candidate.words.test(words)) ?? UNKNOWN;
    const { code, advice } = codeAndAdvice(error, cause.advice);
    const subject = subjectOf(connection, plan);
    const detail = words === '' ? error.message.replace(/\.$/, '') : words;
    return new build_errors/* ActionError */.lZ(code, `${subject} ${cause.what(plan)}: ${detail}.`, { advice, cause: error });
}
function codeAndAdvice(error, advice) {
    if (error.code === 'DISK_FULL') {
        return {
            code: 'DISK_FULL',
            advice: 'Make room in backup-root, or on the server if it is the one that is full.',
        };
    }
    if (error.code === 'CHILD_KILLED') {
        return {
            code: 'CHILD_KILLED',
            advice: 'Look for the out-of-memory killer in the log of the runner and run again.',
        };
    }
    return { code: 'DB_FAILED', advice };
}
/** The lines that tell of the failure: with --verbose they stand between hundreds that do not. */
function errorWords(error) {
    return error.stderr
        .filter((line) => /error:|fatal|panic|detail|ERROR|could not|failed/.test(line) && !/dumping contents/.test(line))
        .slice(-6)
        .map((line) => line.replace(/^pg_dump: (error: |\[[\w ()]+\] )?/, '').trim())
        .join(' | ')
        .replace(/\.$/, '');
}

// EXTERNAL MODULE: ./build/database/postgresql/row-counts.js
var row_counts = __webpack_require__(40060);
;// CONCATENATED MODULE: ./build/database/postgresql/running-dump.js
/**
 * A dump that has its moment and goes on after Bitbucket is unlocked: pg_dump, and beside it the session that exported the
 * snapshot. They live and end together.
 */

/** psql waits for its input and does not see that its session was ended, so it is asked this often. */
const WATCH_MS = 1_000;
class RunningDump {
    #parts;
    #over = new AbortController();
    #watching;
    constructor(parts) {
        this.#parts = parts;
        this.#watching = this.#watch();
    }
    /**
     * Waits until the dump is done, and counts the rows in its snapshot. Either program's failure since the capture is kept for this.
     *
     * @returns rows by table
     * @throws ActionError as `dumpDatabase`, or DB_FAILED when the session that holds the snapshot has ended before; what
     *   the signal was aborted with. Neither program is left then.
     */
    async finish(signal) {
        const { session, dumped, stop, tables } = this.#parts;
        const unlink = abortWith(signal, stop);
        try {
            signal.throwIfAborted();
            await dumped;
            this.#over.abort();
            await this.#watching;
            await session.assertAlive();
            const rows = await session.count(tables);
            await session.close();
            return rows;
        }
        catch (error) {
            await this.stop(error);
            throw error;
        }
        finally {
            unlink();
        }
    }
    /** Ends what still runs, and waits for its end. Idempotent. */
    async stop(reason = new Error('The dump was discarded.')) {
        const { session, dumped, stop } = this.#parts;
        this.#over.abort();
        stop.abort(reason);
        await Promise.allSettled([dumped, session.gone(), this.#watching]);
    }
    /** Stops the dump when the session is lost; `dumped` then rejects with the reason. Never rejects. */
    async #watch() {
        const { session, stop } = this.#parts;
        try {
            await Promise.race([session.lost, this.#askAgainAndAgain()]);
        }
        catch (error) {
            if (!this.#over.signal.aborted) {
                stop.abort(error);
            }
        }
    }
    async #askAgainAndAgain() {
        const { signal } = this.#over;
        while (!signal.aborted) {
            await (0,external_node_timers_promises_.setTimeout)(WATCH_MS, undefined, { signal, ref: false });
            await this.#parts.session.assertAlive();
        }
    }
}
/** @returns ends the connection between the two */
function abortWith(signal, controller) {
    const abort = () => controller.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
}

// EXTERNAL MODULE: ./build/host/dialogue.js
var dialogue = __webpack_require__(18393);
// EXTERNAL MODULE: ./build/host/log.js
var log = __webpack_require__(5493);
;// CONCATENATED MODULE: ./build/database/postgresql/snapshot-session.js
/**
 * The session whose transaction fixes the point in time and exports it, so that another one can read the same moment
 * ("Snapshot Synchronization Functions" in PostgreSQL's manual). It is a psql that is kept running: one way to connect,
 * that of libpq.
 */










/** A look into the catalog takes milliseconds; after this long the server or the way to it is gone. */
const ANSWER_MS = 60_000;
/** Repeatable read, so that every question is answered from the moment that was exported. */
const BEGIN = `SET search_path = pg_catalog; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;`;
const EXPORT = `SELECT row_to_json(exported) FROM (SELECT pg_export_snapshot() AS snapshot) exported;`;
const ALIVE = `SELECT row_to_json(answer) FROM (SELECT true AS alive) answer;`;
class SnapshotSession {
    #options;
    #signal;
    #psql;
    #exported = false;
    #closing = false;
    /** Never resolves. Rejects with DB_FAILED when the session ends before it is closed. */
    lost;
    /** It is ended by the signal, or by `close`. */
    constructor(options, signal) {
        this.#options = options;
        this.#signal = signal;
        const { connection, psql, serverVersion, variables } = options;
        const runner = (0,postgresql_connection/* clientRunner */.u)(connection, { serverVersion, clientEncoding: 'UTF8' });
        this.#psql = (0,dialogue/* startDialogue */.V)(runner, psql, (0,psql_script/* psqlArguments */.x)(variables), { signal });
        const lost = Promise.withResolvers();
        const lose = (error) => {
            if (!this.#closing) {
                lost.reject(this.#told(error));
            }
        };
        this.#psql.ended.then(() => lose(new Error('psql ended by itself')), lose);
        this.lost = lost.promise;
        // Whoever waits for something else hears of it from there.
        this.lost.catch(() => undefined);
    }
    /** Fixes the point in time. @returns the name by which `pg_dump --snapshot` takes it @throws as `ask` */
    async exportSnapshot() {
        this.#psql.send(BEGIN);
        const name = (await this.ask(EXPORT)).text('snapshot');
        this.#exported = true;
        return name;
    }
    /**
     * @param question with one row of JSON on one line for an answer
     * @throws ActionError DB_FAILED when the session has ended or does not answer; what the signal was aborted with
     */
    async ask(question, limitMs = ANSWER_MS) {
        this.#psql.send(question);
        const answered = new AbortController();
        const late = async () => {
            await (0,external_node_timers_promises_.setTimeout)(limitMs, undefined, { signal: answered.signal, ref: false });
            throw new Error(`no answer came within ${limitMs / 1_000} s`);
        };
        try {
            const [row] = (0,rows/* parseRows */.t)(await Promise.race([this.#psql.next(), late()]));
            if (row === undefined) {
                throw new TypeError('psql printed an empty line');
            }
            return row;
        }
        catch (error) {
            throw this.#told(error);
        }
        finally {
            answered.abort();
        }
    }
    /**
     * Locks tables against those who would change or drop one, as long as the session lasts.
     * @param seconds that one locked by somebody else is waited for
     * @throws as `ask`
     */
    async hold(tables, seconds) {
        if (tables.names.length > 0) {
            this.#psql.send(`SET LOCAL lock_timeout = '${seconds}s'; ${(0,row_counts/* lockStatement */.TE)(tables)}`);
            await this.ask(ALIVE, seconds * 1_000 + ANSWER_MS);
        }
    }
    /** Counts the rows that the snapshot has. @throws as `ask` */
    async count(tables) {
        return tables.names.length === 0 ? {} : (0,row_counts/* countsIn */.EI)(await this.ask((0,row_counts/* countQuestion */.W0)(tables), row_counts/* COUNT_MS */.zr), tables);
    }
    /** @throws as `ask`, unless the session is there and answers */
    async assertAlive() {
        await this.ask(ALIVE);
    }
    /** Ends the transaction and the session, and waits for the end. @throws as `ask` */
    async close() {
        this.#closing = true;
        try {
            await this.#psql.finish();
        }
        catch (error) {
            throw this.#told(error);
        }
    }
    /** Waits until psql is gone, however it ended. */
    async gone() {
        await Promise.allSettled([this.#psql.ended]);
    }
    /** Why it was stopped stays what it is; everything else becomes a sentence. */
    #told(error) {
        if (this.#signal.aborted) {
            return this.#signal.reason;
        }
        const { connection, database } = this.#options;
        const which = `database '${database}' at ${(0,libpq/* serverName */.L5)(connection.inputs)}`;
        const what = this.#exported
            ? `The session that holds the snapshot of ${which} ended before the dump did`
            : `The snapshot of ${which} could not be taken`;
        return new build_errors/* ActionError */.lZ('DB_FAILED', `${what}: ${wordsOf(error)}.`, {
            advice: 'Look into the log of the PostgreSQL server for the reason and run again.',
            cause: error,
        });
    }
}
/** Of all that psql says in the end, the lines that tell why. */
function wordsOf(error) {
    const said = error instanceof command_error/* CommandError */.Qd ? error.stderr : [];
    const reasons = said
        .filter((line) => /FATAL|ERROR|PANIC|error:|could not|closed the connection/.test(line))
        .map((line) => (0,log/* printable */.g)(line)
        .replace(/^psql: (error: )?/, '')
        .trim());
    const words = reasons.length > 0 ? reasons.slice(-3).join(' | ') : (0,build_errors/* asError */.zR)(error).message;
    return words.replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/database/postgresql/start-dump.js
/** Brings a dump to the point from which nobody's changes can touch it. This is all that the locked window waits for. */









/**
 * pg_dump reads the definitions of some hundred tables in a fraction of a second. This it gets on a server that is far
 * away or busy, besides the wait for a locked table.
 */
const DEFINITIONS_SECONDS = 60;
/** The server cuts application names at 63 bytes; the end of a backup's id, where its time is, must survive that. */
const ID_LENGTH = 40;
/**
 * Returns once pg_dump has begun to read rows and holds every table. By then
 * - it has taken the snapshot over, so that it does not see what is written from now on;
 * - it has read all definitions, and the positions of sequences, which no snapshot holds still: pg_dump makes all entries
 *   of the archive (`dumpDumpableObject`) before it writes the rows of the first (`WriteDataChunks`), in 9.5 as in 18;
 * - it has locked every table, so that whoever wants to change or drop one waits. pg_dump locks before it reads
 *   definitions, so that this is asked when rows are read, and seldom more than once.
 *
 * @param folder exists and is empty
 * @param signal is listened to until this returns, and no longer
 * @throws ActionError when it cannot be had; what the signal was aborted with. By then neither program is left.
 */
async function startDump(dump, folder, signal) {
    signal.throwIfAborted();
    const stop = new AbortController();
    const unlink = abortWith(signal, stop);
    const session = openSession(dump, stop.signal);
    const ends = [session.gone()];
    try {
        const snapshot = await session.exportSnapshot();
        const counted = (0,row_counts/* countedTables */.sF)(dump.plan.facts.relations);
        await hold(dump, session, counted);
        const { dumped, reading } = beginDump(dump, { folder, snapshot, signal: stop.signal });
        ends.push(dumped);
        await untilReading(dump, { dumped, reading, lost: session.lost });
        const { log } = dump.context;
        const { database } = dump.plan.facts;
        const tables = await untilTablesHeld(session, dumped, database);
        signal.throwIfAborted();
        log.info(`The dump of database '${database}' holds its snapshot and the locks of ${tables} tables`);
        return new RunningDump({ session, dumped, stop, tables: counted });
    }
    catch (error) {
        stop.abort(error);
        await Promise.allSettled(ends);
        throw error;
    }
    finally {
        unlink();
    }
}
/** Before pg_dump does, so that nobody stands in the queue between the two. @throws as pg_dump does when it cannot */
async function hold({ connection, plan }, session, tables) {
    try {
        await session.hold(tables, plan.lockWaitSeconds);
    }
    catch (error) {
        // lock_not_available ("PostgreSQL Error Codes"), which psql tells in every language.
        const isLocked = error instanceof build_errors/* ActionError */.lZ && error.message.includes('55P03');
        throw isLocked ? lockedTable(connection, plan, (0,row_counts/* lockStatement */.TE)(tables), error) : error;
    }
}
function openSession({ connection, plan, context }, signal) {
    const { facts, clients } = plan;
    return new SnapshotSession({
        connection,
        psql: clients.psql,
        serverVersion: facts.serverVersionNumber,
        database: facts.database,
        variables: { [DUMP_VARIABLE]: dumpName(context) },
    }, signal);
}
/** By this name the dump's session is told from the one that holds the snapshot. */
function dumpName({ backupId }) {
    return `bitbucket-backup dump ${backupId.slice(-ID_LENGTH)}`;
}
function beginDump({ connection, plan, context }, target) {
    const reading = Promise.withResolvers();
    const progress = startDumpProgress(plan.facts, context.log);
    const onLine = (line) => {
        context.log.debug(line);
        progress.line(line);
        if (tableBegun(line) !== undefined) {
            reading.resolve();
        }
    };
    const named = { ...connection, applicationName: dumpName(context) };
    const dumped = dumpDatabase(named, plan, { ...target, onLine }).finally(() => progress.stop());
    // A failure is kept until somebody asks how the dump ended, which may be long after it.
    dumped.catch(() => undefined);
    return { dumped, reading: reading.promise };
}
async function untilReading({ connection, plan }, { dumped, reading, lost, }) {
    const subject = `The dump of database '${plan.facts.database}' at ${(0,libpq/* serverName */.L5)(connection.inputs)}`;
    const limit = plan.lockWaitSeconds + DEFINITIONS_SECONDS;
    const reached = new AbortController();
    const ended = async () => {
        await dumped;
        throw new build_errors/* ActionError */.lZ('DB_FAILED', `${subject} is not whole: pg_dump ended without reading a table.`, {
            advice: 'Check the installed PostgreSQL client and run again.',
        });
    };
    const late = async () => {
        await (0,external_node_timers_promises_.setTimeout)(limit * 1_000, undefined, { signal: reached.signal, ref: false });
        throw new build_errors/* ActionError */.lZ('DB_FAILED', `${subject} has not begun to read tables within ${limit} s.`, {
            advice: 'Look into pg_stat_activity and pg_locks of the server for what it waits for and run again.',
        });
    };
    try {
        await Promise.race([reading, ended(), lost, late()]);
    }
    finally {
        reached.abort();
    }
}

;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-capture.js





/**
 * Returns as soon as the dump holds the drained state; it goes on while users are working again.
 *
 * @throws ActionError when the snapshot cannot be taken or pg_dump fails, after removing what it wrote; what the signal
 *   was aborted with. An abort after it has returned changes nothing: the dump is stopped by `discard`, or by the signal of
 *   `settle`.
 */
async function captureDump(dump, signal) {
    const { context } = dump;
    signal.throwIfAborted();
    const folder = (0,dump_folder/* partialFolder */.yn)(context.backupRoot, context.backupId);
    await (0,dump_folder/* createPartial */.Eu)(folder);
    try {
        const running = await startDump(dump, folder, signal);
        context.progress(1);
        return {
            settle: async (settleSignal) => {
                const rows = await running.finish(settleSignal);
                return await settle(dump, { folder, rows }, settleSignal);
            },
            discard: async () => {
                await running.stop();
                await (0,dump_folder/* removePartial */.cU)(folder);
            },
        };
    }
    catch (error) {
        await (0,dump_folder/* removePartial */.cU)(folder).catch((failure) => {
            context.log.warning(`${folder} could not be removed (${String(failure)}); remove it by hand.`);
        });
        throw error;
    }
}
async function settle(dump, { folder, rows }, signal) {
    const { connection, plan, context } = dump;
    const { facts, clients } = plan;
    signal.throwIfAborted();
    const tables = await verifyDump({
        commands: context.commands,
        pgRestore: clients.pgRestore,
        folder,
        facts,
        factsNow: async () => await readFacts(connection, clients.psql, signal),
    }, signal);
    const size = await (0,dump_folder/* measureDump */.ZC)(folder);
    signal.throwIfAborted();
    await (0,dump_folder/* publishDump */.IK)(folder, context.backupRoot, context.backupId);
    return {
        strategy: 'postgresql',
        included: true,
        members: [dump_folder/* DUMP_MEMBER */.g0],
        ...size,
        tools: { pg_dump: clients.version.text },
        details: {
            format: 'directory',
            serverVersion: shortVersion(facts),
            clientVersion: clients.version.text,
            database: facts.database,
            owner: facts.owner,
            encoding: facts.encoding,
            collate: facts.collate,
            ctype: facts.ctype,
            localeProvider: facts.localeProvider ?? null,
            locale: facts.locale ?? null,
            tables,
            rows,
            compression: plan.compression,
        },
    };
}

// EXTERNAL MODULE: ./build/database/postgresql/connection-failure.js
var connection_failure = __webpack_require__(5008);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-preflight.js
/** Everything about clients, server, database and rights that can be known before the lock, all of it in one go. */







/** Any client may ask; which one dumps follows from the server's version. */
async function inspect(connection, options) {
    const clients = await (0,postgresql_clients/* findClients */.g2)(options.clientFolders ?? (0,postgresql_clients/* clientFolders */.bU)());
    const [newest] = clients;
    if (newest === undefined) {
        return { findings: [NO_CLIENT] };
    }
    const facts = await factsOrFinding(connection, newest);
    if ('severity' in facts) {
        return { findings: [facts] };
    }
    const chosen = (0,postgresql_clients/* chooseDumpClients */.m$)(clients, facts.serverVersionNumber);
    const findings = [
        ...checkClients(facts, chosen, newest),
        ...checkDatabase(facts),
        ...checkConnections(facts),
    ];
    if (chosen === undefined || findings.some(({ severity }) => severity === 'error')) {
        return { findings };
    }
    const compression = options.compressDump ? await (0,dump_compression/* bestCompression */.XE)(connection.commands, chosen) : 'none';
    return { findings, ready: { facts, clients: chosen, compression } };
}
const NO_CLIENT = {
    severity: 'error',
    subject: 'pg_dump',
    message: 'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on the runner.',
};
async function factsOrFinding(connection, clients) {
    try {
        return await readFacts(connection, clients.psql);
    }
    catch (error) {
        if (!(error instanceof build_errors/* ActionError */.lZ)) {
            throw error;
        }
        const target = targetOf(connection.inputs);
        return ((0,connection_failure/* connectionFailure */.D)(error, target) ?? {
            severity: 'error',
            subject: 'database-name',
            message: `PostgreSQL at ${target.server} did not answer what a backup has to know of ${target.database}; look into its log (${error.message.replace(/\.$/, '')}).`,
        });
    }
}
function targetOf(inputs) {
    return {
        server: (0,libpq/* serverName */.L5)(inputs),
        user: inputs.username === undefined ? 'the user that libpq chose' : `user '${inputs.username}'`,
        database: inputs.database === undefined ? 'the database that libpq chose' : `database '${inputs.database}'`,
    };
}

;// CONCATENATED MODULE: ./build/database/postgresql/postgresql.js
/**
 * PostgreSQL by pg_dump in directory format, of one consistent snapshot: the format of Atlassian's scripts.
 */




/** Bitbucket is drained while we wait, so only maintenance by hand can hold a table. */
const LOCK_WAIT_SECONDS = 60;
const postgresql = {
    read: (inputs) => {
        const options = readPostgresqlOptions(inputs);
        return { create: (context) => createPostgresql(options, context) };
    },
};
function readPostgresqlOptions(inputs) {
    return {
        ...readConnectionInputs(inputs),
        compressDump: !archiveCompresses(inputs),
        lockWaitSeconds: LOCK_WAIT_SECONDS,
        clientFolders: undefined,
    };
}
/**
 * Compressing twice costs time and gains nothing. What is wrong with these inputs the archive's own reader says, which is
 * asked in the same go.
 */
function archiveCompresses(inputs) {
    return inputs.written('archive-strategy') === 'tar' && inputs.written('archive-compression') !== 'none';
}
/** All inputs are optional: what is not given is libpq's to find. */
function readConnectionInputs(inputs) {
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
function createPostgresql(options, context) {
    const connection = {
        commands: context.commands,
        inputs: options,
        applicationName: `bitbucket-backup ${context.backupId}`,
    };
    let known;
    const ready = async () => {
        if (known === undefined) {
            const { findings, ready: found } = await inspect(connection, options);
            if (found === undefined) {
                const errors = findings.filter(({ severity }) => severity === 'error');
                throw new build_errors/* ActionError */.lZ('DB_FAILED', errors.map(({ message }) => message).join(' '));
            }
            known = found;
        }
        return known;
    };
    return {
        name: 'postgresql',
        atomic: true,
        preflight: async () => {
            const inspection = await inspect(connection, options);
            known = inspection.ready;
            return inspection.findings;
        },
        spaceNeeds: async () => [
            {
                path: context.backupRoot,
                bytes: dumpBytes((await ready()).facts, options.compressDump),
                what: 'database dump',
            },
        ],
        prepare: async (signal) => {
            signal.throwIfAborted();
            for (const name of await (0,dump_folder/* removeLeftovers */.DA)(context.backupRoot)) {
                context.log.info(`Cleared away ${name}, which an earlier run left behind.`);
            }
        },
        capture: async (signal) => {
            const plan = {
                ...(await ready()),
                lockWaitSeconds: options.lockWaitSeconds,
            };
            return await captureDump({ connection, plan, context }, signal);
        },
    };
}
/**
 * An upper estimate. The size on disk has the indexes, none of which a dump holds; in exchange long values, compressed or
 * binary on disk, grow when they are written as text.
 */
function dumpBytes(facts, compress) {
    return facts.bytes + (compress ? 0 : 2 * facts.longValueBytes);
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

/***/ 40060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DT: () => (/* binding */ verifyRows),
/* harmony export */   EI: () => (/* binding */ countsIn),
/* harmony export */   TE: () => (/* binding */ lockStatement),
/* harmony export */   W0: () => (/* binding */ countQuestion),
/* harmony export */   sF: () => (/* binding */ countedTables),
/* harmony export */   zr: () => (/* binding */ COUNT_MS)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _main_tables_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(87537);
/* harmony import */ var _psql_script_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22311);
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(63090);
/** How many rows Bitbucket's main tables have: in the snapshot that is dumped, and in a database that was restored. */




/** Counting reads a table from its beginning to its end. */
const COUNT_MS = 60 * 60_000;
/**
 * Of several schemas the one that has the most of Bitbucket's tables: a copy that somebody has laid beside it is as a rule of a
 * few only.
 */
function countedTables(relations) {
    const tables = relations.filter(({ kind }) => kind !== 'sequence');
    const schemas = [...new Set(tables.map(({ schema }) => schema))];
    const [most] = schemas
        .map((schema) => ({
        schema,
        names: _main_tables_js__WEBPACK_IMPORTED_MODULE_2__/* .MAIN_TABLES */ .K.filter((name) => tables.some((table) => table.schema === schema && table.name === name)),
    }))
        .sort((one, other) => other.names.length - one.names.length || comparePublic(one.schema, other.schema));
    return most ?? { schema: 'public', names: [] };
}
function comparePublic(one, other) {
    return Number(other === 'public') - Number(one === 'public');
}
/** A statement that locks them as pg_dump does, against those who would change or drop one. */
function lockStatement({ schema, names }) {
    return `LOCK TABLE ${names.map((name) => `ONLY ${qualified(schema, name)}`).join(', ')} IN ACCESS SHARE MODE;`;
}
/** A question with one row of JSON on one line for an answer. */
function countQuestion({ schema, names }) {
    const counts = names.map((name) => `(SELECT count(*) FROM ${qualified(schema, name)}) AS ${quoted(name)}`);
    return `SELECT row_to_json(rows) FROM (SELECT ${counts.join(', ')}) AS rows;`;
}
function countsIn(row, { names }) {
    return Object.fromEntries(names.map((name) => [name, row.number(name)]));
}
const TABLES = `SET search_path = pg_catalog;
SELECT row_to_json(found) FROM (
  SELECT n.nspname::text AS "schema", c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
) found;`;
/**
 * @param part as the manifest has it; without rows in it nothing is counted
 * @returns what was counted in the restored database, beside what the manifest says
 * @throws ActionError RESTORE_VERIFY when one differs
 */
async function verifyRows(database, part, signal) {
    const recorded = recordedRows(part?.details['rows']);
    const wanted = Object.keys(recorded);
    if (wanted.length === 0) {
        return [];
    }
    const { connection, psql, name } = database;
    const there = (0,_rows_js__WEBPACK_IMPORTED_MODULE_3__/* .parseRows */ .t)(await (0,_psql_script_js__WEBPACK_IMPORTED_MODULE_1__/* .runScript */ .j)(connection, psql, TABLES, { signal })).map((row) => ({
        schema: row.text('schema'),
        name: row.text('name'),
        kind: 'table',
    }));
    const tables = countedTables(there);
    const counts = await countThere(database, tables, signal);
    for (const table of wanted) {
        if (counts[table] !== recorded[table]) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('RESTORE_VERIFY', `Table '${table}' of database '${name}' has ${counts[table] ?? 'no'} rows after the restore, and the manifest says ${recorded[table]}.`, {
                advice: 'Look into the log of the PostgreSQL server and run again; if it stays, choose another archive.',
            });
        }
    }
    return wanted.map((table) => ({
        what: `rows of ${table}`,
        recorded: recorded[table],
        restored: counts[table] ?? 0,
    }));
}
async function countThere({ connection, psql }, tables, signal) {
    if (tables.names.length === 0) {
        return {};
    }
    const script = `SET search_path = pg_catalog; SET statement_timeout = 0;\n${countQuestion(tables)}`;
    const [row] = (0,_rows_js__WEBPACK_IMPORTED_MODULE_3__/* .parseRows */ .t)(await (0,_psql_script_js__WEBPACK_IMPORTED_MODULE_1__/* .runScript */ .j)(connection, psql, script, { signal, deadlineMs: COUNT_MS }));
    if (row === undefined) {
        throw new TypeError('psql ended without an answer.');
    }
    return countsIn(row, tables);
}
/** @param value `details.rows` of a manifest @returns what of it are counts of main tables */
function recordedRows(value) {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter((entry) => _main_tables_js__WEBPACK_IMPORTED_MODULE_2__/* .MAIN_TABLES */ .K.some((name) => name === entry[0]) && typeof entry[1] === 'number'));
}
function qualified(schema, name) {
    return `${quoted(schema)}.${quoted(name)}`;
}
/** psql reads `:name` in a question, but not within quotes. */
function quoted(name) {
    return `"${name.replaceAll('"', '""')}"`;
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

/***/ 18393:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ startDialogue)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/** A program that is kept running and talked to in lines: an open session of psql, or our own scan. */

/** The program runs until `finish`, until it ends by itself, or until the signal is aborted. */
function startDialogue(commands, program, args, options) {
    const input = new node_stream__WEBPACK_IMPORTED_MODULE_0__.PassThrough();
    const lines = new LineQueue();
    const ended = commands
        .run(program, args, { ...options, stdin: input, onLine: (line) => lines.push(line) })
        .then(() => lines.end(new Error(`${program} ended although more was expected of it.`)), (error) => {
        lines.end(error);
        throw error;
    });
    ended.catch(() => undefined);
    return {
        send: (line) => {
            if (!input.destroyed) {
                input.write(`${line}\n`);
            }
        },
        next: async () => await lines.next(),
        ended,
        finish: async () => {
            input.end();
            await ended;
        },
    };
}
class LineQueue {
    #lines = [];
    #waiting = [];
    #end;
    push(line) {
        const first = this.#waiting.shift();
        if (first === undefined) {
            this.#lines.push(line);
        }
        else {
            first.resolve(line);
        }
    }
    end(error) {
        this.#end = { error };
        for (const { reject } of this.#waiting.splice(0)) {
            reject(error);
        }
    }
    async next() {
        const line = this.#lines.shift();
        if (line !== undefined) {
            return line;
        }
        if (this.#end !== undefined) {
            throw this.#end.error;
        }
        return await new Promise((resolve, reject) => {
            this.#waiting.push({ resolve, reject });
        });
    }
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

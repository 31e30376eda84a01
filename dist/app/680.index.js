export const id = 680;
export const ids = [680];
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

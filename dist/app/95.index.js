export const id = 95;
export const ids = [95];
export const modules = {

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


/***/ })

};

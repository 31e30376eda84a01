export const id = 366;
export const ids = [366];
export const modules = {

/***/ 32985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  PostgresqlFslevelRestore: () => (/* binding */ PostgresqlFslevelRestore),
  postgresqlFslevelRestore: () => (/* binding */ postgresqlFslevelRestore)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/database/postgresql/libpq.js
var libpq = __webpack_require__(80599);
// EXTERNAL MODULE: ./build/database/postgresql/postgresql-clients.js
var postgresql_clients = __webpack_require__(47728);
// EXTERNAL MODULE: ./build/database/postgresql-fslevel/data-directory.js
var data_directory = __webpack_require__(4099);
// EXTERNAL MODULE: ./build/database/postgresql-fslevel/fslevel-options.js
var fslevel_options = __webpack_require__(15205);
// EXTERNAL MODULE: ./build/database/postgresql-fslevel/server-facts.js
var server_facts = __webpack_require__(66752);
// EXTERNAL MODULE: ./build/host/tools.js
var tools = __webpack_require__(26872);
;// CONCATENATED MODULE: ./build/database/postgresql-fslevel/service.js
/** Stops and starts the service of a database, by systemd where it runs, by `service` elsewhere. */


/** A database that was stopped hard may take long to recover. */
const LIMIT_MS = 10 * 60_000;
const QUESTION_MS = 30_000;
/** As systemctl(1), "Exit status", and the LSB's "Init Script Actions" number them: not running, for whatever reason. */
const NOT_RUNNING = [1, 2, 3];
/** @returns what is wrong, to be told of the input, when neither of the two knows the service */
async function findService(commands, name) {
    const systemctl = (0,tools/* findProgram */.Kp)('systemctl');
    const state = systemctl === undefined ? undefined : await loadState(commands, systemctl, name);
    if (systemctl !== undefined && state !== undefined) {
        return state === 'loaded'
            ? serviceBy(commands, { name, manager: 'systemctl', argumentsFor: (verb) => [verb, '--', name] }, systemctl)
            : {
                complaint: `is '${name}', a unit that systemd does not have (${state}); systemctl list-units names them.`,
            };
    }
    const service = (0,tools/* findProgram */.Kp)('service');
    if (service === undefined) {
        return { complaint: `cannot be used: neither systemctl nor service works here.` };
    }
    const found = serviceBy(commands, { name, manager: 'service', argumentsFor: (verb) => [name, verb] }, service);
    const { exitCode } = await commands.run(service, [name, 'status'], {
        deadlineMs: QUESTION_MS,
        // 4: unknown; others are asked for their meaning below.
        okCodes: [...NOT_RUNNING, 4],
    });
    return exitCode === 1 || exitCode === 4
        ? { complaint: `is '${name}', which 'service ${name} status' does not know.` }
        : found;
}
/** @returns undefined where systemctl is installed and systemd does not run, as in a container */
async function loadState(commands, systemctl, name) {
    const { exitCode, stdout } = await commands.run(systemctl, ['show', '--property=LoadState', '--value', '--', name], 
    // 1: "System has not been booted with systemd".
    { deadlineMs: QUESTION_MS, okCodes: [1] });
    const state = stdout.trim();
    return exitCode === 0 && state !== '' ? state : undefined;
}
function serviceBy(commands, { name, manager, argumentsFor, }, program) {
    const status = manager === 'systemctl' ? ['is-active', '--quiet', '--', name] : argumentsFor('status');
    const change = async (verb, signal) => {
        try {
            await commands.run(program, argumentsFor(verb), {
                deadlineMs: LIMIT_MS,
                ...(signal === undefined ? {} : { signal }),
            });
        }
        catch (error) {
            if (!(error instanceof errors/* ActionError */.lZ)) {
                throw error;
            }
            throw new errors/* ActionError */.lZ('DB_FAILED', `Service '${name}' could not be ${verb === 'stop' ? 'stopped' : 'started'}: ${error.message}`, {
                advice: `Look at its log, and ${verb} it by hand.`,
                cause: error,
            });
        }
    };
    return {
        name,
        manager,
        isRunning: async () => {
            const { exitCode } = await commands.run(program, status, {
                deadlineMs: QUESTION_MS,
                okCodes: NOT_RUNNING,
            });
            return exitCode === 0;
        },
        stop: async (signal) => await change('stop', signal),
        start: async () => await change('start'),
    };
}

;// CONCATENATED MODULE: ./build/database/postgresql-fslevel/postgresql-fslevel-restore.js
/**
 * PostgreSQL around a restore of the volume that its data directory lies on: stopped before the home strategy puts the
 * volume back, started after it. The files themselves are the home's business.
 */










const postgresqlFslevelRestore = {
    read: (inputs) => {
        const options = (0,fslevel_options/* readFslevelRestoreOptions */.E)(inputs);
        return { create: (context) => new PostgresqlFslevelRestore(options, context) };
    },
};
/** A server that starts from a snapshot replays its log first. */
const ANSWER_WITHIN_MS = 10 * 60_000;
const ASK_EVERY_MS = 500;
class PostgresqlFslevelRestore {
    name = 'postgresql-fslevel';
    members = [];
    #options;
    #context;
    #connection;
    #plan;
    /** This run has stopped it and not started it again. */
    #stopped = false;
    constructor(options, context) {
        this.#options = options;
        this.#context = context;
        this.#connection = {
            commands: context.commands,
            inputs: options,
            applicationName: `bitbucket-restore ${context.runId.slice(0, 8)}`,
        };
    }
    async preflight(part) {
        const [clients] = await (0,postgresql_clients/* findClients */.g2)(this.#options.clientFolders ?? (0,postgresql_clients/* clientFolders */.bU)());
        const service = await findService(this.#context.commands, this.#options.service);
        const findings = [
            ...(clients === undefined ? [NO_CLIENT] : []),
            ...('complaint' in service ? [problem(`Input 'postgresql-service' ${service.complaint}`)] : []),
        ];
        if (clients !== undefined && !('complaint' in service)) {
            const recorded = part?.recorded?.details['dataDirectory'];
            this.#plan = {
                service,
                clients,
                dataDirectory: this.#options.dataDirectory ?? (typeof recorded === 'string' ? recorded : undefined),
            };
        }
        return findings;
    }
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    /** Stops the server; the home strategy may touch its files from then on. */
    async restore(_part, _unpacked, signal) {
        signal.throwIfAborted();
        const { service, dataDirectory } = this.#ready();
        const { log, record } = this.#context;
        if (await service.isRunning()) {
            // Written down first: when this run dies, the next one starts it again.
            record({
                database: {
                    server: recordedServer(service.name),
                    name: dataDirectory ?? service.name,
                    created: false,
                },
            });
            this.#stopped = true;
            await service.stop(signal);
            log.info(`Stopped service '${service.name}'`);
        }
        await assertStopped(service, dataDirectory);
    }
    async complete() {
        const { service, dataDirectory } = this.#ready();
        if (dataDirectory !== undefined && (await (0,data_directory/* liveServerOf */.Vy)(dataDirectory)) === undefined) {
            // It came with the snapshot, of a server that was running. Should its process number be another one's by now,
            // PostgreSQL takes that for a live server and does not start.
            await (0,promises_.rm)((0,external_node_path_.join)(dataDirectory, 'postmaster.pid'), { force: true });
        }
        await service.start();
        this.#stopped = false;
        const version = await this.#answered();
        return {
            place: `at ${(0,libpq/* serverName */.L5)(this.#options)}, PostgreSQL ${version}, service '${service.name}'`,
            counts: [],
            todo: [],
        };
    }
    async discard() {
        if (this.#stopped) {
            await this.#ready().service.start();
            this.#stopped = false;
            this.#context.log.info(`Started service '${this.#options.service}' again`);
        }
    }
    async recover({ database }) {
        if (database === undefined) {
            return [];
        }
        if (database.server !== recordedServer(this.#options.service)) {
            return [`A restore that died has stopped the ${database.server}; start it by hand.`];
        }
        const service = await findService(this.#context.commands, this.#options.service);
        if ('complaint' in service) {
            throw new errors/* ActionError */.lZ('DB_FAILED', `Input 'postgresql-service' ${service.complaint}`, {
                advice: 'A restore that died has stopped it; name it and run again.',
            });
        }
        if (await service.isRunning()) {
            return [];
        }
        await service.start();
        return [`Started service '${service.name}' again, which a restore that died had stopped.`];
    }
    /** @returns its version. @throws ActionError RESTORE_VERIFY */
    async #answered() {
        const { clients, service } = this.#ready();
        try {
            await this.#accepting(clients);
            return (await (0,server_facts/* readServerFacts */.T)(this.#connection, clients.psql)).version;
        }
        catch (error) {
            throw new errors/* ActionError */.lZ('RESTORE_VERIFY', `Service '${service.name}' was started, and PostgreSQL at ${(0,libpq/* serverName */.L5)(this.#options)} does not answer: ${(0,errors/* asError */.zR)(error).message}`, { advice: 'Look into the log of PostgreSQL.', cause: error });
        }
    }
    /** pg_isready(1) ends with 0 when it accepts connections, 1 while it starts, 2 when nobody answers. */
    async #accepting({ psql }) {
        const { commands } = this.#context;
        const { applicationName, inputs } = this.#connection;
        const program = (0,external_node_path_.join)((0,external_node_path_.dirname)(psql), 'pg_isready');
        const args = ['--quiet', `--dbname=${(0,libpq/* conninfo */.Zf)(inputs, { applicationName })}`];
        const env = (0,libpq/* libpqEnvironment */.SQ)(inputs);
        for (const deadline = Date.now() + ANSWER_WITHIN_MS; Date.now() < deadline; await (0,external_node_timers_promises_.setTimeout)(ASK_EVERY_MS)) {
            const { exitCode } = await commands.run(program, args, { env, okCodes: [1, 2], deadlineMs: 30_000 });
            if (exitCode === 0) {
                return;
            }
        }
        throw new Error(`it accepts no connection after ${ANSWER_WITHIN_MS / 60_000} minutes.`);
    }
    #ready() {
        if (this.#plan === undefined) {
            throw new TypeError('A restore follows a preflight without findings.');
        }
        return this.#plan;
    }
}
function recordedServer(service) {
    return `service '${service}'`;
}
/** The unit that was stopped may be another one than that of the server: Debian's `postgresql` is a mere umbrella. */
async function assertStopped(service, dataDirectory) {
    const server = dataDirectory === undefined ? undefined : await (0,data_directory/* liveServerOf */.Vy)(dataDirectory);
    if (server !== undefined) {
        throw new errors/* ActionError */.lZ('TARGET_IN_USE', `Service '${service.name}' is stopped, and a PostgreSQL (process ${server.pid}) still works with ${dataDirectory ?? ''}.`, { advice: 'Name the service that runs it as postgresql-service, such as postgresql@15-main.' });
    }
}
function problem(message) {
    return { severity: 'error', subject: 'postgresql-service', message };
}
const NO_CLIENT = {
    severity: 'error',
    subject: 'psql',
    message: 'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on this machine.',
};


/***/ })

};

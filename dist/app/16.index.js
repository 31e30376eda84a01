export const id = 16;
export const ids = [16];
export const modules = {

/***/ 14016:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  CustomRestore: () => (/* binding */ CustomRestore),
  customRestore: () => (/* binding */ customRestore)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/strategies/custom/command-findings.js
var command_findings = __webpack_require__(11478);
// EXTERNAL MODULE: ./build/strategies/custom/custom-command.js + 2 modules
var custom_command = __webpack_require__(13878);
// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/database/custom/compared-counts.js
/** What a command counted after the restore, beside what it had counted in the backup. */

/** @throws ActionError RESTORE_VERIFY when one of them differs, or was not counted again */
function comparedCounts({ recorded }, restored, command) {
    const before = numbersIn(recorded?.details['counts']);
    for (const [what, count] of before) {
        const now = restored[what];
        if (now !== count) {
            throw new errors/* ActionError */.lZ('RESTORE_VERIFY', `${command} counted ${now ?? 'no'} ${what} after the restore, and the manifest says ${count}.`, { advice: 'Look into its lines in the log and run again.' });
        }
    }
    return Object.entries(restored).map(([what, count]) => ({
        what,
        recorded: before.get(what),
        restored: count,
    }));
}
function numbersIn(value) {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(entries.flatMap(([what, count]) => (typeof count === 'number' ? [[what, count]] : [])));
}

// EXTERNAL MODULE: ./build/database/custom/custom-settings.js + 1 modules
var custom_settings = __webpack_require__(57973);
;// CONCATENATED MODULE: ./build/database/custom/custom-restore.js
/** A database that a command of the administrator loads again. What it fills, and how that is taken back, is its business. */








const customRestore = {
    read: (inputs) => {
        const settings = (0,custom_settings/* readCustomSettings */.p)(inputs);
        return { create: (context) => new CustomRestore(settings, context) };
    },
};
const CHECK_JDBC = 'See to it that jdbc.driver, jdbc.url and jdbc.user in shared/bitbucket.properties lead to the restored database.';
class CustomRestore {
    name = 'custom';
    members = [dump_folder/* DUMP_MEMBER */.g0];
    trees = [{ member: dump_folder/* DUMP_MEMBER */.g0, target: '' }];
    #context;
    #command;
    /** What this run has begun to change. */
    #begun;
    #unpacked = '';
    #counts = [];
    constructor(settings, context) {
        this.#context = context;
        this.#command = new custom_command/* CustomCommand */.j(settings, context);
    }
    async preflight(part) {
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'custom-database-'));
        try {
            const call = { ...this.#call(), ...(await recordedIn(folder, part)) };
            return (await (0,command_findings/* commandFindings */.G)(this.#command, 'restore-check', call)).findings;
        }
        finally {
            await (0,promises_.rm)(folder, { recursive: true, force: true });
        }
    }
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    async restore(part, unpacked, signal) {
        signal.throwIfAborted();
        const { record, runId } = this.#context;
        this.#unpacked = unpacked;
        // Beside what is unpacked, which the post step of a killed run removes: what is in here is still wanted then.
        const state = (0,external_node_path_.join)((0,external_node_path_.dirname)(unpacked), stateName(runId));
        this.#begun = { ...(0,custom_settings/* databaseOf */.z)(this.#command.settings), created: true, state };
        record({ database: this.#begun });
        await (0,promises_.mkdir)(state, { mode: 0o700 });
        const call = { ...this.#call(state), ...(await recordedIn(state, part)) };
        const answer = await this.#command.run('restore', { ...call, folder: (0,external_node_path_.join)(unpacked, dump_folder/* DUMP_MEMBER */.g0) }, signal);
        this.#counts = comparedCounts(part, answer.counts, this.#command.settings.command);
    }
    async complete() {
        const { name, server } = (0,custom_settings/* databaseOf */.z)(this.#command.settings);
        const answer = await this.#command.run('restore-complete', this.#call(this.#begun?.state));
        await this.#handOver();
        return {
            place: answer.place ?? `'${name}' at ${server}`,
            counts: this.#counts,
            todo: [...answer.todo, CHECK_JDBC],
        };
    }
    async discard() {
        if (this.#begun !== undefined) {
            const messages = await this.#takeBack(this.#begun.state, this.#context.runId);
            this.#begun = undefined;
            for (const message of messages) {
                this.#context.log.info(message);
            }
        }
    }
    async recover({ database }, runId) {
        if (database === undefined) {
            return [];
        }
        const { server, name } = (0,custom_settings/* databaseOf */.z)(this.#command.settings);
        if (database.server !== server || database.name !== name) {
            return [
                `A restore that died has left database '${database.name}' at ${database.server} half-filled; take it back by hand.`,
            ];
        }
        const { state } = database;
        // A journal can be damaged or forged: only what a restore of that run would have made is believed.
        const known = state !== undefined && (0,external_node_path_.basename)(state) === stateName(runId) ? state : undefined;
        return await this.#takeBack(known, runId);
    }
    /** @param state undefined when it is lost; the command then has the run's id alone */
    async #takeBack(state, runId) {
        const found = state !== undefined && (await isFolder(state)) ? state : undefined;
        const folder = found ?? (await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'custom-database-')));
        const { messages } = await this.#command.run('restore-discard', { ...this.#call(folder), id: runId });
        await (0,promises_.rm)(folder, { recursive: true, force: true });
        return messages;
    }
    /** To where the pipeline removes it when all is over; until then the command may be asked to take everything back. */
    async #handOver() {
        if (this.#begun !== undefined) {
            const { state } = this.#begun;
            const moved = (0,external_node_path_.join)(this.#unpacked, (0,external_node_path_.basename)(state));
            await (0,promises_.rename)(state, moved);
            this.#begun = { ...this.#begun, state: moved };
            this.#context.record({ database: this.#begun });
        }
    }
    #call(state) {
        const { runId, archiveName } = this.#context;
        const archive = archiveName();
        return {
            id: runId,
            ...(archive === '' ? {} : { archiveName: archive }),
            ...(state === undefined ? {} : { state }),
        };
    }
}
function stateName(runId) {
    return `.custom-database.state-${runId}`;
}
async function isFolder(path) {
    return await (0,promises_.stat)(path).then((found) => found.isDirectory(), () => false);
}
/** What the manifest says, for the command to read; nothing for an archive without one. */
async function recordedIn(folder, part) {
    if (part?.recorded === undefined) {
        return {};
    }
    const recordedFile = (0,external_node_path_.join)(folder, 'recorded.json');
    await (0,promises_.writeFile)(recordedFile, JSON.stringify(part.recorded), { mode: 0o600 });
    return { recordedFile };
}


/***/ }),

/***/ 57973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ databaseOf),
  p: () => (/* binding */ readCustomSettings)
});

;// CONCATENATED MODULE: ./build/strategies/custom/read-command.js
const MINUTE_MS = 60_000;
const LONGEST_MINUTES = 7 * 24 * 60;
/** @param more what this slot tells its command besides */
function readCommand(inputs, slot, more) {
    const minutes = inputs.integer(`${slot}-command-timeout-minutes`, { min: 1, max: LONGEST_MINUTES });
    return {
        slot,
        command: inputs.requiredPath(`${slot}-command`),
        limitMs: minutes * MINUTE_MS,
        // Its own reader complains about a wrong one.
        instanceName: inputs.written('instance-name'),
        ...more,
    };
}

;// CONCATENATED MODULE: ./build/database/custom/custom-settings.js

function readCustomSettings(inputs) {
    const port = inputs.optionalInteger('database-port', { min: 1, max: 65_535 });
    const password = inputs.secret('database-password');
    const given = {
        BITBUCKET_BACKUP_DATABASE_HOST: inputs.optionalText('database-host'),
        BITBUCKET_BACKUP_DATABASE_PORT: port === undefined ? undefined : String(port),
        BITBUCKET_BACKUP_DATABASE_NAME: inputs.optionalText('database-name'),
        BITBUCKET_BACKUP_DATABASE_USERNAME: inputs.optionalText('database-username'),
        BITBUCKET_BACKUP_DATABASE_PASSWORD: password,
    };
    return readCommand(inputs, 'database', {
        variables: onlyGiven(given),
        secrets: password === undefined ? [] : [password],
    });
}
function onlyGiven(values) {
    const given = {};
    for (const [name, value] of Object.entries(values)) {
        if (value !== undefined) {
            given[name] = value;
        }
    }
    return given;
}
/** For messages and the journal: `'bitbucket' at db.example.com:5432`, as far as it was told. */
function databaseOf({ variables, command }) {
    const host = variables['BITBUCKET_BACKUP_DATABASE_HOST'] ?? '';
    const port = variables['BITBUCKET_BACKUP_DATABASE_PORT'];
    const address = port === undefined ? host : `${host}:${port}`;
    return {
        name: variables['BITBUCKET_BACKUP_DATABASE_NAME'] ?? 'unnamed',
        server: address === '' ? command : `${address}, by ${command}`,
    };
}


/***/ }),

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

/***/ 11478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ commandFindings)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _trusted_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(94889);
/** Asks a custom command what it finds wrong before anything happens, in `check` or `restore-check`. */


/** @returns its answer unless it cannot be run or failed; that is a finding, too */
async function commandFindings(command, phase, call) {
    const { slot, command: path } = command.settings;
    const subject = `${slot}-command`;
    const complaint = (0,_trusted_command_js__WEBPACK_IMPORTED_MODULE_1__/* .distrust */ .p)(path);
    if (complaint !== undefined) {
        const message = `Input '${subject}' names ${path}, which ${complaint}.`;
        return { findings: [{ severity: 'error', subject, message }] };
    }
    try {
        const answer = await command.run(phase, call);
        return { findings: answer.findings.map((finding) => ({ ...finding, subject })), answer };
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ)) {
            throw error;
        }
        const advice = error.advice === undefined ? '' : ` ${error.advice}`;
        return { findings: [{ severity: 'error', subject, message: `${error.message}${advice}` }] };
    }
}


/***/ }),

/***/ 13878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  j: () => (/* binding */ CustomCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
// EXTERNAL MODULE: ./build/host/log.js
var log = __webpack_require__(5493);
// EXTERNAL MODULE: ./build/host/redactor.js
var redactor = __webpack_require__(60683);
// EXTERNAL MODULE: ./build/strategies/json-shape.js
var json_shape = __webpack_require__(33460);
;// CONCATENATED MODULE: ./build/strategies/custom/answer.js

/** Characters of an answer; it is no place for data. */
const LONGEST_ANSWER = 64 * 1024;
const NO_ANSWER = { findings: [], details: {}, counts: {}, todo: [], messages: [] };
/** Which fields an answer may have. */
const FIELDS = {
    check: ['bytes', 'findings'],
    prepare: [],
    capture: [],
    settle: ['version', 'details', 'counts'],
    discard: ['messages'],
    'restore-check': ['findings'],
    restore: ['counts'],
    'restore-complete': ['place', 'todo'],
    'restore-discard': ['messages'],
};
/** @throws ShapeError that says what is wrong with it, to be read behind `its answer` */
function parseAnswer(phase, output, redactor) {
    const answer = withoutSecrets(objectIn(output), redactor);
    const unknown = Object.keys(answer).filter((key) => !FIELDS[phase].some((field) => field === key));
    if (unknown.length > 0) {
        throw new json_shape/* ShapeError */.ym(`has the field '${unknown[0]}', and in this phase it may have ${FIELDS[phase].join(', ') || 'none'}`);
    }
    const given = (key, read, otherwise) => answer[key] === undefined ? otherwise : read(answer[key], key);
    try {
        return {
            bytes: given('bytes', json_shape/* amount */.vj, undefined),
            findings: given('findings', findingsOf, []),
            version: given('version', json_shape/* text */.Qq, undefined),
            details: given('details', detailsOf, {}),
            counts: given('counts', countsOf, {}),
            place: given('place', json_shape/* text */.Qq, undefined),
            todo: given('todo', textsOf, []),
            messages: given('messages', textsOf, []),
        };
    }
    catch (error) {
        throw error instanceof json_shape/* ShapeError */.ym ? new json_shape/* ShapeError */.ym(`is wrong: ${error.message}`) : error;
    }
}
function objectIn(output) {
    try {
        const value = JSON.parse(output);
        return (0,json_shape/* object */.Ik)(value, 'it');
    }
    catch {
        throw new json_shape/* ShapeError */.ym('is not exactly one JSON object on standard output');
    }
}
function findingsOf(value, at) {
    return (0,json_shape/* list */.p_)(value, at, (entry, place) => {
        const finding = (0,json_shape/* object */.Ik)(entry, place);
        return {
            severity: (0,json_shape/* oneOf */.yL)(finding['severity'], `${place}.severity`, ['error', 'warning']),
            message: (0,json_shape/* text */.Qq)(finding['message'], `${place}.message`),
        };
    });
}
function textsOf(value, at) {
    return (0,json_shape/* list */.p_)(value, at, json_shape/* text */.Qq);
}
function countsOf(value, at) {
    return (0,json_shape/* recordOf */.zv)(value, at, (entry, place) => (0,json_shape/* count */.U9)(entry, place));
}
function detailsOf(value, at) {
    return (0,json_shape/* recordOf */.zv)(value, at, json_shape/* recorded */.t2);
}
/** An answer goes into the manifest and the summary. */
function withoutSecrets(answer, redactor) {
    const clean = (value) => {
        if (typeof value === 'string') {
            return redactor.redact(value);
        }
        if (Array.isArray(value)) {
            return value.map(clean);
        }
        return typeof value === 'object' && value !== null ? cleanObject(value) : value;
    };
    const cleanObject = (value) => Object.fromEntries(Object.entries(value).map(([key, entry]) => [redactor.redact(key), clean(entry)]));
    return cleanObject(answer);
}

;// CONCATENATED MODULE: ./build/strategies/custom/protocol.js
/**
 * The protocol of a custom command: one executable of the administrator, called once for each phase. All of it is written
 * down for him in docs/custom-commands.md.
 */
/** Given to the command as BITBUCKET_BACKUP_PROTOCOL; raised when an older command would do the wrong thing. */
const PROTOCOL_VERSION = 1;
/** The only argument of the command. */
const PHASES = (/* unused pure expression or super */ null && ([
    'check',
    'prepare',
    'capture',
    'settle',
    'discard',
    'restore-check',
    'restore',
    'restore-complete',
    'restore-discard',
]));
/** The command has nothing to do in this phase. Not a small number: psql, for one, ends with 3 when a statement failed. */
const NOTHING_TO_DO = 100;
/** The command was called with settings that it cannot work with; `EX_USAGE` of sysexits.h. */
const WRONG_SETTINGS = 64;
/**
 * Phases that may say that there is nothing to do. In the others that would be a backup without a point in time, a
 * restore over existing data, or one that cannot be taken back.
 */
const OPTIONAL = new Set(['check', 'prepare', 'settle', 'discard', 'restore-complete']);
function mayDoNothing(phase) {
    return OPTIONAL.has(phase);
}
/** Nothing is set that is not known: a command can ask with `-v`. */
function environmentOf(phase, settings, call) {
    const optional = {
        BITBUCKET_BACKUP_FOLDER: call.folder,
        BITBUCKET_BACKUP_STATE: call.state,
        BITBUCKET_BACKUP_RECORDED: call.recordedFile,
        BITBUCKET_BACKUP_ARCHIVE: call.archiveName,
    };
    return {
        BITBUCKET_BACKUP_PROTOCOL: String(PROTOCOL_VERSION),
        BITBUCKET_BACKUP_PHASE: phase,
        BITBUCKET_BACKUP_PART: settings.slot,
        BITBUCKET_BACKUP_ID: call.id,
        BITBUCKET_BACKUP_INSTANCE: settings.instanceName,
        ...settings.variables,
        ...Object.fromEntries(Object.entries(optional).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    };
}

// EXTERNAL MODULE: ./build/strategies/custom/trusted-command.js
var trusted_command = __webpack_require__(94889);
;// CONCATENATED MODULE: ./build/strategies/custom/custom-command.js
/** Runs one phase of a custom command: with its rights looked at, its time limited, its answer read. */









const FAILED = { home: 'HOME_FAILED', database: 'DB_FAILED' };
/** Characters of a wrong answer that an error shows. */
const SHOWN = 80;
class CustomCommand {
    settings;
    #host;
    #redactor = new redactor/* Redactor */.p();
    constructor(settings, host) {
        this.settings = settings;
        this.#host = host;
        for (const secret of settings.secrets) {
            this.#redactor.add(secret);
        }
    }
    /**
     * The command is told to end when the signal is aborted or the time is over, and its whole process group is killed when it
     * does not. What it writes to standard error is logged line by line.
     *
     * @throws ActionError that names phase and command: HOME_FAILED or DB_FAILED, CHILD_KILLED, STEP_TIMEOUT, DISK_FULL,
     *   UNSAFE_STATE for a command that others can change; what the signal was aborted with
     */
    async run(phase, call, signal) {
        signal?.throwIfAborted();
        const { command } = this.settings;
        const complaint = (0,trusted_command/* distrust */.p)(command);
        if (complaint !== undefined) {
            throw new errors/* ActionError */.lZ('UNSAFE_STATE', `${command} was not run for phase '${phase}': it ${complaint}.`, {
                advice: 'Correct its rights and run again.',
            });
        }
        const output = await this.#output(phase, call, signal);
        return output === undefined ? NO_ANSWER : this.#read(phase, output);
    }
    /** @returns undefined when it had nothing to do */
    async #output(phase, call, signal) {
        const { command, limitMs } = this.settings;
        const { commands, log } = this.#host;
        const lines = [];
        let length = 0;
        try {
            const { exitCode } = await commands.run(command, [phase], {
                env: environmentOf(phase, this.settings, call),
                deadlineMs: limitMs,
                ...(signal === undefined ? {} : { signal }),
                // An optional phase that the command does not do is no failure.
                okCodes: mayDoNothing(phase) ? [NOTHING_TO_DO] : [],
                onLine: (line) => {
                    lines.push(line);
                    length += line.length + 1;
                    if (length > LONGEST_ANSWER) {
                        throw new json_shape/* ShapeError */.ym(`has more than ${LONGEST_ANSWER} characters`);
                    }
                },
                onErrorLine: (line) => log.info(`${(0,external_node_path_.basename)(command)} ${phase}: ${this.#redactor.redact(line)}`),
            });
            return exitCode === NOTHING_TO_DO ? undefined : lines.join('\n');
        }
        catch (error) {
            signal?.throwIfAborted();
            throw this.#failure(phase, error, lines.join('\n'));
        }
    }
    #read(phase, output) {
        try {
            return parseAnswer(phase, output, this.#redactor);
        }
        catch (error) {
            throw this.#failure(phase, error, output);
        }
    }
    #failure(phase, error, output) {
        const { command, slot } = this.settings;
        const at = `Phase '${phase}' of ${command}`;
        if (error instanceof json_shape/* ShapeError */.ym) {
            return new errors/* ActionError */.lZ(FAILED[slot], `${at} failed: its answer ${this.#redactor.redact(error.message)}${this.#shown(output)}.`, {
                advice: 'Correct the command: it prints its answer to standard output, and all else to standard error.',
            });
        }
        if (error instanceof command_error/* CommandError */.Qd) {
            const code = error.code === 'COMMAND_FAILED' ? FAILED[slot] : error.code;
            const said = this.#redactor.redact(error.message);
            return new errors/* ActionError */.lZ(code, `${at} failed: ${said}`, { advice: adviceFor(error, phase) });
        }
        if (error instanceof errors/* ActionError */.lZ && error.code === 'TOOL_MISSING') {
            return new errors/* ActionError */.lZ(FAILED[slot], `${at} could not be started: what its first line names is not there.`, {
                advice: "Look at the first line of the command, such as '#!/usr/bin/env bash'.",
            });
        }
        return error;
    }
    #shown(output) {
        const beginning = (0,log/* printable */.g)(this.#redactor.redact(output)).replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN);
        return beginning === '' ? '; it printed nothing' : `; it printed ${beginning}`;
    }
}
function adviceFor({ exitCode }, phase) {
    if (exitCode === NOTHING_TO_DO) {
        return `The phase '${phase}' has to be done; exit code ${NOTHING_TO_DO} says that there is nothing to do.`;
    }
    return exitCode === WRONG_SETTINGS
        ? 'Correct the inputs that the command is given: its exit code says that it cannot work with them.'
        : 'Its lines in the log say more.';
}


/***/ }),

/***/ 94889:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ distrust)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/**
 * Is a command safe to run? It runs with the rights of the backup, usually root's: whoever can change it, or put another
 * one in its place, has them too. The same is asked by sudo of its configuration and by sshd of its keys
 * (sshd_config(5), StrictModes).
 */


const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;
/** @returns what is wrong with it, to be read behind its path; undefined when it may run */
function distrust(path) {
    try {
        return distrustFile(path) ?? distrustFolders(path) ?? distrustFolders((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path));
    }
    catch (error) {
        return `cannot be used (${error instanceof Error ? error.message : String(error)})`;
    }
}
function distrustFile(path) {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path);
    if (!file.isFile()) {
        return 'is not a file';
    }
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
    }
    catch {
        return 'may not be executed; give it that right (chmod u+x)';
    }
    return changeable(file, 'the file');
}
/** Whoever may rename in one of them may put another file in its place. */
function distrustFolders(path) {
    for (let folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);; folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder)) {
        const found = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(folder);
        // A link is as safe as the folder that it lies in; where it leads to is looked at by the real path.
        const complaint = found.isSymbolicLink() ? undefined : changeable(found, `the folder ${folder}`);
        if (complaint !== undefined || folder === '/') {
            return complaint;
        }
    }
}
function changeable(stats, what) {
    const { mode, uid } = stats;
    const own = process.getuid?.() ?? uid;
    if (uid !== own && uid !== 0) {
        return `cannot be trusted: ${what} belongs to user id ${uid}, neither to root nor to the user that runs this`;
    }
    // Where the sticky bit is set, as in /tmp, others cannot rename what is not theirs.
    const isProtected = (mode & STICKY) !== 0 && stats.isDirectory();
    return (mode & OTHERS_WRITE) !== 0 && !isProtected
        ? `cannot be trusted: other users may write to ${what}; take that right away (chmod go-w)`
        : undefined;
}


/***/ })

};

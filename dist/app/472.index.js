export const id = 472;
export const ids = [472];
export const modules = {

/***/ 89483:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ inRunner)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
// EXTERNAL MODULE: ./build/host/process-groups.js
var process_groups = __webpack_require__(26735);
;// CONCATENATED MODULE: ./build/host/interruption.js
/**
 * The end that comes from outside. The runner cancels with SIGINT to our process alone, SIGTERM 7.5 s later, and kills
 * 2.5 s after that; so what unlocks Bitbucket goes out in the tick of the first signal, and only then the children end.
 */


const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Between SIGTERM and SIGKILL for our children: nothing may write a second after we were told to stop. */
const CHILD_GRACE_MS = 400;
const OF_BACKUP = {
    what: 'the run stops, cancels the backup and unlocks Bitbucket',
    advice: 'Start the backup again when it suits.',
};
function watchForInterruption(log, consequence = OF_BACKUP) {
    const controller = new AbortController();
    const callbacks = new Set();
    const interrupt = (reason) => {
        if (controller.signal.aborted) {
            return;
        }
        for (const callback of callbacks) {
            try {
                callback();
            }
            catch (error) {
                // Thrown from here it would end the process with the children alive and Bitbucket locked.
                log.error(`While stopping: ${(0,errors/* asError */.zR)(error).message}`);
            }
        }
        (0,process_groups/* endAllGroups */.F2)(CHILD_GRACE_MS);
        log.warning(reason.message);
        controller.abort(reason);
    };
    const onSignal = (signal) => {
        interrupt(new errors/* CanceledError */.k3(`Cancelled by ${signal}: ${consequence.what}.`, { advice: consequence.advice }));
    };
    // A bug of ours must not leave Bitbucket locked either.
    const onBug = (thrown) => {
        const cause = (0,errors/* asError */.zR)(thrown);
        interrupt(new errors/* ActionError */.lZ('INTERNAL', `Unexpected error: ${cause.message}.`, { cause }));
    };
    for (const signal of SIGNALS) {
        process.on(signal, onSignal);
    }
    process.on('uncaughtException', onBug);
    process.on('unhandledRejection', onBug);
    return {
        signal: controller.signal,
        onInterrupt: (callback) => {
            callbacks.add(callback);
            return () => callbacks.delete(callback);
        },
        dispose: () => {
            for (const signal of SIGNALS) {
                process.off(signal, onSignal);
            }
            process.off('uncaughtException', onBug);
            process.off('unhandledRejection', onBug);
        },
    };
}

// EXTERNAL MODULE: ./build/host/log.js
var host_log = __webpack_require__(5493);
// EXTERNAL MODULE: ./build/host/private-folder.js
var private_folder = __webpack_require__(89749);
// EXTERNAL MODULE: ./build/host/product.js
var product = __webpack_require__(33012);
// EXTERNAL MODULE: ./build/host/redactor.js
var host_redactor = __webpack_require__(60683);
;// CONCATENATED MODULE: ./build/report/timeline.js
/**
 * The one timeline of a run. Every step is a span on it; the log, the summary, the outputs and the tests read their times
 * here and nowhere else, so that they cannot contradict each other.
 */
class Timeline {
    startedAtMs;
    #clock;
    #clockStart;
    #spans = [];
    #marks = {};
    /**
     * @param clock a monotonic clock in milliseconds. The wall clock may be stepped while a backup runs, so it only says
     *   when the run began; all distances come from this clock.
     * @param startedAtMs where the run stands on the wall clock, in milliseconds since the epoch.
     */
    constructor(clock = () => performance.now(), startedAtMs = Date.now()) {
        this.#clock = clock;
        this.#clockStart = clock();
        this.startedAtMs = startedAtMs;
    }
    /** Runs the work as a span. What the work throws is thrown on, after the span is closed as failed. */
    async span(phase, name, work) {
        const begun = { name, phase, startMs: this.nowMs(), endMs: undefined, outcome: 'running' };
        const index = this.#spans.push(begun) - 1;
        const close = (outcome) => {
            this.#spans[index] = { ...begun, endMs: this.nowMs(), outcome };
        };
        try {
            const result = await work();
            close('ok');
            return result;
        }
        catch (error) {
            close('failed');
            throw error;
        }
    }
    /** The first time counts: an unlock that is confirmed twice ended the window once. */
    mark(name) {
        this.#marks = { [name]: this.nowMs(), ...this.#marks };
    }
    get spans() {
        return this.#spans;
    }
    get marks() {
        return this.#marks;
    }
    /** Now, in milliseconds since the epoch, unmoved by steps of the wall clock. */
    nowMs() {
        return this.startedAtMs + (this.#clock() - this.#clockStart);
    }
    /**
     * How long users were locked out, in milliseconds: from the lock POST, because Bitbucket may lock long before it
     * answers, to the answer of the unlock, or to now while the lock is held. Undefined when no lock was confirmed.
     */
    lockedMs(nowMs = this.nowMs()) {
        const { locked, unlocked } = this.#marks;
        return locked === undefined ? undefined : (unlocked ?? nowMs) - (this.#marks['lock-requested'] ?? locked);
    }
    /** The part of the locked time that our copying takes, in milliseconds; undefined when Bitbucket never drained. */
    lockedAfterDrainMs(nowMs = this.nowMs()) {
        const { drained, unlocked } = this.#marks;
        return drained === undefined ? undefined : (unlocked ?? nowMs) - drained;
    }
    /** Milliseconds since the run began. */
    totalMs() {
        return this.nowMs() - this.startedAtMs;
    }
}

;// CONCATENATED MODULE: ./build/entries/in-runner.js
/** What every entry shares: the log, the signals, the end of the process. */








/** A process whose threads hang on a dead file system cannot exit; only a signal ends it. */
const EXIT_GRACE_MS = 5_000;
/**
 * @param work returns whether it succeeded; it tells its own failures
 * @param onSignal what a signal makes it do, where that is not what it makes a backup do
 */
async function inRunner(work, onSignal) {
    // Whatever is created from here on is ours alone.
    process.umask(0o077);
    const redactor = new host_redactor/* Redactor */.p({ onSecret: actions/* maskInRunner */.uK });
    const log = (0,host_log/* createLog */.h)(actions/* runnerSink */.oD, redactor);
    const interruption = watchForInterruption(log, onSignal);
    log.info(`${product/* PRODUCT */.A.name} ${product/* PRODUCT */.A.version}`);
    sweep(log);
    const timeline = new Timeline();
    const succeeded = await work({ log, redactor, interruption, timeline }).catch((error) => {
        log.error(`Unexpected error: ${(0,errors/* messageChain */.NG)(error).join(': ')}`);
        return false;
    });
    interruption.dispose();
    if (!succeeded) {
        process.exitCode = 1;
        setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_GRACE_MS).unref();
    }
}
/** Whatever comes next: a password that a killed run has left is no use to anybody. */
function sweep(log) {
    try {
        const count = (0,private_folder/* sweepPrivateFolders */.r)();
        if (count > 0) {
            log.info(`Removed ${count} private folders that a killed run had left.`);
        }
    }
    catch (error) {
        log.warning(`What killed runs may have left in the temporary folder could not be looked at: ${(0,errors/* messageChain */.NG)(error).join(' ')}`);
    }
}


/***/ }),

/***/ 19473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   NG: () => (/* binding */ messageChain),
/* harmony export */   j1: () => (/* binding */ ConfigurationError),
/* harmony export */   k3: () => (/* binding */ CanceledError),
/* harmony export */   lZ: () => (/* binding */ ActionError),
/* harmony export */   r: () => (/* binding */ isErrno),
/* harmony export */   zR: () => (/* binding */ asError)
/* harmony export */ });
/**
 * What can go wrong, as types. Every error that reaches the administrator is one sentence of what failed, on what and
 * why, and one of what to do next. Codes are stable once published: workflows branch on the `error-code` output.
 */
/** An expected failure: told in a sentence, without a stack. */
class ActionError extends Error {
    name = 'ActionError';
    code;
    advice;
    constructor(code, message, details = {}) {
        super(message, details.cause === undefined ? undefined : { cause: details.cause });
        this.code = code;
        this.advice = details.advice;
    }
}
/** All wrong inputs, or everything preflight found, in one go. */
class ConfigurationError extends ActionError {
    name = 'ConfigurationError';
    problems;
    /** @param found where preflight found them */
    constructor(code, problems, found = 'found before the lock') {
        const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
        const what = code === 'INPUT_INVALID' ? 'in the inputs' : found;
        super(code, `${count} ${what}: ${problems.map((problem) => problem.message).join(' ')}`, {
            advice: 'Correct what is named and run again; nothing was changed.',
        });
        this.problems = problems;
    }
}
/** The run was asked to stop: by the runner, by a signal, or by a deadline of the job. */
class CanceledError extends ActionError {
    name = 'CanceledError';
    constructor(message, details = {}) {
        super('CANCELED', message, { advice: 'Start the backup again when it suits.', ...details });
    }
}
/** Turns whatever was thrown into an Error, so that cause chains never hold bare values. */
function asError(thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
}
/** The message of an error and of its causes, outermost first, without repeats. */
function messageChain(error) {
    const messages = [];
    let current = error;
    while (current !== undefined && messages.length < 8) {
        const { message, cause } = asError(current);
        if (!messages.some((earlier) => earlier.includes(message))) {
            messages.push(message);
        }
        current = cause;
    }
    return messages;
}
/** The code of the first coded error in the chain of causes; anything else is a bug of ours. */
function codeOf(error) {
    let current = error;
    for (let depth = 0; current !== undefined && depth < 8; depth += 1) {
        if (current instanceof ActionError) {
            return current.code;
        }
        current = asError(current).cause;
    }
    return 'INTERNAL';
}
/** Is it a system error with one of these codes? */
function isErrno(error, ...codes) {
    return (error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code));
}


/***/ }),

/***/ 56624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gu: () => (/* binding */ getState),
/* harmony export */   JR: () => (/* binding */ rawInput),
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   MA: () => (/* binding */ givenInputNames),
/* harmony export */   fe: () => (/* binding */ appendSummary),
/* harmony export */   oD: () => (/* binding */ runnerSink),
/* harmony export */   uH: () => (/* binding */ setOutput),
/* harmony export */   uK: () => (/* binding */ maskInRunner),
/* harmony export */   yy: () => (/* binding */ temporaryFolder)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/** The runner: inputs, outputs, masks, annotations, the job summary. */

/** The raw value as the workflow wrote it, without trimming: strictness is the reader's business. */
function rawInput(name, env = process.env) {
    return env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
}
/** The names of all inputs that the runner passed, as they appear in the environment (upper case). */
function givenInputNames(env = process.env) {
    return Object.keys(env)
        .filter((name) => name.startsWith('INPUT_'))
        .map((name) => name.slice('INPUT_'.length));
}
function maskInRunner(secret) {
    if (process.env['GITHUB_ACTIONS'] === 'true') {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(secret);
    }
}
/** Without GITHUB_OUTPUT (a local run) the value is printed, so that nothing is lost. */
function setOutput(name, value) {
    if (process.env['GITHUB_OUTPUT']) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
    }
    else {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(`output ${name}=${value.replaceAll('\n', ' ')}`);
    }
}
function saveState(name, value) {
    if (process.env['GITHUB_STATE']) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(name, value);
    }
}
function getState(name) {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(name);
}
/** Appends to the job summary; returns false where there is none. */
async function appendSummary(markdown) {
    if (!process.env['GITHUB_STEP_SUMMARY']) {
        return false;
    }
    await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markdown, true).write();
    return true;
}
/** The runner's log commands, as the sink of our log. */
const runnerSink = {
    debug: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz(line),
    info: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line),
    notice: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(line),
    warning: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(line),
    error: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3(line),
    startGroup: (title) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh(title),
    endGroup: () => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4(),
};
/** Folder for files that end with the job; the machine's own one outside a runner. */
function temporaryFolder(fallback) {
    return process.env['RUNNER_TEMP'] || fallback;
}


/***/ }),

/***/ 23673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ parseJournal)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/process-identity.js
var process_identity = __webpack_require__(90053);
;// CONCATENATED MODULE: ./build/host/restore-record.js
/**
 * What a restore has made so far, in its journal: when it dies, the next one removes exactly that.
 */
/** @returns undefined for what is no such record: a journal can be damaged or forged */
function restoreRecordOf(value) {
    const placed = listOf(field(value, 'placed'), placedOf);
    const database = databaseOf(field(value, 'database'));
    const search = searchOf(field(value, 'search'));
    if (placed === undefined || database === 'wrong' || search === 'wrong') {
        return undefined;
    }
    const strategy = field(value, 'databaseStrategy');
    return {
        placed,
        ...(database === undefined ? {} : { database }),
        ...(typeof strategy === 'string' ? { databaseStrategy: strategy } : {}),
        ...(search === undefined ? {} : { search }),
    };
}
function placedOf(value) {
    const path = field(value, 'path');
    const existed = field(value, 'existed');
    const entries = listOf(field(value, 'entries'), (name) => (isPlainName(name) ? name : undefined));
    const inodes = field(value, 'inodes');
    const numbers = listOf(inodes ?? [], (inode) => (typeof inode === 'number' ? inode : undefined));
    const before = beforeOf(field(value, 'before'));
    if (!isAbsolutePath(path) ||
        typeof existed !== 'boolean' ||
        entries === undefined ||
        numbers === undefined ||
        before === 'wrong') {
        return undefined;
    }
    return {
        path,
        existed,
        entries,
        ...(inodes === undefined ? {} : { inodes: numbers }),
        ...(before === undefined ? {} : { before }),
    };
}
const LARGEST_MODE = 0o7777;
/** The largest number means `leave it as it is` to chown(2). */
const LARGEST_ID = 2 ** 32 - 2;
function beforeOf(value) {
    if (value === undefined) {
        return undefined;
    }
    const [mode, uid, gid] = ['mode', 'uid', 'gid'].map((name) => field(value, name));
    return isUpTo(LARGEST_MODE, mode) && isUpTo(LARGEST_ID, uid) && isUpTo(LARGEST_ID, gid)
        ? { mode, uid, gid }
        : 'wrong';
}
function isUpTo(largest, value) {
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest;
}
/** PostgreSQL's are 32 bits wide. */
const LARGEST_OID = 2 ** 32 - 1;
function databaseOf(value) {
    if (value === undefined) {
        return undefined;
    }
    const server = field(value, 'server');
    const name = field(value, 'name');
    const created = field(value, 'created');
    const marked = field(value, 'marked') === true ? { marked: true } : {};
    const number = field(value, 'oid');
    const oid = isUpTo(LARGEST_OID, number) ? { oid: number } : {};
    const folder = field(value, 'state');
    const state = isAbsolutePath(folder) ? { state: folder } : {};
    return typeof server === 'string' && typeof name === 'string' && name !== '' && typeof created === 'boolean'
        ? { server, name, created, ...marked, ...oid, ...state }
        : 'wrong';
}
function searchOf(value) {
    if (value === undefined) {
        return undefined;
    }
    const server = field(value, 'server');
    const repository = field(value, 'repository');
    const snapshot = field(value, 'snapshot');
    const indices = listOf(field(value, 'indices'), (name) => (isIndexName(name) ? name : undefined));
    return typeof server === 'string' &&
        isPlainName(repository) &&
        isPlainName(snapshot) &&
        indices !== undefined
        ? { server, repository, registered: field(value, 'registered') === true, snapshot, indices }
        : 'wrong';
}
/** A wildcard would take in the indices of everybody, and so would `_all`; the server computes what stands in `<...>`. */
function isIndexName(value) {
    return isPlainName(value) && !/[*,?<>\s]|^[-+_]/.test(value);
}
/** All of it, or nothing. */
function listOf(value, item) {
    if (!Array.isArray(value)) {
        return undefined;
    }
    const items = Array.from(value, (entry) => item(entry)).filter((entry) => entry !== undefined);
    return items.length === value.length ? items : undefined;
}
/** The root is no folder that a restore fills. */
function isAbsolutePath(value) {
    const parts = typeof value === 'string' && value.startsWith('/') ? value.split('/') : [];
    return parts.some((part) => part !== '' && part !== '.') && parts.every(isSafe);
}
function isPlainName(value) {
    return typeof value === 'string' && value !== '' && value !== '.' && !value.includes('/') && isSafe(value);
}
function isSafe(name) {
    return name !== '..' && !name.includes('\0');
}
function field(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

;// CONCATENATED MODULE: ./build/host/journal-entry.js
/** What a journal holds, and how it is read back without trusting it. No passwords: tokens only (DESIGN.md, laws 4, 5). */



const RUN_ID = /^[A-Za-z0-9_-]{1,64}$/;
const PHASES = ['none', 'locking', 'locked', 'unlocked'];
/** @throws ActionError UNSAFE_STATE for text that is not such a journal */
function parseJournal(text, path) {
    const journal = fields(parseJson(text, path));
    const process = (0,process_identity/* identityIn */.K2)(journal('process'));
    const lock = fields(journal('lock'));
    const phase = PHASES.find((known) => known === lock('phase'));
    const partials = journal('partials');
    if (journal('formatVersion') !== 1 ||
        phase === undefined ||
        process === undefined ||
        !isTextList(partials)) {
        throw unreadable(path);
    }
    const need = (value) => {
        if (typeof value !== 'string') {
            throw unreadable(path);
        }
        return value;
    };
    // It becomes part of a file name.
    const matching = (value) => {
        if (!RUN_ID.test(need(value))) {
            throw unreadable(path);
        }
        return need(value);
    };
    return {
        formatVersion: 1,
        runId: matching(journal('runId')),
        backupId: need(journal('backupId')),
        instanceName: need(journal('instanceName')),
        url: need(journal('url')),
        startedAt: need(journal('startedAt')),
        process,
        lock: {
            phase,
            ...optional('unlockToken', lock('unlockToken')),
            ...optional('cancelToken', lock('cancelToken')),
            ...optional('since', lock('since')),
        },
        partials,
        ...restoreIn(journal('restore'), path),
        ...optional('connectionFile', journal('connectionFile')),
    };
}
function restoreIn(value, path) {
    const restore = restoreRecordOf(value);
    if (value !== undefined && restore === undefined) {
        throw unreadable(path);
    }
    return restore === undefined ? {} : { restore };
}
function parseJson(text, path) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw unreadable(path);
    }
}
function fields(value) {
    return (name) => {
        const field = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
        return field;
    };
}
function optional(name, value) {
    const result = {};
    if (typeof value === 'string') {
        result[name] = value;
    }
    return result;
}
function isTextList(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
function unreadable(path) {
    return new errors/* ActionError */.lZ('UNSAFE_STATE', `The journal ${path} is damaged or of another version.`, {
        advice: `See whether Bitbucket is locked, unlock it by hand if so, then remove ${path}.`,
    });
}


/***/ }),

/***/ 93414:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  CQ: () => (/* binding */ Journal),
  cG: () => (/* binding */ alreadyRunning),
  HY: () => (/* binding */ journalPath),
  W3: () => (/* binding */ livenessOfRun),
  a0: () => (/* binding */ readJournal),
  Sw: () => (/* binding */ removeJournal)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/journal-entry.js + 1 modules
var journal_entry = __webpack_require__(23673);
// EXTERNAL MODULE: ./build/host/private-file.js
var private_file = __webpack_require__(78755);
// EXTERNAL MODULE: ./build/host/process-identity.js
var process_identity = __webpack_require__(90053);
;// CONCATENATED MODULE: ./build/host/journal-drafts.js
/** What runs that were killed while they wrote or removed their journal have left beside it. */





/** A run names both after itself: what is to become the journal, and what it was. */
const LEFT_OVER = /^\.([0-9a-f-]{36})\.(?:new|over)$/;
/** Nobody writes a journal for as long as this. */
const WRITING_MS = 5 * 60_000;
/** Removes those of dead runs; one that may belong to a run that lives is left alone. */
function sweepJournalDrafts(journal) {
    const [folder, name] = [(0,external_node_path_.dirname)(journal), (0,external_node_path_.basename)(journal)];
    for (const sibling of (0,external_node_fs_.readdirSync)(folder).filter((each) => each.startsWith(`${name}.`))) {
        const runId = LEFT_OVER.exec(sibling.slice(name.length))?.[1];
        const path = (0,external_node_path_.join)(folder, sibling);
        if (runId !== undefined && isLeftOver(path, runId)) {
            (0,external_node_fs_.rmSync)(path, { force: true });
        }
    }
}
function isLeftOver(path, runId) {
    const entry = entryIn(path);
    if (entry === undefined) {
        const age = (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false });
        return age !== undefined && Date.now() - age.mtimeMs > WRITING_MS;
    }
    // Another run's journal under this name is a claim that somebody was about to put back.
    return entry.runId === runId && (0,process_identity/* livenessOf */.l8)(entry.process) === 'dead';
}
/** @returns undefined for one that is cut short, or that anybody could have written */
function entryIn(path) {
    try {
        return (0,journal_entry/* parseJournal */.z)((0,private_file/* readPrivateFile */.q1)(path) ?? '', path);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/host/journal.js
/**
 * The journal: what the next run has to know when this one is gone without a word. It names the run, says whether
 * Bitbucket is locked and with which token, and lists half-written files. Also what keeps two runs apart.
 */







/** That of backups; a restore's names the home that it fills. */
const JOURNAL_NAME = '.journal.json';
const HEARTBEAT_MS = 15_000;
/** A run that cannot be seen from here (another machine or container) counts as dead after this long a silence. */
const SILENCE_MS = 5 * 60_000;
function journalPath(folder, name = JOURNAL_NAME) {
    return (0,external_node_path_.join)(folder, name);
}
/** @returns undefined when there is none. @throws ActionError UNSAFE_STATE for one that cannot be trusted or read */
function readJournal(folder, name) {
    const path = journalPath(folder, name);
    const text = (0,private_file/* readPrivateFile */.q1)(path);
    return text === undefined ? undefined : (0,journal_entry/* parseJournal */.z)(text, path);
}
/** Does the run that wrote the journal still live? */
function livenessOfRun(folder, entry, name) {
    const liveness = (0,process_identity/* livenessOf */.l8)(entry.process);
    if (liveness !== 'unknown') {
        return liveness;
    }
    const silentMs = Date.now() - (0,external_node_fs_.statSync)(journalPath(folder, name)).mtimeMs;
    return silentMs > SILENCE_MS ? 'dead' : 'alive';
}
/** The error of a second run that finds a live first one. */
function alreadyRunning(folder, entry) {
    const { process: owner } = entry;
    const what = entry.restore === undefined ? 'Backup' : 'A restore of';
    return new errors/* ActionError */.lZ('ALREADY_RUNNING', `${what} ${entry.backupId} (process ${owner.pid} on ${owner.hostname}) has been using ${folder} since ${entry.startedAt}.`, {
        advice: entry.restore === undefined
            ? 'Wait for it to end, or cancel it; give every Bitbucket a backup-root of its own.'
            : 'Wait for it to end, or cancel it.',
    });
}
class Journal {
    path;
    #entry;
    #heartbeat;
    #beating = false;
    constructor(path, entry) {
        this.path = path;
        this.#entry = entry;
    }
    /** Takes the journal for this run. @throws ActionError ALREADY_RUNNING when another run was faster */
    static claim(folder, entry, name) {
        const path = journalPath(folder, name);
        if (!(0,private_file/* claimPrivateFile */.iI)(path, JSON.stringify(entry), entry.runId)) {
            const other = readJournal(folder, name);
            throw other === undefined
                ? new errors/* ActionError */.lZ('ALREADY_RUNNING', `Another run has just used ${folder}.`, {
                    advice: 'Start again.',
                })
                : alreadyRunning(folder, other);
        }
        sweepJournalDrafts(path);
        const journal = new Journal(path, entry);
        journal.#startHeartbeat();
        return journal;
    }
    get entry() {
        return this.#entry;
    }
    /** Returns when it is on disk. */
    update(change) {
        this.#entry = { ...this.#entry, ...change };
        (0,private_file/* writePrivateFile */.Pl)(this.path, JSON.stringify(this.#entry), this.#entry.runId);
    }
    /** Ends the run's claim. A journal that another run has taken over meanwhile is left alone. */
    remove() {
        clearInterval(this.#heartbeat);
        removeJournal(this.path, this.#entry.runId);
    }
    /** Stops the heartbeat and leaves the file to the post step or the next run. */
    abandon() {
        clearInterval(this.#heartbeat);
    }
    /** One asynchronous call at a time: on a dead file system it costs one of four threads, not all of them. */
    #startHeartbeat() {
        this.#heartbeat = setInterval(() => {
            if (!this.#beating) {
                this.#beating = true;
                const now = new Date();
                (0,external_node_fs_.utimes)(this.path, now, now, () => {
                    this.#beating = false;
                });
            }
        }, HEARTBEAT_MS).unref();
    }
}
/**
 * Removes the journal of a run that is over. It is renamed first and looked at again: between our reading and now another
 * run may have removed it and claimed the name, and that claim must stand.
 */
function removeJournal(path, runId) {
    (0,private_file/* removeDraft */.AB)(path, runId);
    const aside = `${path}.${runId}.over`;
    try {
        (0,external_node_fs_.renameSync)(path, aside);
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT')) {
            return;
        }
        throw error;
    }
    let over = false;
    try {
        over = (0,journal_entry/* parseJournal */.z)((0,private_file/* readPrivateFile */.q1)(aside) ?? '', aside).runId === runId;
    }
    finally {
        // Another run's claim, or one that nobody can read: not ours to remove.
        if (!over) {
            putBack(aside, path);
        }
        (0,external_node_fs_.rmSync)(aside, { force: true });
    }
}
function putBack(aside, path) {
    try {
        (0,external_node_fs_.linkSync)(aside, path);
    }
    catch (error) {
        if (!(0,errors/* isErrno */.r)(error, 'EEXIST')) {
            throw error;
        }
    }
}


/***/ }),

/***/ 5493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ printable),
/* harmony export */   h: () => (/* binding */ createLog)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/** The log that administrators read. A value that is passed in, so that all code runs and is tested without a runner. */

function createLog(sink, redactor) {
    let prefix = '';
    const warnings = [];
    // Redacted on both sides: colours can part a secret, and what makes text printable can change one.
    const safe = (message) => redactor.redact(printable(redactor.redact(message)));
    const clean = (message) => prefix + safe(message);
    return {
        warnings,
        debug: (message) => sink.debug(clean(message)),
        info: (message) => sink.info(clean(message)),
        notice: (message) => sink.notice(clean(message)),
        warning: (message) => {
            warnings.push(safe(message));
            sink.warning(clean(message));
        },
        error: (message) => sink.error(clean(message)),
        group: (title) => {
            sink.startGroup(safe(title));
            let open = true;
            return () => {
                if (open) {
                    open = false;
                    sink.endGroup();
                }
            };
        },
        setPrefix: (text) => {
            prefix = text === '' ? '' : `[${printable(text)}] `;
        },
    };
}
/**
 * Makes text of tools, servers and file names harmless on the runner's console: no control bytes or ANSI sequences, and
 * nothing that the runner takes for a command (`::name::` at the start of a line, `##[name]` anywhere).
 */
function printable(text) {
    return ((0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text)
        .replace(/\p{Cc}/gu, escapeControl)
        .replaceAll('##[', '## [')
        // Every line separator there is, not only the line feed.
        .replace(/^([^\S\r\n\u2028\u2029]*)::/gmu, '$1: :'));
}
function escapeControl(character) {
    if (character === '\n' || character === '\t') {
        return character;
    }
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}


/***/ }),

/***/ 78755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AB: () => (/* binding */ removeDraft),
/* harmony export */   Pl: () => (/* binding */ writePrivateFile),
/* harmony export */   iI: () => (/* binding */ claimPrivateFile),
/* harmony export */   q1: () => (/* binding */ readPrivateFile)
/* harmony export */ });
/* unused harmony export draftOf */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/**
 * Small files that only we may read, written whole or not at all. Synchronous on purpose: they are written around the
 * lock, when the threads behind Node's asynchronous calls may hang on a dead file system.
 */



/** The name that a file has until it is whole. `writer` is whoever writes it, so that what he leaves when he is killed is known. */
function draftOf(path, writer) {
    return `${path}.${writer}.new`;
}
/** For whoever knows that the writer is over. */
function removeDraft(path, writer) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draftOf(path, writer), { force: true });
}
/**
 * Replaces the file: draft, flush, rename, flush of the folder. Mode 0600.
 * @param writer one that writes one thing at a time
 */
function writePrivateFile(path, content, writer) {
    const temporary = writeDraft(path, content, writer);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(temporary, path);
    syncFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path));
}
/** Creates the file, or returns false when the name is taken. Whole at once: nobody ever reads half of it. */
function claimPrivateFile(path, content, writer) {
    const temporary = writeDraft(path, content, writer);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.linkSync)(temporary, path);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'EEXIST')) {
            return false;
        }
        throw error;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(temporary, { force: true });
    }
    syncFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path));
    return true;
}
/**
 * Reads such a file without following a link. @returns undefined when there is none
 * @throws ActionError UNSAFE_STATE when somebody else could have written it
 */
function readPrivateFile(path) {
    let descriptor;
    try {
        // O_NONBLOCK: a planted pipe must not keep us waiting for its writer.
        descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
            return undefined;
        }
        throw unsafe(path, error instanceof Error ? error.message : String(error));
    }
    try {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor);
        const { mode, uid } = stats;
        if (!stats.isFile()) {
            throw unsafe(path, 'it is not a file');
        }
        const own = process.getuid?.() ?? uid;
        if (uid !== own && uid !== 0) {
            throw unsafe(path, `it belongs to user id ${uid}, not to ${own}`);
        }
        if ((mode & 0o022) !== 0) {
            throw unsafe(path, `others may write to it (mode ${(mode & 0o777).toString(8)})`);
        }
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(descriptor, 'utf8');
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}
function unsafe(path, reason) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('UNSAFE_STATE', `${path} cannot be trusted: ${reason}.`, {
        advice: `Find out who wrote ${path}; remove it when it is not needed, and run again.`,
    });
}
function writeDraft(path, content, writer) {
    const temporary = draftOf(path, writer);
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_WRONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_CREAT | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_EXCL | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW;
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(temporary, flags, 0o600);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(descriptor, content);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fsyncSync)(descriptor);
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(temporary, { force: true });
        throw error;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
    return temporary;
}
function syncFolder(folder) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(folder, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fsyncSync)(descriptor);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}


/***/ }),

/***/ 89749:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ withPrivateFolder),
/* harmony export */   r: () => (/* binding */ sweepPrivateFolders)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _actions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56624);
/* harmony import */ var _private_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(78755);
/* harmony import */ var _process_identity_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(90053);
/**
 * A folder for what only we and a program that we start may read, a password first of all: 0700, in the runner's temporary
 * folder, gone when the work is done. It says whose it is, so that what a killed run has left is removed by the post step and
 * by whoever runs next.
 */







const PREFIX = 'bitbucket-private-';
const OWNER = 'owner.json';
/** Calls `use` with the folder's path while the folder exists. */
async function withPrivateFolder(use) {
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)((0,_actions_js__WEBPACK_IMPORTED_MODULE_4__/* .temporaryFolder */ .yy)((0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)()), PREFIX));
    try {
        // Before any secret: a folder without an owner holds none.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, OWNER), JSON.stringify((0,_process_identity_js__WEBPACK_IMPORTED_MODULE_6__/* .ownIdentity */ .hY)()), { mode: 0o600, flag: 'wx' });
        return await use(folder);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(folder, { recursive: true, force: true });
    }
}
/** Removes those of dead runs; one that may belong to a run that lives, here or elsewhere, stays. @returns how many */
function sweepPrivateFolders() {
    const parent = (0,_actions_js__WEBPACK_IMPORTED_MODULE_4__/* .temporaryFolder */ .yy)((0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)());
    const left = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(parent)
        .filter((name) => name.startsWith(PREFIX))
        .map((name) => (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(parent, name))
        .filter(isLeftOver);
    for (const folder of left) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(folder, { recursive: true, force: true });
    }
    return left.length;
}
function isLeftOver(folder) {
    const uid = process.getuid?.();
    if (uid !== undefined && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(folder, { throwIfNoEntry: false })?.uid !== uid) {
        return false;
    }
    try {
        const owner = (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_6__/* .identityIn */ .K2)(JSON.parse((0,_private_file_js__WEBPACK_IMPORTED_MODULE_5__/* .readPrivateFile */ .q1)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, OWNER)) ?? ''));
        return owner !== undefined && (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_6__/* .livenessOf */ .l8)(owner) === 'dead';
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 26735:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ endAllGroups),
/* harmony export */   LK: () => (/* binding */ forgetGroup),
/* harmony export */   N4: () => (/* binding */ endGroup),
/* harmony export */   fM: () => (/* binding */ registerGroup),
/* harmony export */   i8: () => (/* binding */ signalGroup),
/* harmony export */   vy: () => (/* binding */ TERMINATION_GRACE_MS)
/* harmony export */ });
/* unused harmony export liveGroups */
/**
 * Every child runs in a process group of its own, because the runner signals only our process: what we do not kill goes
 * on writing after we are gone.
 */
const live = new Set();
/** Between the polite and the final signal, when there is time. */
const TERMINATION_GRACE_MS = 5_000;
function registerGroup(pgid) {
    live.add(pgid);
}
function forgetGroup(pgid) {
    live.delete(pgid);
}
function liveGroups() {
    return [...live];
}
/** Sends a signal to a group. A group that is already gone is no error. */
function signalGroup(pgid, signal) {
    try {
        process.kill(-pgid, signal);
    }
    catch {
        // ESRCH: gone. EPERM: it runs as another user (sudo); its own parent ends it.
    }
}
/** Asks a group to end, and makes it end `graceMs` later. Returns at once. */
function endGroup(pgid, graceMs = TERMINATION_GRACE_MS) {
    signalGroup(pgid, 'SIGTERM');
    setTimeout(() => {
        if (live.has(pgid)) {
            signalGroup(pgid, 'SIGKILL');
        }
    }, graceMs).unref();
}
/** Ends all children, for a run that is being cancelled. */
function endAllGroups(graceMs) {
    for (const pgid of live) {
        endGroup(pgid, graceMs);
    }
}


/***/ }),

/***/ 90053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K2: () => (/* binding */ identityIn),
/* harmony export */   hY: () => (/* binding */ ownIdentity),
/* harmony export */   l8: () => (/* binding */ livenessOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/**
 * Which process a run was, so that a later one can tell whether it still lives. A bare process id is not enough: ids are
 * used again, machines restart, and a container has its own.
 */


function ownIdentity() {
    return {
        hostname: (0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)(),
        bootId: read('/proc/sys/kernel/random/boot_id'),
        pidNamespace: pidNamespace(),
        pid: process.pid,
        startTicks: startTicks(process.pid) ?? '',
    };
}
/** `unknown` when the process ran on another machine or in another container, where it cannot be seen from here. */
function livenessOf(identity) {
    if (identity.hostname === (0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)() && identity.bootId !== read('/proc/sys/kernel/random/boot_id')) {
        return 'dead';
    }
    if (identity.hostname !== (0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)() || identity.pidNamespace !== pidNamespace()) {
        return 'unknown';
    }
    const ticks = startTicks(identity.pid);
    return ticks !== undefined && ticks === identity.startTicks ? 'alive' : 'dead';
}
/** As it was written down. @returns undefined for what is none */
function identityIn(value) {
    const field = (name) => typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    const pid = field('pid');
    const texts = ['hostname', 'bootId', 'pidNamespace', 'startTicks']
        .map(field)
        .filter((text) => typeof text === 'string');
    const [host, bootId, namespace, ticks] = texts;
    return typeof pid !== 'number' ||
        host === undefined ||
        bootId === undefined ||
        namespace === undefined ||
        ticks === undefined
        ? undefined
        : { hostname: host, bootId, pidNamespace: namespace, pid, startTicks: ticks };
}
function pidNamespace() {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)('/proc/self/ns/pid');
    }
    catch {
        return '';
    }
}
/** Field 22 of /proc/<pid>/stat (proc(5)); the name in field 2 may hold anything, so fields count from its end. */
function startTicks(pid) {
    const stat = read(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    // A zombie has ended; it only waits for its parent to look.
    return state === undefined || state === '' || state === 'Z' ? undefined : fields[19];
}
function read(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8').trim();
    }
    catch {
        return '';
    }
}


/***/ }),

/***/ 33012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ PRODUCT)
/* harmony export */ });
/** What this is, for manifests. A test holds the version to that of package.json. */
const PRODUCT = { name: 'bitbucket-backup-action', version: '0.1.0' };


/***/ }),

/***/ 60683:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ Redactor)
/* harmony export */ });
/**
 * Takes secrets out of text before it is printed. The runner masks what it was told to mask, but only in the forms it
 * thinks of, and not outside a runner; so every line passes here first.
 */
const SHORTEST_MASKED = 3;
class Redactor {
    #secrets = new Set();
    #onSecret;
    /** @param options.onSecret told every secret as it was given, so that the runner can mask it too */
    constructor(options = {}) {
        this.#onSecret = options.onSecret ?? (() => undefined);
    }
    /** Remembers a secret in the forms in which it can turn up: plain, URL-encoded, base64, JSON. */
    add(secret) {
        this.#onSecret(secret);
        const lines = secret.split(/\r?\n/);
        for (const part of [secret, ...lines]) {
            for (const form of formsOf(part)) {
                if (form.length >= SHORTEST_MASKED) {
                    this.#secrets.add(form);
                }
            }
        }
    }
    /** Remembers user and password as they travel in a basic authorization header. */
    addBasicCredentials(username, password) {
        this.add(password);
        this.#secrets.add(Buffer.from(`${username}:${password}`, 'utf8').toString('base64'));
    }
    redact(text) {
        let redacted = text;
        // Longest first, so that a secret that contains another leaves no rest behind.
        for (const secret of [...this.#secrets].sort((a, b) => b.length - a.length)) {
            redacted = redacted.replaceAll(secret, '***');
        }
        return redacted;
    }
}
function formsOf(secret) {
    return [
        secret,
        encodeURIComponent(secret),
        // As in a form or a query: a blank is a plus there, and more is encoded.
        new URLSearchParams([['', secret]]).toString().slice(1),
        Buffer.from(secret, 'utf8').toString('base64'),
        JSON.stringify(secret).slice(1, -1),
    ];
}


/***/ }),

/***/ 29624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C6: () => (/* binding */ BACKUP_AND_RESTORE),
/* harmony export */   DW: () => (/* binding */ BACKUP),
/* harmony export */   GO: () => (/* binding */ BACKUP_AND_CANCEL),
/* harmony export */   bO: () => (/* binding */ CANCEL),
/* harmony export */   y2: () => (/* binding */ ALL),
/* harmony export */   zN: () => (/* binding */ RESTORE)
/* harmony export */ });
/** What is said of an input where it is declared. */
/** Which actions an input belongs to. */
const BACKUP = ['backup'];
const RESTORE = ['restore'];
const CANCEL = ['cancel'];
const BACKUP_AND_RESTORE = ['backup', 'restore'];
const BACKUP_AND_CANCEL = ['backup', 'cancel'];
const ALL = ['backup', 'restore', 'cancel'];


/***/ }),

/***/ 68916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mk: () => (/* binding */ publish),
  eB: () => (/* binding */ publishOutputs),
  YA: () => (/* binding */ seconds)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
// EXTERNAL MODULE: ./build/inputs/declaration.js
var declaration = __webpack_require__(29624);
;// CONCATENATED MODULE: ./build/inputs/outputs.js
/** Every output, declared once; `action.yml` and the README's table are made from this. */

const outputDeclarations = [
    {
        name: 'backup-id',
        description: 'Name of the backup: instance name and UTC time.',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    { name: 'archive', description: 'Path of the archive.', actions: declaration/* BACKUP_AND_RESTORE */.C6 },
    { name: 'archive-sha256', description: 'SHA-256 of the archive, in hex.', actions: declaration/* BACKUP */.DW },
    { name: 'manifest', description: 'Path of the manifest, a JSON file.', actions: declaration/* BACKUP */.DW },
    {
        name: 'unlock-token',
        description: 'The token that unlocks Bitbucket by hand; used up after a normal end.',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'cancel-token',
        description: "The token that cancels Bitbucket's backup task by hand; used up after a normal end.",
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'locked-seconds',
        description: 'How long users were locked out, from the request to lock until Bitbucket was unlocked.',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'available',
        description: 'The backups in `archive-root`, newest first, as JSON: a list of objects with `name`, `path`, `time`, `bytes`, `instanceName`, `bitbucketVersion`, `parts`, `checksum`.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'bitbucket-version',
        description: 'Version of Bitbucket that made what was restored.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'task',
        description: "What became of Bitbucket's backup task: `canceled`, `none` (none was running), `running` (it goes on, no token fitted) or `unknown`.",
        actions: declaration/* CANCEL */.bO,
    },
    {
        name: 'lock',
        description: 'What became of the lock: `unlocked`, `was-unlocked` (before this run), `held` (Bitbucket is still locked) or `unknown`.',
        actions: declaration/* CANCEL */.bO,
    },
    { name: 'duration-seconds', description: 'How long the whole run took.', actions: declaration/* ALL */.y2 },
    { name: 'result', description: '`success`, `failure`, `canceled` or `dry-run`.', actions: declaration/* ALL */.y2 },
    {
        name: 'error-code',
        description: 'A stable word for the failure, such as `DRAIN_TIMEOUT`; empty after a success.',
        actions: declaration/* ALL */.y2,
    },
];
/** The outputs of one action. */
function outputsOf(action) {
    return outputDeclarations.filter((output) => output.actions.includes(action));
}

;// CONCATENATED MODULE: ./build/pipeline/publish.js
/** Brings what is told of a run to where people look: the last log line, the annotations, the outputs, the job summary. */



async function publish(told, log) {
    for (const problem of told.problems) {
        log.error(problem.message);
    }
    if (told.succeeded) {
        log.info(told.line);
    }
    else {
        log.error(told.line);
    }
    try {
        await (0,actions/* appendSummary */.fe)(told.summary);
    }
    catch (error) {
        log.warning(`The job summary could not be written: ${(0,errors/* asError */.zR)(error).message}`);
    }
}
/** Sets every output of the action, empty where there is no value, so that no workflow reads one of an earlier step. */
function publishOutputs(action, values) {
    const given = new Map(Object.entries(values));
    for (const { name } of outputsOf(action)) {
        (0,actions/* setOutput */.uH)(name, given.get(name) ?? '');
    }
}
/** As outputs tell times: `12.345`. */
function seconds(ms) {
    return (ms / 1_000).toFixed(3);
}


/***/ }),

/***/ 92772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   K9: () => (/* binding */ formatMoment),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/** Numbers as an administrator reads them. */
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
/** Bytes in binary units with three or four significant digits: `512 B`, `1.2 GiB`. */
function formatBytes(bytes) {
    let value = Math.max(0, bytes);
    let text = String(Math.round(value));
    let unit = BYTE_UNITS[0];
    for (const larger of BYTE_UNITS.slice(1)) {
        // The rounded text decides, so that 1023.99 KiB is not told as `1024.0 KiB`.
        if (Number(text) < 1024) {
            break;
        }
        value /= 1024;
        unit = larger;
        text = value < 99.95 ? value.toFixed(1) : String(Math.round(value));
    }
    return `${text} ${unit}`;
}
/** Milliseconds as `85 ms`, `1.8 s`, `42 s`, `12 min 5 s` or `2 h 3 min`. */
function formatDuration(ms) {
    const duration = Math.max(0, ms);
    if (duration < 99.5) {
        return `${Math.round(duration)} ms`;
    }
    if (duration < 9_950) {
        // Rounded before it is printed: toFixed(1) makes 0.8 of 0.85.
        return `${(Math.round(duration / 100) / 10).toFixed(1)} s`;
    }
    const seconds = Math.round(duration / 1_000);
    if (seconds < 60) {
        return `${seconds} s`;
    }
    if (seconds < 3_600) {
        return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
    }
    const minutes = Math.round(seconds / 60);
    return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}
function joined(large, largeUnit, small, smallUnit) {
    return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
/** Whole numbers with a comma at every third digit, whatever the locale of the runner. */
function formatCount(count) {
    return Math.round(count).toLocaleString('en-US');
}
/** `1 warning`, `2 warnings`. */
function counted(count, noun) {
    return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
/** A moment (milliseconds since the epoch) to the second, in UTC: `2026-11-22 02:13:05 UTC`. */
function formatMoment(ms) {
    return `${new Date(Math.round(ms)).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}


/***/ }),

/***/ 48317:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ renderGantt)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34902);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92772);
/** The timeline as a mermaid gantt chart, with the time in which users were locked out as a red bar of its own. */


/** More bars than this are unreadable; GitHub also refuses a chart of more than 50,000 characters. */
const MOST_BARS = 40;
const SECTIONS = {
    preflight: 'Checks',
    prepare: 'Prepare',
    locked: 'Locked',
    settle: 'Settle',
    archive: 'Archive',
    finish: 'Finish',
    check: 'Check',
    unpack: 'Unpack',
    load: 'Load',
    place: 'Put in place',
    release: 'Release',
};
/** Left to itself, mermaid writes the same second at several ticks, or the labels over each other. */
const MOST_TICKS = 8;
const LARGEST_TICK = [86_400_000, '1day'];
const TICKS = [
    [50, '50millisecond'],
    [200, '200millisecond'],
    [500, '500millisecond'],
    [1_000, '1second'],
    [2_000, '2second'],
    [5_000, '5second'],
    [15_000, '15second'],
    [30_000, '30second'],
    [60_000, '1minute'],
    [120_000, '2minute'],
    [300_000, '5minute'],
    [900_000, '15minute'],
    [1_800_000, '30minute'],
    [3_600_000, '1hour'],
    [10_800_000, '3hour'],
    [21_600_000, '6hour'],
];
/** Mermaid reads these as statements at the beginning of a line, whatever follows (its gantt.jison). */
const STATEMENTS = /^(?:gantt|section|title|dateformat|axisformat|tickinterval|includes|excludes|todaymarker|topaxis|inclusiveenddates|weekday|weekend|click|call|href|acctitle|accdescr|accdescription)\b|^\d/i;
/** Undefined when there is nothing to draw. */
function renderGantt(timeline) {
    const spans = longest(timeline.spans, timeline.nowMs());
    if (spans.length === 0) {
        return undefined;
    }
    const bars = new Bars(timeline);
    const lines = ['gantt', 'dateFormat x', ...bars.axis(), 'todayMarker off', ...bars.ofLock()];
    let section;
    for (const span of spans) {
        if (span.phase !== section) {
            section = span.phase;
            lines.push(`section ${SECTIONS[section]}`);
        }
        lines.push(bars.ofSpan(span));
    }
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .codeBlock */ .DV)(lines, 'mermaid');
}
function axisFormat(tickMs) {
    if (tickMs < 1_000) {
        return '%H:%M:%S.%L';
    }
    if (tickMs < 60_000) {
        return '%H:%M:%S';
    }
    return tickMs < 86_400_000 ? '%H:%M' : '%d %b';
}
function longest(spans, nowMs) {
    const duration = (span) => (span.endMs ?? nowMs) - span.startMs;
    const kept = new Set([...spans].sort((a, b) => duration(b) - duration(a)).slice(0, MOST_BARS));
    return spans.filter((span) => kept.has(span));
}
class Bars {
    #timeline;
    #nowMs;
    #shortestMs;
    constructor(timeline) {
        this.#timeline = timeline;
        this.#nowMs = timeline.nowMs();
        // A bar of no width cannot be seen.
        this.#shortestMs = Math.max(1, (this.#nowMs - timeline.startedAtMs) / 200);
    }
    /** Times are those of the reader's own clock, as in GitHub's log view. */
    axis() {
        const totalMs = this.#nowMs - this.#timeline.startedAtMs;
        const [ms, interval] = TICKS.find(([tickMs]) => totalMs / tickMs <= MOST_TICKS) ?? LARGEST_TICK;
        return [`axisFormat ${axisFormat(ms)}`, `tickInterval ${interval}`];
    }
    ofSpan(span) {
        const endMs = span.endMs ?? this.#nowMs;
        const took = (0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(endMs - span.startMs);
        switch (span.outcome) {
            case 'ok':
                return this.#bar(`${span.name} ${took}`, 'done, ', span.startMs, endMs);
            case 'failed':
                return this.#bar(`${span.name} failed after ${took}`, 'crit, done, ', span.startMs, endMs);
            case 'running':
                return this.#bar(`${span.name} ${took}`, 'active, ', span.startMs, endMs);
        }
    }
    ofLock() {
        const { marks } = this.#timeline;
        const startMs = marks['lock-requested'] ?? marks.locked;
        if (marks.locked === undefined || startMs === undefined) {
            return [];
        }
        const endMs = marks.unlocked ?? this.#nowMs;
        const drainedMs = marks.drained ?? endMs;
        const lines = ['section Users', this.#lockBar('locked out until drained', startMs, drainedMs)];
        if (marks.drained !== undefined) {
            lines.push(this.#lockBar('locked out after drain', drainedMs, endMs));
        }
        return lines;
    }
    #lockBar(name, startMs, endMs) {
        return this.#bar(`${name} ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(endMs - startMs)}`, 'crit, ', startMs, endMs);
    }
    #bar(name, tags, startMs, endMs) {
        const end = Math.max(endMs, startMs + this.#shortestMs);
        return `${barName(name)} :${tags}${Math.round(startMs)}, ${Math.round(end)}`;
    }
}
/** Letters, digits, space, dot and dash: anything else may be syntax to one version of mermaid or another. */
function barName(name) {
    const harmless = name
        .replace(/[^A-Za-z0-9 .-]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 80);
    return STATEMENTS.test(harmless) || harmless === '' ? `Step ${harmless}`.trim() : harmless;
}


/***/ }),

/***/ 34902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ codeBlock),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   fF: () => (/* binding */ bulletList),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var _host_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5493);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92772);
/**
 * Text from outside (file names, messages of servers and tools) in GitHub's markdown: it may neither end a table cell nor
 * begin a heading, a link, a code block or HTML. Characters that could are written as numeric references, which
 * CommonMark (section 2.5) never takes for structure.
 */


/** Longest piece of outside text that is shown, in code points; the log has all of it. */
const LONGEST_TEXT = 2_000;
/** On one line, in normal type. */
function plain(text) {
    return escapeMarkup(oneLine(text, LONGEST_TEXT))
        .replace(/^[-+=#]/, reference)
        .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits, mark) => digits + reference(mark));
}
/** On one line, in a fixed-width font: paths, names, tokens, digests. */
function code(text) {
    return `<code>${escapeMarkup(oneLine(text, LONGEST_TEXT))}</code>`;
}
/** Commands to copy. The fence is longer than any run of backticks inside it, so nothing inside can end it. */
function codeBlock(lines, language = '') {
    const body = lines.map((line) => oneLine(line, LONGEST_TEXT * 2));
    const runs = body.join('\n').match(/`+/g) ?? [];
    const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
    return [fence + language, ...body, fence].join('\n');
}
/** Cells are markdown already. */
function table(head, rows) {
    return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
/** Outside text as a list, cut after `most` entries with the count of the rest. */
function bulletList(items, render = plain, most = 50) {
    const shown = items.slice(0, most).map((item) => `- ${render(item)}`);
    const left = items.length - shown.length;
    return [...shown, ...(left > 0 ? [`- and ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatCount */ .B4)(left)} more`] : [])].join('\n');
}
/** Folded away until somebody wants it. */
function details(title, body) {
    return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}
/** One line without control characters; what is invisible or turns the direction of writing is made visible. */
function oneLine(text, longest = LONGEST_TEXT) {
    const line = (0,_host_log_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(text)
        .replace(/[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, (character) => {
        return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    })
        .replace(/\s+/gu, ' ')
        .trim();
    const points = Array.from(line);
    const left = points.length - longest;
    return left <= 0 ? line : `${points.slice(0, longest).join('')} … (${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatCount */ .B4)(left)} more characters)`;
}
function escapeMarkup(text) {
    return (text
        .replace(/[&<>"'|`\\*[\]~$@]/g, reference)
        // `pg_dump` stays as it is; only an underscore at the edge of a word can begin emphasis.
        .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, reference)
        // Nothing from outside becomes a link by itself.
        .replace(/:(?=\/\/)/g, reference)
        .replace(/(?<=www)\./gi, reference));
}
function reference(character) {
    return `&#${character.codePointAt(0)};`;
}


/***/ }),

/***/ 72065:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O5: () => (/* binding */ redactFailure),
/* harmony export */   a5: () => (/* binding */ redactReport),
/* harmony export */   tv: () => (/* binding */ lockedMs)
/* harmony export */ });
/** How long users were locked out, in milliseconds; undefined when this run never held the lock. */
function lockedMs(report) {
    const { timeline, lockTakenAtMs } = report;
    const measured = timeline.lockedMs();
    if (measured !== undefined || lockTakenAtMs === undefined) {
        return measured;
    }
    return Math.max(0, (timeline.marks.unlocked ?? timeline.nowMs()) - lockTakenAtMs);
}
/**
 * Takes secrets out of everything that came from tools, servers and files. Before rendering, because escaping changes a
 * secret so that it is no longer recognized. The tokens stay: they are shown on purpose.
 */
function redactReport(report, redact) {
    const all = (texts) => texts.map(redact);
    const { failure } = report;
    return {
        ...report,
        pruned: all(report.pruned),
        warnings: all(report.warnings),
        plan: report.plan === undefined ? undefined : all(report.plan),
        failure: failure === undefined ? undefined : redactFailure(failure, redact),
    };
}
function redactFailure(failure, redact) {
    return {
        ...failure,
        messages: failure.messages.map(redact),
        advice: failure.advice === undefined ? undefined : redact(failure.advice),
        problems: failure.problems?.map(({ subject, message }) => ({ subject, message: redact(message) })),
        undone: failure.undone.map(redact),
        undoFailures: failure.undoFailures.map(redact),
    };
}


/***/ }),

/***/ 59010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ shellWord)
/* harmony export */ });
/** A word of a command line that an administrator copies into a POSIX shell. We run nothing through a shell ourselves. */
function shellWord(word) {
    return /^[A-Za-z0-9_/.:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}


/***/ }),

/***/ 37249:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bd: () => (/* binding */ lockSentence),
/* harmony export */   Zn: () => (/* binding */ nextSteps),
/* harmony export */   gP: () => (/* binding */ archiveSentence)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92772);
/* harmony import */ var _run_report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(72065);
/** The three sentences that every report owes the administrator: may users work, is there an archive, what now. */


function lockSentence(report) {
    const ms = (0,_run_report_js__WEBPACK_IMPORTED_MODULE_0__/* .lockedMs */ .tv)(report);
    switch (report.lockState) {
        case 'never-locked':
            return 'Bitbucket was not locked.';
        case 'unlocked':
            return ms === undefined
                ? 'Bitbucket is unlocked.'
                : `Bitbucket is unlocked; users were locked out for ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(ms)}.`;
        case 'still-locked':
            return `BITBUCKET IS STILL LOCKED${ms === undefined ? '' : `, by now for ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(ms)}`}: users cannot work until it is unlocked.`;
        case 'locked-by-other':
            return 'Bitbucket is locked by somebody else; that lock is not of this run and was left alone.';
        case 'unknown':
            return 'WHETHER BITBUCKET IS LOCKED IS UNKNOWN: it could not be asked. Check it now.';
    }
}
function archiveSentence(report) {
    if (report.archive !== undefined) {
        return `The archive of this run is complete: ${report.archive.path}.`;
    }
    if (report.kind === 'post') {
        return 'This step makes no archive; one of this run exists only if the backup step reported it.';
    }
    switch (report.outcome) {
        case 'success':
            return 'No archive was asked for.';
        case 'dry-run':
            return 'No archive was made.';
        case 'failure':
        case 'canceled':
            return 'No archive was made; archives of earlier runs are untouched.';
    }
}
/** What to do next, most urgent first. */
function nextSteps(report) {
    const advice = report.failure?.advice;
    const fromError = advice === undefined ? [] : [advice];
    switch (report.lockState) {
        case 'still-locked':
            return [releaseAdvice(report), ...fromError];
        case 'unknown':
            return ['Ask Bitbucket for its lock, and release it when it is the one of this run.', ...fromError];
        case 'locked-by-other':
            return fromError.length > 0
                ? fromError
                : ['Ask your colleagues who is doing maintenance, and run the backup when they are done.'];
        case 'never-locked':
        case 'unlocked':
            return fromError;
    }
}
function releaseAdvice(report) {
    if (report.tokens === undefined) {
        return 'Unlock Bitbucket by hand; the token of the lock is in the log of Bitbucket.';
    }
    return report.journalPath === undefined
        ? 'Unlock Bitbucket now with the commands in the job summary.'
        : `Unlock Bitbucket now with the commands in the job summary; otherwise the next run unlocks it from ${report.journalPath}.`;
}


/***/ }),

/***/ 19392:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ renderFailureOf),
/* harmony export */   z: () => (/* binding */ renderFailure)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34902);
/* harmony import */ var _states_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37249);
/** What an administrator needs after a failure: the reason, what was undone, what to do next. */


/** Problems of one run; more are counted. */
const MOST_PROBLEMS = 100;
function renderFailure(report) {
    return renderFailureOf(report.failure, (0,_states_js__WEBPACK_IMPORTED_MODULE_1__/* .nextSteps */ .Zn)(report));
}
/** @param steps what to do next, most urgent first */
function renderFailureOf(failure, steps) {
    if (failure === undefined) {
        return undefined;
    }
    return [
        reason(failure),
        ...(steps.length === 0 ? [] : [`**What to do next**\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .bulletList */ .fF)(steps)}`]),
        ...undoing(failure),
    ].join('\n\n');
}
function reason(failure) {
    const step = failure.failedStep === undefined ? '' : ` in step ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(failure.failedStep)}`;
    const { problems = [] } = failure;
    if (problems.length > 0) {
        return `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(failure.code)}${step}: each of these has to be put right.\n\n${problemTable(problems)}`;
    }
    const [outermost = 'No reason was given.', ...causes] = failure.messages;
    const because = causes.length === 0 ? '' : `\n\nBecause:\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .bulletList */ .fF)(causes)}`;
    return `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(failure.code)}${step}: **${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .plain */ .pj)(outermost)}**${because}`;
}
function problemTable(problems) {
    const shown = problems.slice(0, MOST_PROBLEMS);
    const rows = shown.map(({ subject, message }) => [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(subject), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .plain */ .pj)(message)]);
    const left = problems.length - shown.length;
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .table */ .tp)(['About', 'Problem and cure'], left > 0 ? [...rows, ['', `and ${left} more`]] : rows);
}
function undoing({ undone, undoFailures }) {
    return [
        ...(undone.length === 0 ? [] : [`**Undone**\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .bulletList */ .fF)(undone)}`]),
        ...(undoFailures.length === 0
            ? []
            : [`**Could not be undone: look after it by hand**\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .bulletList */ .fF)(undoFailures)}`]),
    ];
}


/***/ }),

/***/ 23213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Id: () => (/* binding */ renderFacts),
/* harmony export */   Il: () => (/* binding */ renderSteps),
/* harmony export */   Rs: () => (/* binding */ renderParts),
/* harmony export */   g$: () => (/* binding */ REBUILT),
/* harmony export */   n$: () => (/* binding */ renderArchive)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92772);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34902);
/* harmony import */ var _shell_word_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(59010);
/** The tables of the summary: parts, archive, steps, facts of the run. */




/** Steps of one run; more are counted. */
const MOST_STEPS = 100;
const PHASES = {
    preflight: 'Checks (users working)',
    prepare: 'Prepare (users working)',
    locked: 'Locked (users locked out)',
    settle: 'Settle (users working)',
    archive: 'Archive (users working)',
    finish: 'Finish (users working)',
    check: 'Check',
    unpack: 'Unpack',
    load: 'Load',
    place: 'Put in place',
    release: 'Release',
};
const OUTCOMES = {
    ok: 'done',
    failed: '**failed**',
    running: 'not finished',
};
const EMPTY = '–';
/** Of a search index that was left out, in backup and restore: nobody has to do anything about it. */
const REBUILT = 'Bitbucket builds it anew by itself';
function renderParts({ parts }) {
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['Part', 'Strategy', 'Files', 'Size'], parts.map(partRow));
}
function partRow(part) {
    const name = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(part.slot);
    if (!part.included) {
        const told = part.slot === 'search' ? REBUILT : '**not backed up**';
        return [name, `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(part.strategy)}: ${told}`, EMPTY, EMPTY];
    }
    return [
        name,
        part.place === undefined ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(part.strategy) : `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(part.strategy)}: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(part.place)}`,
        part.files === undefined ? EMPTY : (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(part.files),
        part.bytes === undefined ? EMPTY : (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(part.bytes),
    ];
}
function renderArchive({ archive, manifestPath, outcome, kind }) {
    if (archive === undefined) {
        return kind === 'backup' && outcome === 'success' ? 'No archive was asked for.' : undefined;
    }
    const rows = [
        ['Size', size(archive)],
        ['SHA-256', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(archive.sha256)],
        ...(manifestPath === undefined ? [] : [['Manifest', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(manifestPath)]]),
    ];
    const check = `cd -- ${(0,_shell_word_js__WEBPACK_IMPORTED_MODULE_3__/* .shellWord */ .r)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(archive.path))} && sha256sum -c -- ${(0,_shell_word_js__WEBPACK_IMPORTED_MODULE_3__/* .shellWord */ .r)(`${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(archive.path)}.sha256`)}`;
    return `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['File', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(archive.path)], rows)}\n\nTo check it:\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .codeBlock */ .DV)([check], 'sh')}`;
}
function size({ bytes, sourceBytes }) {
    if (bytes === 0 || sourceBytes === 0) {
        return (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(bytes);
    }
    return `${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(bytes)}, of ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(sourceBytes)} (compressed ${(sourceBytes / bytes).toFixed(1)} : 1)`;
}
/** A bold row for every phase with the time from its first to its last moment, then its steps. */
function renderSteps(timeline) {
    const nowMs = timeline.nowMs();
    const shown = timeline.spans.slice(0, MOST_STEPS);
    const rows = [...Map.groupBy(shown, (span) => span.phase)].flatMap(([phase, spans]) => [
        phaseRow(phase, spans, timeline),
        ...spans.map((span) => stepRow(span, timeline)),
    ]);
    const left = timeline.spans.length - shown.length;
    const rest = left > 0 ? [[`and ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(left)} more`, '', '', '']] : [];
    const total = ['**Total**', '', `**${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(nowMs - timeline.startedAtMs)}**`, ''];
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['Step', 'Began after', 'Took', 'Outcome'], [...rows, ...rest, total]);
}
function phaseRow(phase, spans, timeline) {
    const nowMs = timeline.nowMs();
    const startMs = Math.min(...spans.map((span) => span.startMs));
    const endMs = Math.max(...spans.map((span) => span.endMs ?? nowMs));
    return [
        `**${PHASES[phase]}**`,
        (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(startMs - timeline.startedAtMs),
        `**${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(endMs - startMs)}**`,
        '',
    ];
}
function stepRow(span, timeline) {
    return [
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(span.name),
        (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(span.startMs - timeline.startedAtMs),
        (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)((span.endMs ?? timeline.nowMs()) - span.startMs),
        OUTCOMES[span.outcome],
    ];
}
function renderFacts(report) {
    const { marks, startedAtMs } = report.timeline;
    const version = report.bitbucketVersion === undefined ? '' : ` (version ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(report.bitbucketVersion)})`;
    const moments = [
        ['Run began', startedAtMs],
        ['Lock taken', marks.locked ?? report.lockTakenAtMs],
        ['Drained', marks.drained],
        ['Unlocked', marks.unlocked],
    ];
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['Instance', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(report.instanceName)], [
        ['Bitbucket', `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(report.bitbucketUrl)}${version}`],
        ['Backup id', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(report.backupId)],
        ...moments.flatMap(([name, ms]) => (ms === undefined ? [] : [[name, (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatMoment */ .K9)(ms)]])),
    ]);
}


/***/ })

};

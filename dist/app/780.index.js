export const id = 780;
export const ids = [780];
export const modules = {

/***/ 39353:
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
function watchForInterruption(log) {
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
        interrupt(new errors/* CanceledError */.k3(`Cancelled by ${signal}: the run stops, cancels the backup and unlocks Bitbucket.`));
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
// EXTERNAL MODULE: ./build/host/product.js
var product = __webpack_require__(33012);
;// CONCATENATED MODULE: ./build/host/redactor.js
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
/** @param work returns whether it succeeded; it tells its own failures */
async function inRunner(work) {
    // Whatever is created from here on is ours alone.
    process.umask(0o077);
    const redactor = new Redactor({ onSecret: actions/* maskInRunner */.uK });
    const log = (0,host_log/* createLog */.h)(actions/* runnerSink */.oD, redactor);
    log.info(`${product/* PRODUCT */.A.name} ${product/* PRODUCT */.A.version}`);
    const interruption = watchForInterruption(log);
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


/***/ }),

/***/ 17780:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  restorePost: () => (/* binding */ restorePost)
});

;// CONCATENATED MODULE: ./build/pipeline/run-restore-post.js
async function runRestorePost({ log }) {
    log.error('Not built yet.');
    return await Promise.resolve(false);
}

// EXTERNAL MODULE: ./build/entries/in-runner.js + 3 modules
var in_runner = __webpack_require__(39353);
;// CONCATENATED MODULE: ./build/entries/restore-post.js


/** `runs.post` of the restore action. */
async function restorePost() {
    await (0,in_runner/* inRunner */.k)(runRestorePost);
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
    constructor(code, problems) {
        const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
        const what = code === 'INPUT_INVALID' ? 'in the inputs' : 'found before the lock';
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

/***/ 33012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ PRODUCT)
/* harmony export */ });
/** What this is, for manifests. A test holds the version to that of package.json. */
const PRODUCT = { name: 'bitbucket-backup-action', version: '0.1.0' };


/***/ })

};

export const id = 780;
export const ids = [780];
export const modules = {

/***/ 17780:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  restorePost: () => (/* binding */ restorePost)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
// EXTERNAL MODULE: ./build/host/command.js + 3 modules
var command = __webpack_require__(77696);
// EXTERNAL MODULE: ./build/host/journal.js + 1 modules
var host_journal = __webpack_require__(93414);
// EXTERNAL MODULE: ./build/host/orphans.js
var orphans = __webpack_require__(9420);
// EXTERNAL MODULE: ./build/host/partials.js
var partials = __webpack_require__(10105);
// EXTERNAL MODULE: ./build/host/remove-tree.js
var remove_tree = __webpack_require__(38008);
// EXTERNAL MODULE: ./build/pipeline/publish-restore.js + 3 modules
var publish_restore = __webpack_require__(50115);
// EXTERNAL MODULE: ./build/pipeline/restore-report.js + 1 modules
var restore_report = __webpack_require__(32470);
// EXTERNAL MODULE: ./build/pipeline/restore-state.js
var restore_state = __webpack_require__(48853);
;// CONCATENATED MODULE: ./build/pipeline/run-restore-post.js
/**
 * The post step of a restore: removes what a killed main step has left on disk. It works from saved state and the journal
 * alone. A half-filled database waits for the next restore, which knows how to log in.
 */










/** @returns whether nothing of a dead restore needs a hand */
async function runRestorePost(environment) {
    const { log } = environment;
    const place = (0,actions/* getState */.Gu)(restore_state/* RESTORE_PLACE_STATE */.l);
    const name = (0,actions/* getState */.Gu)(restore_state/* RESTORE_JOURNAL_STATE */.Z);
    const entry = place === '' || name === '' ? undefined : (0,host_journal/* readJournal */.a0)(place, name);
    if (entry?.restore === undefined) {
        log.info('The restore step ended in order; nothing to clean up.');
        return true;
    }
    log.warning(`The restore step of ${entry.backupId} died; cleaning up after it.`);
    let failure;
    try {
        await tidy(entry, (0,host_journal/* journalPath */.HY)(place, name), environment);
    }
    catch (error) {
        failure = (0,errors/* asError */.zR)(error);
    }
    await (0,publish_restore/* publishRestore */.O)(reportOf(environment, entry, failure), environment);
    return failure === undefined;
}
async function tidy(entry, journal, { log }) {
    (0,orphans/* killOrphans */.a)(entry.runId);
    const commands = (0,command/* createCommandRunner */._)();
    for (const path of entry.partials.filter((partial) => partials/* PARTIAL_NAME */.C.test(partial.split('/').at(-1) ?? ''))) {
        await (0,remove_tree/* removeTree */.d)(commands, path);
        log.info(`Removed ${path}`);
    }
    const { placed = [], database } = entry.restore ?? {};
    if (placed.length === 0 && database === undefined) {
        (0,host_journal/* removeJournal */.Sw)(journal, entry.runId);
        return;
    }
    log.warning(`What the restore had put in its place (${[...placed.map(({ path }) => path), ...(database === undefined ? [] : [`database '${database.name}' at ${database.server}`])].join(', ')}) is removed by the next restore with the same inputs, from ${journal}.`);
}
function reportOf({ timeline, log }, entry, failure) {
    return {
        kind: 'restore-post',
        outcome: failure === undefined ? 'success' : 'failure',
        instanceName: entry.instanceName,
        timeline,
        parts: [],
        nextSteps: [],
        warnings: log.warnings,
        failure: failure === undefined ? undefined : (0,restore_report/* failureReport */.L)(failure),
    };
}

// EXTERNAL MODULE: ./build/entries/in-runner.js + 2 modules
var in_runner = __webpack_require__(89483);
;// CONCATENATED MODULE: ./build/entries/restore-post.js


/** `runs.post` of the restore action. */
async function restorePost() {
    await (0,in_runner/* inRunner */.k)(runRestorePost);
}


/***/ }),

/***/ 10949:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nm: () => (/* binding */ toolMissing),
/* harmony export */   Qd: () => (/* binding */ CommandError),
/* harmony export */   _J: () => (/* binding */ tookTooLong),
/* harmony export */   of: () => (/* binding */ hangsInKernel),
/* harmony export */   tq: () => (/* binding */ throwIfFailed)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5493);
/** How a program that ended otherwise than it should is told: which, how, and its last words. */



/** A program that ended otherwise than it should: which, how, and its last words. */
class CommandError extends _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ {
    name = 'CommandError';
    program;
    exitCode;
    stderr;
    constructor(code, message, ended, details = {}) {
        super(code, message, details);
        this.program = ended.program;
        this.exitCode = ended.exitCode;
        this.stderr = ended.stderr;
    }
}
/** @throws CommandError unless it ended with 0 or one of `okCodes` */
function throwIfFailed(ended, okCodes) {
    if (ended.exitCode !== null && [0, ...okCodes].includes(ended.exitCode)) {
        return;
    }
    if (ended.signal !== null) {
        const why = ended.signal === 'SIGKILL' ? ' (out of memory?)' : '';
        throw new CommandError('CHILD_KILLED', `${ended.program} was killed by ${ended.signal}${why}${lastWords(ended)}.`, ended);
    }
    throw new CommandError(ended.stderr.some((line) => line.includes('No space left on device')) ? 'DISK_FULL' : 'COMMAND_FAILED', `${ended.program} failed with exit code ${ended.exitCode}${lastWords(ended)}.`, ended);
}
/** @param limitMs what it was given */
function tookTooLong(ended, limitMs) {
    const seconds = Math.round(limitMs / 1_000);
    return new CommandError('STEP_TIMEOUT', `${ended.program} did not end within ${seconds} s and was stopped.`, ended);
}
/** Left behind, because no signal ends it. */
function hangsInKernel(program, pid) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('STEP_TIMEOUT', `${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(program)} (process ${pid ?? 'unknown'}) hangs in the kernel and cannot be ended; it was left behind.`, { advice: 'Look for a file system that does not answer.' });
}
/** The last lines that a program said, for the error sentence. */
function lastWords(ended) {
    const words = ended.stderr
        .map((line) => (0,_log_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(line).trim())
        .filter((line) => line !== '')
        .slice(-5)
        .join(' | ')
        .replace(/\.$/, '');
    return words === '' ? '' : `: ${words}`;
}
function toolMissing(program, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('TOOL_MISSING', `The program ${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(program)} is not installed or not on PATH.`, {
        advice: `Install ${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(program)} on the runner.`,
        cause,
    });
}


/***/ }),

/***/ 77696:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ createCommandRunner)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/host/child-input.js


/** As `spawn` takes it. */
function standardInput({ input, stdin }) {
    if (typeof stdin === 'number' || stdin instanceof external_node_net_.Socket) {
        return stdin;
    }
    return stdin === undefined && input === undefined ? 'ignore' : 'pipe';
}
/**
 * Between two programs nothing goes through us: at half a gigabyte a second that would cost as much as what they do. Our
 * own end of the pipe is closed, so that either of the two feels the end of the other.
 * @returns asks why the stream did not come to its end; undefined as long as it did, or the program wanted no more of it
 */
function feed(child, stdin) {
    let failure;
    if (stdin instanceof external_node_net_.Socket) {
        stdin.destroy();
    }
    else if (stdin instanceof external_node_stream_.Readable && child.stdin !== null) {
        const into = child.stdin;
        let over = false;
        // The program takes the break for the end, and may be content with half of its input.
        const broken = (error) => {
            failure ??= over ? undefined : error;
            into.destroy();
        };
        const closed = () => {
            if (!stdin.readableEnded) {
                broken(new Error('The stream was closed before its end.'));
            }
        };
        stdin.on('error', broken);
        stdin.on('close', closed);
        const enough = () => {
            over = true;
            stdin.destroy();
        };
        into.on('close', enough);
        child.once('exit', enough);
        if (stdin.destroyed) {
            broken(new Error('The stream was closed before it was read.'));
        }
        else {
            stdin.pipe(into);
        }
    }
    return () => failure;
}

// EXTERNAL MODULE: ./build/host/process-groups.js
var process_groups = __webpack_require__(26735);
// EXTERNAL MODULE: ./build/host/stream-lines.js
var stream_lines = __webpack_require__(84301);
;// CONCATENATED MODULE: ./build/host/child-output.js


/** Enough for a version, a list or a JSON answer; more than this is a program gone wrong. */
const COLLECTED_LIMITS = { maxLines: 500_000, maxBytes: 16 * 1024 * 1024 };
const STDERR_LIMITS = { maxLines: 200, maxBytes: 256 * 1024 };
/** A grandchild can hold a pipe open after the program has ended; we do not wait longer than this for it. */
const PIPE_GRACE_MS = 2_000;
/** Reads both outputs to their ends. What a consumer throws surfaces from `done`. */
function consume(child, options) {
    const stdout = new stream_lines/* TailBuffer */.v(COLLECTED_LIMITS);
    const stderr = new stream_lines/* TailBuffer */.v(STDERR_LIMITS);
    const { onLine, onStdout, onErrorLine } = options;
    const readers = [];
    if (child.stdout !== null) {
        readers.push(onStdout === undefined
            ? (0,stream_lines/* forEachLine */.F)(child.stdout, onLine ?? ((line) => stdout.push(line)))
            : onStdout(child.stdout));
    }
    if (child.stderr !== null) {
        readers.push((0,stream_lines/* forEachLine */.F)(child.stderr, (line) => {
            stderr.push(line);
            onErrorLine?.(line);
        }));
    }
    // A program that ends without reading its input says so by its exit code.
    child.stdin?.on('error', () => undefined);
    if (options.stdin === undefined) {
        child.stdin?.end(options.input);
    }
    const done = Promise.all(readers).then(() => undefined);
    done.catch(() => {
        // The consumer failed (a full disk, say): the program must not wait for ever on a pipe that nobody reads.
        if (child.pid !== undefined) {
            (0,process_groups/* endGroup */.N4)(child.pid);
        }
    });
    return { stdout, stderr, done };
}
/** Waits for the rest of the output; bytes that somebody consumes are waited for to the last one. */
async function drained(output, child, options) {
    if (options.onStdout !== undefined) {
        await output.done;
        return;
    }
    const grace = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
    }, PIPE_GRACE_MS);
    try {
        await output.done;
    }
    finally {
        clearTimeout(grace);
    }
}

;// CONCATENATED MODULE: ./build/host/child-watch.js

/**
 * After SIGTERM, SIGKILL and some patience: a process that is still there hangs in the kernel, on a dead file system say.
 * Nobody can end it, and Bitbucket must not stay locked for it.
 */
const STUCK_AFTER_MS = process_groups/* TERMINATION_GRACE_MS */.vy + 2_000;
/** The child was told to end, and did not. */
class StuckError extends Error {
}
/** Ends the program's group when the run is aborted or the deadline has passed. */
function watchForEnd(child, options) {
    const { pid } = child;
    let timedOut = false;
    let patience;
    const stuck = Promise.withResolvers();
    stuck.promise.catch(() => undefined);
    const end = () => {
        if (pid !== undefined) {
            (0,process_groups/* endGroup */.N4)(pid);
            patience ??= setTimeout(() => stuck.reject(new StuckError()), STUCK_AFTER_MS);
        }
    };
    const deadline = options.deadlineMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            end();
        }, options.deadlineMs);
    options.signal?.addEventListener('abort', end, { once: true });
    return {
        stuck: stuck.promise,
        stop: () => {
            clearTimeout(deadline);
            clearTimeout(patience);
            options.signal?.removeEventListener('abort', end);
        },
        timedOut: () => timedOut,
    };
}
/** Without this its pipes would keep our process from ending. */
function leaveBehind(child) {
    child.stdin?.destroy();
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.unref();
}

// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
// EXTERNAL MODULE: ./build/host/environment.js
var environment = __webpack_require__(82058);
;// CONCATENATED MODULE: ./build/host/command.js
/**
 * Runs programs: argument arrays and no shell, a group of its own for each, an explicit environment, output that cannot
 * flood memory, an end that is always awaited. `@actions/exec` serves the short version queries (`tools.ts`); it can
 * neither signal a child nor end it, so nothing long may run through it.
 */









function createCommandRunner(runner = {}) {
    return { run: (program, args, options) => run(program, args, runner, options ?? {}) };
}
async function run(program, args, runner, options) {
    options.signal?.throwIfAborted();
    const child = (0,external_node_child_process_.spawn)(program, [...args], {
        detached: true,
        env: (0,environment/* childEnvironment */.Q)({ ...options.env, ...runner.marker }),
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        stdio: [standardInput(options), 'pipe', 'pipe'],
    });
    const unfed = feed(child, options.stdin);
    if (child.pid !== undefined) {
        (0,process_groups/* registerGroup */.fM)(child.pid);
    }
    const exited = exitOf(child);
    const output = consume(child, options);
    const watch = watchForEnd(child, options);
    try {
        const [code, signal] = await Promise.race([exited, watch.stuck]);
        await drained(output, child, options);
        const ended = { program: (0,external_node_path_.basename)(program), exitCode: code, signal, stderr: output.stderr.lines() };
        options.signal?.throwIfAborted();
        if (watch.timedOut()) {
            throw (0,command_error/* tookTooLong */._J)(ended, options.deadlineMs ?? 0);
        }
        const cut = unfed();
        if (cut !== undefined) {
            throw cut;
        }
        (0,command_error/* throwIfFailed */.tq)(ended, options.okCodes ?? []);
        return { exitCode: code ?? 0, stdout: output.stdout.lines().join('\n'), stderr: ended.stderr };
    }
    catch (error) {
        // The program is gone, but workers of its own may not be: a pg_dump that was killed leaves some.
        if (child.pid !== undefined) {
            (0,process_groups/* signalGroup */.i8)(child.pid, 'SIGKILL');
        }
        if (error instanceof StuckError) {
            leaveBehind(child);
            const stuck = (0,command_error/* hangsInKernel */.of)(program, child.pid);
            runner.onStuck?.(stuck.message);
            options.signal?.throwIfAborted();
            throw stuck;
        }
        throw (0,errors/* isErrno */.r)(error, 'ENOENT', 'EACCES') && child.pid === undefined ? (0,command_error/* toolMissing */.Nm)(program, error) : error;
    }
    finally {
        watch.stop();
        if (child.pid !== undefined) {
            (0,process_groups/* forgetGroup */.LK)(child.pid);
        }
    }
}
async function exitOf(child) {
    return await new Promise((resolve, reject) => {
        child.once('error', reject);
        // `exit`, not `close`: a grandchild that keeps a pipe open must not keep us.
        child.once('exit', (code, signal) => resolve([code, signal]));
    });
}


/***/ }),

/***/ 82058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ childEnvironment)
/* harmony export */ });
/**
 * The environment of our children: what a program needs to find its way, and nothing else. Inputs with passwords,
 * NODE_OPTIONS, LD_PRELOAD, GIT_* and the runner's tokens stay here; what one strategy's tool needs (libpq's variables,
 * say) that strategy passes itself.
 */
const PASSED_ON = [
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'TZ',
    'TMPDIR',
    'XDG_RUNTIME_DIR',
    'KRB5CCNAME',
    'KRB5_CONFIG',
    // The runner finds and ends orphans of a job by it.
    'RUNNER_TRACKING_ID',
];
function childEnvironment(extra = {}, own = process.env) {
    const environment = {};
    for (const name of PASSED_ON) {
        const value = own[name];
        if (value !== undefined) {
            environment[name] = value;
        }
    }
    // Messages are read by this program and by whoever asks for help with them: one language, one number format.
    return { ...environment, LC_ALL: 'C.UTF-8', ...extra };
}


/***/ }),

/***/ 9420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ killOrphans),
/* harmony export */   v: () => (/* binding */ orphanMarker)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/**
 * Children that outlived their run: after a SIGKILL nobody ended them, and they may still be writing where the next run
 * is about to write. They are known by a variable in their environment (proc(5), /proc/<pid>/environ).
 */

const MARKER = 'BITBUCKET_BACKUP_RUN';
/** The environment that every child of a run carries. */
function orphanMarker(runId) {
    return { [MARKER]: runId };
}
/** One that is being killed may just have started another. */
const MOST_LOOKS = 10;
/** Kills what is left of a run that is over. @returns the ids of the processes that were killed */
function killOrphans(runId) {
    const killed = new Set();
    for (let look = 0; look < MOST_LOOKS; look += 1) {
        const orphans = processIds().filter((pid) => !killed.has(pid) && carriesMarker(pid, runId));
        if (orphans.length === 0) {
            break;
        }
        for (const pid of orphans) {
            killed.add(pid);
            kill(pid);
        }
    }
    return [...killed];
}
function processIds() {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((pid) => pid !== process.pid);
}
function kill(pid) {
    try {
        process.kill(pid, 'SIGKILL');
    }
    catch {
        // Gone meanwhile.
    }
}
function carriesMarker(pid, runId) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${MARKER}=${runId}`);
    }
    catch {
        // Gone, or another user's.
        return false;
    }
}


/***/ }),

/***/ 10105:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ PARTIAL_NAME),
/* harmony export */   H: () => (/* binding */ removePartials)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/** Half-written files and folders of a run that is over. Removed only by a name that could be nothing else. */


/** Such names start with a dot and say what they are, so that a forged journal cannot have anything else removed. */
const PARTIAL_NAME = /^\..+\.partial-[A-Za-z0-9._-]+$/;
/** @returns the paths that were removed */
function removePartials(paths) {
    return paths.filter((path) => {
        if (!(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path) || path.split('/').includes('..') || !PARTIAL_NAME.test((0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path))) {
            return false;
        }
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { recursive: true, force: true });
        return true;
    });
}


/***/ }),

/***/ 38008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ removeTree)
/* harmony export */ });
/** A tree that is not there is no error. Does not leave the file system that `path` is on. */
async function removeTree(commands, path) {
    await commands.run('rm', ['--recursive', '--force', '--one-file-system', '--', path]);
}


/***/ }),

/***/ 84301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ forEachLine),
/* harmony export */   v: () => (/* binding */ TailBuffer)
/* harmony export */ });
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46193);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


/** A line longer than this is handed on in pieces: a program that never ends a line must not fill memory. */
const LONGEST_LINE = 64 * 1024;
/** Calls `onLine` for every line; rsync ends its progress lines with a carriage return, so that counts too. */
async function forEachLine(stream, onLine) {
    const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_0__.StringDecoder('utf8');
    let rest = '';
    const chunks = stream;
    try {
        for await (const chunk of chunks) {
            const parts = (rest + decoder.write(chunk)).split(/[\r\n]/);
            rest = parts.pop() ?? '';
            for (const line of parts) {
                if (line !== '') {
                    onLine(line);
                }
            }
            if (rest.length > LONGEST_LINE) {
                onLine(rest);
                rest = '';
            }
        }
    }
    catch (error) {
        // Destroyed because a grandchild held the pipe after the program had ended: what was said is complete.
        // (What onLine throws destroys the stream as well, and must not be lost.)
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isErrno */ .r)(error, 'ERR_STREAM_PREMATURE_CLOSE')) {
            throw error;
        }
    }
    rest += decoder.end();
    if (rest !== '') {
        onLine(rest);
    }
}
/** Keeps the last lines within limits. */
class TailBuffer {
    #limits;
    #lines = [];
    #bytes = 0;
    constructor(limits) {
        this.#limits = limits;
    }
    push(line) {
        this.#lines.push(line);
        this.#bytes += line.length;
        if (this.#lines.length > 2 * this.#limits.maxLines || this.#bytes > 2 * this.#limits.maxBytes) {
            this.#trim();
        }
    }
    lines() {
        this.#trim();
        return this.#lines;
    }
    #trim() {
        let first = this.#lines.length;
        let bytes = 0;
        while (first > 0 && this.#lines.length - first < this.#limits.maxLines && bytes < this.#limits.maxBytes) {
            first -= 1;
            bytes += this.#lines[first]?.length ?? 0;
        }
        this.#lines = this.#lines.slice(first);
        this.#bytes = bytes;
    }
}


/***/ }),

/***/ 99161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ firstFailedStep)
/* harmony export */ });
/** Of steps side by side the one that failed first; the others were stopped because of it. */
function firstFailedStep(spans) {
    return spans
        .filter(({ outcome }) => outcome === 'failed')
        .sort((a, b) => (a.endMs ?? 0) - (b.endMs ?? 0))[0]?.name;
}


/***/ }),

/***/ 50115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ publishRestore)
});

// EXTERNAL MODULE: ./build/report/run-report.js
var run_report = __webpack_require__(72065);
;// CONCATENATED MODULE: ./build/report/restore-report.js
/** Everything that the summary and the last log line tell of a restore. */

/** What is left behind after a failure: the one question that an administrator has. */
function remainsSentence({ failure }) {
    const left = failure?.undoFailures ?? [];
    if (left.length > 0) {
        return 'NOT EVERYTHING THAT THIS RUN MADE COULD BE REMOVED; the next restore tries again.';
    }
    return (failure?.undone ?? []).length > 0
        ? 'What this run had made was removed; the targets are as they were.'
        : 'Nothing was changed.';
}
/** Takes secrets out of everything that came from tools, servers and files, before it is rendered. */
function redactRestoreReport(report, redact) {
    const all = (texts) => texts.map(redact);
    const { failure, properties } = report;
    return {
        ...report,
        nextSteps: all(report.nextSteps),
        warnings: all(report.warnings),
        properties: properties === undefined ? undefined : { ...properties, lines: all(properties.lines) },
        failure: failure === undefined ? undefined : (0,run_report/* redactFailure */.O5)(failure, redact),
    };
}

// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
;// CONCATENATED MODULE: ./build/report/restore-outcome-line.js
/** The last line of a restore's log: the whole outcome for somebody who reads nothing else. */



function restoreOutcomeLine(report) {
    return (0,markdown/* oneLine */.TN)(sentences(report).join(' '), 6_000);
}
function sentences(report) {
    const { kind, archive, instanceName, outcome } = report;
    const what = archive === undefined ? instanceName : `${instanceName} from ${archive.path}`;
    const subject = kind === 'restore' ? `Restore of ${what}` : `Clean-up after the restore of ${what}`;
    switch (outcome) {
        case 'success':
            return [
                `${subject} complete${places(report)}, in ${(0,format/* formatDuration */.a3)(report.timeline.totalMs())}.`,
                ...reservations(report),
            ];
        case 'dry-run':
            return [`Dry run of the restore of ${what}: everything fits, nothing was changed.`];
        case 'failure':
            return [`${subject} failed${where(report)}: ${why(report)}`, ...owed(report)];
        case 'canceled':
            return [`${subject} was canceled${where(report)}: ${why(report)}`, ...owed(report)];
    }
}
function places({ parts }) {
    const placed = parts.filter(({ included, place }) => included && place !== undefined);
    return placed.length === 0
        ? ''
        : `: ${placed.map(({ slot, place }) => `${slot} ${place ?? ''}`).join(', ')}`;
}
function reservations({ parts, properties }) {
    return [
        ...parts
            .filter(({ slot, included }) => !included && slot !== 'search')
            .map(({ slot }) => `The ${slot} was not restored.`),
        ...(properties !== undefined && !properties.changed
            ? [`Change ${properties.file} before Bitbucket is started: ${properties.lines.join(' ')}`]
            : []),
    ];
}
function where({ failure }) {
    return failure?.failedStep === undefined ? '' : ` at '${failure.failedStep}'`;
}
function why({ failure }) {
    if (failure === undefined) {
        return 'no reason was given.';
    }
    return `${failure.messages.map(withoutFullStop).join(': ')} [${failure.code}].`;
}
function owed(report) {
    const { failure } = report;
    const left = failure?.undoFailures ?? [];
    return [
        remainsSentence(report),
        ...(left.length === 0 ? [] : [`Not removed: ${left.map(withoutFullStop).join('; ')}.`]),
        ...(failure?.advice === undefined ? [] : [failure.advice]),
    ];
}
function withoutFullStop(message) {
    return message.trim().replace(/\.$/, '');
}

// EXTERNAL MODULE: ./build/report/gantt.js
var gantt = __webpack_require__(48317);
// EXTERNAL MODULE: ./build/report/sections.js
var sections = __webpack_require__(35999);
// EXTERNAL MODULE: ./build/report/summary-failure.js
var summary_failure = __webpack_require__(19392);
// EXTERNAL MODULE: ./build/report/summary-tables.js
var summary_tables = __webpack_require__(23213);
;// CONCATENATED MODULE: ./build/report/restore-summary.js
/** The job summary of a restore: what stands where, what differs, and what to do next, in order. */







/** Rows of a list that are shown; the log and the output have all. */
const MOST_BACKUPS = 100;
/** @returns markdown. Give it a report that `redactRestoreReport` has cleaned of secrets. */
function renderRestoreSummary(report) {
    const chart = (0,gantt/* renderGantt */.Z)(report.timeline);
    return (0,sections/* joinSections */.l)([
        headline(report),
        (0,sections/* section */.u)('What failed', (0,summary_failure/* renderFailureOf */.y)(report.failure, adviceOf(report))),
        (0,sections/* section */.u)('Available backups', available(report)),
        (0,sections/* section */.u)('Plan', report.plan === undefined ? undefined : (0,markdown/* bulletList */.fF)(report.plan, markdown/* plain */.pj, 200)),
        (0,sections/* section */.u)('Next steps', nextSteps(report)),
        (0,sections/* section */.u)('Change in bitbucket.properties', properties(report)),
        (0,sections/* section */.u)('What was restored', report.outcome === 'success' ? parts(report) : undefined),
        (0,sections/* section */.u)('From', from(report)),
        (0,sections/* section */.u)('Warnings', (0,markdown/* bulletList */.fF)(report.warnings)),
        (0,sections/* section */.u)('Where the time went', chart === undefined ? undefined : `${chart}\n\n${(0,summary_tables/* renderSteps */.Il)(report.timeline)}`),
    ]);
}
function headline(report) {
    const what = (0,markdown/* code */.aY)(report.archive?.path.split('/').at(-1) ?? report.instanceName);
    const took = `The run took ${(0,format/* formatDuration */.a3)(report.timeline.totalMs())}.`;
    switch (report.outcome) {
        case 'success':
            return `## ${successMark(report)}\n\nRestored from ${what}. ${took}`;
        case 'dry-run':
            return `## ✅ Dry run: ${what} can be restored\n\n**Nothing was changed.** ${took}`;
        case 'failure':
            return `## ❌ The restore of ${what} failed\n\n**${(0,markdown/* plain */.pj)(remainsSentence(report))}** ${took}`;
        case 'canceled':
            return `## ⚠️ The restore of ${what} was canceled\n\n**${(0,markdown/* plain */.pj)(remainsSentence(report))}** ${took}`;
    }
}
function successMark(report) {
    if (report.kind === 'restore-post') {
        return '✅ Cleaned up after the restore';
    }
    const missing = report.parts
        .filter(({ slot, included }) => !included && slot !== 'search')
        .map(({ slot }) => slot);
    const but = [
        ...missing.map((slot) => `the ${slot} was not restored`),
        ...(report.properties?.changed === false ? ['bitbucket.properties has to be changed'] : []),
    ];
    return but.length === 0
        ? '✅ The restore is complete'
        : `⚠️ The restore is complete, but ${but.join(' and ')}`;
}
function adviceOf({ failure }) {
    return failure?.advice === undefined ? [] : [failure.advice];
}
function nextSteps({ nextSteps: steps }) {
    return steps.length === 0
        ? undefined
        : steps.map((step, index) => `${index + 1}. ${(0,markdown/* plain */.pj)(step)}`).join('\n');
}
function properties({ properties: found }) {
    if (found === undefined) {
        return undefined;
    }
    const sentence = found.changed
        ? `Changed in ${(0,markdown/* code */.aY)(found.file)} to fit the restored database:`
        : `**${(0,markdown/* code */.aY)(found.file)} still names another database.** Before Bitbucket is started, it has to say:`;
    return `${sentence}\n\n${(0,markdown/* codeBlock */.DV)(found.lines, 'properties')}`;
}
function parts({ parts: restored }) {
    const rows = restored.flatMap((part) => [partRow(part), ...countRows(part)]);
    return (0,markdown/* table */.tp)(['Part', 'Restored to', 'In the backup', 'Restored'], rows);
}
function partRow({ slot, included, place, strategy }) {
    return included
        ? [`**${(0,markdown/* plain */.pj)(slot)}**`, (0,markdown/* plain */.pj)(place ?? ''), '', '']
        : [
            `**${(0,markdown/* plain */.pj)(slot)}**`,
            `${(0,markdown/* code */.aY)(strategy)}: ${slot === 'search' ? summary_tables/* REBUILT */.g$ : '**not restored**'}`,
            '',
            '',
        ];
}
function countRows({ counts }) {
    return counts.map(({ what, recorded, restored }) => [
        (0,markdown/* plain */.pj)(what),
        '',
        recorded === undefined ? '–' : (0,format/* formatCount */.B4)(recorded),
        `${(0,format/* formatCount */.B4)(restored)}${recorded === undefined || recorded === restored ? '' : ' ⚠️'}`,
    ]);
}
function from({ archive, backup, outcome }) {
    if (archive === undefined) {
        return undefined;
    }
    const rows = [
        ['Size', (0,format/* formatBytes */.z3)(archive.bytes)],
        ['SHA-256', archive.sha256 === undefined ? 'no checksum beside it' : `${(0,markdown/* code */.aY)(archive.sha256)} (matches)`],
        ...(backup === undefined
            ? [['Manifest', outcome === 'success' ? "none: made by Atlassian's scripts" : '–']]
            : [
                ['Backup id', (0,markdown/* code */.aY)(backup.backupId)],
                ['Bitbucket', `${(0,markdown/* code */.aY)(backup.bitbucketUrl)} (version ${(0,markdown/* plain */.pj)(backup.bitbucketVersion)})`],
                ['State of', (0,markdown/* plain */.pj)(backup.drainedAt)],
            ]),
    ];
    return (0,markdown/* table */.tp)(['Archive', (0,markdown/* code */.aY)(archive.path)], rows);
}
function available({ available: backups }) {
    if (backups === undefined) {
        return undefined;
    }
    if (backups.length === 0) {
        return 'There are none in <code>archive-root</code>.';
    }
    const shown = backups.slice(0, MOST_BACKUPS);
    const rows = shown.map((backup) => [
        (0,markdown/* code */.aY)(backup.name),
        (0,markdown/* plain */.pj)(backup.time),
        (0,format/* formatBytes */.z3)(backup.bytes),
        (0,markdown/* plain */.pj)(backup.bitbucketVersion ?? '–'),
        (0,markdown/* plain */.pj)(backup.parts?.join(', ') ?? '–'),
        backup.checksum ? 'yes' : '**no**',
    ]);
    const left = backups.length - shown.length;
    return (0,markdown/* table */.tp)(['Name', 'Time', 'Size', 'Bitbucket', 'Parts', 'Checksum'], left > 0 ? [...rows, [`and ${(0,format/* formatCount */.B4)(left)} more`, '', '', '', '', '']] : rows);
}

// EXTERNAL MODULE: ./build/pipeline/publish.js + 1 modules
var publish = __webpack_require__(68916);
;// CONCATENATED MODULE: ./build/pipeline/publish-restore.js
/** What a restore, or its post step, publishes. */




async function publishRestore(report, environment) {
    const { log, redactor } = environment;
    const redacted = redactRestoreReport(report, (text) => redactor.redact(text));
    if (report.kind === 'restore') {
        publishRestoreOutputs(redacted);
    }
    await (0,publish/* publish */.mk)({
        succeeded: redacted.outcome === 'success' || redacted.outcome === 'dry-run',
        problems: redacted.failure?.problems ?? [],
        line: restoreOutcomeLine(redacted),
        summary: renderRestoreSummary(redacted),
    }, log);
}
function publishRestoreOutputs({ backup, archive, available, timeline, outcome, failure, }) {
    (0,publish/* publishOutputs */.eB)('restore', {
        'backup-id': backup?.backupId,
        archive: archive?.path,
        'bitbucket-version': backup?.bitbucketVersion,
        available: available === undefined ? undefined : JSON.stringify(available),
        'duration-seconds': (0,publish/* seconds */.YA)(timeline.totalMs()),
        result: outcome,
        'error-code': failure?.code,
    });
}


/***/ }),

/***/ 32470:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  L: () => (/* binding */ failureReport),
  q: () => (/* binding */ restoreReportOf)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/pipeline/failed-step.js
var failed_step = __webpack_require__(99161);
// EXTERNAL MODULE: ./build/pipeline/restore-run.js
var restore_run = __webpack_require__(87985);
;// CONCATENATED MODULE: ./build/pipeline/restore-next-steps.js
/** What a person has to do after a restore, in order. */

function nextSteps(run) {
    const { found, options, strategies } = run;
    const { fitting, manifest, parts } = found;
    const { target } = strategies.home;
    const version = manifest?.bitbucket.version;
    return [
        ...(fitting !== undefined && !options.updateProperties
            ? [`Change ${fitting.file} as told below: it names another database than the restored one.`]
            : []),
        ...(fitting?.changes.some(({ key }) => key === 'jdbc.user') === true
            ? ['Make sure that jdbc.password there is that of the user that jdbc.user names.']
            : []),
        ...(parts?.home.todo ?? []),
        ...(parts?.database.todo ?? []),
        ...(parts?.search.todo ?? []),
        ...((0,restore_run/* isNone */.$I)(strategies.home) ? ['Restore the home that belongs to this database as well.'] : []),
        ...((0,restore_run/* isNone */.$I)(strategies.database) ? ['Restore the database that belongs to this home as well.'] : []),
        ...(target === undefined
            ? []
            : [`See that BITBUCKET_HOME is ${target.path} where Bitbucket is started.`]),
        version === undefined
            ? 'Start Bitbucket, in the version that made the backup or a later one.'
            : `Start Bitbucket ${version} or later; an older one cannot use this database.`,
        'Check: log in, open a repository, clone it, push a branch; look into atlassian-bitbucket.log for errors.',
        (0,restore_run/* isNone */.$I)(strategies.search)
            ? 'The search index is built anew by itself; searching finds everything when that is done.'
            : 'Bitbucket brings the restored search index up to date by itself.',
        'Make a backup of the restored instance.',
    ];
}

;// CONCATENATED MODULE: ./build/pipeline/restore-report.js
/** What a restore tells afterwards, from how far it came. */




function restoreReportOf(run, error) {
    const { options, found, timeline, log } = run;
    const { manifest, source, contents, fitting } = found;
    return {
        kind: 'restore',
        outcome: outcomeOf(run, error),
        instanceName: options.instanceName,
        timeline,
        archive: source === undefined ? undefined : { path: source.path, bytes: source.bytes, sha256: contents?.sha256 },
        backup: manifest === undefined
            ? undefined
            : {
                backupId: manifest.backupId,
                bitbucketUrl: manifest.bitbucket.url,
                bitbucketVersion: manifest.bitbucket.version,
                drainedAt: manifest.times.drainedAt,
            },
        parts: partsOf(run),
        nextSteps: error === undefined && !options.dryRun ? nextSteps(run) : [],
        properties: fitting === undefined || error !== undefined
            ? undefined
            : { file: fitting.file, lines: fitting.lines, changed: options.updateProperties },
        plan: found.plan,
        warnings: log.warnings,
        failure: error === undefined ? undefined : failureReport(error, run),
    };
}
/** @param run undefined for a run that did not begin */
function failureReport(error, run) {
    return {
        code: (0,errors/* codeOf */.$N)(error),
        messages: (0,errors/* messageChain */.NG)(error),
        advice: error instanceof errors/* ActionError */.lZ ? error.advice : undefined,
        problems: error instanceof errors/* ConfigurationError */.j1 ? error.problems : undefined,
        failedStep: run === undefined ? undefined : (0,failed_step/* firstFailedStep */.k)(run.timeline.spans),
        undone: run?.found.undone ?? [],
        undoFailures: run?.found.undoFailures ?? [],
    };
}
function outcomeOf({ options }, error) {
    if (error === undefined) {
        return options.dryRun ? 'dry-run' : 'success';
    }
    return (0,errors/* codeOf */.$N)(error) === 'CANCELED' ? 'canceled' : 'failure';
}
function partsOf({ strategies, found }) {
    return ['home', 'database', 'search'].map((slot) => {
        const strategy = strategies[slot];
        const restored = found.parts?.[slot];
        const recorded = found.manifest?.parts.find((part) => part.slot === slot);
        const files = strategy.members.reduce((total, member) => total + (found.contents?.counts.get(member)?.files ?? 0), 0);
        return {
            slot,
            strategy: strategy.name,
            included: !(0,restore_run/* isNone */.$I)(strategy),
            place: restored?.place,
            counts: (0,restore_run/* isNone */.$I)(strategy)
                ? []
                : [
                    ...(strategy.members.length === 0
                        ? []
                        : [{ what: 'files', recorded: recorded?.files, restored: files }]),
                    ...(restored?.counts ?? []),
                ],
        };
    });
}


/***/ }),

/***/ 87985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $I: () => (/* binding */ isNone),
/* harmony export */   CX: () => (/* binding */ workplaceOf),
/* harmony export */   DK: () => (/* binding */ startRestore),
/* harmony export */   HM: () => (/* binding */ unpackFolder),
/* harmony export */   fy: () => (/* binding */ restoreJournalName),
/* harmony export */   uU: () => (/* binding */ journalPlaces)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(77696);
/* harmony import */ var _host_orphans_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9420);
/** A restore in progress: what the steps share, and what the report tells afterwards, however far the run came. */




function startRestore(environment, options) {
    const { log } = environment;
    const runId = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
    const commands = (0,_host_command_js__WEBPACK_IMPORTED_MODULE_2__/* .createCommandRunner */ ._)({
        marker: (0,_host_orphans_js__WEBPACK_IMPORTED_MODULE_3__/* .orphanMarker */ .v)(runId),
        onStuck: (message) => log.warning(message),
    });
    const found = {};
    const context = {
        log,
        commands,
        runId,
        archiveName: () => found.source?.backup.name ?? '',
        record: (change) => {
            const { journal } = found;
            const made = change.database === undefined ? {} : { databaseStrategy: strategies.database.name };
            journal?.update({ restore: { placed: [], ...journal.entry.restore, ...change, ...made } });
        },
        partial: (path) => {
            const { journal } = found;
            journal?.update({ partials: [...journal.entry.partials, path] });
        },
    };
    const strategies = {
        home: options.home.create(context),
        database: options.database.create(context),
        search: options.search.create(context),
    };
    return {
        ...environment,
        options,
        runId,
        commands,
        archive: options.source.create({ log, commands, instanceName: options.instanceName }),
        strategies,
        found,
    };
}
/** Where this run, or an earlier one for the same home, keeps its journal and what it unpacks. */
async function workplaceOf({ options, strategies }) {
    const { target } = strategies.home;
    const place = options.restoreRoot ?? (await target?.anchor());
    if (place === undefined) {
        throw new TypeError('Without a home there is a restore-root.');
    }
    return place;
}
/** One for each home, so that two homes in one folder can be restored at the same time. */
function restoreJournalName({ strategies }) {
    const { target } = strategies.home;
    return `.bitbucket-restore.${target === undefined ? 'database' : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(target.path)}.journal.json`;
}
/** Where an earlier run may have left its journal: the home need not have been there then, or is not any more. */
function journalPlaces({ options, strategies }) {
    const { target } = strategies.home;
    const places = [options.restoreRoot, ...(target === undefined ? [] : [target.path, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(target.path)])];
    return [...new Set(places.filter((place) => place !== undefined))];
}
function unpackFolder(place, runId) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(place, `.bitbucket-restore.partial-${runId}`);
}
function isNone(strategy) {
    return strategy.name === 'none';
}


/***/ }),

/***/ 48853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ RESTORE_JOURNAL_STATE),
/* harmony export */   l: () => (/* binding */ RESTORE_PLACE_STATE)
/* harmony export */ });
/** What the restore's main step saves for its post step: where the journal is, and nothing else. */
const RESTORE_PLACE_STATE = 'restore-place';
const RESTORE_JOURNAL_STATE = 'restore-journal';


/***/ }),

/***/ 35999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ joinSections),
/* harmony export */   u: () => (/* binding */ section)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92772);
/** Sections of a job summary, and how many of them fit. */

/** GitHub drops a summary of more than 1 MiB (1,048,576 bytes) whole; other text of the step needs room too. */
const MOST_BYTES = 900 * 1024;
/** Undefined when there is nothing to tell. */
function section(title, body) {
    return body === undefined || body === '' ? undefined : `### ${title}\n\n${body}`;
}
/** Sections are left out whole, from the end, so that no table or code block is cut open. */
function joinSections(sections, mostBytes = MOST_BYTES) {
    const present = sections.filter((text) => text !== undefined);
    let bytes = 0;
    const kept = present.filter((text) => {
        const size = Buffer.byteLength(text) + 2;
        const fits = bytes + size <= mostBytes;
        bytes += fits ? size : 0;
        return fits;
    });
    const left = present.length - kept.length;
    const note = left === 0 ? [] : [`_${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(left, 'section')} left out: too long for a job summary; see the log._`];
    return `${[...kept, ...note].join('\n\n')}\n`;
}


/***/ })

};

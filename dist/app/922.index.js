export const id = 922;
export const ids = [922];
export const modules = {

/***/ 16974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ archiveStrategies),
/* harmony export */   s: () => (/* binding */ archiveRestores)
/* harmony export */ });
const archiveStrategies = {
    tar: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(35)]).then(__webpack_require__.bind(__webpack_require__, 5035))).tar,
};
/** How what they wrote is read again. */
const archiveRestores = {
    tar: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(203)]).then(__webpack_require__.bind(__webpack_require__, 23203))).tarRestore,
};


/***/ }),

/***/ 73769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ databaseRestores),
/* harmony export */   P: () => (/* binding */ databaseStrategies)
/* harmony export */ });
/* harmony import */ var _strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54732);
/* harmony import */ var _strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23156);


const databaseStrategies = {
    postgresql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(992)]).then(__webpack_require__.bind(__webpack_require__, 54992))).postgresql,
    none: () => Promise.resolve((0,_strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__/* .notBackedUp */ .b)("database-strategy is 'none'")),
};
/** How what they copied is loaded again. */
const databaseRestores = {
    postgresql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(992), __webpack_require__.e(409)]).then(__webpack_require__.bind(__webpack_require__, 26409))).postgresqlRestore,
    none: () => Promise.resolve(_strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__/* .notRestored */ .G),
};


/***/ }),

/***/ 72267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ homeStrategies),
/* harmony export */   V: () => (/* binding */ homeRestores)
/* harmony export */ });
/* harmony import */ var _strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54732);
/* harmony import */ var _strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23156);


const homeStrategies = {
    rsync: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(893)]).then(__webpack_require__.bind(__webpack_require__, 40893))).rsync,
    none: () => Promise.resolve((0,_strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__/* .notBackedUp */ .b)("home-strategy is 'none'")),
};
/** How what they copied is put back. */
const homeRestores = {
    rsync: async () => (await __webpack_require__.e(/* import() */ 529).then(__webpack_require__.bind(__webpack_require__, 58529))).rsyncRestore,
    none: () => Promise.resolve(_strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__/* .notRestored */ .G),
};


/***/ }),

/***/ 82418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R0: () => (/* binding */ HOME_MEMBER),
  y5: () => (/* binding */ STORES_MEMBER),
  zG: () => (/* binding */ treesOf)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/home/exclusions.js
/**
 * What a backup leaves out of the home: what Bitbucket makes again by itself, what belongs to the running process, and
 * the database files of an embedded H2, which are consistent only as a backup of their own. Patterns are those of rsync,
 * anchored at the root of what is copied (DESIGN.md, section 7).
 */
const REBUILT_OR_RUNNING = [
    '/caches/',
    '/log/',
    '/tmp',
    '/.lock',
    '/shared/.lock',
    '/export/',
    '/shared/export/',
    '/plugins/.*/',
    '/shared/plugins/.*/',
    '/search/data/',
    '/shared/search/data/',
];
const EMBEDDED_DATABASE = ['/data/db.*', '/shared/data/db.*'];
/** @param excludedRepositories ids of repositories that are left out. */
function homeExclusions(excludedRepositories) {
    return [
        ...REBUILT_OR_RUNNING,
        ...EMBEDDED_DATABASE,
        // Without a slash at the end: a link to a repository that was moved elsewhere is left out too.
        ...excludedRepositories.flatMap((id) => [`/shared/data/repositories/${id}`, `/data/repositories/${id}`]),
    ];
}
/** Data stores fan out: `<store>/repositories/<xx>/<yy>/<id>`. */
function storeExclusions(excludedRepositories) {
    return excludedRepositories.map((id) => `/repositories/*/*/${id}`);
}

;// CONCATENATED MODULE: ./build/home/trees.js
/** The folders that are copied, and where each copy stands below `backup-root`. */


/** Names below `backup-root`, and `bitbucket-data-stores/<absolute path>`, are those of Atlassian's scripts. */
const HOME_MEMBER = 'bitbucket-home';
const STORES_MEMBER = 'bitbucket-data-stores';
function treesOf(options) {
    const home = {
        what: 'the home',
        input: 'home-path',
        source: options.homePath,
        member: HOME_MEMBER,
        exclusions: homeExclusions(options.excludedRepositories),
        repositories: 'shared/data/repositories',
    };
    const stores = options.dataStores.map((path) => ({
        what: `the data store ${path}`,
        input: 'data-stores',
        source: path,
        member: (0,external_node_path_.join)(STORES_MEMBER, path),
        exclusions: storeExclusions(options.excludedRepositories),
        repositories: 'repositories',
    }));
    return [home, ...stores];
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

/***/ 77338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ sideBySide)
/* harmony export */ });
/** Runs partners at the same time. The first failure stops the others; all have ended before it is thrown. */
async function sideBySide(signal, partners) {
    const stop = new AbortController();
    const shared = AbortSignal.any([signal, stop.signal]);
    const failures = [];
    const settled = await Promise.allSettled(partners.map(async (partner) => {
        try {
            return await partner(shared);
        }
        catch (error) {
            failures.push(error);
            stop.abort(error);
            throw error;
        }
    }));
    if (failures.length > 0) {
        throw failures[0];
    }
    return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
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

/***/ 92276:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ refuseForeignInputs)
/* harmony export */ });
/* harmony import */ var _declarations_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(12254);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70401);
/** An input that belongs to another strategy is an error: it would be ignored, and somebody believes it is not. */


/** The input that chooses the strategy of each slot. */
const CHOOSING_INPUT = {
    home: 'home-strategy',
    database: 'database-strategy',
    search: 'elasticsearch-strategy',
    archive: 'archive-strategy',
};
/** An input left at its default says nothing, because the runner passes defaults as if they had been written. */
function refuseForeignInputs(inputs, action, chosen) {
    const selected = new Set(Object.entries(chosen).map(([slot, strategy]) => `${slot}:${strategy}`));
    for (const declaration of (0,_declarations_js__WEBPACK_IMPORTED_MODULE_0__/* .inputsOf */ .V)(action)) {
        const { name, strategies } = declaration;
        if (strategies === undefined || strategies.some((strategy) => selected.has(strategy))) {
            continue;
        }
        const isSet = declaration.secret === true ? inputs.secret(name) !== undefined : inputs.isGiven(name);
        if (isSet) {
            inputs.problem(name, `belongs to ${owners(strategies)}; remove it, or choose that strategy.`);
        }
    }
}
function owners(strategies) {
    return (0,_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .orList */ .A)(strategies.map((owner) => {
        const [slot, strategy] = owner.split(':');
        const input = Object.entries(CHOOSING_INPUT).find(([known]) => known === slot)?.[1];
        return `${input ?? slot ?? ''}: ${strategy ?? ''}`;
    }));
}


/***/ }),

/***/ 86769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ readInstanceName),
/* harmony export */   Y: () => (/* binding */ keysOf)
/* harmony export */ });
const INSTANCE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
function readInstanceName(inputs) {
    const name = inputs.requiredText('instance-name');
    if (name !== '' && !INSTANCE_NAME.test(name)) {
        inputs.problem('instance-name', `is '${name}'; use up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.`);
    }
    return name;
}
/** The names in a registry, as `InputReader.choice` takes them. */
function keysOf(registry) {
    const keys = [];
    for (const key in registry) {
        keys.push(key);
    }
    const [first, ...rest] = keys;
    if (first === undefined) {
        throw new TypeError('A registry of strategies is empty.');
    }
    return [first, ...rest];
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

/***/ 64603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ nearestExisting),
/* harmony export */   p: () => (/* binding */ folderFindings)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/** Can the folder that a run writes to be used? Looks only; nothing is created before all checks have passed. */



/** @param input the input that names the folder */
function folderFindings(input, path) {
    const found = statOf(path);
    const complaint = found === undefined ? missingComplaint(path) : existingComplaint(path, found);
    return complaint === undefined
        ? []
        : [{ severity: 'error', subject: input, message: `Input '${input}' ${complaint}` }];
}
function existingComplaint(path, found) {
    if (found.isSymbolicLink()) {
        return `names ${path}, a symbolic link; name the folder that it leads to.`;
    }
    if (!found.isDirectory()) {
        return `names ${path}, which is not a folder.`;
    }
    const own = process.getuid?.() ?? found.uid;
    if (found.uid !== own && found.uid !== 0) {
        return `names ${path}, which belongs to user id ${found.uid}; it must belong to the user that runs the backup.`;
    }
    if ((found.mode & 0o002) !== 0) {
        return `names ${path}, which anybody may write to; remove that right (chmod o-w).`;
    }
    return writable(path)
        ? undefined
        : `names ${path}, which cannot be written to; check its rights and mount.`;
}
function missingComplaint(path) {
    const parent = nearestExisting(path);
    const stat = statOf(parent);
    if (stat !== undefined && !stat.isDirectory() && !stat.isSymbolicLink()) {
        return `names ${path}, but ${parent} is not a folder.`;
    }
    return writable(parent)
        ? undefined
        : `names ${path}, which does not exist and cannot be created in ${parent}.`;
}
function nearestExisting(path) {
    let current = path;
    while (current !== '/' && statOf(current) === undefined) {
        current = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(current);
    }
    return current;
}
function statOf(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
            return undefined;
        }
        throw error;
    }
}
/** access(2) also sees a file system that is mounted read-only, for which root is not above the law. */
function writable(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 82509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ spaceFindings)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var _report_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(92772);
/* harmony import */ var _places_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(64603);
/** Is there room for what the run is going to write? Added up for each file system, because places often share one. */




/** Other programs write too, and a file system that is full to the last block is a fault of its own. */
const MARGIN = 1.05;
const OF_BACKUP = {
    subject: 'backup-root',
    advice: 'free some or choose another backup-root or archive-root',
};
async function spaceFindings(needs, words = OF_BACKUP) {
    const byDevice = new Map();
    for (const need of needs) {
        const folder = (0,_places_js__WEBPACK_IMPORTED_MODULE_2__/* .nearestExisting */ .I)(need.path);
        const { dev } = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(folder);
        const group = byDevice.get(dev) ?? { folder, needs: [] };
        group.needs.push(need);
        byDevice.set(dev, group);
    }
    const findings = [];
    for (const group of byDevice.values()) {
        findings.push(...(await roomOn(group.folder, group.needs, words)));
    }
    return findings;
}
async function roomOn(folder, needs, { subject, advice }) {
    const { bavail, bsize, ffree, files: inodes } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.statfs)(folder);
    const free = bavail * bsize;
    const bytes = needs.reduce((sum, need) => sum + need.bytes, 0) * MARGIN;
    const files = needs.reduce((sum, need) => sum + (need.files ?? 0), 0);
    const parts = needs.map((need) => `${need.what} ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(need.bytes)}`).join(' + ');
    const findings = [];
    if (bytes > free) {
        findings.push({
            severity: 'error',
            subject,
            message: `Not enough space: about ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(bytes)} needed (${parts}), ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(free)} free on ${folder}; ${advice}.`,
        });
    }
    // Btrfs and others count no inodes and report 0 of 0.
    if (inodes > 0 && files > ffree) {
        findings.push({
            severity: 'error',
            subject,
            message: `Not enough inodes: about ${files} new files, ${ffree} inodes free on ${folder}; choose a file system with more inodes.`,
        });
    }
    return findings;
}


/***/ }),

/***/ 17061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ UndoStack)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/** What a failed run takes back, in reverse order. A failure in here is told and never hides the first error. */

class UndoStack {
    #log;
    #steps = [];
    constructor(log) {
        this.#log = log;
    }
    push(name, undo) {
        this.#steps.push({ name, undo });
    }
    /** Never throws. */
    async unwind() {
        const undone = [];
        const failures = [];
        for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
            try {
                await step.undo();
                undone.push(step.name);
            }
            catch (error) {
                const message = `${step.name}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asError */ .zR)(error).message}`;
                failures.push(message);
                this.#log.error(`Clean-up failed, ${message}`);
            }
        }
        return { undone, failures };
    }
}


/***/ }),

/***/ 37550:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ readManifest)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/report/json-shape.js
class ShapeError extends Error {
    name = 'ShapeError';
}
const LONGEST_TEXT = 64 * 1024;
const DEEPEST = 16;
function object(value, at) {
    if (!isObject(value)) {
        throw new ShapeError(`${at} is not an object`);
    }
    return value;
}
function list(value, at, item) {
    if (!Array.isArray(value)) {
        throw new ShapeError(`${at} is not a list`);
    }
    return Array.from(value, (entry, index) => item(entry, `${at}[${index}]`));
}
/** A string that is not empty, without control characters. */
function json_shape_text(value, at) {
    if (typeof value !== 'string' || value === '' || value.length > LONGEST_TEXT || /\p{Cc}/u.test(value)) {
        throw new ShapeError(`${at} is not a text of 1 to ${LONGEST_TEXT} characters without control characters`);
    }
    return value;
}
function matching(value, at, pattern, what) {
    const checked = json_shape_text(value, at);
    if (!pattern.test(checked)) {
        throw new ShapeError(`${at} is not ${what}`);
    }
    return checked;
}
function oneOf(value, at, choices) {
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) {
        throw new ShapeError(`${at} is none of ${choices.join(', ')}`);
    }
    return chosen;
}
function truth(value, at) {
    if (typeof value !== 'boolean') {
        throw new ShapeError(`${at} is neither true nor false`);
    }
    return value;
}
/** A number from 0. */
function amount(value, at) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
        throw new ShapeError(`${at} is not a number from 0`);
    }
    return value;
}
/** A whole number from `least`. */
function count(value, at, least = 0) {
    const checked = amount(value, at);
    if (!Number.isSafeInteger(checked) || checked < least) {
        throw new ShapeError(`${at} is not a whole number from ${least}`);
    }
    return checked;
}
/** Any JSON, copied with its keys in order; `__proto__` and the like stay plain keys. */
function recorded(value, at, depth = 0) {
    if (depth > DEEPEST) {
        throw new ShapeError(`${at} is nested deeper than ${DEEPEST} levels`);
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean') {
        return value;
    }
    if (typeof value === 'number' && Number.isFinite(value)) {
        return value;
    }
    if (Array.isArray(value)) {
        return list(value, at, (entry, place) => recorded(entry, place, depth + 1));
    }
    return recordOf(value, at, (entry, place) => recorded(entry, place, depth + 1));
}
/** An object with free keys, in the order of the keys, so that equal content gives equal bytes. */
function recordOf(value, at, item) {
    const entries = Object.entries(object(value, at)).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, entry]) => [key, item(entry, `${at}.${key}`)]));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// EXTERNAL MODULE: ./build/report/manifest-type.js
var manifest_type = __webpack_require__(27339);
;// CONCATENATED MODULE: ./build/report/manifest-reader.js
/**
 * Reads a manifest that may come from anywhere: a restore believes none of it before it has passed here. Fields that are
 * not known are dropped, so that a later action may add some without a new format version.
 */



/** Far above what any backup records; a larger file is no manifest. */
const LONGEST_MANIFEST = 16 * 1024 * 1024;
const SLOTS = ['home', 'database', 'search'];
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
/** A name in `backup-root`: it can neither leave the folder nor be taken for an option. */
const MEMBER = NAME;
const WORD = /^[a-z][a-z0-9-]{0,63}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;
/**
 * @throws ActionError `VERSION_UNSUPPORTED` for the form of a later action, `MANIFEST_INVALID` for everything that is no
 *   manifest; the message names the first wrong field.
 */
function readManifest(json) {
    try {
        const root = object(parsed(json), 'the manifest');
        assertFormatVersion(root['formatVersion']);
        return manifestOf(root);
    }
    catch (error) {
        throw error instanceof ShapeError ? notAManifest(error.message, error) : error;
    }
}
function parsed(json) {
    if (json.length > LONGEST_MANIFEST) {
        throw new ShapeError(`it has ${json.length} characters, more than ${LONGEST_MANIFEST}`);
    }
    try {
        const value = JSON.parse(json);
        return value;
    }
    catch (error) {
        throw notAManifest('it is not JSON', error);
    }
}
function assertFormatVersion(value) {
    const version = count(value, 'formatVersion', 1);
    if (version > manifest_type/* MANIFEST_FORMAT_VERSION */.V) {
        throw new errors/* ActionError */.lZ('VERSION_UNSUPPORTED', `The manifest has format version ${version}; this action reads version ${manifest_type/* MANIFEST_FORMAT_VERSION */.V}.`, { advice: 'Use the version of the action that made the backup, or a later one.' });
    }
}
function manifestOf(root) {
    const product = object(root['product'], 'product');
    const bitbucket = object(root['bitbucket'], 'bitbucket');
    const exclusions = object(root['exclusions'], 'exclusions');
    const runner = object(root['runner'], 'runner');
    return {
        formatVersion: manifest_type/* MANIFEST_FORMAT_VERSION */.V,
        product: {
            name: json_shape_text(product['name'], 'product.name'),
            version: json_shape_text(product['version'], 'product.version'),
        },
        backupId: matching(root['backupId'], 'backupId', NAME, 'a file name'),
        instanceName: matching(root['instanceName'], 'instanceName', NAME, 'a file name'),
        bitbucket: {
            url: matching(bitbucket['url'], 'bitbucket.url', /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/, 'a base URL'),
            version: json_shape_text(bitbucket['version'], 'bitbucket.version'),
        },
        times: timesOf(object(root['times'], 'times')),
        consistency: oneOf(root['consistency'], 'consistency', manifest_type/* CONSISTENCIES */.T),
        parts: partsOf(root['parts']),
        notBackedUp: list(root['notBackedUp'], 'notBackedUp', missingOf),
        exclusions: {
            patterns: list(exclusions['patterns'], 'exclusions.patterns', json_shape_text),
            repositories: list(exclusions['repositories'], 'exclusions.repositories', (id, at) => count(id, at, 1)),
        },
        tools: recordOf(root['tools'], 'tools', json_shape_text),
        runner: {
            hostname: json_shape_text(runner['hostname'], 'runner.hostname'),
            platform: json_shape_text(runner['platform'], 'runner.platform'),
        },
        ...githubOf(root['github']),
    };
}
function timesOf(times) {
    const moment = (name) => instant(times[name], `times.${name}`);
    return {
        startedAt: moment('startedAt'),
        lockedAt: moment('lockedAt'),
        drainedAt: moment('drainedAt'),
        ...(times['unlockedAt'] === undefined ? {} : { unlockedAt: moment('unlockedAt') }),
        finishedAt: moment('finishedAt'),
        lockedSeconds: amount(times['lockedSeconds'], 'times.lockedSeconds'),
    };
}
function instant(value, at) {
    const checked = matching(value, at, INSTANT, 'a moment in UTC');
    if (Number.isNaN(Date.parse(checked))) {
        throw new ShapeError(`${at} is not a moment in UTC`);
    }
    return checked;
}
function partsOf(value) {
    const parts = list(value, 'parts', partOf);
    const slots = new Set(parts.map(({ slot }) => slot));
    if (parts.length !== SLOTS.length || slots.size !== SLOTS.length) {
        throw new ShapeError(`parts does not name each of ${SLOTS.join(', ')} once`);
    }
    return parts;
}
function partOf(value, at) {
    const part = object(value, at);
    const { files, bytes } = part;
    return {
        slot: oneOf(part['slot'], `${at}.slot`, SLOTS),
        strategy: matching(part['strategy'], `${at}.strategy`, WORD, 'the name of a strategy'),
        included: truth(part['included'], `${at}.included`),
        members: list(part['members'], `${at}.members`, (member, place) => matching(member, place, MEMBER, 'a plain name below backup-root')),
        ...(files === undefined ? {} : { files: count(files, `${at}.files`) }),
        ...(bytes === undefined ? {} : { bytes: count(bytes, `${at}.bytes`) }),
        details: recordOf(part['details'], `${at}.details`, recorded),
    };
}
function missingOf(value, at) {
    const missing = object(value, at);
    return {
        slot: matching(missing['slot'], `${at}.slot`, WORD, 'the name of a slot'),
        reason: json_shape_text(missing['reason'], `${at}.reason`),
    };
}
function githubOf(value) {
    if (value === undefined) {
        return {};
    }
    const github = object(value, 'github');
    return {
        github: {
            repository: json_shape_text(github['repository'], 'github.repository'),
            runId: matching(github['runId'], 'github.runId', /^\d{1,20}$/, 'a run id'),
        },
    };
}
function notAManifest(reason, cause) {
    return new errors/* ActionError */.lZ('MANIFEST_INVALID', `This is not a manifest of a backup: ${reason}.`, {
        advice: 'Use an archive whose checksum matches, made by this action.',
        cause,
    });
}


/***/ }),

/***/ 27339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ CONSISTENCIES),
/* harmony export */   V: () => (/* binding */ MANIFEST_FORMAT_VERSION)
/* harmony export */ });
/** Raised when a reader of the old form would read the new one wrongly. */
const MANIFEST_FORMAT_VERSION = 1;
/**
 * How the parts were made to belong together. `without-lock`: captured while users were working; what was being written is
 * as after a power failure, lock files included.
 */
const CONSISTENCIES = ['locked-and-drained', 'without-lock'];


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


/***/ }),

/***/ 54732:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ notBackedUp)
/* harmony export */ });
/** @param reason for the manifest: which input said so, or who makes the part anew */
function notBackedUp(reason) {
    const leftOut = { strategy: 'none', included: false, members: [], details: { reason } };
    const captured = {
        settle: async (signal) => {
            await unlessAborted(signal);
            return leftOut;
        },
        discard: () => Promise.resolve(),
    };
    return {
        read: () => ({
            create: () => ({
                name: 'none',
                atomic: true,
                preflight: () => Promise.resolve([]),
                spaceNeeds: () => Promise.resolve([]),
                prepare: unlessAborted,
                capture: async (signal) => {
                    await unlessAborted(signal);
                    return captured;
                },
            }),
        }),
    };
}
async function unlessAborted(signal) {
    await Promise.resolve();
    signal.throwIfAborted();
}


/***/ }),

/***/ 23156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ notRestored)
/* harmony export */ });
const notRestored = {
    read: () => ({
        create: () => ({
            name: 'none',
            members: [],
            preflight: async () => await Promise.resolve([]),
            spaceNeeds: async () => await Promise.resolve([]),
            restore: async () => {
                await Promise.resolve();
            },
            complete: async () => await Promise.resolve({ place: 'nowhere', counts: [], todo: [] }),
            discard: async () => {
                await Promise.resolve();
            },
            recover: async () => await Promise.resolve([]),
        }),
    }),
};


/***/ })

};

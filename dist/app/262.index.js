export const id = 262;
export const ids = [262];
export const modules = {

/***/ 8888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ leadsOut)
/* harmony export */ });
/**
 * Where the symbolic links of an archive lead, worked out from its list alone, before anything is written. Links can lead
 * through other links, so that looking at the text of one is not enough.
 */
/** As in the kernel (path_resolution(7)): more than this is a loop, which leads nowhere. */
const MOST_LINKS = 40;
/**
 * @param start the folder that holds the link, relative to the root of its tree, without `.` and `..`
 * @param target what the link says
 * @param links every symbolic link of the tree: path relative to its root, to what it says
 * @param root where the tree is going to stand: an absolute target below it stays inside
 * @returns whether it leads out of the tree
 */
function leadsOut(start, target, links, root) {
    let place = partsOf(start);
    let left = partsOf(target);
    if (target.startsWith('/')) {
        const inside = belowRoot(target, root);
        if (inside === undefined) {
            return true;
        }
        place = [];
        left = inside;
    }
    for (let followed = 0;;) {
        const part = left.shift();
        if (part === undefined) {
            return false;
        }
        if (part === '..') {
            if (place.pop() === undefined) {
                return true;
            }
            continue;
        }
        const next = links.get([...place, part].join('/'));
        if (next === undefined) {
            place.push(part);
            continue;
        }
        followed += 1;
        if (followed > MOST_LINKS) {
            return false;
        }
        const jump = next.startsWith('/') ? belowRoot(next, root) : partsOf(next);
        if (jump === undefined) {
            return true;
        }
        place = next.startsWith('/') ? [] : place;
        left = [...jump, ...left];
    }
}
/** The parts of an absolute path below `root`, `..` still in them; undefined when it stands elsewhere. */
function belowRoot(path, root) {
    const parts = partsOf(path);
    const top = partsOf(root);
    const isBelow = top.length > 0 && top.every((part, index) => parts[index] === part);
    return isBelow ? parts.slice(top.length) : undefined;
}
function partsOf(path) {
    return path.split('/').filter((part) => part !== '' && part !== '.');
}


/***/ }),

/***/ 50485:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lz: () => (/* binding */ parseArchiveName),
/* harmony export */   d8: () => (/* binding */ formatBackupId),
/* harmony export */   ju: () => (/* binding */ archiveExtensions),
/* harmony export */   mg: () => (/* binding */ CHECKSUM_EXTENSION),
/* harmony export */   uv: () => (/* binding */ archiveName)
/* harmony export */ });
/** Names of backups and archives: `<instance>-<yyyymmdd>-<hhmmss>-<mmm>` in UTC, then `.tar`, `.tar.gz` or `.tar.zst`. */
const archiveExtensions = { zstd: '.tar.zst', gzip: '.tar.gz', none: '.tar' };
const CHECKSUM_EXTENSION = '.sha256';
/** Milliseconds, so that two backups started by hand in one second have two names. */
function formatBackupId(instanceName, date) {
    const [, year, month, day, hours, minutes, seconds, milliseconds] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/.exec(date.toISOString()) ?? [];
    return `${instanceName}-${year}${month}${day}-${hours}${minutes}${seconds}-${milliseconds}`;
}
function archiveName(backupId, compression) {
    return backupId + archiveExtensions[compression];
}
/**
 * Strict, because what it accepts may be deleted: the archives of instance `bitbucket` must not take in those of
 * `bitbucket-mesh`. @returns undefined for anything else
 */
function parseArchiveName(name, instanceName) {
    const prefix = `${instanceName}-`;
    const parts = name.startsWith(prefix)
        ? /^(?<stamp>(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3}))\.tar(?:\.gz|\.zst)?$/.exec(name.slice(prefix.length))
        : null;
    if (parts === null) {
        return undefined;
    }
    const [, stamp, year, month, day, hours, minutes, seconds, milliseconds] = parts;
    const date = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
    const backupId = prefix + stamp;
    // A 31 February, which Date moves into March, is nothing that we wrote.
    const isReal = !Number.isNaN(date.getTime()) && formatBackupId(instanceName, date) === backupId;
    return isReal ? { name, backupId, date } : undefined;
}


/***/ }),

/***/ 55262:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  backup: () => (/* binding */ backup_backup)
});

// EXTERNAL MODULE: ./build/errors.js
var build_errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
;// CONCATENATED MODULE: ./build/pipeline/backup-run.js
/** Half-written files go into the journal before they exist, so that a later run can remove them. */
function notePartial(run, path) {
    const { journal } = run.found;
    journal?.update({ partials: [...journal.entry.partials, path] });
}
/** Nothing happens for it, so nothing is told of its steps; manifest and summary say that it is left out. */
function isNone(strategy) {
    return strategy.name === 'none';
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/bitbucket/lock-record.js
var lock_record = __webpack_require__(71349);
// EXTERNAL MODULE: ./build/host/journal.js + 1 modules
var host_journal = __webpack_require__(93414);
// EXTERNAL MODULE: ./build/host/process-identity.js
var process_identity = __webpack_require__(90053);
// EXTERNAL MODULE: ./build/pipeline/manifest-name.js
var manifest_name = __webpack_require__(25340);
;// CONCATENATED MODULE: ./build/pipeline/claim.js
/** The run's claim on `backup-root`, and its end. */







/** From here on this run owns `backup-root`. Without its manifest a working copy cannot be taken for a backup. */
function claimJournal(run) {
    const { options, runId, backupId, timeline } = run;
    (0,external_node_fs_.mkdirSync)(options.backupRoot, { recursive: true, mode: 0o700 });
    const journal = host_journal/* Journal */.CQ.claim(options.backupRoot, {
        formatVersion: 1,
        runId,
        backupId,
        instanceName: options.instanceName,
        url: options.connection.url,
        startedAt: new Date(timeline.startedAtMs).toISOString(),
        process: (0,process_identity/* ownIdentity */.hY)(),
        lock: { phase: 'none' },
        partials: [],
    });
    run.found.journal = journal;
    (0,lock_record/* saveSession */.E1)(journal, options.backupRoot);
    (0,external_node_fs_.rmSync)((0,external_node_path_.join)(options.backupRoot, manifest_name/* MANIFEST_NAME */.i), { force: true });
}
/** A journal that still names a lock is what the post step and the next run need to lift it. */
function closeJournal({ found: { journal }, log }) {
    const { phase } = journal?.entry.lock ?? { phase: 'none' };
    if (phase !== 'none' && phase !== 'unlocked') {
        journal?.abandon();
        return;
    }
    try {
        journal?.remove();
    }
    catch (error) {
        // The next run finds it, sees that this one is over, and removes it; what this run came to stands.
        log.warning(`The journal could not be removed: ${(0,build_errors/* asError */.zR)(error).message}`);
    }
}

// EXTERNAL MODULE: ./build/archive/link-resolution.js
var link_resolution = __webpack_require__(8888);
// EXTERNAL MODULE: ./build/home/trees.js + 1 modules
var trees = __webpack_require__(82418);
;// CONCATENATED MODULE: ./build/pipeline/copied-links.js
/**
 * Symbolic links in the copy of a home that lead out of it: what lies behind them is not backed up, and a restore refuses
 * them unless it is told to keep them. Better known tonight than on the day of the restore.
 */




const NAMED = 5;
/** Users are working; reads the copy, and only its folders. */
async function warnOfOutsideLinks(run, { home, signal }) {
    const { options, log, commands } = run;
    const out = [];
    for (const { member, target } of copiedTrees(home)) {
        const links = await linksIn(commands, (0,external_node_path_.join)(options.backupRoot, member), signal);
        out.push(...[...links]
            .filter(([name, to]) => (0,link_resolution/* leadsOut */.q)(name.split('/').slice(0, -1).join('/'), to, links, target))
            .map(([name, to]) => `${(0,external_node_path_.join)(target, name)} -> ${to}`));
    }
    if (out.length > 0) {
        const more = out.length > NAMED ? ` and ${out.length - NAMED} more` : '';
        log.warning(`The home holds ${(0,format/* counted */.hS)(out.length, 'symbolic link')} that ${out.length === 1 ? 'leads' : 'lead'} out of it (${out.slice(0, NAMED).join(', ')}${more}): what lies behind is not backed up, and a restore needs outside-links: keep.`);
    }
}
function copiedTrees(home) {
    const { homePath, dataStores } = home.details;
    if (!home.included || typeof homePath !== 'string') {
        return [];
    }
    const stores = Array.isArray(dataStores) ? dataStores.filter((path) => typeof path === 'string') : [];
    return [
        { member: trees/* HOME_MEMBER */.R0, target: homePath },
        ...stores.map((path) => ({ member: (0,external_node_path_.join)(trees/* STORES_MEMBER */.y5, path), target: path })),
    ];
}
/** Path relative to the folder, to what the link says. */
async function linksIn(commands, folder, signal) {
    let text = '';
    await commands.run('find', [folder, '-type', 'l', '-printf', String.raw `%P\0%l\0`], {
        signal,
        onStdout: async (stdout) => {
            text = await latin1(stdout);
        },
    });
    const words = text.split('\0');
    const links = new Map();
    for (let index = 0; index + 1 < words.length; index += 2) {
        links.set(words[index] ?? '', words[index + 1] ?? '');
    }
    return links;
}
async function latin1(stream) {
    const chunks = stream;
    const all = [];
    for await (const chunk of chunks) {
        all.push(chunk);
    }
    return Buffer.concat(all).toString('latin1');
}

// EXTERNAL MODULE: ./build/host/side-by-side.js
var side_by_side = __webpack_require__(77338);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/bitbucket/answers.js
var answers = __webpack_require__(50589);
// EXTERNAL MODULE: ./build/bitbucket/http-error.js
var http_error = __webpack_require__(23539);
;// CONCATENATED MODULE: ./build/bitbucket/contact.js
/** How long calls may fail before contact counts as lost: a restarting proxy must not cost a backup, a dead server must. */


function createContact(options) {
    const { graceMs, during, log } = options;
    let failingSince;
    return {
        ok: () => {
            failingSince = undefined;
        },
        failed: (error) => {
            if (!(error instanceof http_error/* HttpError */.j) || !error.retryable) {
                throw error;
            }
            const now = performance.now();
            if (failingSince === undefined) {
                failingSince = now;
                log.warning(`${error.message} Trying again for up to ${graceMs / 1_000} s ${during}.`);
            }
            if (now - failingSince >= graceMs) {
                throw new build_errors/* ActionError */.lZ('BITBUCKET_LOST', `Lost contact with Bitbucket for ${graceMs / 1_000} s ${during}.`, {
                    advice: 'Check Bitbucket and the way to it; prefer the address of a node over that of a load balancer.',
                    cause: error,
                });
            }
        },
    };
}

// EXTERNAL MODULE: ./build/bitbucket/retry.js
var retry = __webpack_require__(68416);
;// CONCATENATED MODULE: ./build/bitbucket/window-lost.js
/**
 * The window was taken from us: somebody cancelled the backup or lifted the lock, or a node restarted. What was copied
 * until then is no backup (DESIGN.md, law 8), and the sentences say who may have done it: it is the first question asked.
 */

const ADVICE = 'If nobody wanted that, find out who cancelled the backup or unlocked Bitbucket, or which node restarted; then run again.';
/** @param when such as `while data were being copied` */
function lockLost(url, when, cause) {
    return new build_errors/* ActionError */.lZ('LOCK_LOST', `The lock on ${url} was lifted ${when} (by the cancel action, an administrator or a restart); the backup is cancelled and its copy discarded.`, { advice: ADVICE, cause });
}
/** @param taskState what Bitbucket says of the task; undefined when it knows of none any more */
function taskLost(url, taskState, when) {
    const what = taskState === 'CANCELED'
        ? `The backup was cancelled in ${url} ${when} (by the cancel action or an administrator)`
        : `The backup was ended in ${url} ${when}: its task is ${taskState ?? 'gone'} (the cancel action, an administrator or a restart)`;
    return new build_errors/* ActionError */.lZ('BACKUP_CANCELED_BY_SERVER', `${what}; its copy is discarded.`, { advice: ADVICE });
}

;// CONCATENATED MODULE: ./build/bitbucket/drain.js
/** Waits until Bitbucket has ended its running requests: database and repositories DRAINED. A lock alone drains nothing. */







const LINE_EVERY_MS = 10_000;
const WHEN = 'while it was draining';
/** @throws ActionError DRAIN_TIMEOUT, DRAIN_FAILED, BACKUP_CANCELED_BY_SERVER, LOCK_LOST, BITBUCKET_LOST */
async function waitForDrain(options) {
    const { limits, log, signal } = options;
    const contact = createContact({ graceMs: limits.contactGraceMs, during: 'while draining', log });
    const started = performance.now();
    let last;
    let dots = '';
    let nextLine = LINE_EVERY_MS;
    for (;;) {
        try {
            last = await look(options);
            if ((0,answers/* isDrained */.wx)(last)) {
                break;
            }
            contact.ok();
        }
        catch (error) {
            signal.throwIfAborted();
            contact.failed(error);
        }
        const elapsed = performance.now() - started;
        if (elapsed >= limits.drainTimeoutMs) {
            throw timeout(last, limits.drainTimeoutMs);
        }
        if (elapsed >= nextLine) {
            log.info(`Waiting for DRAINED state: ${describe(last)}, ${seconds(elapsed)}/${seconds(limits.drainTimeoutMs)} s`);
            nextLine += LINE_EVERY_MS;
        }
        dots += '.';
        await (0,promises_.setTimeout)(limits.pollIntervalMs, undefined, { signal });
    }
    log.info(`Waiting for DRAINED state${dots.slice(0, 60) || '.'} done`);
    log.info(`db state '${last.dbState}'`);
    log.info(`scm state '${last.scmState}'`);
}
/** One look at the task, and, as long as it waits, at the lock: a lifted lock leaves the task running. */
async function look({ client, unlockToken, signal }) {
    let status;
    try {
        status = await client.maintenance(unlockToken, signal);
    }
    catch (error) {
        // 404 and 409: there is no such maintenance any more, or our token is not the one it was begun with.
        throw (0,http_error/* statusOf */.c)(error) === 404 || (0,http_error/* statusOf */.c)(error) === 409 ? lockLost(client.url, WHEN, error) : error;
    }
    // Users wait for nothing but the drain: once it is reached, the lock is looked at while data are copied.
    if ((0,answers/* isDrained */.wx)(status) && status.taskState === 'RUNNING') {
        return status;
    }
    if (!(await client.lockState(signal, retry/* NO_RETRIES */.zs)).locked) {
        throw lockLost(client.url, WHEN);
    }
    throwIfTaskEnded(client.url, status);
    return status;
}
function throwIfTaskEnded(url, status) {
    const { taskState } = status;
    if (taskState === undefined || taskState === 'CANCELED') {
        throw taskLost(url, taskState, WHEN);
    }
    if (taskState !== 'RUNNING') {
        const said = status.taskMessage === undefined ? '' : ` and says '${status.taskMessage}'`;
        throw new build_errors/* ActionError */.lZ('DRAIN_FAILED', `Bitbucket's backup task is ${taskState} before it was drained (${describe(status)})${said}.`, { advice: 'Look into atlassian-bitbucket.log for what could not be drained; a quieter hour may help.' });
    }
}
function timeout(status, limitMs) {
    return new build_errors/* ActionError */.lZ('DRAIN_TIMEOUT', `Bitbucket was not drained within ${seconds(limitMs)} s: ${describe(status)}.`, { advice: 'A long clone or push may be running: choose another hour or raise drain-timeout-minutes.' });
}
function describe(status) {
    return status === undefined
        ? 'no answer yet'
        : `db state '${status.dbState}', scm state '${status.scmState}'`;
}
function seconds(ms) {
    return Math.round(ms / 1_000);
}

// EXTERNAL MODULE: ./build/bitbucket/release.js
var release = __webpack_require__(1567);
;// CONCATENATED MODULE: ./build/bitbucket/lease.js
/**
 * The lock on Bitbucket as long as we may hold it: taken once, written down before and after, given back exactly once,
 * whoever asks for it first: the normal end, an error, or a signal in the middle of the request that takes it.
 */




class Lease {
    #options;
    #state = 'none';
    #unlockToken;
    #cancelToken;
    #taskEnded = false;
    #answer;
    #starting;
    #release;
    constructor(options) {
        this.#options = options;
    }
    get state() {
        return this.#state;
    }
    get unlockToken() {
        return this.#unlockToken;
    }
    get cancelToken() {
        return this.#cancelToken;
    }
    /** Locks. @throws ActionError ALREADY_LOCKED, LOCK_RESPONSE_LOST, LOCK_FAILED or what the call failed with */
    async acquire() {
        const { client, record, log } = this.#options;
        if (this.#release !== undefined) {
            throw new build_errors/* ActionError */.lZ('CANCELED', `${client.url} was not locked: the run was cancelled before.`);
        }
        record.locking();
        this.#state = 'locking';
        this.#answer = this.#requestLock();
        await this.#answer;
        log.info(`locked with '${this.#unlockToken ?? ''}'`);
        if (this.#release !== undefined) {
            throw new build_errors/* ActionError */.lZ('CANCELED', `${client.url} was locked while the run was being cancelled.`);
        }
    }
    /**
     * Starts the task that drains. Never aborted once sent: its answer holds the only token that cancels it.
     * @throws ActionError BACKUP_START_FAILED, LOCK_LOST
     */
    async startBackup() {
        this.#starting = this.#requestBackup();
        await this.#starting;
    }
    async #requestBackup() {
        const { client, record, log } = this.#options;
        try {
            this.#cancelToken = await client.startBackup(this.#unlockToken ?? '');
        }
        catch (cause) {
            throw await this.#notStarted(cause);
        }
        if (this.#cancelToken === undefined) {
            log.warning('Bitbucket named no cancel token; the backup goes on, but its task cannot be cancelled by hand.');
            return;
        }
        record.backupStarted(this.#cancelToken);
        log.info(`backup started with '${this.#cancelToken}'`);
    }
    /** 409: a lock that is not ours, or none any more, starts nothing. */
    async #notStarted(cause) {
        const { client } = this.#options;
        const state = (0,http_error/* statusOf */.c)(cause) === 409 ? await client.lockState().catch(() => undefined) : undefined;
        if (state?.locked === false) {
            return lockLost(client.url, 'before the backup had started', cause);
        }
        return new build_errors/* ActionError */.lZ('BACKUP_START_FAILED', `${client.url} is locked but did not start the backup.`, {
            advice: 'Look into atlassian-bitbucket.log for the reason.',
            cause,
        });
    }
    /** Progress 100 has completed the task: there is nothing left to cancel. */
    taskCompleted() {
        this.#taskEnded = true;
    }
    /**
     * Gives the lock back; the first call acts, later ones wait for the same end.
     * @param urgent cancel and unlock go out together in this tick, without waiting for each other
     * @returns undefined when there was nothing to give back
     * @throws ActionError UNLOCK_FAILED, UNLOCK_REFUSED
     */
    release(urgent = false) {
        this.#release ??= this.#giveBack(urgent);
        // Whoever waits for it sees the failure; nobody has to.
        this.#release.catch(() => undefined);
        return this.#release;
    }
    /** After a release that failed: the next call tries again. */
    retryRelease() {
        this.#release = undefined;
        return this.release();
    }
    async #giveBack(urgent) {
        if (this.#state === 'locking') {
            // The token is on its way. The request itself is never aborted: its answer is the only way to the token.
            await this.#answer?.catch(() => undefined);
        }
        if (this.#state !== 'held' || this.#unlockToken === undefined) {
            return undefined;
        }
        const canceling = this.#cancel();
        if (!urgent) {
            await canceling;
        }
        const outcome = await (0,release/* unlock */.Tl)(this.#options, this.#unlockToken);
        this.#state = STATE_AFTER[outcome];
        this.#noteReleased();
        await canceling;
        return outcome;
    }
    /** Users are back; a disk that is full cannot change that. A journal that still names the lock is put right by the next run. */
    #noteReleased() {
        try {
            this.#options.record.released();
        }
        catch (error) {
            this.#options.log.warning(`That Bitbucket is unlocked could not be written down: ${(0,build_errors/* asError */.zR)(error).message}`);
        }
    }
    /** A task whose start is under way is cancelled as soon as its token is known: an orphan would stay latched. */
    async #cancel() {
        if (this.#cancelToken === undefined) {
            await this.#starting?.catch(() => undefined);
        }
        // Without a request to start there is no task either.
        if (this.#starting !== undefined && !this.#taskEnded && this.#unlockToken !== undefined) {
            await (0,release/* endTask */.ZJ)(this.#options, { unlockToken: this.#unlockToken, cancelToken: this.#cancelToken });
        }
    }
    async #requestLock() {
        const { client, record } = this.#options;
        let token;
        try {
            token = await client.lock();
        }
        catch (error) {
            if (!(error instanceof http_error/* HttpError */.j) || isCertainlyUnlocked(error)) {
                this.#state = 'none';
                this.#noteReleased();
                throw (0,http_error/* statusOf */.c)(error) === 409 ? await this.#alreadyLocked(error) : error;
            }
            throw await this.#afterLostAnswer(error);
        }
        if (token === undefined) {
            throw await this.#afterLostAnswer(undefined);
        }
        // Held before it is written down: a journal that cannot be written must not hide a lock from the release.
        this.#unlockToken = token;
        this.#state = 'held';
        record.locked(token);
    }
    async #alreadyLocked(cause) {
        const { client } = this.#options;
        const state = await client.lockState().catch(() => undefined);
        const owner = state?.locked === true && state.owner !== undefined ? ` by '${state.owner}'` : '';
        return new build_errors/* ActionError */.lZ('ALREADY_LOCKED', `${client.url} is already locked${owner}; that lock was not touched.`, {
            advice: 'Find out who maintains Bitbucket now; run again when it is unlocked.',
            cause,
        });
    }
    /** The request may have been carried out. It is not repeated: the server is asked instead. */
    async #afterLostAnswer(cause) {
        const { client } = this.#options;
        const state = await client.lockState().catch(() => undefined);
        if (state?.locked === false) {
            this.#state = 'none';
            this.#noteReleased();
            return new build_errors/* ActionError */.lZ('LOCK_FAILED', `${client.url} did not lock: the request failed and no lock is there.`, {
                advice: 'Run again; look into atlassian-bitbucket.log if it fails again.',
                cause,
            });
        }
        this.#state = 'unknown';
        const found = state === undefined ? 'may be locked' : 'is locked, probably';
        return new build_errors/* ActionError */.lZ('LOCK_RESPONSE_LOST', `${client.url} ${found} by this run, but its answer with the unlock token did not arrive.`, {
            advice: 'Find the unlock token in atlassian-bitbucket.log (search for "locked") and unlock by hand; the lock was not asked for twice.',
            cause,
        });
    }
}
const STATE_AFTER = {
    unlocked: 'released',
    'was-unlocked': 'lifted',
    foreign: 'foreign',
};
/** Either nothing reached the server, or it said no in words that leave no doubt. */
function isCertainlyUnlocked(error) {
    const { status } = error;
    // 408 comes from a proxy that gave up waiting; the server behind it may not have.
    const refused = status !== undefined && status >= 300 && status < 500 && status !== 408;
    return !error.maybeSent || refused;
}

;// CONCATENATED MODULE: ./build/bitbucket/progress-reporter.js
/** Bitbucket's own progress bar: never backwards, at most once a second, and never worth failing a backup for. */

const INTERVAL_MS = 1_000;
/** 100 completes the backup: only the window itself sends it. */
const HIGHEST = 99;
/** Log lines at these steps only; every per cent would be spam. */
const LOGGED_STEP = 10;
function createProgressReporter(send, log) {
    let wanted = 0;
    let sent = 0;
    let logged = 0;
    let broken = false;
    let underWay;
    const report = async (percentage) => {
        try {
            await send(percentage);
            sent = percentage;
            if (percentage >= logged + LOGGED_STEP) {
                logged = percentage;
                log.info(`Backup progress updated to ${percentage}`);
            }
        }
        catch (error) {
            broken = true;
            log.warning(`Progress is no longer reported to Bitbucket, the backup goes on: ${(0,build_errors/* asError */.zR)(error).message}`);
        }
        finally {
            underWay = undefined;
        }
    };
    const timer = setInterval(() => {
        if (wanted > sent && !broken && underWay === undefined) {
            underWay = report(wanted);
        }
    }, INTERVAL_MS);
    return {
        get percentage() {
            return sent;
        },
        update: (fraction) => {
            const percentage = Math.min(HIGHEST, Math.floor(fraction * 100));
            // Not Math.max: NaN (a share of nothing) would stay for ever.
            wanted = percentage > wanted ? percentage : wanted;
        },
        stop: async () => {
            clearInterval(timer);
            await underWay;
        },
    };
}

;// CONCATENATED MODULE: ./build/bitbucket/window-watch.js
/**
 * Looks at the lock while data are copied, and proves at the end that it was ours throughout: an administrator may lift
 * the lock or cancel the task, a node may restart. A copy made then is no backup (DESIGN.md, law 8).
 */






const window_watch_WHEN = 'while data were being copied';
/** Runs until `signal` is aborted. @throws ActionError as soon as the window is no longer ours */
async function watchWindow(options, signal) {
    const { limits, log } = options;
    const contact = createContact({ graceMs: limits.contactGraceMs, during: 'while copying', log });
    while (!signal.aborted) {
        await (0,promises_.setTimeout)(limits.watchIntervalMs, undefined, { signal });
        try {
            await assertOurWindow(options, signal);
            contact.ok();
        }
        catch (error) {
            signal.throwIfAborted();
            contact.failed(error);
        }
    }
}
/** The proof before progress 100. Failing calls are repeated within the grace. @throws ActionError */
async function proveWindow(options, signal) {
    const { limits, log } = options;
    const contact = createContact({ graceMs: limits.contactGraceMs, during: 'while proving the window', log });
    for (;;) {
        try {
            await assertOurWindow(options, signal);
            return;
        }
        catch (error) {
            signal.throwIfAborted();
            contact.failed(error);
        }
        await (0,promises_.setTimeout)(limits.pollIntervalMs, undefined, { signal });
    }
}
/** Lock still there, task RUNNING, both states DRAINED. @throws ActionError LOCK_LOST, BACKUP_CANCELED_BY_SERVER */
async function assertOurWindow({ client, unlockToken }, signal) {
    const [lock, status] = await Promise.all([
        client.lockState(signal),
        client.maintenance(unlockToken, signal).catch((error) => {
            // 404 and 409: there is no such maintenance any more, or our token is not the one it was begun with.
            if ((0,http_error/* statusOf */.c)(error) === 404 || (0,http_error/* statusOf */.c)(error) === 409) {
                return undefined;
            }
            throw error;
        }),
    ]);
    if (!lock.locked || status === undefined) {
        throw lockLost(client.url, window_watch_WHEN);
    }
    if (status.taskState !== 'RUNNING') {
        throw taskLost(client.url, status.taskState, window_watch_WHEN);
    }
    if (!(0,answers/* isDrained */.wx)(status)) {
        const states = `db state '${status.dbState}', scm state '${status.scmState}'`;
        throw new build_errors/* ActionError */.lZ('LOCK_LOST', `${client.url} is no longer drained (${states}) ${window_watch_WHEN}; the copy is discarded.`, { advice: 'Find out what opened it, such as a node that restarted; then run again.' });
    }
}

;// CONCATENATED MODULE: ./build/bitbucket/maintenance.js
/**
 * lock -> start -> drain -> work -> proof -> 100 -> unlock, as one scope that cannot be left without the unlock.
 * Everything that users wait for happens in here, and nothing else does.
 */








class MaintenanceWindow {
    lease;
    #options;
    constructor(options) {
        this.#options = options;
        this.lease = new Lease(options);
    }
    /**
     * @throws the first error of the work or of the protocol; Bitbucket is unlocked by then, or `lease.state` says why not
     */
    async run(work) {
        const { interruption, limits } = this.#options;
        const scope = new AbortController();
        const signal = AbortSignal.any([interruption.signal, scope.signal]);
        const releaseNow = () => void this.lease.release(true).catch(() => undefined);
        const unhook = interruption.onInterrupt(releaseNow);
        // Whatever stops the work, users do not wait for its end: a child may hang on a file system that does not answer.
        scope.signal.addEventListener('abort', releaseNow, { once: true });
        let overtime;
        try {
            signal.throwIfAborted();
            await this.#lock();
            overtime = setTimeout(() => scope.abort(lockedTooLong(limits.maxLockedMs)), limits.maxLockedMs);
            const value = await this.#locked(work, scope, signal);
            clearTimeout(overtime);
            const unlockFailure = await this.#unlock();
            return { value, unlockFailure };
        }
        catch (thrown) {
            clearTimeout(overtime);
            // Aborted work throws whatever was in its way; why it was aborted is what counts.
            const error = signal.aborted ? signal.reason : thrown;
            await this.#releaseAfter(error);
            throw error;
        }
        finally {
            unhook();
        }
    }
    /** Another attempt, after work that could go on without it. @throws ActionError UNLOCK_FAILED */
    async retryUnlock() {
        if (this.lease.state === 'held') {
            await this.lease.retryRelease();
            this.#options.onMark('unlocked');
        }
    }
    async #lock() {
        const { step, onMark } = this.#options;
        onMark('lock-requested');
        await step('lock', async () => {
            await this.lease.acquire();
        });
        onMark('locked');
    }
    async #locked(work, scope, signal) {
        const { client, log, limits, step, onMark } = this.#options;
        await step('start backup', async () => await this.lease.startBackup());
        const unlockToken = this.lease.unlockToken ?? '';
        const window = { client, unlockToken, limits, log };
        await (0,side_by_side/* sideBySide */.Q)(signal, [
            async (shared) => await work.whileDraining(shared),
            async (shared) => {
                await step('drain', async () => await waitForDrain({ ...window, signal: shared }));
                onMark('drained');
            },
        ]);
        const progress = createProgressReporter(async (percentage) => await client.reportProgress(unlockToken, percentage, { ...retry/* SHORT_RETRIES */._s, signal }), log);
        try {
            const done = (fraction) => progress.update(fraction);
            const value = await this.#watched(scope, signal, async () => await work.whileDrained(signal, done));
            await step('prove window', async () => await proveWindow(window, signal));
            await progress.stop();
            await this.#complete(progress, unlockToken);
            return value;
        }
        finally {
            await progress.stop();
        }
    }
    /** Work, while the lock is being looked at; losing it stops the work. */
    async #watched(scope, signal, work) {
        const { client, limits, log } = this.#options;
        const done = new AbortController();
        const window = { client, unlockToken: this.lease.unlockToken ?? '', limits, log };
        const watching = watchWindow(window, AbortSignal.any([signal, done.signal])).catch((error) => {
            if (!done.signal.aborted) {
                scope.abort(error);
            }
        });
        try {
            return await work();
        }
        finally {
            done.abort();
            await watching;
        }
    }
    /** Progress 100 lets users back to database and repositories. The data are complete by now, so it fails nothing. */
    async #complete(progress, unlockToken) {
        const { client, log, step } = this.#options;
        await step('complete backup', async () => {
            try {
                await client.reportProgress(unlockToken, 100, retry/* SHORT_RETRIES */._s);
                log.info('Backup progress updated to 100');
                this.lease.taskCompleted();
            }
            catch (error) {
                log.warning(`Bitbucket did not take progress 100 (last ${progress.percentage}), so its task is cancelled; the copy is complete: ${(0,build_errors/* asError */.zR)(error).message}`);
            }
        });
    }
    async #unlock() {
        const { step, onMark, client, log, limits } = this.#options;
        try {
            await step('unlock', async () => await this.lease.release());
            onMark('unlocked');
            await (0,release/* assertServing */.jL)({ client, log, limits });
            return undefined;
        }
        catch (error) {
            if (error instanceof build_errors/* ActionError */.lZ) {
                log.error(`${error.message} ${error.advice ?? ''}`);
                return error;
            }
            throw error;
        }
    }
    async #releaseAfter(error) {
        const { log, onMark, step } = this.#options;
        if (this.lease.state === 'none') {
            return;
        }
        log.error(`${(0,build_errors/* asError */.zR)(error).message} Cancelling the backup and unlocking Bitbucket.`);
        try {
            await step('cancel and unlock', async () => await this.lease.release());
            onMark('unlocked');
        }
        catch (failure) {
            const { message } = (0,build_errors/* asError */.zR)(failure);
            const advice = failure instanceof build_errors/* ActionError */.lZ ? failure.advice : undefined;
            log.error(`${message} ${advice ?? ''}`);
        }
    }
}
function lockedTooLong(limitMs) {
    return new build_errors/* ActionError */.lZ('MAX_LOCKED_EXCEEDED', `Bitbucket has been locked for ${limitMs / 60_000} minutes, the limit (max-locked-minutes); the backup was stopped.`, { advice: 'Find out what was slow (see the timings), or raise max-locked-minutes.' });
}

;// CONCATENATED MODULE: ./build/pipeline/locked-window.js
/** Everything that happens while users are locked out. What can stand before or after it must not stand here. */




async function lockedWindow(run, undo) {
    const { client, log, options, interruption, timeline, progress, found } = run;
    const captured = new Map();
    const capture = async (slot, signal) => {
        const strategy = run.strategies[slot];
        const begin = async () => await strategy.capture(signal);
        const part = isNone(strategy) ? await begin() : await timeline.span('locked', `capture ${slot}`, begin);
        captured.set(slot, part);
        if (!isNone(strategy)) {
            undo.push(`copy of the ${slot} discarded`, async () => await part.discard());
            log.info(`Performed backup of ${slot} (${strategy.name})`);
        }
    };
    const { journal } = found;
    if (journal === undefined) {
        throw new TypeError('The journal is claimed before the lock.');
    }
    const window = new MaintenanceWindow({
        client,
        log,
        limits: options.limits,
        record: (0,lock_record/* createLockRecord */.nO)(journal, options.backupRoot, options.connection),
        interruption,
        onMark: (mark) => timeline.mark(mark),
        step: async (name, work) => await timeline.span('locked', name, work),
    });
    found.window = window;
    const { unlockFailure } = await window.run({
        whileDraining: async (signal) => await capture('search', signal),
        whileDrained: async (signal, report) => {
            progress.listen(report);
            await (0,side_by_side/* sideBySide */.Q)(signal, [
                async (shared) => await capture('database', shared),
                async (shared) => await capture('home', shared),
            ]);
        },
    });
    return { captured, unlockFailure };
}

;// CONCATENATED MODULE: ./build/pipeline/plan.js
function planOf(run) {
    const { options, client, strategies, backupId, found } = run;
    const { limits, chosen, backupRoot, keepBackups } = options;
    const copied = Object.entries(strategies).filter(([, strategy]) => strategy.name !== 'none');
    const missing = Object.entries(strategies).filter(([, strategy]) => strategy.name === 'none');
    return [
        `Back up ${client.url} (Bitbucket ${found.bitbucketVersion ?? 'of unknown version'}) as ${backupId}.`,
        ...[options.usedDatabase?.told, options.usedSearch?.told].flatMap((told) => told === undefined ? [] : [`${told}.`]),
        ...copied.map(([slot, { name }]) => slot === 'search'
            ? `Have the search server take a snapshot (${name}), begun while Bitbucket is locked and ended while users are working.`
            : `Copy the ${slot} with ${name} into ${backupRoot} while users are working.`),
        `Lock Bitbucket, drain it (at most ${limits.drainTimeoutMs / 60_000} minutes), fix the point in time, unlock (locked at most ${limits.maxLockedMs / 60_000} minutes).`,
        `Write the archive with ${chosen.archive}.`,
        keepBackups === 0
            ? 'Keep all older backups.'
            : `Remove backups of ${options.instanceName} beyond the newest ${keepBackups}, after success.`,
        ...missing.map(([slot]) => slot === 'search'
            ? 'Not backed up: search (strategy none); Bitbucket builds its search index anew by itself.'
            : `Not backed up: ${slot} (strategy none).`),
    ];
}

;// CONCATENATED MODULE: ./build/bitbucket/version-range.js
const OLDEST_MAJOR = 4;
const NEWEST_MAJOR = 10;
function versionFindings(version) {
    const major = Number(version.split('.')[0]);
    if (major < OLDEST_MAJOR) {
        return [
            finding('error', `Bitbucket ${version} is too old; this action backs up ${OLDEST_MAJOR}.0 to ${NEWEST_MAJOR}.x.`),
        ];
    }
    if (major > NEWEST_MAJOR) {
        return [
            finding('warning', `Bitbucket ${version} is newer than the versions this action was made for (up to ${NEWEST_MAJOR}.x); test a restore.`),
        ];
    }
    return [];
}
function finding(severity, message) {
    return { severity, subject: 'bitbucket-url', message };
}

;// CONCATENATED MODULE: ./build/bitbucket/preflight.js
/** What has to be true of Bitbucket before the lock. Reads only; sends the credentials once. */


/** Never throws: what the calls fail with becomes a finding. */
async function checkBitbucket(client, signal) {
    let version;
    try {
        await client.resolveHost();
        // The state first: an instance that is locked answers 503 to the question for its version.
        const state = await stateFindings(client, signal);
        if (state.length > 0) {
            return { version, findings: state };
        }
        version = await client.version(signal);
        return { version, findings: versionFindings(version) };
    }
    catch (error) {
        signal.throwIfAborted();
        return { version, findings: [failed(error)] };
    }
}
async function stateFindings(client, signal) {
    const lock = await client.lockState(signal);
    if (lock.locked) {
        const owner = lock.owner === undefined ? '' : ` by '${lock.owner}'`;
        return [
            {
                severity: 'error',
                subject: 'bitbucket-url',
                message: `${client.url} is already locked${owner}, and not by this action; wait until it is unlocked. That lock was not touched.`,
            },
        ];
    }
    const status = await client.status(signal);
    if (status !== 'RUNNING') {
        return [
            {
                severity: 'error',
                subject: 'bitbucket-url',
                message: `${client.url} is in state '${status}', not RUNNING; wait until it serves users.`,
            },
        ];
    }
    return [];
}
const SUBJECTS = {
    AUTH_FAILED: 'bitbucket-password',
    AUTH_CAPTCHA: 'bitbucket-username',
    AUTH_FORBIDDEN: 'bitbucket-username',
    TLS_UNTRUSTED: 'ca-file',
};
function failed(error) {
    const subject = SUBJECTS[(0,build_errors/* codeOf */.$N)(error)] ?? 'bitbucket-url';
    const [message = 'Bitbucket could not be asked.'] = (0,build_errors/* messageChain */.NG)(error);
    const advice = error instanceof build_errors/* ActionError */.lZ && error.advice !== undefined ? ` ${error.advice}` : '';
    return { severity: 'error', subject, message: `${message}${advice}` };
}

;// CONCATENATED MODULE: ./build/pipeline/partner-findings.js

/** What has no copy of its own is only in the backup when the home takes all of its volume in one moment. */
function partnerFindings({ home, database, }) {
    if (database.goesWithHome !== true || (home.atomic && !isNone(home))) {
        return [];
    }
    return [
        {
            severity: 'error',
            subject: 'database-strategy',
            message: `Input 'database-strategy' is '${database.name}', which lies in the snapshot of the home, and home-strategy '${home.name}' takes none; choose another one of the two.`,
        },
    ];
}

// EXTERNAL MODULE: ./build/pipeline/places.js
var places = __webpack_require__(64603);
// EXTERNAL MODULE: ./build/pipeline/space.js
var space = __webpack_require__(82509);
;// CONCATENATED MODULE: ./build/pipeline/preflight.js
/** Everything that can be known to be wrong before the lock, in one go. Changes nothing. */





/** @throws ConfigurationError with every error found; warnings are logged */
async function preflight(run) {
    const { timeline, strategies, archive, options, client, interruption } = run;
    await timeline.span('preflight', 'check', async () => {
        const { signal } = interruption;
        const used = [options.usedDatabase, options.usedSearch].filter((report) => report !== undefined);
        const findings = used.flatMap((report) => report.findings);
        for (const { told } of used) {
            if (told !== undefined) {
                run.log.info(told);
            }
        }
        const [bitbucket, ...parts] = await Promise.all([
            checkBitbucket(client, signal),
            ...Object.values(strategies).map(async (strategy) => await strategy.preflight()),
            archive.preflight(),
        ]);
        signal.throwIfAborted();
        if (bitbucket.version !== undefined) {
            run.found.bitbucketVersion = bitbucket.version;
        }
        const ofParts = parts.flat();
        tell(run, [
            ...bitbucket.findings,
            ...(0,places/* folderFindings */.p)('backup-root', options.backupRoot),
            ...partnerFindings(strategies),
            ...findings.filter((finding) => !ofParts.some((said) => isSameError(finding, said))),
            ...ofParts,
        ]);
    });
    await timeline.span('preflight', 'check space', async () => await checkSpace(run));
}
/** Asked twice: estimates before the first copy, what is really left to write before the lock. @throws ConfigurationError */
async function checkSpace(run) {
    const { strategies, archive } = run;
    const needs = (await Promise.all(Object.values(strategies).map(async (s) => await s.spaceNeeds()))).flat();
    const sourceBytes = needs.reduce((sum, need) => sum + (need.totalBytes ?? need.bytes), 0);
    run.interruption.signal.throwIfAborted();
    tell(run, await (0,space/* spaceFindings */.$)([...needs, ...(await archive.spaceNeeds(sourceBytes))]));
}
/** What is wrong with the home its own strategy says better. */
function isSameError(finding, said) {
    return finding.subject === 'home-path' && said.subject === 'home-path' && said.severity === 'error';
}
function tell(run, findings) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    for (const { message } of findings.filter(({ severity }) => severity === 'warning')) {
        run.log.warning(message);
    }
    if (errors.length > 0) {
        throw new build_errors/* ConfigurationError */.j1('PREFLIGHT_FAILED', errors);
    }
}

// EXTERNAL MODULE: ./build/pipeline/stale-run.js
var stale_run = __webpack_require__(39970);
// EXTERNAL MODULE: ./build/pipeline/undo.js
var pipeline_undo = __webpack_require__(17061);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/host/product.js
var product = __webpack_require__(33012);
// EXTERNAL MODULE: ./build/host/private-file.js
var private_file = __webpack_require__(78755);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
// EXTERNAL MODULE: ./build/report/manifest-reader.js
var manifest_reader = __webpack_require__(87868);
// EXTERNAL MODULE: ./build/report/manifest-type.js
var manifest_type = __webpack_require__(27339);
;// CONCATENATED MODULE: ./build/report/manifest.js
/** Makes the manifest of a backup. It records what a restore needs and what was left out, and never a secret. */




/** @throws ActionError `INTERNAL` when the timeline does not show a lock, a drain and an unlock: they are what it attests. */
function buildManifest(source) {
    const { home, database, search } = source.parts;
    const parts = [
        { ...home, slot: 'home' },
        { ...database, slot: 'database' },
        { ...search, slot: 'search' },
    ];
    const missing = parts
        .filter(({ included }) => !included)
        .map(({ slot, strategy }) => ({ slot, reason: `The ${slot} strategy is '${strategy}'.` }));
    return {
        formatVersion: manifest_type/* MANIFEST_FORMAT_VERSION */.V,
        product: source.product,
        backupId: source.backupId,
        instanceName: source.instanceName,
        bitbucket: { url: source.bitbucket.url, version: told(source.bitbucket.version) },
        times: timesOf(source.timeline),
        consistency: 'locked-and-drained',
        parts,
        notBackedUp: [
            ...missing,
            ...(source.notCovered ?? []).map(({ slot, reason }) => ({ slot, reason: told(reason) })),
        ],
        exclusions: source.exclusions,
        tools: Object.fromEntries(Object.entries(source.tools).map(([name, version]) => [name, told(version)])),
        runner: { hostname: told(source.runner.hostname), platform: told(source.runner.platform) },
        ...(source.github === undefined ? {} : { github: source.github }),
    };
}
/** What tools and servers say of themselves must not cost a backup for being empty, long or full of colours. */
function told(words) {
    return (0,markdown/* oneLine */.TN)(words) || 'unknown';
}
function timesOf(timeline) {
    const { marks } = timeline;
    const lockedMs = timeline.lockedMs() ?? 0;
    return {
        startedAt: iso(timeline.startedAtMs),
        lockedAt: iso(marked(marks, 'locked')),
        drainedAt: iso(marked(marks, 'drained')),
        ...(marks.unlocked === undefined ? {} : { unlockedAt: iso(marks.unlocked) }),
        finishedAt: iso(timeline.nowMs()),
        lockedSeconds: Math.round(lockedMs) / 1_000,
    };
}
function marked(marks, name) {
    const ms = marks[name];
    if (ms === undefined) {
        throw new build_errors/* ActionError */.lZ('INTERNAL', `A manifest was asked for, but the run never reached '${name}'.`);
    }
    return ms;
}
function iso(ms) {
    return new Date(Math.round(ms)).toISOString();
}
/**
 * The text of `manifest.json`: fields in one order, whatever order they were made in. It is read back first, so that
 * nothing is archived that our own restore would refuse.
 *
 * @throws ActionError as `readManifest` does.
 */
function manifestJson(manifest) {
    return `${JSON.stringify((0,manifest_reader/* readManifest */.W)(JSON.stringify(manifest)), null, 2)}\n`;
}

;// CONCATENATED MODULE: ./build/pipeline/write-manifest.js
/** The manifest: last file of the working copy, first that a restore reads. */






async function writeManifest(run) {
    const { options, timeline, found, backupId, client, archive } = run;
    const { parts } = found;
    if (parts === undefined) {
        throw new TypeError('The parts are settled before the manifest is written.');
    }
    const repository = process.env['GITHUB_REPOSITORY'];
    const runId = process.env['GITHUB_RUN_ID'];
    const manifest = buildManifest({
        product: product/* PRODUCT */.A,
        backupId,
        instanceName: options.instanceName,
        bitbucket: { url: client.url, version: found.bitbucketVersion ?? 'unknown' },
        timeline,
        parts,
        exclusions: parts.home.excluded ?? { patterns: [], repositories: [] },
        tools: { ...archive.tools(), ...parts.home.tools, ...parts.database.tools, ...parts.search.tools },
        runner: { hostname: (0,external_node_os_.hostname)(), platform: `${process.platform} ${process.arch}` },
        ...(repository && runId ? { github: { repository, runId } } : {}),
    });
    const path = (0,external_node_path_.join)(options.backupRoot, manifest_name/* MANIFEST_NAME */.i);
    await timeline.span('settle', 'write manifest', () => {
        (0,private_file/* writePrivateFile */.Pl)(path, manifestJson(manifest), run.runId);
        return Promise.resolve();
    });
    found.manifestPath = path;
}

;// CONCATENATED MODULE: ./build/pipeline/backup.js
/**
 * The sequence of a backup, and nothing else. Users are locked out inside `lockedWindow` only; what is slow stands before
 * or after it. Pruning is last: a failed run never costs an old backup.
 */













/**
 * @throws the first error. By then everything this run made is undone and Bitbucket is unlocked, or `run.found.window`
 *   says why it is not; how far it came stands in `run.found`.
 */
async function backup(run) {
    const { options, found, log } = run;
    await recover(run);
    await preflight(run);
    log.info(`Backing up Bitbucket ${found.bitbucketVersion ?? ''} as ${run.backupId}`);
    if (options.dryRun) {
        found.plan = planOf(run);
        return;
    }
    const undo = new pipeline_undo/* UndoStack */.Z(log);
    try {
        claimJournal(run);
        await prepare(run);
        const { captured, unlockFailure } = await lockedWindow(run, undo);
        await settle(run, captured);
        await unlockAgain(run, unlockFailure);
        await writeManifest(run);
        await archive(run);
        await prune(run);
    }
    catch (error) {
        const report = await undo.unwind();
        found.undone = report.undone;
        found.undoFailures = report.failures;
        throw error;
    }
    finally {
        await closeStrategies(run);
        closeJournal(run);
    }
    if (found.unlockFailure !== undefined) {
        throw found.unlockFailure;
    }
}
/** Nothing of the data is at stake any more, so a failure is told and no more. */
async function closeStrategies({ strategies, log }) {
    for (const [slot, strategy] of Object.entries(strategies)) {
        await strategy.close?.().catch((error) => {
            log.warning(`What the backup of ${slot} left running could not be ended: ${(0,build_errors/* asError */.zR)(error).message}`);
        });
    }
}
async function recover(run) {
    const { options, client, log, timeline } = run;
    const stale = (0,stale_run/* findStaleRun */.UJ)(options.backupRoot);
    if (stale === undefined) {
        return;
    }
    if (options.dryRun) {
        log.warning(`Backup ${stale.backupId} died (lock: ${stale.lock.phase}); the next run recovers what it left.`);
        return;
    }
    await timeline.span('preflight', 'recover dead run', async () => {
        await client.resolveHost();
        await (0,stale_run/* recoverStaleRun */.Px)({ backupRoot: options.backupRoot, client, limits: options.limits, log }, stale);
    });
}
async function prepare(run) {
    const { strategies, timeline, interruption, log } = run;
    const endGroup = log.group('Prepare: copy while users are working');
    try {
        await (0,side_by_side/* sideBySide */.Q)(interruption.signal, Object.entries(strategies).map(([slot, strategy]) => async (signal) => {
            if (!isNone(strategy)) {
                await timeline.span('prepare', `${slot} ${strategy.name}`, async () => await strategy.prepare(signal));
                log.info(`Prepared backup of ${slot} (${strategy.name})`);
            }
        }));
        await timeline.span('prepare', 'check space again', async () => await checkSpace(run));
    }
    finally {
        endGroup();
    }
}
async function settle(run, captured) {
    const { timeline, interruption } = run;
    const parts = {};
    await (0,side_by_side/* sideBySide */.Q)(interruption.signal, [...captured].map(([slot, part]) => async (signal) => {
        const finish = async () => await part.settle(signal);
        const backedUp = isNone(run.strategies[slot])
            ? await finish()
            : await timeline.span('settle', `settle ${slot}`, finish);
        parts[slot] = backedUp;
        if (slot === 'home') {
            // Beside the database, whose rows take longer.
            await timeline.span('settle', 'look for links out', async () => {
                await warnOfOutsideLinks(run, { home: backedUp, signal });
            });
        }
    }));
    const { home, database, search } = parts;
    if (home === undefined || database === undefined || search === undefined) {
        throw new TypeError('Every slot has been captured and settled.');
    }
    run.found.parts = { home, database, search };
}
/** Bitbucket did not take the unlock when the window ended. The data are good, so the run goes on, and fails at the end. */
async function unlockAgain(run, failure) {
    const { found, timeline, log } = run;
    const { window } = found;
    if (failure === undefined || window === undefined) {
        return;
    }
    found.unlockFailure = failure;
    if (window.lease.state !== 'held') {
        return;
    }
    try {
        await timeline.span('settle', 'unlock again', async () => await window.retryUnlock());
        delete found.unlockFailure;
        log.warning(`Bitbucket is unlocked only now, after the copy was settled: ${failure.message}`);
    }
    catch (error) {
        log.error((0,build_errors/* asError */.zR)(error).message);
    }
}
async function archive(run) {
    const { options, timeline, found, interruption, log } = run;
    // A restore wants the manifest first, and the dump before the home: it is loaded while the home is unpacked.
    const { database, search, home } = found.parts ?? {};
    const parts = [database, search, home].filter((part) => part !== undefined);
    const bytes = parts.reduce((sum, part) => sum + (part.bytes ?? 0), 0);
    const source = {
        root: options.backupRoot,
        members: [manifest_name/* MANIFEST_NAME */.i, ...parts.flatMap((part) => part.members)],
        bytes,
        files: parts.reduce((sum, part) => sum + (part.files ?? 0), 0),
    };
    const endGroup = log.group('Archive');
    try {
        found.archiveSourceBytes = bytes;
        found.archive = await timeline.span('archive', `archive ${run.archive.name}`, async () => await run.archive.create(source, interruption.signal));
        const { path, bytes: size, sha256 } = found.archive;
        log.info(`Archived ${(0,format/* formatBytes */.z3)(bytes)} into '${path}', ${(0,format/* formatBytes */.z3)(size)}, SHA-256 ${sha256}`);
    }
    finally {
        endGroup();
    }
}
async function prune(run) {
    const { options, timeline, found, strategies, archive: archives } = run;
    const keep = options.keepBackups;
    if (keep > 0) {
        found.pruned = await timeline.span('finish', 'prune', async () => {
            const removed = [...(await archives.prune(keep))];
            const kept = await archives.backupIds();
            for (const [slot, strategy] of Object.entries(strategies)) {
                const names = (await strategy.prune?.(keep, kept)) ?? [];
                // Named after backups, as archives are: a name alone would not tell which of the two is gone.
                removed.push(...names.map((name) => `${slot}: ${name}`));
            }
            return removed;
        });
    }
}

// EXTERNAL MODULE: ./build/archive/registry.js
var registry = __webpack_require__(16974);
// EXTERNAL MODULE: ./build/bitbucket/limits.js
var limits = __webpack_require__(45460);
// EXTERNAL MODULE: ./build/database/registry.js
var database_registry = __webpack_require__(73769);
// EXTERNAL MODULE: ./build/home/registry.js
var home_registry = __webpack_require__(72267);
// EXTERNAL MODULE: ./build/inputs/foreign-inputs.js
var foreign_inputs = __webpack_require__(92276);
// EXTERNAL MODULE: ./build/search/registry.js
var search_registry = __webpack_require__(14018);
// EXTERNAL MODULE: ./build/pipeline/common-options.js
var common_options = __webpack_require__(86769);
// EXTERNAL MODULE: ./build/pipeline/auto/choose-database.js + 6 modules
var choose_database = __webpack_require__(34937);
// EXTERNAL MODULE: ./build/bitbucket/home-properties.js
var home_properties = __webpack_require__(92137);
;// CONCATENATED MODULE: ./build/bitbucket/used-search.js
/**
 * The search server that Bitbucket uses, as `bitbucket.properties` says ("Configuration properties", search): since 7.21
 * `plugin.search.config.*`, before that `plugin.search.elasticsearch.*`. Without one Bitbucket starts its own.
 */
const PREFIXES = ['plugin.search.config.', 'plugin.search.elasticsearch.'];
/** @returns undefined when it names none */
function usedSearch(properties) {
    const value = (name) => PREFIXES.map((prefix) => properties.get(prefix + name)?.trim()).find((found) => found);
    const url = value('baseurl');
    return url === undefined
        ? undefined
        : { url, username: value('username'), password: value('password'), region: value('aws.region') };
}

;// CONCATENATED MODULE: ./build/pipeline/auto/unknown-part.js
const never = async () => {
    await Promise.resolve();
    throw new TypeError('Preflight fails while it is not known how a part is copied.');
};
function unknownPart(name) {
    return {
        create: () => ({
            name,
            atomic: false,
            preflight: async () => await Promise.resolve([]),
            spaceNeeds: async () => await Promise.resolve([]),
            prepare: never,
            capture: never,
        }),
    };
}

;// CONCATENATED MODULE: ./build/pipeline/auto/choose-search.js
/**
 * What `bitbucket.properties` says of the search server, where the inputs leave it open. As with the database only the
 * inputs are judged here; what the file says wrong becomes a finding of preflight.
 */





const STAND_INS = { 'elasticsearch-url': 'https://stand-in.invalid', 'elasticsearch-region': 'us-east-1' };
/** Notes wrong inputs in the reader; changes nothing. */
async function chooseSearch(inputs, strategy, homeStrategy) {
    const read = async (reader) => (await search_registry/* searchStrategies */.I[strategy]()).read(reader);
    const homePath = homeStrategy === 'none' ? '' : inputs.written('home-path');
    const isGiven = inputs.written('elasticsearch-url') !== '';
    // What is wrong with the home its own reader says; without one only the input can tell.
    const isUsable = (0,external_node_path_.isAbsolute)(homePath) && !/\p{Cc}/u.test(homePath) && !homePath.split('/').includes('..');
    if (strategy === 'none' || !isUsable) {
        return { factory: await read(inputs), findings: [] };
    }
    const properties = await (0,home_properties/* readHomeProperties */.X)(homePath);
    const used = 'problem' in properties ? undefined : usedSearch(properties.properties);
    if (used !== undefined && !('problem' in properties)) {
        const factory = await read(inputs.answering({ values: answersOf(used, inputs, strategy), parameters: {} }));
        const told = isGiven
            ? {}
            : { told: `Search server found in '${properties.path}': ${withoutSecrets(used.url)}` };
        return { factory, findings: [], ...told };
    }
    if (isGiven) {
        return { factory: await read(inputs), findings: [] };
    }
    // The other inputs may be wrong as well.
    await read(inputs.answering({ values: STAND_INS, parameters: {} }));
    const message = 'problem' in properties
        ? `Input 'elasticsearch-url' is empty, and '${homePath}' ${properties.problem}; set the input, or correct home-path.`
        : `Input 'elasticsearch-url' is empty, and '${properties.path}' names no search server (plugin.search.config.baseurl); the one that comes with Bitbucket needs no backup: set elasticsearch-strategy: none.`;
    return {
        factory: unknownPart(strategy),
        findings: [{ severity: 'error', subject: 'elasticsearch-url', message }],
    };
}
/** A password goes nowhere but to the server, and for the user, that the file names it for. */
function answersOf({ url, username, password, region }, inputs, strategy) {
    const givenUrl = inputs.written('elasticsearch-url');
    const givenUser = inputs.written('elasticsearch-username');
    const isSame = givenUrl === '' || hostOf(givenUrl) === hostOf(url);
    const isSigned = strategy === 'amazon-es' && region !== undefined;
    if (!isSame) {
        return {};
    }
    const isForUser = !isSigned && username !== undefined && (givenUser === '' || givenUser === username);
    if (isForUser && password !== undefined) {
        inputs.mask(password);
    }
    return {
        'elasticsearch-url': url,
        ...(isForUser ? { 'elasticsearch-username': username } : {}),
        ...(isForUser && password !== undefined ? { 'elasticsearch-password': password } : {}),
        ...(isSigned && givenUser === '' ? { 'elasticsearch-region': region } : {}),
    };
}
/** With its port; undefined for what is no URL, which the reader of the input says. */
function hostOf(written) {
    const url = written.includes('://') ? written : `http://${written}`;
    return URL.canParse(url) ? new URL(url).host : undefined;
}
/** User and query can be secret, and in a URL that is wrong a password can hold anything. */
function withoutSecrets(url) {
    return url.replace(/.*@/s, '***@').replace(/[?#].*$/s, '');
}

// EXTERNAL MODULE: ./build/pipeline/connection-options.js
var connection_options = __webpack_require__(58476);
;// CONCATENATED MODULE: ./build/pipeline/backup-options.js
/** Reads everything a backup is told, in one go: all wrong inputs are named together, before anything happens. */











const MINUTE_MS = 60_000;
/** @throws ConfigurationError with every problem */
async function readBackupOptions(inputs) {
    const home = inputs.choice('home-strategy', (0,common_options/* keysOf */.Y)(home_registry/* homeStrategies */.H));
    const wanted = inputs.choice('database-strategy', (0,choose_database/* databaseChoices */.AP)());
    const database = await (0,choose_database/* chooseDatabase */.RA)(inputs, wanted, home);
    const chosen = {
        home,
        database: database.name ?? choose_database/* AUTO */.Q8,
        search: inputs.choice('elasticsearch-strategy', (0,common_options/* keysOf */.Y)(search_registry/* searchStrategies */.I)),
        archive: inputs.choice('archive-strategy', (0,common_options/* keysOf */.Y)(registry/* archiveStrategies */.c)),
    };
    // What belongs to the strategy that is found is judged where it is found.
    (0,foreign_inputs/* refuseForeignInputs */.C)(inputs, 'backup', { ...chosen, database: wanted === choose_database/* AUTO */.Q8 ? undefined : wanted });
    const search = await chooseSearch(inputs, chosen.search, home);
    const options = {
        connection: (0,connection_options/* readConnection */.d)(inputs),
        instanceName: (0,common_options/* readInstanceName */.X)(inputs),
        limits: readLimits(inputs),
        dryRun: inputs.boolean('dry-run'),
        backupRoot: inputs.requiredPath('backup-root'),
        keepBackups: inputs.integer('keep-backups', { min: 0, max: 10_000 }),
        home: (await home_registry/* homeStrategies */.H[chosen.home]()).read(inputs),
        database: await readDatabase(database),
        usedDatabase: database.used,
        search: search.factory,
        usedSearch: search,
        archive: (await registry/* archiveStrategies */.c[chosen.archive]()).read(inputs),
        uploadArtifact: inputs.choice('upload-artifact', ['manifest', 'none']),
        chosen,
    };
    inputs.finish();
    return options;
}
/** While it is not known which, the inputs of every network database are read all the same: they may be wrong. */
async function readDatabase({ name, inputs }) {
    const read = (await database_registry/* databaseStrategies */.P[name ?? 'postgresql']()).read(inputs);
    return name === undefined ? unknownPart(choose_database/* AUTO */.Q8) : read;
}
function readLimits(inputs) {
    const maxLocked = inputs.integer('max-locked-minutes', { min: 1, max: 1_440 });
    const drain = inputs.integer('drain-timeout-minutes', { min: 1, max: 1_440 });
    return { ...limits/* DEFAULT_LIMITS */.d, maxLockedMs: maxLocked * MINUTE_MS, drainTimeoutMs: drain * MINUTE_MS };
}

// EXTERNAL MODULE: ./build/pipeline/failed-step.js
var failed_step = __webpack_require__(99161);
;// CONCATENATED MODULE: ./build/pipeline/backup-report.js


function reportOf(run, error) {
    const { options, found, client, backupId, timeline, log } = run;
    const { archive, window } = found;
    const unlockToken = window?.lease.unlockToken;
    return {
        kind: 'backup',
        outcome: outcomeOf(run, error),
        instanceName: options.instanceName,
        bitbucketUrl: client.url,
        bitbucketVersion: found.bitbucketVersion,
        backupId,
        timeline,
        lockState: LOCK_STATES[window?.lease.state ?? 'none'],
        tokens: unlockToken === undefined ? undefined : { unlockToken, cancelToken: window?.lease.cancelToken },
        journalPath: found.journal?.path,
        parts: partsOf(run),
        archive: archive === undefined
            ? undefined
            : {
                path: archive.path,
                bytes: archive.bytes,
                sha256: archive.sha256,
                sourceBytes: found.archiveSourceBytes ?? 0,
            },
        manifestPath: found.manifestPath,
        pruned: found.pruned ?? [],
        warnings: log.warnings,
        plan: found.plan,
        failure: error === undefined ? undefined : failureOf(run, error),
    };
}
const LOCK_STATES = {
    none: 'never-locked',
    locking: 'unknown',
    unknown: 'unknown',
    held: 'still-locked',
    released: 'unlocked',
    lifted: 'unlocked',
    foreign: 'locked-by-other',
};
function outcomeOf(run, error) {
    if (error === undefined) {
        return run.options.dryRun ? 'dry-run' : 'success';
    }
    return (0,build_errors/* codeOf */.$N)(error) === 'CANCELED' ? 'canceled' : 'failure';
}
function partsOf({ strategies, found }) {
    const slots = ['home', 'database', 'search'];
    return slots.map((slot) => {
        const part = found.parts?.[slot];
        const { name } = strategies[slot];
        return {
            slot,
            strategy: name,
            included: part?.included ?? name !== 'none',
            files: part?.files,
            bytes: part?.bytes,
            place: slot === 'search' ? snapshotPlace(part) : undefined,
        };
    });
}
/** The search server keeps the snapshot; the archive holds no more than its name. */
function snapshotPlace(part) {
    const { snapshot, repository } = part?.details ?? {};
    return typeof snapshot === 'string' && typeof repository === 'string'
        ? `snapshot '${snapshot}' in repository '${repository}'`
        : undefined;
}
function failureOf({ timeline, found }, error) {
    return {
        code: (0,build_errors/* codeOf */.$N)(error),
        messages: (0,build_errors/* messageChain */.NG)(error),
        advice: error instanceof build_errors/* ActionError */.lZ ? error.advice : undefined,
        problems: error instanceof build_errors/* ConfigurationError */.j1 ? error.problems : undefined,
        failedStep: (0,failed_step/* firstFailedStep */.k)(timeline.spans),
        undone: found.undone ?? [],
        undoFailures: found.undoFailures ?? [],
    };
}

// EXTERNAL MODULE: ./build/pipeline/mask-credentials.js
var mask_credentials = __webpack_require__(34808);
// EXTERNAL MODULE: ./build/pipeline/open-inputs.js
var open_inputs = __webpack_require__(8553);
// EXTERNAL MODULE: ./build/pipeline/publish-backup.js + 4 modules
var publish_backup = __webpack_require__(55251);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/archive/names.js
var names = __webpack_require__(50485);
// EXTERNAL MODULE: ./build/bitbucket/client.js + 3 modules
var client = __webpack_require__(73181);
// EXTERNAL MODULE: ./build/host/command.js + 3 modules
var command = __webpack_require__(77696);
// EXTERNAL MODULE: ./build/host/orphans.js
var orphans = __webpack_require__(9420);
;// CONCATENATED MODULE: ./build/pipeline/previous-backup.js
/** What the last whole backup in `backup-root` recorded: only to estimate the next one without walking a large home. */




/** Empty without a manifest, and with one that cannot be read: an estimate is not worth failing for. */
function previousParts(backupRoot) {
    try {
        const { parts } = (0,manifest_reader/* readManifest */.W)((0,external_node_fs_.readFileSync)((0,external_node_path_.join)(backupRoot, manifest_name/* MANIFEST_NAME */.i), 'utf8'));
        return Object.fromEntries(parts.map((part) => [part.slot, part]));
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./build/pipeline/progress-shares.js
/** Home and database are copied side by side; Bitbucket has one progress bar for both. */
class ProgressShares {
    #done = new Map();
    #listener;
    constructor(partners) {
        for (const partner of partners) {
            this.#done.set(partner, 0);
        }
    }
    /** What a partner reports its own work with, 0 to 1. */
    of(partner) {
        return (fraction) => {
            const before = this.#done.get(partner) ?? 0;
            // Not Math.max: NaN (a share of nothing) would stay for ever.
            this.#done.set(partner, fraction > before ? Math.min(1, fraction) : before);
            const all = [...this.#done.values()];
            this.#listener?.(all.reduce((sum, part) => sum + part, 0) / all.length);
        };
    }
    /** Before the lock nobody listens: work done there is not Bitbucket's business. */
    listen(listener) {
        this.#listener = listener;
    }
}

;// CONCATENATED MODULE: ./build/pipeline/start-backup.js
/** Puts a run together from its options: name, client, strategies. Touches nothing outside this process. */








function startBackup(environment, options) {
    const { log } = environment;
    const runId = (0,external_node_crypto_.randomUUID)();
    const backupId = (0,names/* formatBackupId */.d8)(options.instanceName, new Date(environment.timeline.startedAtMs));
    const commands = (0,command/* createCommandRunner */._)({
        marker: (0,orphans/* orphanMarker */.v)(runId),
        onStuck: (message) => log.warning(message),
    });
    const progress = new ProgressShares(['home', 'database']);
    const found = {};
    const previous = previousParts(options.backupRoot);
    const contextOf = (slot) => {
        const last = previous[slot];
        return {
            log,
            commands,
            backupId,
            backupRoot: options.backupRoot,
            ...(last === undefined ? {} : { previous: last }),
            internalDatabase: options.chosen.database === 'internal',
            progress: progress.of(slot),
        };
    };
    const strategies = {
        home: options.home.create(contextOf('home')),
        database: options.database.create(contextOf('database')),
        search: options.search.create(contextOf('search')),
    };
    return {
        ...environment,
        options,
        runId,
        backupId,
        client: new client/* BitbucketClient */.h(options.connection),
        commands,
        strategies,
        archive: options.archive.create({
            log,
            commands,
            backupId,
            instanceName: options.instanceName,
            backupRoot: options.backupRoot,
            sources: Object.values(strategies).flatMap((strategy) => strategy.sources ?? []),
            onPartial: (path) => notePartial({ found }, path),
        }),
        progress,
        found,
    };
}

;// CONCATENATED MODULE: ./build/pipeline/run-backup.js
/** A backup from the inputs to the report. */









/** @returns whether it was a success; everything that failed has been told by then */
async function runBackup(environment) {
    const { log, redactor } = environment;
    const report = await perform(environment);
    (0,publish_backup/* publishBackupOutputs */.u0)(report);
    await (0,publish_backup/* uploadManifest */.xg)(report, log);
    await (0,publish_backup/* publishBackup */.WR)(report, log, redactor);
    return report.outcome === 'success' || report.outcome === 'dry-run';
}
async function perform(environment) {
    let options;
    try {
        options = await readOptions(environment);
    }
    catch (error) {
        return refusal(environment, error);
    }
    environment.log.setPrefix(options.connection.url);
    const run = startBackup(environment, options);
    const failure = await run_backup_failureOf(environment, async () => await backup(run));
    const report = { ...reportOf(run, failure), uploadArtifact: options.uploadArtifact };
    await run.client.close();
    return report;
}
/** What the work threw; for a cancelled run the cancel, whatever it was that got in its way. */
async function run_backup_failureOf({ interruption }, work) {
    try {
        await work();
        return undefined;
    }
    catch (error) {
        return (0,build_errors/* asError */.zR)(interruption.signal.aborted ? interruption.signal.reason : error);
    }
}
async function readOptions(environment) {
    const inputs = (0,open_inputs/* openInputs */.A)(environment, 'backup');
    const options = await readBackupOptions(inputs);
    (0,mask_credentials/* maskCredentials */.B)(environment.redactor, options.connection.credentials);
    return options;
}
/** The run did not begin: there is neither a name nor an instance to report on. */
function refusal({ timeline, log }, error) {
    return {
        kind: 'backup',
        outcome: 'failure',
        instanceName: (0,actions/* rawInput */.JR)('instance-name'),
        bitbucketUrl: URL.canParse((0,actions/* rawInput */.JR)('bitbucket-url'))
            ? new URL((0,actions/* rawInput */.JR)('bitbucket-url')).origin
            : 'Bitbucket',
        backupId: 'not begun',
        timeline,
        lockState: 'never-locked',
        parts: [],
        pruned: [],
        warnings: log.warnings,
        failure: {
            code: (0,build_errors/* codeOf */.$N)(error),
            messages: (0,build_errors/* messageChain */.NG)(error),
            advice: error instanceof build_errors/* ActionError */.lZ ? error.advice : undefined,
            problems: error instanceof build_errors/* ConfigurationError */.j1 ? error.problems : undefined,
            undone: [],
            undoFailures: [],
        },
    };
}

// EXTERNAL MODULE: ./build/entries/in-runner.js + 2 modules
var in_runner = __webpack_require__(89483);
;// CONCATENATED MODULE: ./build/entries/backup.js


/** `runs.main` of the backup action. */
async function backup_backup() {
    await (0,in_runner/* inRunner */.k)(runBackup);
}


/***/ }),

/***/ 58476:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ readConnection)
/* harmony export */ });
/* harmony import */ var _inputs_authorities_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35521);
/* harmony import */ var _inputs_input_values_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56095);


function readConnection(inputs) {
    const url = inputs.url('bitbucket-url');
    const insecureAllowed = inputs.boolean('allow-insecure-http');
    if (url.protocol === 'http:' &&
        !insecureAllowed &&
        !(0,_inputs_input_values_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)(url.hostname) &&
        !url.hostname.endsWith('.invalid')) {
        inputs.problem('bitbucket-url', `would send the password readable over http to ${url.hostname}; use https://, or set allow-insecure-http: true.`);
    }
    if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
        inputs.problem('bitbucket-url', 'cannot be trusted while NODE_TLS_REJECT_UNAUTHORIZED=0 is set; remove that variable and use ca-file.');
    }
    const credentials = readCredentials(inputs);
    const ca = (0,_inputs_authorities_js__WEBPACK_IMPORTED_MODULE_0__/* .readAuthorities */ .G)(inputs);
    return {
        url: url.href.replace(/\/$/, ''),
        credentials,
        ...(ca === undefined ? {} : { ca }),
    };
}
function readCredentials(inputs) {
    const username = inputs.text('bitbucket-username');
    const password = inputs.secret('bitbucket-password');
    const token = inputs.secret('bitbucket-token');
    if (token !== undefined) {
        if (username !== '' || password !== undefined) {
            inputs.problem('bitbucket-token', 'excludes bitbucket-username and bitbucket-password; set one or the other.');
        }
        return { kind: 'bearer', token };
    }
    const fromSecrets = 'is empty; pass the secret (forks and other environments do not get it)';
    if (username === '' && password === undefined) {
        inputs.problem('bitbucket-username', 'is empty; set it and bitbucket-password, or bitbucket-token.');
    }
    else if (username === '') {
        inputs.problem('bitbucket-username', 'is empty, and bitbucket-password needs it; set it.');
    }
    else if (password === undefined) {
        inputs.problem('bitbucket-password', `${fromSecrets}, or use bitbucket-token.`);
    }
    if (username.includes(':')) {
        inputs.problem('bitbucket-username', 'holds a colon, which basic authentication cannot carry.');
    }
    return { kind: 'basic', username, password: password ?? '' };
}


/***/ })

};

export const id = 589;
export const ids = [589];
export const modules = {

/***/ 50485:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lz: () => (/* binding */ parseArchiveName),
/* harmony export */   d8: () => (/* binding */ formatBackupId),
/* harmony export */   mg: () => (/* binding */ CHECKSUM_EXTENSION),
/* harmony export */   uv: () => (/* binding */ archiveName)
/* harmony export */ });
/* unused harmony export archiveExtensions */
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

/***/ 77589:
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
/** Nothing happens for it, so nothing is told of its steps; manifest and summary say that it is not backed up. */
function isNone(strategy) {
    return strategy.name === 'none';
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/bitbucket/lock-record.js
var lock_record = __webpack_require__(71349);
// EXTERNAL MODULE: ./build/host/journal.js
var host_journal = __webpack_require__(86076);
// EXTERNAL MODULE: ./build/host/process-identity.js
var process_identity = __webpack_require__(90053);
;// CONCATENATED MODULE: ./build/pipeline/manifest-name.js
/** The manifest's name in the working copy and in every archive (DESIGN.md, section 7). */
const MANIFEST_NAME = 'manifest.json';

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
        process: (0,process_identity/* ownIdentity */.h)(),
        lock: { phase: 'none' },
        partials: [],
    });
    run.found.journal = journal;
    (0,lock_record/* saveSession */.E1)(journal, options.backupRoot);
    (0,external_node_fs_.rmSync)((0,external_node_path_.join)(options.backupRoot, MANIFEST_NAME), { force: true });
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

;// CONCATENATED MODULE: ./build/bitbucket/drain.js
/** Waits until Bitbucket has ended its running requests: database and repositories DRAINED. A lock alone drains nothing. */




const LINE_EVERY_MS = 10_000;
/** @throws ActionError DRAIN_TIMEOUT, DRAIN_FAILED, BITBUCKET_LOST */
async function waitForDrain(options) {
    const { client, unlockToken, limits, log, signal } = options;
    const contact = createContact({ graceMs: limits.contactGraceMs, during: 'while draining', log });
    const started = performance.now();
    let last;
    let dots = '';
    let nextLine = LINE_EVERY_MS;
    for (;;) {
        try {
            last = await client.maintenance(unlockToken, signal);
            contact.ok();
            // Drained first: a task that has just reached its goal may already say so.
            if ((0,answers/* isDrained */.wx)(last) && last.taskState === 'RUNNING') {
                break;
            }
            throwIfTaskEnded(last);
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
function throwIfTaskEnded(status) {
    if (status.taskState !== 'RUNNING') {
        const said = status.taskMessage === undefined ? '' : ` and says '${status.taskMessage}'`;
        throw new build_errors/* ActionError */.lZ('DRAIN_FAILED', `Bitbucket's backup task is ${status.taskState ?? 'gone'} before it was drained (${describe(status)})${said}.`, { advice: 'Look into atlassian-bitbucket.log for what could not be drained; a quieter hour may help.' });
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
     * @throws ActionError BACKUP_START_FAILED
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
            throw new build_errors/* ActionError */.lZ('BACKUP_START_FAILED', `${client.url} is locked but did not start the backup.`, {
                advice: 'Look into atlassian-bitbucket.log for the reason.',
                cause,
            });
        }
        if (this.#cancelToken === undefined) {
            log.warning('Bitbucket named no cancel token; the backup goes on, but its task cannot be cancelled by hand.');
            return;
        }
        record.backupStarted(this.#cancelToken);
        log.info(`backup started with '${this.#cancelToken}'`);
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

// EXTERNAL MODULE: ./build/bitbucket/retry.js
var retry = __webpack_require__(68416);
;// CONCATENATED MODULE: ./build/bitbucket/window-watch.js
/**
 * Looks at the lock while data are copied, and proves at the end that it was ours throughout: an administrator may lift
 * the lock or cancel the task, a node may restart. A copy made then is no backup (DESIGN.md, law 8).
 */





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
        throw lost('LOCK_LOST', `The lock on ${client.url} was lifted while data were being copied`);
    }
    if (status.taskState !== 'RUNNING') {
        const state = status.taskState ?? 'gone';
        throw lost('BACKUP_CANCELED_BY_SERVER', `Bitbucket's backup task is ${state} while data were being copied`);
    }
    if (!(0,answers/* isDrained */.wx)(status)) {
        const states = `db state '${status.dbState}', scm state '${status.scmState}'`;
        throw lost('LOCK_LOST', `Bitbucket is no longer drained (${states}) while data were being copied`);
    }
}
function lost(code, what) {
    return new build_errors/* ActionError */.lZ(code, `${what}; the copy was discarded.`, {
        advice: 'Find out who unlocked Bitbucket or cancelled the backup, or which node restarted; then run again.',
    });
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
        await work.whileDraining(signal);
        await step('drain', async () => await waitForDrain({ ...window, signal }));
        onMark('drained');
        const progress = createProgressReporter(async (percentage) => await client.reportProgress(unlockToken, percentage, { ...retry/* SHORT_RETRIES */._, signal }), log);
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
                await client.reportProgress(unlockToken, 100, retry/* SHORT_RETRIES */._);
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

;// CONCATENATED MODULE: ./build/pipeline/side-by-side.js
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
            await sideBySide(signal, [
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
        ...copied.map(([slot, { name }]) => `Copy the ${slot} with ${name} into ${backupRoot} while users are working.`),
        `Lock Bitbucket, drain it (at most ${limits.drainTimeoutMs / 60_000} minutes), fix the point in time, unlock (locked at most ${limits.maxLockedMs / 60_000} minutes).`,
        `Write the archive with ${chosen.archive}.`,
        keepBackups === 0
            ? 'Keep all older archives.'
            : `Remove archives of ${options.instanceName} beyond the newest ${keepBackups}, after success.`,
        ...missing.map(([slot]) => `Not backed up: ${slot} (strategy none).`),
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

;// CONCATENATED MODULE: ./build/pipeline/places.js
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
        current = (0,external_node_path_.dirname)(current);
    }
    return current;
}
function statOf(path) {
    try {
        return (0,external_node_fs_.lstatSync)(path);
    }
    catch (error) {
        if ((0,build_errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
            return undefined;
        }
        throw error;
    }
}
/** access(2) also sees a file system that is mounted read-only, for which root is not above the law. */
function writable(path) {
    try {
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.W_OK | external_node_fs_.constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/pipeline/space.js
/** Is there room for what the run is going to write? Added up for each file system, because places often share one. */




/** Other programs write too, and a file system that is full to the last block is a fault of its own. */
const MARGIN = 1.05;
async function spaceFindings(needs) {
    const byDevice = new Map();
    for (const need of needs) {
        const folder = nearestExisting(need.path);
        const { dev } = (0,external_node_fs_.statSync)(folder);
        const group = byDevice.get(dev) ?? { folder, needs: [] };
        group.needs.push(need);
        byDevice.set(dev, group);
    }
    const findings = [];
    for (const group of byDevice.values()) {
        findings.push(...(await roomOn(group.folder, group.needs)));
    }
    return findings;
}
async function roomOn(folder, needs) {
    const { bavail, bsize, ffree, files: inodes } = await (0,external_node_fs_promises_.statfs)(folder);
    const free = bavail * bsize;
    const bytes = needs.reduce((sum, need) => sum + need.bytes, 0) * MARGIN;
    const files = needs.reduce((sum, need) => sum + (need.files ?? 0), 0);
    const parts = needs.map((need) => `${need.what} ${(0,format/* formatBytes */.z3)(need.bytes)}`).join(' + ');
    const findings = [];
    if (bytes > free) {
        findings.push({
            severity: 'error',
            subject: 'backup-root',
            message: `Not enough space: about ${(0,format/* formatBytes */.z3)(bytes)} needed (${parts}), ${(0,format/* formatBytes */.z3)(free)} free on ${folder}; free some or choose another backup-root or archive-root.`,
        });
    }
    // Btrfs and others count no inodes and report 0 of 0.
    if (inodes > 0 && files > ffree) {
        findings.push({
            severity: 'error',
            subject: 'backup-root',
            message: `Not enough inodes: about ${files} new files, ${ffree} inodes free on ${folder}; choose a file system with more inodes.`,
        });
    }
    return findings;
}

;// CONCATENATED MODULE: ./build/pipeline/preflight.js
/** Everything that can be known to be wrong before the lock, in one go. Changes nothing. */




/** @throws ConfigurationError with every error found; warnings are logged */
async function preflight(run) {
    const { timeline, strategies, archive, options, client, interruption } = run;
    await timeline.span('preflight', 'check', async () => {
        const { signal } = interruption;
        const [bitbucket, ...parts] = await Promise.all([
            checkBitbucket(client, signal),
            ...Object.values(strategies).map(async (strategy) => await strategy.preflight()),
            archive.preflight(),
        ]);
        signal.throwIfAborted();
        if (bitbucket.version !== undefined) {
            run.found.bitbucketVersion = bitbucket.version;
        }
        tell(run, [...bitbucket.findings, ...folderFindings('backup-root', options.backupRoot), ...parts.flat()]);
    });
    await timeline.span('preflight', 'check space', async () => await checkSpace(run));
}
/** Asked twice: estimates before the first copy, what is really left to write before the lock. @throws ConfigurationError */
async function checkSpace(run) {
    const { strategies, archive } = run;
    const needs = (await Promise.all(Object.values(strategies).map(async (s) => await s.spaceNeeds()))).flat();
    const sourceBytes = needs.reduce((sum, need) => sum + (need.totalBytes ?? need.bytes), 0);
    run.interruption.signal.throwIfAborted();
    tell(run, await spaceFindings([...needs, ...(await archive.spaceNeeds(sourceBytes))]));
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

// EXTERNAL MODULE: ./build/pipeline/stale-run.js + 1 modules
var stale_run = __webpack_require__(40722);
;// CONCATENATED MODULE: ./build/pipeline/undo.js
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
                const message = `${step.name}: ${(0,build_errors/* asError */.zR)(error).message}`;
                failures.push(message);
                this.#log.error(`Clean-up failed, ${message}`);
            }
        }
        return { undone, failures };
    }
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/host/product.js
var product = __webpack_require__(33012);
// EXTERNAL MODULE: ./build/host/private-file.js
var private_file = __webpack_require__(78755);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
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

;// CONCATENATED MODULE: ./build/report/manifest-type.js
/** Raised when a reader of the old form would read the new one wrongly. */
const MANIFEST_FORMAT_VERSION = 1;

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
    if (version > MANIFEST_FORMAT_VERSION) {
        throw new build_errors/* ActionError */.lZ('VERSION_UNSUPPORTED', `The manifest has format version ${version}; this action reads version ${MANIFEST_FORMAT_VERSION}.`, { advice: 'Use the version of the action that made the backup, or a later one.' });
    }
}
function manifestOf(root) {
    const product = object(root['product'], 'product');
    const bitbucket = object(root['bitbucket'], 'bitbucket');
    const exclusions = object(root['exclusions'], 'exclusions');
    const runner = object(root['runner'], 'runner');
    return {
        formatVersion: MANIFEST_FORMAT_VERSION,
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
        consistency: oneOf(root['consistency'], 'consistency', ['locked-and-drained']),
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
    return new build_errors/* ActionError */.lZ('MANIFEST_INVALID', `This is not a manifest of a backup: ${reason}.`, {
        advice: 'Use an archive whose checksum matches, made by this action.',
        cause,
    });
}

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
        formatVersion: MANIFEST_FORMAT_VERSION,
        product: source.product,
        backupId: source.backupId,
        instanceName: source.instanceName,
        bitbucket: { url: source.bitbucket.url, version: told(source.bitbucket.version) },
        times: manifest_timesOf(source.timeline),
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
function manifest_timesOf(timeline) {
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
    return `${JSON.stringify(readManifest(JSON.stringify(manifest)), null, 2)}\n`;
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
    const path = (0,external_node_path_.join)(options.backupRoot, MANIFEST_NAME);
    await timeline.span('settle', 'write manifest', () => {
        (0,private_file/* writePrivateFile */.Pl)(path, manifestJson(manifest));
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
    const undo = new UndoStack(log);
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
        closeJournal(run);
    }
    if (found.unlockFailure !== undefined) {
        throw found.unlockFailure;
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
        await sideBySide(interruption.signal, Object.entries(strategies).map(([slot, strategy]) => async (signal) => {
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
    await sideBySide(interruption.signal, [...captured].map(([slot, part]) => async (signal) => {
        const finish = async () => await part.settle(signal);
        parts[slot] = isNone(run.strategies[slot])
            ? await finish()
            : await timeline.span('settle', `settle ${slot}`, finish);
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
    const parts = Object.values(found.parts ?? {});
    const bytes = parts.reduce((sum, part) => sum + (part.bytes ?? 0), 0);
    const source = {
        root: options.backupRoot,
        members: [...parts.flatMap((part) => part.members), MANIFEST_NAME],
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
    const { options, timeline, found } = run;
    if (options.keepBackups > 0) {
        found.pruned = await timeline.span('finish', 'prune', async () => await run.archive.prune(options.keepBackups));
    }
}

;// CONCATENATED MODULE: ./build/archive/registry.js
const archiveStrategies = {
    tar: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(172)]).then(__webpack_require__.bind(__webpack_require__, 71172))).tar,
};

// EXTERNAL MODULE: ./build/bitbucket/limits.js
var limits = __webpack_require__(45460);
;// CONCATENATED MODULE: ./build/strategies/not-backed-up.js
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

;// CONCATENATED MODULE: ./build/database/registry.js

const databaseStrategies = {
    postgresql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(620)]).then(__webpack_require__.bind(__webpack_require__, 80620))).postgresql,
    none: () => Promise.resolve(notBackedUp("database-strategy is 'none'")),
};

;// CONCATENATED MODULE: ./build/home/registry.js

const homeStrategies = {
    rsync: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(134)]).then(__webpack_require__.bind(__webpack_require__, 56134))).rsync,
    none: () => Promise.resolve(notBackedUp("home-strategy is 'none'")),
};

// EXTERNAL MODULE: ./build/inputs/declaration.js
var declaration = __webpack_require__(29624);
;// CONCATENATED MODULE: ./build/inputs/instance-inputs.js
/** Inputs about the instance as a whole and the places on disk. */

const TAR = ['archive:tar'];
const instanceInputs = [
    {
        name: 'bitbucket-url',
        description: 'Base URL of Bitbucket, with its context path if it has one, such as `https://bitbucket.example.com`. In a cluster behind a load balancer prefer the address of one node.',
        required: true,
        actions: declaration/* ALL */.y2,
        differs: {
            restore: {
                description: 'Base URL of the Bitbucket that is going to run on the restored home. When it is given and a Bitbucket answers there, nothing is restored.',
                required: false,
            },
        },
    },
    {
        name: 'bitbucket-username',
        description: 'User with system administrator rights; a local one, so that a lost directory does not stop the backup.',
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
    },
    {
        name: 'bitbucket-password',
        description: 'Password of that user.',
        secret: true,
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
    },
    {
        name: 'bitbucket-token',
        description: 'HTTP access token, instead of user and password. Bitbucket gives tokens no system administrator rights, and from 8.9.22, 8.19.12 and 9.3.2 on takes them below `/rest` only, so the lock usually needs user and password.',
        secret: true,
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
    },
    {
        name: 'ca-file',
        description: 'PEM file with further certificate authorities to trust, for a certificate of your own.',
        actions: declaration/* ALL */.y2,
    },
    {
        name: 'allow-insecure-http',
        description: 'Allow `http://` to another host than this one; the password then crosses the network readable.',
        default: 'false',
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
    },
    {
        name: 'instance-name',
        description: 'Name of this Bitbucket in archives and messages: letters, digits, dot, dash, underscore.',
        default: 'bitbucket',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'confirm',
        description: 'The instance name, typed once more by whoever starts the restore. When it is given, it has to be the same.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'unlock-token',
        description: 'The token that unlocks Bitbucket, from the log of the backup. Empty, together with `cancel-token`: from the journal in `backup-root`.',
        actions: declaration/* CANCEL */.bO,
    },
    {
        name: 'cancel-token',
        description: "The token that cancels Bitbucket's backup task, from the log of the backup.",
        actions: declaration/* CANCEL */.bO,
    },
    {
        name: 'max-locked-minutes',
        description: 'Unlock and fail when Bitbucket has been locked this long.',
        default: '60',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'drain-timeout-minutes',
        description: 'Unlock and fail when running requests have not ended after this long.',
        default: '10',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'dry-run',
        description: 'Check everything and print the plan; lock nothing, write nothing.',
        default: 'false',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Check everything, the whole archive included, and print the plan; change nothing.',
            },
        },
    },
    {
        name: 'archive',
        description: 'What is restored: the name of an archive in `archive-root`, with or without its ending, an absolute path, or `latest`. Empty: fails with a list of what there is.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'restore-root',
        description: 'Folder in which the archive is unpacked first. Empty: beside the new home, on its file system, so that it is put in place by a rename. Required with `home-strategy: none`.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'backup-root',
        description: 'Folder for the working copy and the database dump. Kept between runs, so that only changes are copied; has to hold home and database once.',
        required: true,
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
        differs: {
            cancel: {
                description: 'The `backup-root` of the backup that is to be cancelled: its journal there names the tokens. Needed when no token is given.',
                required: false,
            },
        },
    },
    {
        name: 'archive-root',
        description: 'Folder for the archives. Required.',
        strategies: TAR,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Folder that holds the archives. Required unless `archive` is a path.',
            },
        },
    },
    {
        name: 'keep-backups',
        description: 'How many archives of this instance to keep; older ones are removed after a success. `0` keeps all.',
        default: '0',
        actions: declaration/* BACKUP */.DW,
    },
];

;// CONCATENATED MODULE: ./build/inputs/part-inputs.js
/** Inputs about the parts: home, database, search index, archive, and the report. */

const POSTGRESQL = ['database:postgresql'];
const RSYNC = ['home:rsync'];
const part_inputs_TAR = ['archive:tar'];
const partInputs = [
    {
        name: 'home-strategy',
        description: 'How the Bitbucket home is copied: `rsync`, or `none` (not backed up).',
        default: 'rsync',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'How the home in the archive was copied: `rsync`; or `none`, to leave it out of the restore.',
            },
        },
    },
    {
        name: 'home-path',
        description: 'The Bitbucket home, the folder that holds `shared`. Required with `rsync`.',
        strategies: RSYNC,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Where the home is restored to: a folder that is empty or does not exist, in one that does. Required with `rsync`.',
            },
        },
    },
    {
        name: 'data-stores',
        description: 'Further data stores of Bitbucket 8 and later, absolute paths, one a line.',
        strategies: RSYNC,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Where the data stores of the archive are restored to, one a line: the absolute path that the archive names, or `/path/in/archive=/other/path`.',
            },
        },
    },
    {
        name: 'exclude-repositories',
        description: 'Ids of repositories to leave out, separated by commas.',
        strategies: RSYNC,
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'home-owner',
        description: 'Owner of everything in the restored home and data stores, as `user:group`. Empty: the owners in the archive, by their numbers.',
        strategies: RSYNC,
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'update-properties',
        description: 'Change `jdbc.url` and `jdbc.user` in the restored `shared/bitbucket.properties` where they do not fit the restored database. `false`: the lines are printed.',
        default: 'false',
        strategies: RSYNC,
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'database-strategy',
        description: 'How the database is copied: `postgresql`, or `none` (not backed up).',
        default: 'postgresql',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'How the database in the archive was copied: `postgresql`; or `none`, to leave it out of the restore.',
            },
        },
    },
    {
        name: 'database-host',
        description: "Host of the database, or the folder of its socket. What is empty is left to libpq's own settings (`PGHOST`, service file ...).",
        strategies: POSTGRESQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-port',
        description: 'Port of the database.',
        strategies: POSTGRESQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-name',
        description: 'Name of the database.',
        strategies: POSTGRESQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Name of the database, which is empty or does not exist and is created then. Empty: the name in the archive.',
            },
        },
    },
    {
        name: 'database-username',
        description: 'Database user.',
        strategies: POSTGRESQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Database user: the one of Bitbucket, or one that may create databases and act for `database-owner`.',
            },
        },
    },
    {
        name: 'database-password',
        description: 'Password of the database user; `.pgpass` and service files work too.',
        secret: true,
        strategies: POSTGRESQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-owner',
        description: 'Role that owns the restored database and all in it. Empty: the owner of the empty database, the owner that the archive names, or the user.',
        strategies: POSTGRESQL,
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'elasticsearch-strategy',
        description: 'How the search index is copied: `none` (not backed up). Bitbucket builds its search index anew after a restore.',
        default: 'none',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'archive-strategy',
        description: 'How home and dump become one archive: `tar`.',
        default: 'tar',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: { description: 'What wrote the archive: `tar`. How it is compressed shows by itself.' },
        },
    },
    {
        name: 'archive-compression',
        description: '`zstd` (all cores), `gzip` (readable by Atlassian’s scripts) or `none`.',
        default: 'zstd',
        strategies: part_inputs_TAR,
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'upload-artifact',
        description: 'What is uploaded as an artifact of the run: `manifest`, or `none`.',
        default: 'manifest',
        actions: declaration/* BACKUP */.DW,
    },
];

;// CONCATENATED MODULE: ./build/inputs/declarations.js
/**
 * Every input, declared once. `action.yml` and the README's tables are made from this (`npm run docs`), the readers
 * read by these names, and a test holds the three together.
 */


const inputDeclarations = [...instanceInputs, ...partInputs];
/** The inputs of one action, each as it is in that action. */
function inputsOf(action) {
    return inputDeclarations
        .filter((input) => input.actions.includes(action))
        .map((input) => ({ ...input, ...input.differs?.[action] }));
}

;// CONCATENATED MODULE: ./build/inputs/nearest.js
/** The nearest known word to a misspelt one, for "did you mean". */
const FARTHEST = 3;
function nearest(word, known) {
    const ranked = known
        .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate) }))
        .filter(({ distance }) => distance <= FARTHEST)
        .sort((a, b) => a.distance - b.distance);
    return ranked[0]?.candidate;
}
/** Levenshtein distance, one row at a time. */
function editDistance(from, to) {
    let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (const [row, letter] of Array.from(from).entries()) {
        const current = [row + 1];
        for (const [column, other] of Array.from(to).entries()) {
            current.push(Math.min((current[column] ?? 0) + 1, (previous[column + 1] ?? 0) + 1, (previous[column] ?? 0) + (letter === other ? 0 : 1)));
        }
        previous = current;
    }
    return previous[to.length] ?? 0;
}

;// CONCATENATED MODULE: ./build/inputs/reader.js
/**
 * Typed, strict reading of inputs. A wrong input is noted and a harmless stand-in returned, so that all wrong inputs are
 * found in one go; `finish` throws them together before anything can use a stand-in.
 */




/** Stand-ins for values that could not be read; `finish` throws before anyone uses them. */
const STAND_IN_URL = 'http://stand-in.invalid/';
const LARGEST_ID = 2_147_483_647;
class InputReader {
    #source;
    #problems = [];
    #namesRead = new Set();
    constructor(source) {
        this.#source = source;
    }
    /** Every input that was asked for, so that a test can hold code and metadata together. */
    get namesRead() {
        return this.#namesRead;
    }
    /** Is it set to something else than its default? */
    isGiven(name) {
        const value = this.#raw(name).trim();
        return value !== '' && value !== (inputDeclarations.find((input) => input.name === name)?.default ?? '');
    }
    /** Empty when unset. Control characters and line breaks are refused. */
    text(name) {
        const value = this.#raw(name).trim();
        if (/\p{Cc}/u.test(value)) {
            this.problem(name, 'contains a control character or a line break; write it on one line.');
            return '';
        }
        return value;
    }
    optionalText(name) {
        const value = this.text(name);
        return value === '' ? undefined : value;
    }
    requiredText(name) {
        const before = this.#problems.length;
        const value = this.text(name);
        if (value === '' && this.#problems.length === before) {
            this.problem(name, 'is required and empty; set it in the workflow.');
        }
        return value;
    }
    /** A value that is masked before anything else happens with it. Kept as it is, spaces included. */
    secret(name) {
        const value = this.#raw(name);
        if (value === '') {
            return undefined;
        }
        this.#source.mask(value);
        return value;
    }
    /** An http or https URL without user, query and trailing slash. */
    url(name) {
        return this.#checked(name, this.requiredText(name), urlComplaint, STAND_IN_URL, (value) => withoutTrailingSlash(new URL(value)));
    }
    requiredPath(name) {
        return this.#path(name, this.requiredText(name));
    }
    optionalPath(name) {
        const value = this.text(name);
        return value === '' ? undefined : this.#path(name, value);
    }
    /** Absolute paths, one a line. */
    pathList(name) {
        return this.#raw(name)
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
            .map((line) => this.#path(name, line));
    }
    boolean(name) {
        const value = this.#raw(name);
        if (value !== 'true' && value !== 'false') {
            this.problem(name, `is '${value}'; use true or false.`);
        }
        return value === 'true';
    }
    integer(name, range) {
        const before = this.#problems.length;
        const value = this.text(name);
        return this.#problems.length > before ? range.min : this.#integer(name, value, range);
    }
    optionalInteger(name, range) {
        const value = this.text(name);
        return value === '' ? undefined : this.#integer(name, value, range);
    }
    /** Whole numbers from 1, separated by commas, spaces or lines. */
    idList(name) {
        return this.#raw(name)
            .split(/[\s,]+/)
            .filter((word) => word !== '')
            .map((word) => this.#integer(name, word, { min: 1, max: LARGEST_ID }));
    }
    choice(name, choices) {
        const before = this.#problems.length;
        const value = this.text(name);
        const chosen = choices.find((choice) => choice === value);
        if (chosen === undefined && this.#problems.length === before) {
            const hint = nearest(value, choices);
            const question = hint === undefined ? '' : ` (did you mean ${hint}?)`;
            this.problem(name, `is '${value}'; use ${orList(choices)}${question}.`);
        }
        return chosen ?? choices[0];
    }
    /** Notes a problem that only the caller can see, such as two inputs that exclude each other. */
    problem(name, sentence) {
        this.#problems.push({ subject: name, message: `Input '${name}' ${sentence}` });
    }
    /** @throws ConfigurationError with every problem noted. */
    finish() {
        if (this.#problems.length > 0) {
            throw new build_errors/* ConfigurationError */.j1('INPUT_INVALID', this.#problems);
        }
    }
    #raw(name) {
        this.#namesRead.add(name);
        return this.#source.raw(name);
    }
    #path(name, value) {
        return this.#checked(name, value, pathComplaint, '/', (path) => stripSlash((0,external_node_path_.normalize)(path)));
    }
    #integer(name, value, range) {
        const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
        if (Number.isNaN(number) || number < range.min || number > range.max) {
            this.problem(name, `is '${value}'; use a whole number from ${range.min} to ${range.max}.`);
            return range.min;
        }
        return number;
    }
    /** An empty value was complained about where it is required, or has its own meaning where it is not. */
    #checked(name, value, complaintAbout, standIn, convert) {
        const complaint = value === '' ? undefined : complaintAbout(value);
        if (complaint !== undefined) {
            this.problem(name, complaint);
        }
        return convert(value === '' || complaint !== undefined ? standIn : value);
    }
}
function orList(choices) {
    return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
function pathComplaint(value) {
    if (/\p{Cc}/u.test(value)) {
        return 'contains a control character; name the folder without it.';
    }
    if (!(0,external_node_path_.isAbsolute)(value)) {
        return `is '${value}'; use an absolute path.`;
    }
    if (value.split('/').includes('..')) {
        return `is '${value}'; write the path without '..'.`;
    }
    if (stripSlash((0,external_node_path_.normalize)(value)) === '/') {
        return 'is the root of the file system; name the folder itself.';
    }
    return undefined;
}
function urlComplaint(value) {
    if (!URL.canParse(value)) {
        return `is '${withoutUserinfo(value)}', which is not a URL; use the base URL, such as https://bitbucket.example.com.`;
    }
    const url = new URL(value);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
        return `starts with '${url.protocol}'; use an https:// URL.`;
    }
    if (url.username !== '' || url.password !== '') {
        return 'carries a user name or password; use bitbucket-username and bitbucket-password or bitbucket-token.';
    }
    if (url.search !== '' || url.hash !== '') {
        return 'has a query or a fragment; use the base URL alone.';
    }
    return undefined;
}
/** A malformed URL can still carry a password. */
function withoutUserinfo(value) {
    return value.replace(/.*@/s, '***@');
}
function withoutTrailingSlash(url) {
    url.pathname = stripSlash(url.pathname);
    return url;
}
function stripSlash(path) {
    return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}

;// CONCATENATED MODULE: ./build/inputs/foreign-inputs.js
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
    for (const declaration of inputsOf(action)) {
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
    return orList(strategies.map((owner) => {
        const [slot, strategy] = owner.split(':');
        const input = Object.entries(CHOOSING_INPUT).find(([known]) => known === slot)?.[1];
        return `${input ?? slot ?? ''}: ${strategy ?? ''}`;
    }));
}

;// CONCATENATED MODULE: ./build/search/registry.js

const searchStrategies = {
    none: () => Promise.resolve(notBackedUp('Bitbucket builds its search index anew after a restore.')),
};

;// CONCATENATED MODULE: ./build/pipeline/common-options.js
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

// EXTERNAL MODULE: ./build/bitbucket/certificates.js
var certificates = __webpack_require__(64936);
;// CONCATENATED MODULE: ./build/pipeline/connection-options.js
/** Reads how Bitbucket is reached and who we are there; every action that talks to it reads the same inputs. */



function readConnection(inputs) {
    const url = inputs.url('bitbucket-url');
    const insecureAllowed = inputs.boolean('allow-insecure-http');
    if (url.protocol === 'http:' &&
        !insecureAllowed &&
        !isLoopback(url.hostname) &&
        !url.hostname.endsWith('.invalid')) {
        inputs.problem('bitbucket-url', `would send the password readable over http to ${url.hostname}; use https://, or set allow-insecure-http: true.`);
    }
    if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
        inputs.problem('bitbucket-url', 'cannot be trusted while NODE_TLS_REJECT_UNAUTHORIZED=0 is set; remove that variable and use ca-file.');
    }
    const credentials = readCredentials(inputs);
    const ca = readAuthorities(inputs);
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
function readAuthorities(inputs) {
    const path = inputs.optionalPath('ca-file');
    // '/' stands in for a path that was refused already.
    if (path === undefined || path === '/') {
        return undefined;
    }
    try {
        const pem = (0,external_node_fs_.readFileSync)(path, 'utf8');
        if ((0,certificates/* holdsCertificate */.i)(pem)) {
            return pem;
        }
        inputs.problem('ca-file', `names ${path}, which holds no PEM certificate.`);
    }
    catch (error) {
        inputs.problem('ca-file', `cannot be read: ${(0,build_errors/* asError */.zR)(error).message}.`);
    }
    return undefined;
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

;// CONCATENATED MODULE: ./build/pipeline/backup-options.js
/** Reads everything a backup is told, in one go: all wrong inputs are named together, before anything happens. */








const MINUTE_MS = 60_000;
/** @throws ConfigurationError with every problem */
async function readBackupOptions(inputs) {
    const chosen = {
        home: inputs.choice('home-strategy', keysOf(homeStrategies)),
        database: inputs.choice('database-strategy', keysOf(databaseStrategies)),
        search: inputs.choice('elasticsearch-strategy', keysOf(searchStrategies)),
        archive: inputs.choice('archive-strategy', keysOf(archiveStrategies)),
    };
    refuseForeignInputs(inputs, 'backup', chosen);
    const options = {
        connection: readConnection(inputs),
        instanceName: readInstanceName(inputs),
        limits: readLimits(inputs),
        dryRun: inputs.boolean('dry-run'),
        backupRoot: inputs.requiredPath('backup-root'),
        keepBackups: inputs.integer('keep-backups', { min: 0, max: 10_000 }),
        home: (await homeStrategies[chosen.home]()).read(inputs),
        database: (await databaseStrategies[chosen.database]()).read(inputs),
        search: (await searchStrategies[chosen.search]()).read(inputs),
        archive: (await archiveStrategies[chosen.archive]()).read(inputs),
        uploadArtifact: inputs.choice('upload-artifact', ['manifest', 'none']),
        chosen,
    };
    inputs.finish();
    return options;
}
function readLimits(inputs) {
    const maxLocked = inputs.integer('max-locked-minutes', { min: 1, max: 1_440 });
    const drain = inputs.integer('drain-timeout-minutes', { min: 1, max: 1_440 });
    return { ...limits/* DEFAULT_LIMITS */.d, maxLockedMs: maxLocked * MINUTE_MS, drainTimeoutMs: drain * MINUTE_MS };
}

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
        parts: backup_report_partsOf(run),
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
function backup_report_partsOf({ strategies, found }) {
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
        };
    });
}
function failureOf({ timeline, found }, error) {
    return {
        code: (0,build_errors/* codeOf */.$N)(error),
        messages: (0,build_errors/* messageChain */.NG)(error),
        advice: error instanceof build_errors/* ActionError */.lZ ? error.advice : undefined,
        problems: error instanceof build_errors/* ConfigurationError */.j1 ? error.problems : undefined,
        failedStep: firstFailure(timeline.spans)?.name,
        undone: found.undone ?? [],
        undoFailures: found.undoFailures ?? [],
    };
}
/** Of steps side by side the one that failed first; the others were stopped because of it. */
function firstFailure(spans) {
    return spans
        .filter(({ outcome }) => outcome === 'failed')
        .sort((a, b) => (a.endMs ?? 0) - (b.endMs ?? 0))[0];
}

;// CONCATENATED MODULE: ./build/pipeline/open-inputs.js
/** The inputs of an action, as the runner passed them. */




/** Warns of inputs that the action does not have: the runner only does so in a line that nobody reads. */
function openInputs({ log, redactor }, action) {
    const known = inputsOf(action).map(({ name }) => name);
    for (const name of (0,actions/* givenInputNames */.MA)().map((given) => given.toLowerCase())) {
        if (!known.includes(name)) {
            const hint = nearest(name, known);
            log.warning(`Input '${name}' is unknown and ignored${hint === undefined ? '' : `; did you mean ${hint}?`}.`);
        }
    }
    return new InputReader({ raw: (name) => (0,actions/* rawInput */.JR)(name), mask: (secret) => redactor.add(secret) });
}

// EXTERNAL MODULE: ./build/pipeline/publish-backup.js + 13 modules
var publish_backup = __webpack_require__(72122);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/archive/names.js
var names = __webpack_require__(50485);
// EXTERNAL MODULE: ./build/bitbucket/client.js + 5 modules
var client = __webpack_require__(43172);
// EXTERNAL MODULE: ./build/host/command.js + 2 modules
var command = __webpack_require__(54162);
// EXTERNAL MODULE: ./build/host/orphans.js
var orphans = __webpack_require__(9420);
;// CONCATENATED MODULE: ./build/pipeline/previous-backup.js
/** What the last whole backup in `backup-root` recorded: only to estimate the next one without walking a large home. */




/** Empty without a manifest, and with one that cannot be read: an estimate is not worth failing for. */
function previousParts(backupRoot) {
    try {
        const { parts } = readManifest((0,external_node_fs_.readFileSync)((0,external_node_path_.join)(backupRoot, MANIFEST_NAME), 'utf8'));
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
    const inputs = openInputs(environment, 'backup');
    const options = await readBackupOptions(inputs);
    const { credentials } = options.connection;
    if (credentials.kind === 'basic') {
        environment.redactor.addBasicCredentials(credentials.username, credentials.password);
    }
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

// EXTERNAL MODULE: ./build/entries/in-runner.js + 3 modules
var in_runner = __webpack_require__(39353);
;// CONCATENATED MODULE: ./build/entries/backup.js


/** `runs.main` of the backup action. */
async function backup_backup() {
    await (0,in_runner/* inRunner */.k)(runBackup);
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

/***/ 54162:
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
    child.stdin?.end(options.input);
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
        stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
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


/***/ })

};

export const id = 625;
export const ids = [625];
export const modules = {

/***/ 45460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ DEFAULT_LIMITS)
/* harmony export */ });
const DEFAULT_LIMITS = {
    drainTimeoutMs: 10 * 60_000,
    maxLockedMs: 60 * 60_000,
    pollIntervalMs: 250,
    watchIntervalMs: 1_000,
    contactGraceMs: 60_000,
    unlockBudgetMs: 180_000,
    unlockEffectMs: 60_000,
};


/***/ }),

/***/ 666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ recoverLock)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _release_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1567);
/** Lifts the lock that a dead run has left behind. For the post step and for the next run: what both know is the journal. */


/**
 * @throws ActionError LOCK_RESPONSE_LOST when the instance is locked and the token was never learned,
 *   UNLOCK_FAILED or UNLOCK_REFUSED when it could not be unlocked, or what the calls failed with
 */
async function recoverLock(options, entry) {
    const { client } = options;
    const { phase, unlockToken, cancelToken, since } = entry.lock;
    if (phase === 'none' || phase === 'unlocked') {
        return 'not-locked';
    }
    if (unlockToken !== undefined) {
        await (0,_release_js__WEBPACK_IMPORTED_MODULE_1__/* .endTask */ .ZJ)(options, { unlockToken, cancelToken });
        return await (0,_release_js__WEBPACK_IMPORTED_MODULE_1__/* .unlock */ .Tl)(options, unlockToken);
    }
    const state = await client.lockState();
    if (!state.locked) {
        return 'not-locked';
    }
    // Not ours to guess: somebody else may have locked it since.
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('LOCK_RESPONSE_LOST', `${client.url} is locked, and backup ${entry.backupId} died at ${since ?? entry.startedAt} while it was asking for the lock, before it knew the token.`, {
        advice: 'If nobody else maintains Bitbucket now, find the unlock token in atlassian-bitbucket.log, unlock by hand, and run again.',
    });
}


/***/ }),

/***/ 1567:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rt: () => (/* binding */ completeTask),
/* harmony export */   Tl: () => (/* binding */ unlock),
/* harmony export */   Y5: () => (/* binding */ howToUnlock),
/* harmony export */   ZJ: () => (/* binding */ endTask),
/* harmony export */   jL: () => (/* binding */ assertServing),
/* harmony export */   yX: () => (/* binding */ cancelTask)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23539);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(68416);
/**
 * Gives the lock back: cancels the task, unlocks, and looks whether it worked. Used by the run itself, by the post step
 * and by the next run, and safe to repeat.
 */




/** Ends the backup task, if there is one. Never throws: a task that cannot be ended must not delay the unlock. */
async function endTask(options, tokens) {
    if (tokens.cancelToken === undefined) {
        await tryToComplete(options, tokens.unlockToken);
    }
    else {
        await tryToCancel(options, tokens.cancelToken);
    }
}
/** How often the end of a task is asked for: the unlock that comes next must not wait long for it. */
const END_TASK_RETRIES = { ..._retry_js__WEBPACK_IMPORTED_MODULE_3__/* .SHORT_RETRIES */ ._s, retries: 1 };
/** @returns false when there was no task to cancel. @throws HttpError 409: it runs with another cancel token */
async function cancelTask(client, cancelToken) {
    return await client.cancelBackup(cancelToken, END_TASK_RETRIES);
}
/**
 * A task may be running whose cancel token never reached us: the unlock alone would leave it latched. Progress 100 ends
 * it, and that takes the unlock token; what it "completes" is discarded.
 * @returns false when no task was running. @throws HttpError 409: the lock is not the one of this token
 */
async function completeTask(client, unlockToken) {
    const { taskState } = await client.maintenance(unlockToken);
    if (taskState !== 'RUNNING') {
        return false;
    }
    await client.reportProgress(unlockToken, 100, END_TASK_RETRIES);
    return true;
}
async function tryToComplete({ client, log }, unlockToken) {
    try {
        if (await completeTask(client, unlockToken)) {
            log.info('Backup task ended in Bitbucket');
        }
    }
    catch (error) {
        log.warning(`Whether a backup task runs in Bitbucket is unknown: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .asError */ .zR)(error).message}`);
    }
}
async function tryToCancel(options, cancelToken) {
    try {
        options.log.info((await cancelTask(options.client, cancelToken))
            ? 'Backup task cancelled in Bitbucket'
            : 'Bitbucket has no backup task to cancel');
    }
    catch (error) {
        options.log.warning(`The backup task could not be cancelled: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .asError */ .zR)(error).message}`);
    }
}
/**
 * Unlocks, with patience: 0.5, 1, 2, 4, 8 ... s (and jitter) between attempts within the budget.
 * @throws ActionError UNLOCK_FAILED when the budget is used up, with the command to unlock by hand
 */
async function unlock(options, unlockToken) {
    const { client, log, limits } = options;
    const startedAt = performance.now();
    try {
        const wasLocked = await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .retrying */ .R$)({
            retries: Math.ceil(Math.log2(limits.unlockBudgetMs / 1_000)) + Math.ceil(limits.unlockBudgetMs / 8_000),
            firstDelayMs: 1_000,
            longestDelayMs: 8_000,
            budgetMs: limits.unlockBudgetMs,
            onRetry: (error, attempt) => log.warning(`Unlock attempt ${attempt} failed, trying again: ${error.message}`),
        }, async () => await client.unlock(unlockToken));
        if (!wasLocked) {
            log.info('Bitbucket instance was already unlocked');
            return 'was-unlocked';
        }
        log.info('Bitbucket instance unlocked');
        return 'unlocked';
    }
    catch (error) {
        if ((0,_http_error_js__WEBPACK_IMPORTED_MODULE_2__/* .statusOf */ .c)(error) === 409) {
            return await afterRefusal(options, unlockToken);
        }
        const seconds = Math.round((performance.now() - startedAt) / 1_000);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('UNLOCK_FAILED', `${client.url} could not be unlocked within ${seconds} s.`, {
            advice: howToUnlock(client.url, unlockToken),
            cause: error,
        });
    }
}
/** Waits until Bitbucket serves users again. @throws ActionError UNLOCK_NOT_EFFECTIVE */
async function assertServing(options) {
    const { client, limits } = options;
    const deadline = performance.now() + limits.unlockEffectMs;
    let seen = 'no answer';
    for (;;) {
        try {
            const { locked } = await client.lockState();
            seen = await client.status();
            if (!locked && seen === 'RUNNING') {
                return;
            }
            seen = locked ? `${seen}, locked` : seen;
        }
        catch (error) {
            seen = (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .asError */ .zR)(error).message;
        }
        if (performance.now() >= deadline) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('UNLOCK_NOT_EFFECTIVE', `${client.url} does not serve users ${limits.unlockEffectMs / 1_000} s after the unlock (${seen}).`, { advice: 'Look at Bitbucket itself: its status page and atlassian-bitbucket.log.' });
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(500);
    }
}
/** The command that gets an administrator out by hand (DESIGN.md, law 5). */
function howToUnlock(url, unlockToken) {
    return ('Unlock by hand: curl -u <administrator> -X DELETE -H "Content-Type: application/json" ' +
        `-H "X-Atlassian-Token: no-check" "${url}/mvc/maintenance/lock?token=${unlockToken}".`);
}
/** 409: the token does not fit. Either nothing is locked any more, or somebody else holds the lock: theirs stays. */
async function afterRefusal(options, unlockToken) {
    const state = await options.client.lockState().catch(() => undefined);
    if (state?.locked === false) {
        options.log.info('Bitbucket instance was already unlocked');
        return 'was-unlocked';
    }
    if (state === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('UNLOCK_REFUSED', `${options.client.url} refused our unlock token and then did not answer.`, {
            advice: howToUnlock(options.client.url, unlockToken),
        });
    }
    const owner = state.owner === undefined ? 'another party' : `'${state.owner}'`;
    options.log.warning(`Bitbucket is locked by ${owner} now, with another token; that lock is left alone.`);
    return 'foreign';
}


/***/ }),

/***/ 34625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cancel: () => (/* binding */ cancel_cancel)
});

// EXTERNAL MODULE: ./build/bitbucket/client.js + 3 modules
var client = __webpack_require__(73181);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/report/run-report.js
var run_report = __webpack_require__(72065);
;// CONCATENATED MODULE: ./build/report/cancel-report.js
/** Everything that the summary and the last log line tell of a cancel. */

/** As `redactReport` does for a backup. The tokens stay: they are shown on purpose. */
function redactCancelReport(report, redact) {
    const { failure, found } = report;
    return {
        ...report,
        found: found?.locked === true && found.owner !== undefined ? { ...found, owner: redact(found.owner) } : found,
        notes: report.notes.map(redact),
        warnings: report.warnings.map(redact),
        failure: failure === undefined ? undefined : (0,run_report/* redactFailure */.O5)(failure, redact),
    };
}

// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
;// CONCATENATED MODULE: ./build/report/cancel-sentences.js

function taskSentence({ task }) {
    switch (task) {
        case 'canceled':
            return 'The backup task was running and is cancelled.';
        case 'completed':
            return 'The backup task was running and is ended, with the unlock token.';
        case 'none':
            return 'No backup task was running.';
        case 'running':
            return 'A backup task is running still: no token fitted it.';
        case 'unknown':
            return 'Whether a backup task is running was not found out.';
    }
}
function cancelLockSentence({ lock }) {
    switch (lock) {
        case 'unlocked':
            return 'Bitbucket was locked and is unlocked.';
        case 'given-back':
            return 'Bitbucket was locked and is unlocked; not by this run, but while it was cancelling.';
        case 'was-unlocked':
            return 'Bitbucket was already unlocked.';
        case 'held':
            return 'BITBUCKET IS STILL LOCKED: users cannot work until it is unlocked.';
        case 'unknown':
            return 'Whether Bitbucket is locked was not found out.';
    }
}
function foundLock(found) {
    if (found === undefined) {
        return 'not found out';
    }
    if (!found.locked) {
        return 'not locked';
    }
    return found.owner === undefined ? 'locked' : `locked by '${found.owner}'`;
}
/** Did this run find anything to do, and do it? */
function didSomething({ task, lock }) {
    return task === 'canceled' || task === 'completed' || lock === 'unlocked' || lock === 'given-back';
}
/** The last line of the log. */
function cancelOutcomeLine(report) {
    const of = report.backupId === undefined ? '' : ` of backup ${report.backupId}`;
    const subject = `Cancel${of} on ${report.bitbucketUrl}`;
    // Where nothing had to be done, a task that nobody asked for is no news.
    const silent = report.task === 'unknown' && report.outcome === 'success';
    const state = [...(silent ? [] : [taskSentence(report)]), cancelLockSentence(report)];
    const words = () => {
        switch (report.outcome) {
            case 'success': {
                const did = didSomething(report) ? 'complete' : 'complete, nothing had to be done';
                return [`${subject} ${did}.`, ...state, ...report.notes];
            }
            case 'failure':
                return [`${subject} failed: ${reason(report)}`, ...state, ...report.notes, ...advice(report)];
            case 'canceled':
                return [`${subject} was itself cancelled: ${reason(report)}`, ...state, ...advice(report)];
        }
    };
    return (0,markdown/* oneLine */.TN)(words().join(' '), 6_000);
}
function reason({ failure }) {
    const messages = failure?.messages ?? ['no reason was given'];
    return `${messages.map((message) => message.trim().replace(/\.$/, '')).join(': ')} [${failure?.code ?? 'INTERNAL'}].`;
}
function advice({ failure }) {
    return failure?.advice === undefined ? [] : [failure.advice];
}

// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
// EXTERNAL MODULE: ./build/report/gantt.js
var gantt = __webpack_require__(48317);
// EXTERNAL MODULE: ./build/report/manual-release.js
var manual_release = __webpack_require__(40409);
// EXTERNAL MODULE: ./build/report/summary-failure.js
var summary_failure = __webpack_require__(19392);
// EXTERNAL MODULE: ./build/report/summary-tables.js
var summary_tables = __webpack_require__(23213);
;// CONCATENATED MODULE: ./build/report/cancel-summary.js







/** @returns markdown for GITHUB_STEP_SUMMARY. Give it a report that `redactCancelReport` has cleaned of secrets. */
function renderCancelSummary(report) {
    const sections = [
        ...urgentRelease(report),
        headline(report),
        states(report),
        section('What failed', failure(report)),
        section('Good to know', (0,markdown/* bulletList */.fF)(report.notes)),
        section('Warnings', (0,markdown/* bulletList */.fF)(report.warnings)),
        section('Where the time went', timings(report)),
    ];
    return `${sections.filter((text) => text !== undefined).join('\n\n')}\n`;
}
/** Only what is known to be locked is told with alarm; wrong inputs lock nobody out. */
function urgentRelease(report) {
    const { lock, unlockToken, cancelToken, bitbucketUrl, journalPath } = report;
    if (lock !== 'held') {
        return [];
    }
    const tokens = unlockToken === undefined ? undefined : { unlockToken, cancelToken };
    const commands = (0,manual_release/* renderRelease */.c)({ lockState: 'still-locked', tokens, bitbucketUrl, journalPath });
    return [
        `# 🚨 ${(0,markdown/* plain */.pj)(cancelLockSentence(report))}`,
        `## Check and unlock Bitbucket by hand\n\n${commands ?? ''}`,
    ];
}
function headline(report) {
    const took = `The run took ${(0,format/* formatDuration */.a3)(report.timeline.totalMs())}.`;
    return `## ${result(report)}\n\n**${(0,markdown/* plain */.pj)(cancelLockSentence(report))}** ${(0,markdown/* plain */.pj)(taskSentence(report))} ${took}`;
}
function result(report) {
    switch (report.outcome) {
        case 'success':
            if (!didSomething(report)) {
                return '✅ Nothing had to be cancelled';
            }
            return report.task === 'canceled' || report.task === 'completed'
                ? '✅ The backup is cancelled, Bitbucket is unlocked'
                : '✅ Bitbucket is unlocked';
        case 'failure':
            return '❌ The cancel failed';
        case 'canceled':
            return '⚠️ The cancel was itself cancelled';
    }
}
const TASKS = {
    canceled: ['running', '**cancelled**'],
    completed: ['running', '**ended**'],
    none: ['none running', 'none running'],
    running: ['running', '**running still**'],
    unknown: ['not found out', 'not found out'],
};
function states(report) {
    const of = report.backupId === undefined ? 'On' : `Backup ${(0,markdown/* code */.aY)(report.backupId)} on`;
    const rows = [
        ['Backup task', ...TASKS[report.task]],
        ['Lock', (0,markdown/* plain */.pj)(foundLock(report.found)), lockNow(report)],
    ];
    return `${of} ${(0,markdown/* code */.aY)(report.bitbucketUrl)}:\n\n${(0,markdown/* table */.tp)(['What', 'Was', 'Is now'], rows)}`;
}
function lockNow({ lock }) {
    switch (lock) {
        case 'unlocked':
            return '**unlocked**';
        case 'given-back':
            return '**unlocked**, not by this run';
        case 'was-unlocked':
            return 'not locked';
        case 'held':
            return '**STILL LOCKED**';
        case 'unknown':
            return 'not found out';
    }
}
function failure({ failure: told }) {
    return (0,summary_failure/* renderFailureOf */.y)(told, told?.advice === undefined ? [] : [told.advice]);
}
function timings({ timeline }) {
    const chart = (0,gantt/* renderGantt */.Z)(timeline);
    return chart === undefined ? undefined : `${chart}\n\n${(0,summary_tables/* renderSteps */.Il)(timeline)}`;
}
function section(title, body) {
    return body === undefined || body === '' ? undefined : `### ${title}\n\n${body}`;
}

// EXTERNAL MODULE: ./build/bitbucket/limits.js
var limits = __webpack_require__(45460);
;// CONCATENATED MODULE: ./build/pipeline/cancel-job.js


const CANCEL_LIMITS = {
    ...limits/* DEFAULT_LIMITS */.d,
    tokenWaitMs: 90_000,
    tokenPollMs: 500,
    giveBackMs: 15_000,
};
/** Several things went wrong, each with a cure of its own. */
class CancelFailed extends errors/* ActionError */.lZ {
    name = 'CancelFailed';
    problems;
    constructor(failures) {
        const sentences = failures.map(({ error }) => error.message);
        super(failures[0].error.code, sentences.join(' '), { cause: failures[0].error.cause });
        this.problems = failures.map(({ about, error }) => ({
            subject: about,
            message: error.advice === undefined ? error.message : `${error.message} ${error.advice}`,
        }));
    }
}
/** Passes on what can be told in a sentence. @throws anything else, which is a bug of ours */
function expected(error) {
    if (error instanceof errors/* ActionError */.lZ) {
        return error;
    }
    throw error;
}
/** @throws what went wrong, if anything did */
function throwFailures(failures) {
    const [first, ...rest] = failures;
    if (first !== undefined) {
        throw rest.length === 0 ? first.error : new CancelFailed([first, ...rest]);
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/host/journal.js + 1 modules
var journal = __webpack_require__(93414);
;// CONCATENATED MODULE: ./build/pipeline/cancel-journal.js
/** The run that `backup-root` is in use by. It usually lives: then its journal is read, and never touched. */



/**
 * @returns undefined when there is no journal
 * @throws ActionError UNSAFE_STATE when it cannot be trusted or is of another Bitbucket
 */
function findRun(backupRoot, url) {
    const entry = (0,journal/* readJournal */.a0)(backupRoot);
    if (entry === undefined) {
        return undefined;
    }
    const path = (0,journal/* journalPath */.HY)(backupRoot);
    if (entry.url !== url) {
        throw new errors/* ActionError */.lZ('UNSAFE_STATE', `${path} is of a backup of ${entry.url}, not of ${url}.`, {
            advice: 'Set bitbucket-url and backup-root to those of the backup that is to be cancelled.',
        });
    }
    return { entry, path, alive: isAlive(backupRoot, entry) };
}
/** As long as a live run waits for Bitbucket's answer to its request to lock. @returns what the journal says then */
async function waitForToken(wait) {
    const deadline = performance.now() + wait.waitMs;
    for (;;) {
        const run = findRun(wait.backupRoot, wait.url);
        if (run?.alive !== true || run.entry.lock.phase !== 'locking' || performance.now() >= deadline) {
            return run;
        }
        await (0,promises_.setTimeout)(wait.pollMs, undefined, { signal: wait.signal });
    }
}
/** A journal that goes away while it is looked at belongs to a run that has just ended. */
function isAlive(backupRoot, entry) {
    try {
        return (0,journal/* livenessOfRun */.W3)(backupRoot, entry) === 'alive';
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT')) {
            return false;
        }
        throw error;
    }
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/bitbucket/recover.js
var recover = __webpack_require__(666);
;// CONCATENATED MODULE: ./build/pipeline/cancel-nothing.js
/** No backup is known that holds the lock: either there is nothing to do, or nobody here knows the token. */



/** @throws ActionError ALREADY_LOCKED */
async function nothingToCancel(job, run) {
    const { client, found, options, interruption } = job;
    const { lockAtStart } = found;
    // A lock may have been given back while the journal was read. One that was taken meanwhile is not ours to know.
    const state = lockAtStart?.locked === true ? await client.lockState(interruption.signal) : lockAtStart;
    const known = run === undefined
        ? `there is no journal of a backup in ${options.backupRoot ?? 'backup-root'} on ${(0,external_node_os_.hostname)()}`
        : whatRunDoes(run);
    found.lock = state?.locked === true ? 'held' : lockAtStart?.locked === true ? 'given-back' : 'was-unlocked';
    if (run !== undefined) {
        found.task = 'none';
    }
    if (state?.locked === true) {
        const owner = state.owner === undefined ? '' : ` by '${state.owner}'`;
        throw new errors/* ActionError */.lZ('ALREADY_LOCKED', `${client.url} is locked${owner}, and no token of that lock is known here: ${known}. The lock was left alone.`, {
            advice: 'If a backup holds it, give unlock-token and cancel-token from its log, or run this on the machine of that backup; otherwise ask who maintains Bitbucket.',
        });
    }
    found.notes.push(`${sentence(known)} A backup that has not locked yet is stopped by cancelling its workflow run.`);
}
/**
 * The journal says no more than that the lock was asked for.
 * @throws ActionError LOCK_RESPONSE_LOST unless the run is over and holds no lock
 */
async function stillLocking(job, run) {
    const { client, found, log, limits } = job;
    const { backupId, lock, startedAt } = run.entry;
    found.lock = found.lockAtStart?.locked === true ? 'held' : 'was-unlocked';
    found.task = 'none';
    if (!run.alive) {
        await (0,recover/* recoverLock */.e)({ client, log, limits }, run.entry);
        found.lock = 'was-unlocked';
        found.notes.push(`Backup ${backupId} died while it was asking for the lock, and holds none; the next backup run removes what it left.`);
        return;
    }
    throw new errors/* ActionError */.lZ('LOCK_RESPONSE_LOST', `Backup ${backupId} has been asking ${client.url} for the lock since ${lock.since ?? startedAt}; without an answer there is no token to unlock with.`, {
        advice: 'Cancel its workflow run: it gives the lock back as soon as it is granted. If Bitbucket stays locked, the token is in atlassian-bitbucket.log.',
    });
}
/** As a clause. */
function whatRunDoes({ entry, alive }) {
    const backup = `backup ${entry.backupId}`;
    if (!alive) {
        return `${backup} is over and holds no lock`;
    }
    return entry.lock.phase === 'unlocked'
        ? `${backup} has given its lock back and is making its archive`
        : `${backup} has not locked yet`;
}
function sentence(clause) {
    return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

;// CONCATENATED MODULE: ./build/pipeline/cancel-notes.js
function aboutRun({ found, log }, run) {
    if (run === undefined) {
        return;
    }
    const { backupId } = run.entry;
    log.info(`Cancelling backup ${backupId}, with the tokens in ${run.path}`);
    found.notes.push(run.alive
        ? `Backup ${backupId} still lives: it notices, discards its copy and ends red.`
        : `Backup ${backupId} is over without having ended in order; the next backup run removes what it left.`);
}

;// CONCATENATED MODULE: ./build/pipeline/cancel-target.js


/** @throws ActionError UNSAFE_STATE when all depends on a journal that cannot be used */
function findTarget(options, log) {
    const { unlockToken, cancelToken, backupRoot, connection } = options;
    if (unlockToken === undefined && cancelToken === undefined) {
        return targetOf(backupRoot === undefined ? undefined : findRun(backupRoot, connection.url));
    }
    const run = sameBackup(options, log);
    return {
        kind: 'tokens',
        unlockToken: known('unlock-token', unlockToken, run),
        cancelToken: known('cancel-token', cancelToken, run),
        run,
    };
}
/** What a journal alone says. */
function targetOf(run) {
    if (run === undefined) {
        return { kind: 'nothing', run };
    }
    const { phase, unlockToken } = run.entry.lock;
    switch (phase) {
        case 'none':
        case 'unlocked':
            return { kind: 'nothing', run };
        case 'locking':
            return { kind: 'locking', run };
        case 'locked':
            return unlockToken === undefined
                ? { kind: 'locking', run }
                : {
                    kind: 'tokens',
                    unlockToken: known('unlock-token', undefined, run),
                    cancelToken: known('cancel-token', undefined, run),
                    run,
                };
    }
}
function known(name, given, run) {
    if (given !== undefined) {
        return { name, value: given, journal: undefined };
    }
    const { unlockToken, cancelToken } = run?.entry.lock ?? {};
    const value = name === 'unlock-token' ? unlockToken : cancelToken;
    return run === undefined || value === undefined ? undefined : { name, value, journal: run.path };
}
/** The journal completes what was given; what was given wins, and works without it. */
function sameBackup(options, log) {
    const { backupRoot, connection, unlockToken } = options;
    if (backupRoot === undefined) {
        return undefined;
    }
    try {
        const run = findRun(backupRoot, connection.url);
        if (run?.entry.lock.phase !== 'locked') {
            return undefined;
        }
        if (unlockToken !== undefined && unlockToken !== run.entry.lock.unlockToken) {
            log.notice(`${run.path} names another unlock token than unlock-token, so it is not used.`);
            return undefined;
        }
        return run;
    }
    catch (error) {
        log.warning(`${(0,errors/* asError */.zR)(error).message} It is not used.`);
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/bitbucket/http-error.js
var http_error = __webpack_require__(23539);
// EXTERNAL MODULE: ./build/bitbucket/release.js
var release = __webpack_require__(1567);
;// CONCATENATED MODULE: ./build/pipeline/cancel-wrong-token.js
/** A token that Bitbucket refuses. The sentence names the input, or the journal that the token came from. */

const WHERE_TO_FIND = {
    'unlock-token': "Copy unlock-token from the log of the backup that holds the lock ('locked with'); a lock of somebody else's maintenance is theirs to lift.",
    'cancel-token': "Copy cancel-token from the log of the backup that is running ('backup started with').",
};
/** @param why what Bitbucket has instead, as a clause */
function wrongToken({ name, journal }, why, cause) {
    return journal === undefined
        ? new errors/* ActionError */.lZ('WRONG_TOKEN', `Input '${name}' is wrong: ${why}.`, {
            advice: WHERE_TO_FIND[name],
            cause,
        })
        : new errors/* ActionError */.lZ('WRONG_TOKEN', `The ${name} in ${journal} does not fit any more: ${why}.`, {
            advice: 'It is not the backup of that journal; find out who maintains Bitbucket now.',
            cause,
        });
}

;// CONCATENATED MODULE: ./build/pipeline/cancel-task.js
/** Ends Bitbucket's backup task. It throws nothing: the unlock comes next, whatever became of the task. */





async function endTask(job, { unlockToken, cancelToken }) {
    const { found, log } = job;
    if (cancelToken !== undefined) {
        await cancelWith(job, cancelToken);
    }
    // A wrong cancel token is no reason to leave Bitbucket latched when the one that unlocks it fits.
    if (unlockToken !== undefined && (cancelToken === undefined || found.task === 'running')) {
        await completeWith(job, unlockToken);
    }
    switch (found.task) {
        case 'canceled':
            log.info('Backup task cancelled in Bitbucket');
            return;
        case 'completed':
            log.info('Backup task ended in Bitbucket');
            return;
        case 'none':
            log.info('Bitbucket has no backup task to cancel');
            return;
        case 'running':
        case 'unknown':
            return;
    }
}
async function cancelWith(job, cancelToken) {
    const { client, found } = job;
    try {
        found.task = (await (0,release/* cancelTask */.yX)(client, cancelToken.value)) ? 'canceled' : 'none';
    }
    catch (error) {
        const wrong = (0,http_error/* statusOf */.c)(error) === 409;
        found.task = wrong ? 'running' : 'unknown';
        fail(job, wrong
            ? {
                about: cancelToken.name,
                error: wrongToken(cancelToken, `${client.url} runs a backup task with another token`, error),
            }
            : { about: 'task', error: notEnded(client.url, expected(error)) });
    }
}
async function completeWith(job, unlockToken) {
    const { client, found } = job;
    try {
        found.task = (await (0,release/* completeTask */.Rt)(client, unlockToken.value)) ? 'completed' : 'none';
    }
    catch (error) {
        if ((0,http_error/* statusOf */.c)(error) === 404) {
            // It has ended between the look at it and the progress.
            found.task = 'none';
        }
        else if ((0,http_error/* statusOf */.c)(error) !== 409 || found.lockAtStart?.locked !== true) {
            fail(job, { about: 'task', error: notEnded(client.url, expected(error)) });
        }
        // 409 while it is locked: a wrong unlock token, which the unlock is going to tell.
    }
}
function fail({ found, log }, failure) {
    found.failures.push(failure);
    log.info(failure.error.message);
}
function notEnded(url, cause) {
    return new errors/* ActionError */.lZ(cause.code, `Whether a backup task runs in ${url} could not be settled.`, {
        advice: 'Run the cancel again; when it fails again, give cancel-token, from the log of the backup, or end the task in the administration of Bitbucket.',
        cause,
    });
}

;// CONCATENATED MODULE: ./build/pipeline/cancel-unlock.js
/** Lifts the lock and looks whether users are served. It throws nothing: what went wrong is told together with the task. */





const POLL_MS = 500;
async function liftLock(job, unlockToken) {
    if (unlockToken === undefined) {
        await withoutToken(job);
    }
    else {
        await withToken(job, unlockToken);
    }
    if (job.found.lock === 'unlocked' || job.found.lock === 'given-back') {
        job.timeline.mark('unlocked');
    }
}
async function withToken(job, unlockToken) {
    const { client, found } = job;
    try {
        const outcome = await (0,release/* unlock */.Tl)(job, unlockToken.value);
        switch (outcome) {
            case 'unlocked':
                found.lock = 'unlocked';
                return;
            case 'was-unlocked':
                found.lock = notLockedNow(job);
                return;
            case 'foreign':
                await lookAgain(job);
                cancel_unlock_fail(job, {
                    about: unlockToken.name,
                    error: wrongToken(unlockToken, `${client.url} is locked with another token${owner(job)}, and that lock was left alone`),
                });
                return;
        }
    }
    catch (error) {
        found.lock = found.lockAtStart?.locked === true ? 'held' : 'unknown';
        cancel_unlock_fail(job, { about: 'lock', error: expected(error) });
    }
}
async function withoutToken(job) {
    const { client, found } = job;
    await lookAgain(job);
    if (found.lock === 'held') {
        cancel_unlock_fail(job, {
            about: 'lock',
            error: new errors/* ActionError */.lZ('UNLOCK_FAILED', `${client.url} is still locked${owner(job)}: cancel-token cancels the task, and cannot unlock.`, { advice: 'Give unlock-token as well, from the log of the backup.' }),
        });
    }
}
/** A backup whose task we have cancelled notices, and gives its lock back by itself. */
async function lookAgain(job) {
    const { client, found, limits, interruption } = job;
    const { task } = found;
    const patience = task === 'canceled' || task === 'completed' ? limits.giveBackMs : 0;
    const deadline = performance.now() + patience;
    try {
        for (;;) {
            const { locked } = await client.lockState();
            found.lock = locked ? 'held' : notLockedNow(job);
            if (!locked || performance.now() >= deadline || interruption.signal.aborted) {
                return;
            }
            await (0,promises_.setTimeout)(Math.min(POLL_MS, patience));
        }
    }
    catch (error) {
        found.lock = 'unknown';
        cancel_unlock_fail(job, { about: 'lock', error: expected(error) });
    }
}
/** Bitbucket has to serve users, not only to have said yes. */
async function checkServing(job) {
    try {
        await (0,release/* assertServing */.jL)(job);
        job.log.info('Bitbucket is unlocked and serves users');
    }
    catch (error) {
        cancel_unlock_fail(job, { about: 'lock', error: expected(error) });
        const state = await job.client.lockState().catch(() => undefined);
        if (state?.locked === true) {
            job.found.lock = 'held';
        }
    }
}
function notLockedNow({ found }) {
    return found.lockAtStart?.locked === true ? 'given-back' : 'was-unlocked';
}
function owner({ found: { lockAtStart } }) {
    return lockAtStart?.locked === true && lockAtStart.owner !== undefined ? ` by '${lockAtStart.owner}'` : '';
}
/** What keeps users out comes before what became of the task. */
function cancel_unlock_fail({ found, log }, failure) {
    found.failures.unshift(failure);
    log.info(failure.error.message);
}

;// CONCATENATED MODULE: ./build/pipeline/cancel.js
/** The sequence of a cancel: which tokens, is Bitbucket there, end the task, unlock, look. */







/** @throws what went wrong; how far it came stands in `job.found` */
async function cancel(job) {
    const { signal } = job.interruption;
    try {
        await sequence(job);
    }
    catch (error) {
        // Aborted work throws whatever was in its way; why it was aborted is what counts.
        throw signal.aborted ? signal.reason : error;
    }
}
async function sequence(job) {
    const { options, found, log, interruption } = job;
    // A journal that cannot be used is told before anything is asked of Bitbucket.
    findTarget(options, log);
    await job.timeline.span('check', 'check Bitbucket', async () => await checkBitbucket(job));
    const target = await settledTarget(job);
    found.target = target;
    switch (target.kind) {
        case 'nothing':
            await nothingToCancel(job, target.run);
            return;
        case 'locking':
            await stillLocking(job, target.run);
            return;
        case 'tokens':
            await cancel_release(job, target);
    }
    interruption.signal.throwIfAborted();
    throwFailures(found.failures);
}
/** Sends the credentials once: a wrong password that is repeated ends in a CAPTCHA. */
async function checkBitbucket({ client, found, interruption }) {
    await client.resolveHost();
    found.lockAtStart = await client.lockState(interruption.signal);
}
/** The journal is read again after the look at the lock: who is locked by then has written it down before. */
async function settledTarget(job) {
    const { options, limits, log, timeline, interruption, client, found } = job;
    const target = findTarget(options, log);
    const { backupRoot } = options;
    if (target.kind !== 'locking' || !target.run.alive || backupRoot === undefined) {
        return target;
    }
    log.info(`Backup ${target.run.entry.backupId} is asking for the lock; waiting for its token for up to ${limits.tokenWaitMs / 1_000} s`);
    const { signal } = interruption;
    const wait = {
        backupRoot,
        url: client.url,
        waitMs: limits.tokenWaitMs,
        pollMs: limits.tokenPollMs,
        signal,
    };
    const run = await timeline.span('check', 'wait for the token', async () => await waitForToken(wait));
    found.lockAtStart = await client.lockState(signal);
    return targetOf(run);
}
/** Not stopped by a signal: it is what lets users back in, and what the run was started for. */
async function cancel_release(job, target) {
    const { found, interruption } = job;
    interruption.signal.throwIfAborted();
    aboutRun(job, target.run);
    await step(job, 'end task', async () => await endTask(job, target));
    await step(job, 'unlock', async () => await liftLock(job, target.unlockToken));
    const free = found.lock !== 'held' && found.lock !== 'unknown';
    if (free && !interruption.signal.aborted) {
        await step(job, 'check that users are served', async () => await checkServing(job));
    }
}
/** What goes wrong in a step keeps no other from running; the timeline tells it as failed all the same. */
async function step({ timeline, found }, name, work) {
    const before = found.failures.length;
    try {
        await timeline.span('release', name, async () => {
            await work();
            if (found.failures.length > before) {
                throwFailures(found.failures);
            }
        });
    }
    catch (error) {
        if (found.failures.length === before) {
            throw error;
        }
    }
}

// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
;// CONCATENATED MODULE: ./build/pipeline/cancel-job-report.js
/** What a cancel tells afterwards, from how far it came. */



function cancelReportOf(job, error) {
    const { client, found, timeline, log } = job;
    const { target } = found;
    const tokens = target?.kind === 'tokens' ? target : undefined;
    const run = target?.run;
    return {
        outcome: outcomeOf(error),
        bitbucketUrl: client.url,
        backupId: run?.entry.backupId,
        journalPath: tokens?.unlockToken?.journal,
        timeline,
        task: found.task,
        lock: found.lock,
        found: found.lockAtStart,
        unlockToken: good(job, tokens?.unlockToken),
        cancelToken: good(job, tokens?.cancelToken),
        notes: found.notes,
        warnings: log.warnings,
        failure: error === undefined ? undefined : failureOf(error),
    };
}
/** The cancel did not begin: nothing was asked of Bitbucket. */
function refusedCancel({ timeline, log }, error) {
    const url = (0,actions/* rawInput */.JR)('bitbucket-url');
    return {
        outcome: 'failure',
        bitbucketUrl: URL.canParse(url) ? new URL(url).origin : 'Bitbucket',
        timeline,
        task: 'unknown',
        lock: 'unknown',
        notes: [],
        warnings: log.warnings,
        failure: failureOf(error),
    };
}
function outcomeOf(error) {
    if (error === undefined) {
        return 'success';
    }
    return (0,errors/* codeOf */.$N)(error) === 'CANCELED' ? 'canceled' : 'failure';
}
/** A token that Bitbucket refused opens nothing; to show it as the way out would mislead. */
function good({ found }, token) {
    const refused = found.failures.some(({ about }) => about === token?.name);
    return refused ? undefined : token?.value;
}
function failureOf(error) {
    return {
        code: (0,errors/* codeOf */.$N)(error),
        messages: (0,errors/* messageChain */.NG)(error),
        advice: error instanceof errors/* ActionError */.lZ ? error.advice : undefined,
        problems: problemsOf(error),
        undone: [],
        undoFailures: [],
    };
}
function problemsOf(error) {
    return error instanceof errors/* ConfigurationError */.j1 || error instanceof CancelFailed ? error.problems : undefined;
}

// EXTERNAL MODULE: ./build/bitbucket/answers.js
var answers = __webpack_require__(50589);
// EXTERNAL MODULE: ./build/pipeline/connection-options.js
var connection_options = __webpack_require__(58476);
;// CONCATENATED MODULE: ./build/pipeline/cancel-options.js
/** What the cancel action is told. */


/** @throws ConfigurationError with every wrong input */
function readCancelOptions(inputs) {
    const connection = (0,connection_options/* readConnection */.d)(inputs);
    const unlockToken = readToken(inputs, 'unlock-token');
    const cancelToken = readToken(inputs, 'cancel-token');
    const backupRoot = inputs.optionalPath('backup-root');
    if (unlockToken === undefined && cancelToken === undefined && backupRoot === undefined) {
        inputs.problem('backup-root', 'is empty, and so are unlock-token and cancel-token; set it to the backup-root of the backup that is to be cancelled, or set the tokens from its log.');
    }
    inputs.finish();
    return { connection, unlockToken, cancelToken, backupRoot };
}
function readToken(inputs, name) {
    const token = inputs.optionalText(name);
    if (token !== undefined && !(0,answers/* isToken */.sg)(token)) {
        // Its value is not told: what was pasted by mistake may be a password.
        inputs.problem(name, 'is no token of Bitbucket, which has 8 to 128 letters, digits, dashes and underscores; copy it from the log of the backup, without quotes.');
    }
    return token;
}

// EXTERNAL MODULE: ./build/pipeline/mask-credentials.js
var mask_credentials = __webpack_require__(34808);
// EXTERNAL MODULE: ./build/pipeline/open-inputs.js
var open_inputs = __webpack_require__(8553);
// EXTERNAL MODULE: ./build/pipeline/publish.js + 1 modules
var publish = __webpack_require__(68916);
;// CONCATENATED MODULE: ./build/pipeline/run-cancel.js
/** A cancel from the inputs to the report. */












/** @returns whether it was a success; everything that failed has been told by then */
async function runCancel(environment) {
    const { log, redactor } = environment;
    const report = await perform(environment);
    publishCancelOutputs(report);
    const redacted = redactCancelReport(report, (text) => redactor.redact(text));
    const succeeded = report.outcome === 'success';
    await (0,publish/* publish */.mk)({
        succeeded,
        problems: redacted.failure?.problems ?? [],
        line: cancelOutcomeLine(redacted),
        summary: renderCancelSummary(redacted),
    }, log);
    return succeeded;
}
async function perform(environment) {
    let options;
    try {
        options = readOptions(environment);
    }
    catch (error) {
        return refusedCancel(environment, error);
    }
    environment.log.setPrefix(options.connection.url);
    const job = {
        ...environment,
        options,
        client: new client/* BitbucketClient */.h(options.connection),
        limits: CANCEL_LIMITS,
        found: { task: 'unknown', lock: 'unknown', failures: [], notes: [] },
    };
    const failure = await cancel(job).then(() => undefined, (error) => (0,errors/* asError */.zR)(error));
    const report = cancelReportOf(job, failure);
    await job.client.close();
    return report;
}
function readOptions(environment) {
    const options = readCancelOptions((0,open_inputs/* openInputs */.A)(environment, 'cancel'));
    (0,mask_credentials/* maskCredentials */.B)(environment.redactor, options.connection.credentials);
    return options;
}
function publishCancelOutputs({ task, lock, timeline, outcome, failure }) {
    (0,publish/* publishOutputs */.eB)('cancel', {
        task: task === 'completed' ? 'canceled' : task,
        lock: lock === 'given-back' ? 'unlocked' : lock,
        'duration-seconds': (0,publish/* seconds */.YA)(timeline.totalMs()),
        result: outcome,
        'error-code': failure?.code,
    });
}

// EXTERNAL MODULE: ./build/entries/in-runner.js + 2 modules
var in_runner = __webpack_require__(89483);
;// CONCATENATED MODULE: ./build/entries/cancel.js


/** `runs.main` of the cancel action. */
async function cancel_cancel() {
    await (0,in_runner/* inRunner */.k)(runCancel, {
        what: 'the cancel was stopped before its end; an unlock under way goes on',
        advice: 'Start it again: what was done already is found done.',
    });
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


/***/ }),

/***/ 34808:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ maskCredentials)
/* harmony export */ });
function maskCredentials(redactor, credentials) {
    switch (credentials.kind) {
        case 'basic':
            redactor.addBasicCredentials(credentials.username, credentials.password);
            return;
        case 'bearer':
            redactor.add(credentials.token);
            return;
        case 'none':
    }
}


/***/ }),

/***/ 40409:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ renderRelease)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34902);
/* harmony import */ var _shell_word_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59010);
/**
 * How an administrator gets Bitbucket out of maintenance by hand. The commands follow Bitbucket's maintenance REST API
 * (DESIGN.md, section 4). The tokens are shown on purpose.
 */


/** The placeholder is a plain word: `<user>` would be a redirection to the shell that it is pasted into. */
const CURL = ['curl', '-i', '-u', 'ADMIN'];
const HEADERS = ['-H', 'X-Atlassian-Token: no-check', '-H', 'Content-Type: application/json'];
/** Urgent while the lock may be held, folded away when the tokens are used up; undefined when there never were any. */
function renderRelease(report) {
    const { tokens, bitbucketUrl } = report;
    switch (report.lockState) {
        case 'still-locked':
        case 'unknown':
            return tokens === undefined ? withoutToken(bitbucketUrl) : commands(bitbucketUrl, tokens, report);
        case 'unlocked':
        case 'locked-by-other':
        case 'never-locked':
            return tokens === undefined
                ? undefined
                : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .details */ .zH)('Unlock and cancel tokens of this run (used up)', `This run's lock is gone, so these tokens open nothing any more. They are kept here to compare with Bitbucket's log.\n\n${tokenList(tokens)}\n\n${releaseCommands(bitbucketUrl, tokens)}`);
    }
}
function commands(url, tokens, report) {
    const journal = report.journalPath === undefined
        ? ''
        : `\n\nThe next backup run on this machine also tries it, from its journal ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(report.journalPath)}.`;
    return `Run this from any machine that reaches Bitbucket, with the name of a system administrator for ADMIN; curl asks for the password.\n\n${releaseCommands(url, tokens)}\n\n${tokenList(tokens)}${journal}`;
}
function withoutToken(url) {
    return `The token of the lock did not reach this run. Ask whether Bitbucket is locked (200: locked, 404: not locked):\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .codeBlock */ .DV)([curl([endpoint(url, 'mvc/maintenance/lock')])], 'sh')}\n\nIf it is, look for the unlock token in <code>atlassian-bitbucket.log</code> below the home of the node that answered, and send it with:\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .codeBlock */ .DV)([unlock(url, 'TOKEN')], 'sh')}\n\nWithout the token, a restart of all Bitbucket nodes releases the lock.`;
}
function releaseCommands(url, tokens) {
    const { cancelToken, unlockToken } = tokens;
    const cancel = cancelToken === undefined
        ? []
        : [
            '# 1. Cancel the backup task. An error is no harm: then there is none any more.',
            curl([
                '-X',
                'POST',
                // Without a body curl sends no Content-Length, which some proxies refuse.
                '-d',
                '',
                ...HEADERS,
                endpoint(url, `mvc/maintenance?token=${encodeURIComponent(cancelToken)}`),
            ]),
        ];
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .codeBlock */ .DV)([
        ...cancel,
        `# ${cancelToken === undefined ? 1 : 2}. Unlock. 200, 202 or 204: unlocked. 404: it was not locked. 409: the lock is not of this run.`,
        unlock(url, unlockToken),
        `# ${cancelToken === undefined ? 2 : 3}. Check. 404: not locked, users can work. 200: still locked.`,
        curl([endpoint(url, 'mvc/maintenance/lock')]),
    ], 'sh');
}
function tokenList({ unlockToken, cancelToken }) {
    const cancel = cancelToken === undefined ? 'none, no backup task was started' : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(cancelToken);
    return `- Unlock token: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(unlockToken)}\n- Cancel token: ${cancel}`;
}
function unlock(url, token) {
    return curl([
        '-X',
        'DELETE',
        ...HEADERS,
        endpoint(url, `mvc/maintenance/lock?token=${encodeURIComponent(token)}`),
    ]);
}
function curl(args) {
    return [...CURL, ...args].map(_shell_word_js__WEBPACK_IMPORTED_MODULE_1__/* .shellWord */ .r).join(' ');
}
/** The base URL may have a context path, with or without a slash at its end. */
function endpoint(url, path) {
    return `${url.replace(/\/+$/, '')}/${path}`;
}


/***/ })

};

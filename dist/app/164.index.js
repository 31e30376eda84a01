export const id = 164;
export const ids = [164];
export const modules = {

/***/ 66075:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $S: () => (/* binding */ readConnectionFile),
/* harmony export */   ib: () => (/* binding */ writeConnectionFile),
/* harmony export */   tl: () => (/* binding */ removeConnectionFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/* harmony import */ var _host_actions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56624);
/* harmony import */ var _host_private_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(78755);
/**
 * The credentials, kept in a 0600 file only while the lock is held. The post step must be able to unlock without reading
 * inputs again (they may have changed or be gone), and neither the runner's saved state nor the journal may hold a secret.
 */






const FOLDER_PREFIX = 'bitbucket-backup-';
const FILE_NAME = 'connection.json';
/** The folder is the run's own. */
const WRITER = 'run';
/** @returns the path of the file, in a new folder of mode 0700 */
function writeConnectionFile(connection) {
    const folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,_host_actions_js__WEBPACK_IMPORTED_MODULE_4__/* .temporaryFolder */ .yy)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()), FOLDER_PREFIX));
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, FILE_NAME);
    (0,_host_private_file_js__WEBPACK_IMPORTED_MODULE_5__/* .writePrivateFile */ .Pl)(path, JSON.stringify(connection), WRITER);
    return path;
}
/** @returns undefined when the file is gone or is not one of ours. @throws ActionError UNSAFE_STATE */
function readConnectionFile(path) {
    const text = isOurs(path) ? (0,_host_private_file_js__WEBPACK_IMPORTED_MODULE_5__/* .readPrivateFile */ .q1)(path) : undefined;
    try {
        return text === undefined ? undefined : connectionIn(JSON.parse(text));
    }
    catch {
        // Cut short by a full disk, say: without it the next run unlocks.
        return undefined;
    }
}
/** Removes the file and its folder; a path that is not of our making is left alone. */
function removeConnectionFile(path) {
    if (isOurs(path)) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { force: true });
        // Killed while he wrote: the credentials are in there.
        (0,_host_private_file_js__WEBPACK_IMPORTED_MODULE_5__/* .removeDraft */ .AB)(path, WRITER);
        removeIfEmpty((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
    }
}
function removeIfEmpty(folder) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmdirSync)(folder);
    }
    catch (error) {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTEMPTY')) {
            throw error;
        }
    }
}
/** The path comes back from saved state or a journal: it must not lead a removal anywhere else. */
function isOurs(path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path) === FILE_NAME && (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path)).startsWith(FOLDER_PREFIX);
}
function connectionIn(value) {
    const url = textField(value, 'url');
    const ca = textField(value, 'ca');
    const credentials = credentialsIn(field(value, 'credentials'));
    return url === undefined || credentials === undefined
        ? undefined
        : { url, credentials, ...(ca === undefined ? {} : { ca }) };
}
function credentialsIn(value) {
    const [username, password, token] = ['username', 'password', 'token'].map((name) => textField(value, name));
    if (username !== undefined && password !== undefined) {
        return { kind: 'basic', username, password };
    }
    return token === undefined ? undefined : { kind: 'bearer', token };
}
function textField(value, name) {
    const text = field(value, name);
    return typeof text === 'string' ? text : undefined;
}
function field(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}


/***/ }),

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

/***/ 71349:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E1: () => (/* binding */ saveSession),
/* harmony export */   g$: () => (/* binding */ savedSession),
/* harmony export */   nO: () => (/* binding */ createLockRecord)
/* harmony export */ });
/* harmony import */ var _host_actions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56624);
/* harmony import */ var _host_journal_entry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23673);
/* harmony import */ var _connection_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(66075);
/**
 * What is written down about the lock, before anything else happens with it: in the journal for the next run, in the
 * runner's saved state for the post step.
 */



const ROOT_STATE = 'backup-root';
const ENTRY_STATE = 'journal';
function createLockRecord(journal, backupRoot, connection) {
    let connectionFile;
    const record = (lock) => {
        journal.update({ lock, ...(connectionFile === undefined ? {} : { connectionFile }) });
        saveSession(journal, backupRoot);
    };
    return {
        locking: () => {
            connectionFile = (0,_connection_file_js__WEBPACK_IMPORTED_MODULE_2__/* .writeConnectionFile */ .ib)(connection);
            record({ phase: 'locking', since: new Date().toISOString() });
        },
        locked: (unlockToken) => record({ ...journal.entry.lock, phase: 'locked', unlockToken }),
        backupStarted: (cancelToken) => record({ ...journal.entry.lock, cancelToken }),
        released: () => {
            record({ ...journal.entry.lock, phase: 'unlocked' });
            if (connectionFile !== undefined) {
                (0,_connection_file_js__WEBPACK_IMPORTED_MODULE_2__/* .removeConnectionFile */ .tl)(connectionFile);
            }
        },
    };
}
/** Tells the post step which run it follows, so that it can clean up after a main that was killed. */
function saveSession(journal, backupRoot) {
    (0,_host_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(ROOT_STATE, backupRoot);
    (0,_host_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(ENTRY_STATE, JSON.stringify(journal.entry));
}
/** @returns undefined when main ended before it had claimed a journal. @throws ActionError UNSAFE_STATE */
function savedSession() {
    const text = (0,_host_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu)(ENTRY_STATE);
    return text === ''
        ? undefined
        : { backupRoot: (0,_host_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu)(ROOT_STATE), entry: (0,_host_journal_entry_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJournal */ .z)(text, 'in the saved state') };
}


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

/***/ 25340:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ MANIFEST_NAME)
/* harmony export */ });
/** The manifest's name in the working copy and in every archive (DESIGN.md, section 7). */
const MANIFEST_NAME = 'manifest.json';


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

/***/ 55251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  WR: () => (/* binding */ publishBackup),
  u0: () => (/* binding */ publishBackupOutputs),
  xg: () => (/* binding */ uploadManifest)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/host/artifacts.js
/** Uploads files as an artifact of the workflow run. A server without artifacts costs a warning, not a backup. */


/** Loaded when needed: the artifact client is larger than everything else together. */
async function uploadArtifact(name, path, log) {
    if (!process.env['ACTIONS_RUNTIME_TOKEN']) {
        log.info(`No artifact service here; ${path} stays on this machine only.`);
        return;
    }
    try {
        const { DefaultArtifactClient } = await __webpack_require__.e(/* import() */ 584).then(__webpack_require__.bind(__webpack_require__, 20584));
        const client = new DefaultArtifactClient();
        const { id } = await client.uploadArtifact(name, [path], (0,external_node_path_.dirname)(path));
        log.info(`Uploaded ${(0,external_node_path_.basename)(path)} as artifact ${name} (${id ?? 'no id'})`);
    }
    catch (error) {
        log.warning(`${(0,external_node_path_.basename)(path)} was not uploaded as an artifact: ${(0,errors/* asError */.zR)(error).message}`);
    }
}

// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
// EXTERNAL MODULE: ./build/report/run-report.js
var run_report = __webpack_require__(72065);
// EXTERNAL MODULE: ./build/report/states.js
var states = __webpack_require__(37249);
;// CONCATENATED MODULE: ./build/report/outcome-line.js
/** The last line of the log: the whole outcome for somebody who reads nothing else. */




function outcomeLine(report) {
    return (0,markdown/* oneLine */.TN)(sentences(report).join(' '), 6_000);
}
function sentences(report) {
    const subject = `${report.kind === 'post' ? 'Clean-up after backup' : 'Backup'} ${report.backupId} of ${report.bitbucketUrl}`;
    switch (report.outcome) {
        case 'success':
            return report.kind === 'post'
                ? [`${subject} complete.`, (0,states/* lockSentence */.Bd)(report)]
                : [`${subject} complete: ${completed(report)}.`, ...alarm(report)];
        case 'dry-run':
            return [
                `Dry run of backup ${report.backupId} of ${report.bitbucketUrl}: nothing was locked or changed.`,
            ];
        case 'failure':
            return [`${subject} failed${where(report)}: ${why(report)}`, ...owed(report)];
        case 'canceled':
            return [`${subject} was canceled${where(report)}: ${why(report)}`, ...owed(report)];
    }
}
function completed(report) {
    const ms = (0,run_report/* lockedMs */.tv)(report);
    const afterDrain = report.timeline.lockedAfterDrainMs();
    const drain = afterDrain === undefined ? '' : ` (${(0,format/* formatDuration */.a3)(afterDrain)} after the drain)`;
    const { archive } = report;
    return [
        ms === undefined ? 'never locked' : `locked ${(0,format/* formatDuration */.a3)(ms)}${drain}`,
        `${(0,format/* formatDuration */.a3)(report.timeline.totalMs())} in all`,
        archive === undefined
            ? 'no archive asked for'
            : `archive ${archive.path} (${(0,format/* formatBytes */.z3)(archive.bytes)})`,
    ].join(', ');
}
/** A success says nothing of the lock, unless there is something to be afraid of. */
function alarm(report) {
    switch (report.lockState) {
        case 'still-locked':
        case 'unknown':
        case 'locked-by-other':
            return [(0,states/* lockSentence */.Bd)(report)];
        case 'never-locked':
        case 'unlocked':
            return [];
    }
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
    const undoFailures = report.failure?.undoFailures ?? [];
    return [
        (0,states/* lockSentence */.Bd)(report),
        (0,states/* archiveSentence */.gP)(report),
        ...(undoFailures.length === 0 ? [] : [`Not undone: ${undoFailures.map(withoutFullStop).join('; ')}.`]),
        ...(0,states/* nextSteps */.Zn)(report),
    ];
}
function withoutFullStop(message) {
    return message.trim().replace(/\.$/, '');
}

// EXTERNAL MODULE: ./build/report/gantt.js
var gantt = __webpack_require__(48317);
// EXTERNAL MODULE: ./build/report/manual-release.js
var manual_release = __webpack_require__(40409);
// EXTERNAL MODULE: ./build/report/sections.js
var sections = __webpack_require__(35999);
// EXTERNAL MODULE: ./build/report/summary-failure.js
var summary_failure = __webpack_require__(19392);
;// CONCATENATED MODULE: ./build/report/summary-headline.js
/** The first lines of the summary: how it ended, and for how long users were locked out. */




function headline(report) {
    return `## ${result(report)}\n\n${opening(report).join(' ')}`;
}
function result(report) {
    const subject = report.kind === 'post' ? 'Clean-up after the backup' : 'Backup';
    const of = (0,markdown/* code */.aY)(report.backupId);
    switch (report.outcome) {
        case 'success': {
            const but = reservations(report);
            return but.length === 0
                ? `✅ ${subject} ${of} is complete`
                : `⚠️ ${subject} ${of} is complete, but ${but.join(' and ')}`;
        }
        case 'dry-run':
            return report.warnings.length === 0
                ? `✅ Dry run: the backup of ${(0,markdown/* code */.aY)(report.instanceName)} can run`
                : `⚠️ Dry run: the backup of ${(0,markdown/* code */.aY)(report.instanceName)} can run, with ${(0,format/* counted */.hS)(report.warnings.length, 'warning')}`;
        case 'failure':
            return `❌ ${subject} ${of} failed`;
        case 'canceled':
            return `⚠️ ${subject} ${of} was canceled`;
    }
}
/** What keeps a success from being a plain one. Bitbucket rebuilds its search index, so that is none. */
function reservations(report) {
    const missing = report.parts.filter(({ slot, included }) => !included && slot !== 'search');
    return [
        ...missing.map(({ slot }) => `the ${slot} was not backed up`),
        ...(report.warnings.length === 0 ? [] : [`there ${are(report.warnings.length)}`]),
    ];
}
function are(count) {
    return `${count === 1 ? 'is' : 'are'} ${(0,format/* counted */.hS)(count, 'warning')}`;
}
function opening(report) {
    const took = `The run took ${(0,format/* formatDuration */.a3)(report.timeline.totalMs())}.`;
    switch (report.outcome) {
        case 'success':
            return report.kind === 'post' ? [(0,markdown/* plain */.pj)((0,states/* lockSentence */.Bd)(report))] : [...lockedOut(report), took];
        case 'dry-run':
            return ['**Nothing was locked or changed.**', took];
        case 'failure':
        case 'canceled':
            return [`**${(0,markdown/* plain */.pj)((0,states/* lockSentence */.Bd)(report))}**`, (0,markdown/* plain */.pj)((0,states/* archiveSentence */.gP)(report)), took];
    }
}
function lockedOut(report) {
    const ms = (0,run_report/* lockedMs */.tv)(report);
    if (ms === undefined) {
        return [`**${(0,markdown/* plain */.pj)((0,states/* lockSentence */.Bd)(report))}**`];
    }
    const afterDrain = report.timeline.lockedAfterDrainMs();
    const drain = afterDrain === undefined ? '' : `, of it ${(0,format/* formatDuration */.a3)(afterDrain)} after the drain`;
    const still = report.lockState === 'unlocked' ? [] : [`**${(0,markdown/* plain */.pj)((0,states/* lockSentence */.Bd)(report))}**`];
    return [`**Users were locked out for ${(0,format/* formatDuration */.a3)(ms)}**${drain}.`, ...still];
}

// EXTERNAL MODULE: ./build/report/summary-tables.js
var summary_tables = __webpack_require__(23213);
;// CONCATENATED MODULE: ./build/report/summary.js
/** The job summary: read by an administrator at 3 a.m., so what needs a hand comes first and details come last. */








/** @returns markdown for GITHUB_STEP_SUMMARY. Give it a report that `redactReport` has cleaned of secrets. */
function renderSummary(report) {
    return (0,sections/* joinSections */.l)([
        ...urgentRelease(report),
        headline(report),
        (0,sections/* section */.u)('What failed', (0,summary_failure/* renderFailure */.z)(report)),
        (0,sections/* section */.u)('Plan', report.plan === undefined ? undefined : (0,markdown/* bulletList */.fF)(report.plan, markdown/* plain */.pj, 200)),
        (0,sections/* section */.u)(partsTitle(report), report.parts.length === 0 ? undefined : (0,summary_tables/* renderParts */.Rs)(report)),
        (0,sections/* section */.u)('Archive', (0,summary_tables/* renderArchive */.n$)(report)),
        (0,sections/* section */.u)('Warnings', listed(report.warnings)),
        (0,sections/* section */.u)('Where the time went', timelineOf(report)),
        (0,sections/* section */.u)('Removed backups', pruned(report)),
        (0,sections/* section */.u)('Run', (0,summary_tables/* renderFacts */.Id)(report)),
        foldedRelease(report),
    ]);
}
function mayBeLocked({ lockState }) {
    return lockState === 'still-locked' || lockState === 'unknown';
}
function urgentRelease(report) {
    return mayBeLocked(report)
        ? [
            `# 🚨 ${(0,markdown/* plain */.pj)((0,states/* lockSentence */.Bd)(report))}`,
            `## Check and unlock Bitbucket by hand\n\n${(0,manual_release/* renderRelease */.c)(report) ?? ''}`,
        ]
        : [];
}
function foldedRelease(report) {
    return mayBeLocked(report) ? undefined : (0,manual_release/* renderRelease */.c)(report);
}
function listed(texts) {
    return (0,markdown/* bulletList */.fF)(texts);
}
/** What a failed run copied is no backup. */
function partsTitle({ outcome }) {
    return outcome === 'success' ? 'What was backed up' : 'What was to be backed up';
}
function timelineOf(report) {
    const chart = (0,gantt/* renderGantt */.Z)(report.timeline);
    return chart === undefined ? undefined : `${chart}\n\n${(0,summary_tables/* renderSteps */.Il)(report.timeline)}`;
}
function pruned(report) {
    return report.pruned.length === 0
        ? undefined
        : `Older ones of this instance, which <code>keep-backups</code> asks for no longer:\n\n${(0,markdown/* bulletList */.fF)(report.pruned, markdown/* code */.aY)}`;
}

// EXTERNAL MODULE: ./build/pipeline/publish.js + 1 modules
var publish = __webpack_require__(68916);
;// CONCATENATED MODULE: ./build/pipeline/publish-backup.js
/** What a backup, or its post step, publishes. */





async function publishBackup(report, log, redactor) {
    const redacted = (0,run_report/* redactReport */.a5)(report, (text) => redactor.redact(text));
    await (0,publish/* publish */.mk)({
        succeeded: redacted.outcome === 'success' || redacted.outcome === 'dry-run',
        problems: redacted.failure?.problems ?? [],
        line: outcomeLine(redacted),
        summary: renderSummary(redacted),
    }, log);
}
function publishBackupOutputs(report) {
    const { archive, tokens, timeline, failure, manifestPath } = report;
    const lockedMs = timeline.lockedMs();
    (0,publish/* publishOutputs */.eB)('backup', {
        'backup-id': report.backupId,
        archive: archive?.path,
        'archive-sha256': archive?.sha256,
        manifest: manifestPath,
        'unlock-token': tokens?.unlockToken,
        'cancel-token': tokens?.cancelToken,
        'locked-seconds': lockedMs === undefined ? undefined : (0,publish/* seconds */.YA)(lockedMs),
        'duration-seconds': (0,publish/* seconds */.YA)(timeline.totalMs()),
        result: report.outcome,
        'error-code': failure?.code,
    });
}
/** The manifest of a success, where it was asked for. */
async function uploadManifest(report, log) {
    const { manifestPath, outcome, uploadArtifact: wanted, backupId } = report;
    if (wanted === 'manifest' && outcome === 'success' && manifestPath !== undefined) {
        await uploadArtifact(`${backupId}-manifest`, manifestPath, log);
    }
}


/***/ }),

/***/ 39970:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DZ: () => (/* binding */ tidy),
/* harmony export */   Px: () => (/* binding */ recoverStaleRun),
/* harmony export */   UJ: () => (/* binding */ findStaleRun)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _bitbucket_connection_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(66075);
/* harmony import */ var _bitbucket_recover_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(666);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/* harmony import */ var _host_journal_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(93414);
/* harmony import */ var _host_orphans_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9420);
/* harmony import */ var _host_partials_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(10105);
/* harmony import */ var _host_private_file_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(78755);
/* harmony import */ var _manifest_name_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(25340);
/** What an earlier run left behind when it died: its children, its lock, its half-written files, its journal. */









/** @returns the journal of a dead run. @throws ActionError ALREADY_RUNNING when it still lives, UNSAFE_STATE */
function findStaleRun(backupRoot) {
    const entry = (0,_host_journal_js__WEBPACK_IMPORTED_MODULE_4__/* .readJournal */ .a0)(backupRoot);
    if (entry !== undefined && (0,_host_journal_js__WEBPACK_IMPORTED_MODULE_4__/* .livenessOfRun */ .W3)(backupRoot, entry) === 'alive') {
        throw (0,_host_journal_js__WEBPACK_IMPORTED_MODULE_4__/* .alreadyRunning */ .cG)(backupRoot, entry);
    }
    return entry;
}
/**
 * Unlocks first, tidies afterwards; the journal goes last, so that whoever is interrupted here leaves it to the next.
 * @throws ActionError when the lock could not be lifted; the journal then stays
 */
async function recoverStaleRun(options, entry) {
    const { backupRoot, client, log } = options;
    if (entry.url !== client.url) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('UNSAFE_STATE', `${(0,_host_journal_js__WEBPACK_IMPORTED_MODULE_4__/* .journalPath */ .HY)(backupRoot)} is of a dead run for ${entry.url}, not for ${client.url}.`, {
            advice: `Run a backup of ${entry.url} first, or make sure that it is unlocked and remove that file; give every Bitbucket a backup-root of its own.`,
        });
    }
    const orphans = (0,_host_orphans_js__WEBPACK_IMPORTED_MODULE_5__/* .killOrphans */ .a)(entry.runId);
    if (orphans.length > 0) {
        log.notice(`Ended ${orphans.length} processes that backup ${entry.backupId} had left running.`);
    }
    const recovery = await (0,_bitbucket_recover_js__WEBPACK_IMPORTED_MODULE_2__/* .recoverLock */ .e)(options, entry);
    log.notice(SENTENCES[recovery](entry));
    tidy(backupRoot, entry);
}
/** Removes what a run that is over has left on disk. */
function tidy(backupRoot, entry) {
    (0,_host_partials_js__WEBPACK_IMPORTED_MODULE_6__/* .removePartials */ .H)(entry.partials);
    (0,_host_private_file_js__WEBPACK_IMPORTED_MODULE_7__/* .removeDraft */ .AB)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(backupRoot, _manifest_name_js__WEBPACK_IMPORTED_MODULE_8__/* .MANIFEST_NAME */ .i), entry.runId);
    if (entry.connectionFile !== undefined) {
        (0,_bitbucket_connection_file_js__WEBPACK_IMPORTED_MODULE_1__/* .removeConnectionFile */ .tl)(entry.connectionFile);
    }
    (0,_host_journal_js__WEBPACK_IMPORTED_MODULE_4__/* .removeJournal */ .Sw)((0,_host_journal_js__WEBPACK_IMPORTED_MODULE_4__/* .journalPath */ .HY)(backupRoot), entry.runId);
}
const SENTENCES = {
    unlocked: ({ backupId, lock }) => `Recovered the lock of backup ${backupId}, which died after locking Bitbucket at ${lock.since ?? 'an unknown time'}: Bitbucket is unlocked.`,
    'was-unlocked': ({ backupId }) => `Backup ${backupId} died while holding the lock; somebody has unlocked Bitbucket since.`,
    foreign: ({ backupId }) => `Backup ${backupId} died while holding the lock; Bitbucket is locked by somebody else now, and that lock is left alone.`,
    'not-locked': ({ backupId }) => `Backup ${backupId} died without holding the lock; its remains were removed.`,
};


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

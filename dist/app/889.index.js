export const id = 889;
export const ids = [889];
export const modules = {

/***/ 88771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  post: () => (/* binding */ post)
});

// EXTERNAL MODULE: ./build/bitbucket/client.js + 3 modules
var bitbucket_client = __webpack_require__(73181);
// EXTERNAL MODULE: ./build/bitbucket/connection-file.js
var connection_file = __webpack_require__(66075);
// EXTERNAL MODULE: ./build/bitbucket/limits.js
var limits = __webpack_require__(45460);
// EXTERNAL MODULE: ./build/bitbucket/lock-record.js
var lock_record = __webpack_require__(71349);
// EXTERNAL MODULE: ./build/bitbucket/recover.js
var recover = __webpack_require__(666);
// EXTERNAL MODULE: ./build/bitbucket/release.js
var release = __webpack_require__(1567);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/journal.js + 1 modules
var host_journal = __webpack_require__(93414);
// EXTERNAL MODULE: ./build/host/orphans.js
var orphans = __webpack_require__(9420);
// EXTERNAL MODULE: ./build/pipeline/mask-credentials.js
var mask_credentials = __webpack_require__(34808);
// EXTERNAL MODULE: ./build/pipeline/publish-backup.js + 4 modules
var publish_backup = __webpack_require__(55251);
// EXTERNAL MODULE: ./build/pipeline/stale-run.js
var stale_run = __webpack_require__(39970);
;// CONCATENATED MODULE: ./build/pipeline/run-post.js
/**
 * The post step: unlocks what a killed main step left locked. It works from saved state and the journal alone; inputs
 * may have changed by now, or be gone.
 */












/** The runner kills a post step after a while too; what it cannot do, the next run does from the journal. */
const POST_LIMITS = { ...limits/* DEFAULT_LIMITS */.d, unlockBudgetMs: 60_000 };
/** @returns whether Bitbucket is not left locked by this run */
async function runPost(environment) {
    const { log, redactor } = environment;
    const session = (0,lock_record/* savedSession */.g$)();
    const entry = session === undefined ? undefined : unfinished(session, environment);
    if (session === undefined || entry === undefined) {
        log.info('The backup step ended in order; nothing to clean up.');
        return true;
    }
    log.setPrefix(entry.url);
    log.warning(`The backup step of ${entry.backupId} died or could not unlock; cleaning up after it.`);
    (0,orphans/* killOrphans */.a)(entry.runId);
    const result = await run_post_release(entry, environment);
    if (result.error === undefined) {
        (0,stale_run/* tidy */.DZ)(session.backupRoot, entry);
    }
    await (0,publish_backup/* publishBackup */.WR)(reportOf(environment, session, entry, result), log, redactor);
    return result.error === undefined;
}
/** The journal is the younger of the two witnesses; without it (its disk is gone) saved state knows enough. */
function unfinished({ backupRoot, entry }, { log }) {
    try {
        const journal = (0,host_journal/* readJournal */.a0)(backupRoot);
        if (journal?.runId === entry.runId) {
            return journal;
        }
    }
    catch (error) {
        log.warning(`${(0,errors/* messageChain */.NG)(error).join(' ')} Going by the saved state.`);
    }
    return entry.lock.phase === 'locking' || entry.lock.phase === 'locked' ? entry : undefined;
}
async function run_post_release(entry, { log, redactor, timeline }) {
    const { phase, unlockToken } = entry.lock;
    if (phase === 'none' || phase === 'unlocked') {
        return { recovery: 'not-locked' };
    }
    try {
        const connection = entry.connectionFile === undefined ? undefined : (0,connection_file/* readConnectionFile */.$S)(entry.connectionFile);
        if (connection === undefined) {
            throw new errors/* ActionError */.lZ('UNLOCK_FAILED', `The credentials for ${entry.url} are gone, so this step cannot unlock it.`, {
                advice: unlockToken === undefined
                    ? 'The next run looks again.'
                    : `The next run unlocks it. ${(0,release/* howToUnlock */.Y5)(entry.url, unlockToken)}`,
            });
        }
        (0,mask_credentials/* maskCredentials */.B)(redactor, connection.credentials);
        const client = new bitbucket_client/* BitbucketClient */.h(connection);
        try {
            const recovery = await timeline.span('release', 'unlock', async () => await (0,recover/* recoverLock */.e)({ client, log, limits: POST_LIMITS }, entry));
            timeline.mark('unlocked');
            return { recovery };
        }
        finally {
            await client.close();
        }
    }
    catch (error) {
        return { error };
    }
}
const LOCK_STATES = {
    unlocked: 'unlocked',
    'was-unlocked': 'unlocked',
    'not-locked': 'never-locked',
    foreign: 'locked-by-other',
};
function reportOf({ timeline, log }, session, entry, { recovery, error }) {
    const { unlockToken, cancelToken, since } = entry.lock;
    const held = unlockToken === undefined ? 'unknown' : 'still-locked';
    return {
        kind: 'post',
        outcome: error === undefined ? 'success' : 'failure',
        instanceName: entry.instanceName,
        bitbucketUrl: entry.url,
        backupId: entry.backupId,
        timeline,
        lockState: recovery === undefined ? held : LOCK_STATES[recovery],
        lockTakenAtMs: since === undefined ? undefined : Date.parse(since),
        tokens: unlockToken === undefined ? undefined : { unlockToken, cancelToken },
        journalPath: (0,host_journal/* journalPath */.HY)(session.backupRoot),
        parts: [],
        pruned: [],
        warnings: log.warnings,
        failure: error === undefined
            ? undefined
            : {
                code: (0,errors/* codeOf */.$N)(error),
                messages: (0,errors/* messageChain */.NG)(error),
                advice: error instanceof errors/* ActionError */.lZ ? error.advice : undefined,
                undone: [],
                undoFailures: [],
            },
    };
}

// EXTERNAL MODULE: ./build/entries/in-runner.js + 2 modules
var in_runner = __webpack_require__(89483);
;// CONCATENATED MODULE: ./build/entries/post.js


/** `runs.post` of the backup action. */
async function post() {
    await (0,in_runner/* inRunner */.k)(runPost);
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

export const id = 229;
export const ids = [229];
export const modules = {

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

/***/ 5229:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  restore: () => (/* binding */ restore_restore)
});

// EXTERNAL MODULE: ./build/archive/registry.js
var registry = __webpack_require__(16974);
// EXTERNAL MODULE: ./build/errors.js
var build_errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
// EXTERNAL MODULE: ./build/host/command.js + 3 modules
var command = __webpack_require__(77696);
// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
// EXTERNAL MODULE: ./build/report/manifest-reader.js
var manifest_reader = __webpack_require__(87868);
;// CONCATENATED MODULE: ./build/pipeline/available-backups.js


/** Newest first. One that cannot be read is listed all the same, by what its name says. */
async function availableBackups(archive, signal) {
    const reports = [];
    for (const backup of await archive.available()) {
        reports.push(describe(backup, await manifestOf(archive, backup, signal)));
    }
    return reports;
}
function logAvailable(backups, log) {
    if (backups.length === 0) {
        log.info('No backups are available in archive-root.');
        return;
    }
    log.info('Available backups, newest first:');
    for (const { name, time, bytes, bitbucketVersion, parts, checksum } of backups) {
        const version = bitbucketVersion === null ? '' : `, Bitbucket ${bitbucketVersion}`;
        const holds = parts === null ? '' : `, ${parts.join(' and ')}`;
        log.info(`  ${name} (${time}, ${(0,format/* formatBytes */.z3)(bytes)}${version}${holds}${checksum ? '' : ', no checksum'})`);
    }
}
function describe(backup, manifest) {
    const parts = manifest?.parts.filter(({ included }) => included).map(({ slot }) => slot);
    return {
        name: backup.name,
        path: backup.path,
        time: manifest?.times.drainedAt ?? new Date(backup.timeMs).toISOString(),
        bytes: backup.bytes,
        instanceName: manifest?.instanceName ?? backup.instanceName ?? null,
        bitbucketVersion: manifest?.bitbucket.version ?? null,
        parts: parts ?? null,
        checksum: backup.checksum,
    };
}
/** Only of those that have a checksum: archives of Atlassian's scripts hold no manifest, however far one reads. */
async function manifestOf(archive, { path, checksum }, signal) {
    if (!checksum) {
        return undefined;
    }
    try {
        const source = await archive.open(path);
        try {
            const text = await source.peekManifest(signal);
            return text === undefined || text === '' ? undefined : (0,manifest_reader/* readManifest */.W)(text);
        }
        finally {
            await source.close();
        }
    }
    catch {
        signal.throwIfAborted();
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/pipeline/common-options.js
var common_options = __webpack_require__(86769);
// EXTERNAL MODULE: ./build/pipeline/open-inputs.js
var open_inputs = __webpack_require__(8553);
// EXTERNAL MODULE: ./build/pipeline/publish-restore.js + 3 modules
var publish_restore = __webpack_require__(50115);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/host/remove-tree.js
var remove_tree = __webpack_require__(38008);
// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/database/registry.js
var database_registry = __webpack_require__(73769);
// EXTERNAL MODULE: ./build/pipeline/auto/foreign-findings.js
var foreign_findings = __webpack_require__(93994);
;// CONCATENATED MODULE: ./build/pipeline/auto/auto-restore.js
/**
 * `auto` on the way back: the strategy that made the dump, as the manifest says; without one what lies in `bitbucket-db`
 * tells. Nothing of the archived `bitbucket.properties` is used to log in anywhere: it names production.
 */





/** By a file in `bitbucket-db` of archives that have no manifest, as those of Atlassian's scripts. */
const BY_DUMP_FILE = [
    [/^toc\.dat$/, 'postgresql'],
    [/^dump\.sql(?:\.gz|\.zst)?$/, 'mysql'],
    [/^full\.bak$/, 'mssql'],
];
/** @param manifest undefined for an archive that has none */
async function chooseDatabaseRestore({ strategies, found }, manifest) {
    const { database } = strategies;
    if (database instanceof AutoRestore) {
        const recorded = manifest?.parts.find(({ slot }) => slot === 'database');
        await database.choose(recorded, found.contents?.dumpFiles ?? []);
    }
}
class AutoRestore {
    /** There as soon as a strategy is chosen that has one. */
    location;
    #inputs;
    #context;
    #chosen;
    #findings = [];
    constructor(inputs, context) {
        this.#inputs = inputs;
        this.#context = context;
    }
    get name() {
        return this.#chosen?.name ?? 'auto';
    }
    get members() {
        return this.#chosen?.members ?? [dump_folder/* DUMP_MEMBER */.g0];
    }
    /** While it is not known, the dump is looked at as closely as any. */
    get trees() {
        return this.#chosen === undefined ? [{ member: dump_folder/* DUMP_MEMBER */.g0, target: '' }] : (this.#chosen.trees ?? []);
    }
    /** Asked again when more is known of the archive. */
    async choose(recorded, dumpFiles) {
        if (recorded?.included === false) {
            // The pipeline says so.
            return;
        }
        const wanted = recorded?.strategy ?? strategyOf(dumpFiles);
        const name = (0,common_options/* keysOf */.Y)(database_registry/* databaseRestores */.$).find((key) => key === wanted);
        if (name === undefined || name === 'none') {
            this.#findings = [unknownFinding(recorded)];
            return;
        }
        if (this.#chosen?.name !== name) {
            const { strategy, problems } = await this.#create(name);
            const found = recorded === undefined ? 'the dump in the archive is of that kind' : 'the archive names it';
            this.#chosen = strategy;
            this.#takeLocation(strategy);
            this.#findings = [...problems, ...(0,foreign_findings/* foreignFindings */.v)(this.#inputs, name, found, 'restore')];
            this.#context.log.info(`The database in the archive was made by ${name}`);
        }
    }
    async preflight(part) {
        return this.#findings.length > 0 ? this.#findings : ((await this.#chosen?.preflight(part)) ?? []);
    }
    async spaceNeeds(bytes) {
        return await this.#known().spaceNeeds(bytes);
    }
    async restore(part, unpacked, signal) {
        await this.#known().restore(part, unpacked, signal);
    }
    async complete() {
        return await this.#known().complete();
    }
    async discard() {
        await this.#chosen?.discard();
    }
    /** Only the strategy that made it can tell it from somebody else's. */
    async recover(record, runId) {
        if (record.database === undefined) {
            return [];
        }
        const made = record.databaseStrategy ?? 'postgresql';
        const name = (0,common_options/* keysOf */.Y)(database_registry/* databaseRestores */.$).find((key) => key === made);
        if (name === undefined) {
            return [
                `A restore that died has left database '${record.database.name}' at ${record.database.server} half-filled; drop it by hand.`,
            ];
        }
        const { strategy, problems } = await this.#create(name);
        if (problems.length > 0) {
            throw new build_errors/* ConfigurationError */.j1('INPUT_INVALID', problems);
        }
        return await strategy.recover(record, runId);
    }
    async #create(name) {
        const inputs = this.#inputs.apart();
        const strategy = (await database_registry/* databaseRestores */.$[name]()).read(inputs).create(this.#context);
        try {
            inputs.finish();
            return { strategy, problems: [] };
        }
        catch (error) {
            if (!(error instanceof build_errors/* ConfigurationError */.j1)) {
                throw error;
            }
            return { strategy, problems: error.problems.map((problem) => ({ severity: 'error', ...problem })) };
        }
    }
    #takeLocation(strategy) {
        delete this.location;
        if (strategy.location !== undefined) {
            this.location = strategy.location.bind(strategy);
        }
    }
    #known() {
        if (this.#chosen === undefined) {
            throw new TypeError('A restore follows a preflight without findings.');
        }
        return this.#chosen;
    }
}
function strategyOf(dumpFiles) {
    return BY_DUMP_FILE.find(([pattern]) => dumpFiles.some((file) => pattern.test(file)))?.[1];
}
function unknownFinding(recorded) {
    return {
        severity: 'error',
        subject: 'database-strategy',
        message: recorded === undefined
            ? `The archive has no manifest, and nothing in its ${dump_folder/* DUMP_MEMBER */.g0} tells by what it was dumped; name the strategy as input 'database-strategy', or none to restore the rest.`
            : `The database in the archive was made by '${recorded.strategy}', which this version cannot restore; take one that can, or database-strategy: none to restore the rest.`,
    };
}

// EXTERNAL MODULE: ./build/pipeline/restore-run.js
var restore_run = __webpack_require__(87985);
;// CONCATENATED MODULE: ./build/pipeline/archived-parts.js


/** @returns undefined while the manifest may still be found by reading on */
function archivedPart(manifest, slot) {
    return {
        recorded: manifest?.parts.find((part) => part.slot === slot),
        drained: manifest?.consistency === 'locked-and-drained',
    };
}
/** Does the archive hold the part, made by the strategy that is asked to restore it? */
function partFindings(slot, strategy, { recorded }) {
    if ((0,restore_run/* isNone */.$I)(strategy) || recorded === undefined) {
        return [];
    }
    if (!recorded.included) {
        return [
            problem(slot, `The archive holds no ${slot} (its strategy was '${recorded.strategy}'); set ${inputOf(slot)}: none to restore the rest.`),
        ];
    }
    return recorded.strategy === strategy.name
        ? []
        : [
            problem(slot, `The ${slot} in the archive was made by '${recorded.strategy}', not by '${strategy.name}'; set ${inputOf(slot)}: ${recorded.strategy}.`),
        ];
}
/**
 * @throws ActionError ARCHIVE_RENAMED, ARCHIVE_INCOMPLETE when name, manifest and members do not tell the same
 */
function assertConsistent(source, contents, manifest, strategies) {
    assertMembers(source, contents, strategies);
    if (manifest === undefined) {
        return;
    }
    const { backup, path } = source;
    if (!backup.name.startsWith(`${manifest.backupId}.`)) {
        throw new build_errors/* ActionError */.lZ('ARCHIVE_RENAMED', `${path} holds the backup ${manifest.backupId}: somebody has renamed it.`, { advice: `Give it a name that begins with ${manifest.backupId} back; nothing was changed.` });
    }
    for (const part of manifest.parts) {
        assertCounts(source, contents, part);
    }
}
function assertMembers({ path }, { counts }, strategies) {
    const wanted = strategies.flatMap(({ members }) => members);
    const missing = wanted.filter((member) => !counts.has(member));
    if (missing.length > 0) {
        const holds = [...counts.keys()];
        throw new build_errors/* ActionError */.lZ('ARCHIVE_INCOMPLETE', `The archive ${path} holds no ${missing.join(' and no ')} (but ${holds.slice(0, 5).join(', ') || 'nothing'}).`, {
            advice: missing.length === wanted.length
                ? 'This is no backup of Bitbucket; choose another archive.'
                : 'Choose another archive, or leave that part out with its strategy none.',
        });
    }
}
function assertCounts({ path }, { counts }, part) {
    const found = part.members.map((member) => counts.get(member));
    if (part.included && found.some((count) => count === undefined)) {
        throw incomplete(path, `lacks ${part.members.join(' or ')}, which its manifest names`);
    }
    const files = sum(found, 'files');
    if (part.included && part.files !== undefined && part.files !== files) {
        throw incomplete(path, `holds ${files} files of the ${part.slot}, and its manifest says ${part.files}`);
    }
}
function sum(counts, key) {
    return counts.reduce((total, count) => total + (count?.[key] ?? 0), 0);
}
function incomplete(path, what) {
    return new build_errors/* ActionError */.lZ('ARCHIVE_INCOMPLETE', `The archive ${path} ${what}.`, {
        advice: 'Choose another archive; nothing was changed.',
    });
}
function inputOf(slot) {
    return slot === 'search' ? 'elasticsearch-strategy' : `${slot}-strategy`;
}
function problem(slot, message) {
    return { severity: 'error', subject: inputOf(slot), message };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/host/journal.js + 1 modules
var journal = __webpack_require__(93414);
// EXTERNAL MODULE: ./build/host/process-identity.js
var process_identity = __webpack_require__(90053);
// EXTERNAL MODULE: ./build/pipeline/restore-state.js
var restore_state = __webpack_require__(48853);
;// CONCATENATED MODULE: ./build/pipeline/restore-claim.js
/** The run's claim on the place that it restores to, and its end. */







/** From here on a run that dies leaves word of what it has made. */
function claimRestore(run, place) {
    const { options, runId, timeline, found } = run;
    (0,external_node_fs_.mkdirSync)(place, { recursive: true, mode: 0o700 });
    const name = (0,restore_run/* restoreJournalName */.fy)(run);
    found.journal = journal/* Journal */.CQ.claim(place, {
        formatVersion: 1,
        runId,
        backupId: found.manifest?.backupId ?? found.source?.backup.name ?? 'unknown',
        instanceName: options.instanceName,
        url: options.bitbucket?.url ?? '',
        startedAt: new Date(timeline.startedAtMs).toISOString(),
        process: (0,process_identity/* ownIdentity */.hY)(),
        lock: { phase: 'none' },
        partials: [],
        restore: { placed: [] },
    }, name);
    (0,actions/* saveState */.LZ)(restore_state/* RESTORE_PLACE_STATE */.l, place);
    (0,actions/* saveState */.LZ)(restore_state/* RESTORE_JOURNAL_STATE */.Z, name);
}
/** What could not be taken back stays written down for the next run. */
function closeRestoreJournal({ found, log }) {
    if ((found.undoFailures ?? []).length > 0) {
        found.journal?.abandon();
        return;
    }
    try {
        found.journal?.remove();
    }
    catch (error) {
        log.warning(`The journal of the restore could not be removed: ${(0,build_errors/* asError */.zR)(error).message}`);
    }
}

;// CONCATENATED MODULE: ./build/pipeline/outside-links.js


const NAMED = 5;
/** Each folder of the archive with where it is going to stand. */
function archivedTrees({ strategies }) {
    return Object.values(strategies).flatMap((strategy) => strategy.trees ?? []);
}
/** @throws ActionError ARCHIVE_UNSAFE unless `outside-links: keep` says that they belong there */
function refuseOutsideLinks({ options, log }, { linksOut }) {
    if (linksOut.length === 0) {
        return;
    }
    const few = linksOut.slice(0, NAMED).join(', ');
    const named = `${few}${linksOut.length > NAMED ? ` and ${linksOut.length - NAMED} more` : ''}`;
    const what = `${(0,format/* counted */.hS)(linksOut.length, 'symbolic link')} that ${linksOut.length === 1 ? 'leads' : 'lead'} out of the home (${named})`;
    if (options.outsideLinks === 'keep') {
        log.warning(`The archive holds ${what}, kept because outside-links says so.`);
        return;
    }
    throw new build_errors/* ActionError */.lZ('ARCHIVE_UNSAFE', `The archive holds ${what}.`, {
        advice: 'If these links belong to your home, set outside-links: keep; nothing was changed.',
    });
}

// EXTERNAL MODULE: ./build/bitbucket/client.js + 3 modules
var bitbucket_client = __webpack_require__(73181);
// EXTERNAL MODULE: ./build/pipeline/space.js
var space = __webpack_require__(82509);
;// CONCATENATED MODULE: ./build/pipeline/restore-preflight.js
/** Everything that has to be true before the archive is unpacked. Changes nothing. */




/** @param manifest undefined while it is not known whether there is one; null for an archive that has none */
async function restorePreflight(run, manifest) {
    const { archive, strategies, interruption } = run;
    const findings = [...(await archive.preflight()), ...instanceFindings(run, manifest)];
    for (const slot of ['home', 'database', 'search']) {
        const strategy = strategies[slot];
        const part = manifest === undefined ? undefined : archivedPart(manifest ?? undefined, slot);
        const wrongPart = part === undefined ? [] : partFindings(slot, strategy, part);
        findings.push(...wrongPart, ...(wrongPart.length > 0 ? [] : await strategy.preflight(part)));
        interruption.signal.throwIfAborted();
    }
    tell(run, findings);
}
/** Unpacked, everything lies in one folder first. */
async function restoreSpace(run, place) {
    const { strategies, found } = run;
    const counts = found.contents?.counts;
    const all = Object.values(strategies);
    const members = all.flatMap((strategy) => strategy.members).map((member) => counts?.get(member));
    const needs = [
        {
            path: place,
            bytes: sum(members, 'bytes'),
            files: sum(members, 'files') + sum(members, 'folders') + sum(members, 'links'),
            what: 'unpacked archive',
        },
    ];
    for (const strategy of all) {
        const own = strategy.members.map((member) => counts?.get(member));
        needs.push(...(await strategy.spaceNeeds(sum(own, 'bytes'))).map((need) => ({ files: 0, ...need })));
    }
    tell(run, await (0,space/* spaceFindings */.$)(needs, {
        subject: 'restore-root',
        advice: 'free some or choose another restore-root',
    }));
}
/** A Bitbucket that runs would use the home and the database while they are half there. @throws ActionError TARGET_RUNNING */
async function refuseWhileRunning(run) {
    const { options, log, interruption } = run;
    if (options.bitbucket === undefined) {
        return;
    }
    const { url } = options.bitbucket;
    const client = new bitbucket_client/* BitbucketClient */.h(options.bitbucket);
    try {
        const state = await client.status(interruption.signal);
        throw new build_errors/* ActionError */.lZ('TARGET_RUNNING', `A Bitbucket answers at ${url}, in state ${state}.`, {
            advice: 'Stop it, on all nodes, and run again; nothing was changed.',
        });
    }
    catch (error) {
        interruption.signal.throwIfAborted();
        if (error instanceof build_errors/* ActionError */.lZ && error.code === 'TARGET_RUNNING') {
            throw error;
        }
        log.info(`No Bitbucket answers at ${url}, as it should be`);
    }
    finally {
        await client.close();
    }
}
function instanceFindings({ options }, manifest) {
    if (!manifest || manifest.instanceName === options.instanceName) {
        return [];
    }
    return [
        {
            severity: 'warning',
            subject: 'instance-name',
            message: `The archive is of instance '${manifest.instanceName}', and instance-name is '${options.instanceName}'; make sure that it is the one you want.`,
        },
    ];
}
function tell(run, findings) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    for (const { message } of findings.filter(({ severity }) => severity === 'warning')) {
        // Asked twice, told once.
        if (!run.log.warnings.includes(message)) {
            run.log.warning(message);
        }
    }
    if (errors.length > 0) {
        throw new build_errors/* ConfigurationError */.j1('PREFLIGHT_FAILED', errors, 'found before anything was changed');
    }
}

;// CONCATENATED MODULE: ./build/pipeline/restore-plan.js
/** What a dry run would have done, in the order in which it would have done it. */


async function restorePlan(run) {
    const { found, strategies, options } = run;
    const { source, manifest } = found;
    const made = manifest === undefined ? '' : `, made of Bitbucket ${manifest.bitbucket.version}`;
    const parts = Object.entries(strategies);
    return [
        `Restore ${source?.path ?? ''} (${(0,format/* formatBytes */.z3)(source?.bytes ?? 0)}${made}).`,
        `Unpack it into ${await (0,restore_run/* workplaceOf */.CX)(run)}.`,
        ...parts
            .filter(([, strategy]) => !(0,restore_run/* isNone */.$I)(strategy))
            .map(([slot, strategy]) => `Restore the ${slot} with ${strategy.name}${placeOf(strategy.target)}.`),
        options.updateProperties
            ? 'Change jdbc.url and jdbc.user in bitbucket.properties where they do not fit.'
            : 'Leave bitbucket.properties as it is, and print the lines that do not fit.',
        ...parts
            .filter(([, strategy]) => (0,restore_run/* isNone */.$I)(strategy))
            .map(([slot]) => slot === 'search'
            ? 'Not restored: search (strategy none); Bitbucket builds its search index anew by itself.'
            : `Not restored: ${slot} (strategy none).`),
    ];
}
function placeOf(target) {
    return target === undefined ? '' : ` to ${target.path}`;
}

// EXTERNAL MODULE: ./build/host/orphans.js
var orphans = __webpack_require__(9420);
// EXTERNAL MODULE: ./build/host/partials.js
var partials = __webpack_require__(10105);
;// CONCATENATED MODULE: ./build/pipeline/restore-recover.js
/** Takes back what restores that died have left behind, so that this one begins with empty targets. */






/** @throws ActionError ALREADY_RUNNING, TARGET_IN_USE, UNSAFE_STATE, DB_FAILED; the journal then stays */
async function recoverRestores(run) {
    const name = (0,restore_run/* restoreJournalName */.fy)(run);
    for (const place of (0,restore_run/* journalPlaces */.uU)(run)) {
        const entry = (0,journal/* readJournal */.a0)(place, name);
        if (entry !== undefined) {
            await run.timeline.span('check', 'recover dead restore', async () => {
                await recoverOne(run, place, name, entry);
            });
        }
    }
}
async function recoverOne(run, place, name, entry) {
    const { log, options, strategies, commands } = run;
    if ((0,journal/* livenessOfRun */.W3)(place, entry, name) === 'alive') {
        throw (0,journal/* alreadyRunning */.cG)(place, entry);
    }
    if (entry.restore === undefined) {
        throw new build_errors/* ActionError */.lZ('UNSAFE_STATE', `${(0,journal/* journalPath */.HY)(place, name)} is not the journal of a restore.`, {
            advice: 'Find out who wrote it, remove it and run again.',
        });
    }
    if (options.dryRun) {
        log.warning(`A restore of ${entry.backupId} died; the next one removes what it left.`);
        return;
    }
    (0,orphans/* killOrphans */.a)(entry.runId);
    if (entry.restore.search !== undefined && (0,restore_run/* isNone */.$I)(strategies.search)) {
        const { server, indices } = entry.restore.search;
        log.warning(`A restore that died may have left the search index ${indices.join(', ')} at ${server} half-restored; delete it by hand.`);
    }
    const { home, database, search } = strategies;
    // The home first: when somebody uses it, what belongs to it stays as well.
    for (const strategy of [home, database, search]) {
        for (const sentence of await strategy.recover(entry.restore, entry.runId)) {
            log.notice(sentence);
        }
    }
    for (const path of entry.partials.filter((partial) => partials/* PARTIAL_NAME */.C.test(partial.split('/').at(-1) ?? ''))) {
        await (0,remove_tree/* removeTree */.d)(commands, path);
    }
    (0,journal/* removeJournal */.Sw)((0,journal/* journalPath */.HY)(place, name), entry.runId);
    log.notice(`Removed what a restore of ${entry.backupId} that died had left behind.`);
}

// EXTERNAL MODULE: ./build/pipeline/undo.js
var pipeline_undo = __webpack_require__(17061);
;// CONCATENATED MODULE: ./build/archive/members-ahead.js
/** Is it enough for these members to read what stands ahead of the others? */
function comeAhead({ counts, folders }, members, others) {
    const order = [...counts.keys()];
    const last = Math.max(...members.map((member) => order.indexOf(member)));
    return (members.every((member) => folders.isApart(member)) && others.every((other) => order.indexOf(other) > last));
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/host/background-flush.js
/**
 * Has the system write out what is being written, while it is being written: left to itself it waits half a minute, and
 * the flush at the end would then have all of it to do.
 */

const PAUSE_MS = 500;
/** Runs until the work has ended. A flush that fails here fails again at the end, where it counts. */
async function flushingMeanwhile(commands, folder, work) {
    const ended = new AbortController();
    const flushing = flushAgainAndAgain(commands, folder, ended.signal);
    try {
        return await work();
    }
    finally {
        ended.abort();
        await flushing;
    }
}
/** Ends with the flush that is under way, ended early where nobody waits for it. */
async function flushAgainAndAgain(commands, folder, signal) {
    try {
        for (;;) {
            await (0,external_node_timers_promises_.setTimeout)(PAUSE_MS, undefined, { signal });
            await commands.run('sync', ['--file-system', '--', folder], { signal });
        }
    }
    catch {
        // Ended, or told at the end.
    }
}

// EXTERNAL MODULE: ./build/host/side-by-side.js
var side_by_side = __webpack_require__(77338);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/home/trees.js + 1 modules
var trees = __webpack_require__(82418);
// EXTERNAL MODULE: ./build/bitbucket/used-database.js
var used_database = __webpack_require__(8807);
// EXTERNAL MODULE: ./build/bitbucket/properties.js + 6 modules
var bitbucket_properties = __webpack_require__(39492);
// EXTERNAL MODULE: ./build/bitbucket/jdbc-url.js + 2 modules
var jdbc_url = __webpack_require__(33200);
// EXTERNAL MODULE: ./build/host/real-path.js
var real_path = __webpack_require__(81651);
;// CONCATENATED MODULE: ./build/pipeline/properties-file.js
/**
 * `bitbucket.properties` in an unpacked home. Links out of the home are not followed: what an archive holds must not lead us
 * to another file, least of all to that of the home it was made of.
 */





/** Old homes have it beside `shared`, not in it. */
const FILES = ['shared/bitbucket.properties', 'bitbucket.properties'];
/** O_NONBLOCK: nobody waits for the other end of a pipe. */
const PLAIN = external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
/** @throws ActionError ARCHIVE_UNSAFE when something else than a file stands there */
async function readProperties(home) {
    for (const file of FILES) {
        const handle = (await isInside(home, file))
            ? await openFile(home, file, external_node_fs_.constants.O_RDONLY | PLAIN)
            : undefined;
        if (handle !== undefined) {
            try {
                return { file, text: await handle.readFile('latin1') };
            }
            finally {
                await handle.close();
            }
        }
    }
    return { file: FILES[0], text: '' };
}
/**
 * The file keeps its owner and its rights; a new one gets the owner of its folder. Nobody uses it yet: the home has not
 * got its name.
 * @throws ActionError ARCHIVE_UNSAFE when it would be written outside of the home
 */
async function writeProperties(home, { file, text }) {
    if (!(await isInside(home, file))) {
        throw new build_errors/* ActionError */.lZ('ARCHIVE_UNSAFE', `${(0,external_node_path_.dirname)(file)} of the restored home leads out of it.`, {
            advice: 'Restore with update-properties: false, and change bitbucket.properties by hand.',
        });
    }
    const handle = (await openFile(home, file, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_TRUNC | PLAIN)) ??
        (await createFile((0,external_node_path_.join)(home, file)));
    try {
        await handle.writeFile(text, 'latin1');
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
async function isInside(home, file) {
    return (0,real_path/* isWithin */.U)(await (0,real_path/* realPath */.Y)((0,external_node_path_.dirname)((0,external_node_path_.join)(home, file))), await (0,real_path/* realPath */.Y)(home));
}
/** @returns undefined when there is nothing under that name */
async function openFile(home, file, flags) {
    let handle;
    let cause;
    try {
        handle = await (0,promises_.open)((0,external_node_path_.join)(home, file), flags);
        if ((await handle.stat()).isFile()) {
            return handle;
        }
    }
    catch (error) {
        if ((0,build_errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
            return undefined;
        }
        cause = error;
    }
    await handle?.close();
    throw new build_errors/* ActionError */.lZ('ARCHIVE_UNSAFE', `${file} of the restored home cannot be read.`, {
        advice: 'Look into the archive: it should be a plain file.',
        cause,
    });
}
async function createFile(path) {
    const folder = (0,external_node_path_.dirname)(path);
    if ((await (0,promises_.mkdir)(folder, { recursive: true, mode: 0o750 })) !== undefined) {
        await giveAway(folder);
    }
    const handle = await (0,promises_.open)(path, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_EXCL, 0o600);
    await giveAway(path);
    return handle;
}
/** To whom the folder above belongs: Bitbucket runs as that user, and has to read what only root could otherwise. */
async function giveAway(path) {
    if (process.getuid?.() === 0) {
        const { uid, gid } = await (0,promises_.stat)((0,external_node_path_.dirname)(path));
        await (0,promises_.lchown)(path, uid, gid);
    }
}

;// CONCATENATED MODULE: ./build/pipeline/fit-properties.js
/**
 * Makes the restored `bitbucket.properties` fit the restored database, or says what has to be changed. A home that still
 * names the database it came from would start on that one: a test instance on the data of production.
 */



/**
 * @param home the restored home, wherever it is at this moment
 * @param update write the changes into the file
 * @returns undefined when everything fits
 */
async function fitProperties(home, location, update) {
    const { file, text } = await readProperties(home);
    const changes = changesFor(text, location);
    if (changes.length === 0) {
        return undefined;
    }
    if (update) {
        await writeProperties(home, { file, text: (0,bitbucket_properties/* withChanges */.AW)(text, changes) });
    }
    return { file, changes, lines: changes.map(bitbucket_properties/* propertyLine */.kA), secrets: changes.flatMap(secretsIn) };
}
/**
 * Of the parameters of a JDBC URL those that hold a secret (jdbc.postgresql.org, "Connection Parameters"; SQL Server's may
 * stand in braces): as they stand in it, as they are, and as a line of the file has them.
 */
function secretsIn({ value }) {
    const found = [...value.matchAll(/[?&;]\s*\w*password\s*=\s*(?:\{((?:[^}]|\}\})*)\}|([^&;]+))/gi)].map(([, braced, plain]) => braced ?? plain ?? '');
    return found.flatMap((secret) => [secret, decodeURIComponentOr(secret), (0,bitbucket_properties/* readableValue */.iX)(secret)]);
}
function decodeURIComponentOr(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function changesFor(text, { kind, host, port, name, owner }) {
    const properties = (0,bitbucket_properties/* propertiesIn */.db)(text);
    const before = properties.get('jdbc.url');
    const target = { kind, host, port, database: name };
    const changes = [];
    if (before === undefined || !(0,jdbc_url/* leadsTo */.Rs)(before, target)) {
        const driver = properties.get('jdbc.driver');
        const url = (0,jdbc_url/* jdbcUrlFor */.W_)(target, before, driver);
        const [preferred, ...others] = (0,jdbc_url/* driversFor */.Zn)(url) ?? [];
        // Without one Bitbucket takes its own database; a driver that wraps another one has URLs of its own.
        if (preferred !== undefined && ![preferred, ...others].some((fitting) => fitting === driver)) {
            changes.push({ key: 'jdbc.driver', value: preferred });
        }
        changes.push({ key: 'jdbc.url', value: url });
    }
    if (properties.get('jdbc.user') !== owner) {
        changes.push({ key: 'jdbc.user', value: owner });
    }
    return changes;
}

;// CONCATENATED MODULE: ./build/pipeline/fit-home.js
/** Fits the home to the database, while it is unpacked and not in its place yet; or tells what is left to do. */







async function fitHome(run, unpacked) {
    const { strategies, options, found, log } = run;
    if (strategies.database.name === 'internal') {
        await warnOfUrl(run, (0,external_node_path_.join)(unpacked, trees/* HOME_MEMBER */.R0));
        return;
    }
    const location = (0,restore_run/* isNone */.$I)(strategies.database) ? undefined : strategies.database.location?.();
    if ((0,restore_run/* isNone */.$I)(strategies.home) || location === undefined) {
        return;
    }
    const fitting = await fitProperties((0,external_node_path_.join)(unpacked, trees/* HOME_MEMBER */.R0), location, options.updateProperties);
    if (fitting === undefined) {
        return;
    }
    found.fitting = fitting;
    for (const secret of fitting.secrets) {
        run.redactor.add(secret);
    }
    if (options.updateProperties) {
        for (const line of fitting.lines) {
            log.info(`Changed in ${fitting.file}: ${line}`);
        }
        return;
    }
    log.warning(`${fitting.file} of the restored home names another database than the restored one; before Bitbucket is started, change it (or restore with update-properties: true): ${fitting.lines.join(' ')}`);
}
/** Nothing in there fits the internal database but that it is not named; what else it means only people know. */
async function warnOfUrl({ log }, home) {
    const { file, text } = await readProperties(home);
    const used = (0,used_database/* usedDatabase */.b)((0,bitbucket_properties/* propertiesIn */.db)(text));
    if ('problem' in used || used.kind !== 'internal') {
        log.warning(`${file} of the restored home has a jdbc.url, with which Bitbucket does not use the internal database that was restored; remove the lines jdbc.url, jdbc.driver, jdbc.user and jdbc.password before it is started.`);
    }
}

;// CONCATENATED MODULE: ./build/pipeline/unpack-and-load.js






async function unpackAndLoad(run, unpacking) {
    const { home, database } = run.strategies;
    const isDumpAhead = !(0,restore_run/* isNone */.$I)(home) &&
        !(0,restore_run/* isNone */.$I)(database) &&
        database.members.length > 0 &&
        comeAhead(unpacking.contents, database.members, home.members);
    await (isDumpAhead ? loadMeanwhile(run, unpacking) : loadAfterwards(run, unpacking));
}
async function loadMeanwhile(run, unpacking) {
    const { interruption, strategies } = run;
    const { home, database } = strategies;
    await unpack(run, unpacking, { name: 'unpack dump', members: database.members }, interruption.signal);
    pushUndo(run, unpacking);
    await (0,side_by_side/* sideBySide */.Q)(interruption.signal, [
        async (signal) => await restorePart(run, 'database', unpacking, signal),
        async (signal) => await restoreSearch(run, unpacking, signal),
        async (signal) => {
            await unpack(run, unpacking, { name: 'unpack home', members: home.members }, signal);
            await fitHome(run, unpacking.unpacked);
            await restorePart(run, 'home', unpacking, signal);
        },
    ]);
}
async function loadAfterwards(run, unpacking) {
    const { interruption, strategies } = run;
    const members = Object.values(strategies).flatMap((strategy) => strategy.members);
    await unpack(run, unpacking, { name: 'unpack archive', members }, interruption.signal);
    await fitHome(run, unpacking.unpacked);
    pushUndo(run, unpacking);
    const { database } = strategies;
    if (!(0,restore_run/* isNone */.$I)(database) && database.members.length === 0) {
        // It lies in the home, and looks at that before it is moved.
        await restorePart(run, 'database', unpacking, interruption.signal);
        await restorePart(run, 'home', unpacking, interruption.signal);
        await restoreSearch(run, unpacking, interruption.signal);
        return;
    }
    await (0,side_by_side/* sideBySide */.Q)(interruption.signal, ['database', 'home', 'search']
        .filter((slot) => !(0,restore_run/* isNone */.$I)(strategies[slot]))
        .map((slot) => async (signal) => await restorePart(run, slot, unpacking, signal)));
}
async function unpack({ timeline, commands, log }, { source, contents, unpacked }, { name, members }, signal) {
    await timeline.span('unpack', name, async () => await flushingMeanwhile(commands, unpacked, async () => await source.unpack(members, unpacked, { contents, signal })));
    log.info(`Unpacked ${members.join(', ')} into '${unpacked}'`);
}
function pushUndo({ strategies }, { undo }) {
    const { home, database, search } = strategies;
    if (!(0,restore_run/* isNone */.$I)(search)) {
        undo.push('restored search index removed', async () => await search.discard());
    }
    undo.push('restored database removed', async () => await database.discard());
    undo.push('restored home removed', async () => await home.discard());
}
/** Its server reads the snapshot by itself: nothing of it lies in the archive. */
async function restoreSearch(run, unpacking, signal) {
    if (!(0,restore_run/* isNone */.$I)(run.strategies.search)) {
        await restorePart(run, 'search', unpacking, signal);
    }
}
async function restorePart({ found, timeline, strategies, log }, slot, { unpacked }, signal) {
    await timeline.span('load', `restore ${slot}`, async () => await strategies[slot].restore(archivedPart(found.manifest, slot), unpacked, signal));
    log.info(`Restored ${slot} (${strategies[slot].name})`);
}

;// CONCATENATED MODULE: ./build/pipeline/restore.js
/**
 * The sequence of a restore, and nothing else. Until the archive is checked to its last byte nothing is written; until all
 * of it is unpacked, loaded and verified nothing has its final name.
 */















/** @throws the first error. By then everything this run made is removed; `run.found` tells what could not be. */
async function restore(run) {
    const { options, found, timeline, archive, log } = run;
    if (options.bitbucket !== undefined) {
        await timeline.span('check', 'look for Bitbucket', async () => await refuseWhileRunning(run));
    }
    await recoverRestores(run);
    found.source = await archive.open(options.archive);
    try {
        await check(run);
        if (options.dryRun) {
            found.plan = await restorePlan(run);
            return;
        }
        await carryOut(run);
        log.info('The restore is complete');
    }
    finally {
        await found.source.close();
    }
}
async function check(run) {
    const { found, timeline, interruption, log, strategies } = run;
    const { signal } = interruption;
    const source = sourceOf(run);
    log.info(`Restoring '${source.path}', ${(0,format/* formatBytes */.z3)(source.bytes)}`);
    await timeline.span('check', 'check targets', async () => {
        const peeked = await source.peekManifest(signal);
        const manifest = peeked === undefined || peeked === '' ? undefined : (0,manifest_reader/* readManifest */.W)(peeked);
        if (manifest !== undefined) {
            await chooseDatabaseRestore(run, manifest);
        }
        await restorePreflight(run, manifest);
    });
    const contents = await timeline.span('check', 'check archive', async () => await source.verify(archivedTrees(run), signal));
    found.contents = contents;
    const all = [...contents.counts.values()];
    log.info(`Checked the archive: ${(0,format/* formatCount */.B4)(sum(all, 'files'))} files, ${(0,format/* formatBytes */.z3)(sum(all, 'bytes'))}${contents.sha256 === undefined ? '' : `, SHA-256 ${contents.sha256}`}`);
    const text = await source.readManifest(contents, signal);
    const manifest = text === undefined ? undefined : (0,manifest_reader/* readManifest */.W)(text);
    if (manifest !== undefined) {
        found.manifest = manifest;
    }
    requireChecksum(run, manifest);
    await chooseDatabaseRestore(run, manifest);
    assertConsistent(source, contents, manifest, Object.values(strategies));
    refuseOutsideLinks(run, contents);
    // Looked at again: since the first look hours may have passed, and now it is known what the archive holds.
    await timeline.span('check', 'check targets again', async () => {
        await restorePreflight(run, manifest ?? null);
        await restoreSpace(run, await (0,restore_run/* workplaceOf */.CX)(run));
    });
}
/** Ours always have one; those of Atlassian's scripts never do. */
function requireChecksum({ found, log }, manifest) {
    if (found.contents?.sha256 !== undefined) {
        return;
    }
    const path = found.source?.path ?? '';
    if (manifest !== undefined) {
        throw new build_errors/* ActionError */.lZ('ARCHIVE_CORRUPT', `The archive ${path} has no checksum file beside it.`, {
            advice: `Copy ${path}.sha256 along; if it is lost and you trust the archive, make it with sha256sum.`,
        });
    }
    log.warning(`The archive ${path} has neither a checksum nor a manifest, as those of Atlassian's scripts: that it is whole shows only in its compression.`);
}
async function carryOut(run) {
    const { found, log, commands } = run;
    const place = await (0,restore_run/* workplaceOf */.CX)(run);
    const undo = new pipeline_undo/* UndoStack */.Z(log);
    try {
        claimRestore(run, place);
        const unpacked = (0,restore_run/* unpackFolder */.HM)(place, run.runId);
        found.unpacked = unpacked;
        undo.push('unpacked archive removed', async () => await (0,remove_tree/* removeTree */.d)(commands, unpacked));
        found.journal?.update({ partials: [unpacked] });
        await (0,promises_.mkdir)(unpacked, { mode: 0o700 });
        const { contents } = found;
        if (contents === undefined) {
            throw new TypeError('The archive is checked before it is unpacked.');
        }
        await unpackAndLoad(run, { source: sourceOf(run), contents, unpacked, undo });
        await putInPlace(run, unpacked);
    }
    catch (error) {
        const report = await undo.unwind();
        found.undone = report.undone;
        found.undoFailures = report.failures;
        throw error;
    }
    finally {
        closeRestoreJournal(run);
    }
}
/** Quick: from here on there is nothing left that could be wrong with the archive. */
async function putInPlace(run, unpacked) {
    const { found, timeline, strategies, commands, interruption, log } = run;
    const nothing = { place: 'not restored', counts: [], todo: [] };
    const { home, database, search } = strategies;
    await timeline.span('place', 'flush to disk', async () => {
        await commands.run('sync', ['--file-system', '--', unpacked], { signal: interruption.signal });
    });
    interruption.signal.throwIfAborted();
    const placedHome = (0,restore_run/* isNone */.$I)(home)
        ? nothing
        : await timeline.span('place', 'put home in place', async () => await home.complete());
    const placedDatabase = (0,restore_run/* isNone */.$I)(database)
        ? nothing
        : await timeline.span('place', 'complete database', async () => await database.complete());
    const placedSearch = (0,restore_run/* isNone */.$I)(search)
        ? nothing
        : await timeline.span('place', 'complete search index', async () => await search.complete());
    found.parts = { home: placedHome, database: placedDatabase, search: placedSearch };
    // Whatever ends the run from here on: nothing of this may be taken back by the next one.
    found.journal?.update({ restore: { placed: [] } });
    await (0,remove_tree/* removeTree */.d)(commands, unpacked).catch((error) => {
        // What was restored is whole and in its place; it must not be taken back for a folder that is left over.
        log.warning(`${unpacked} could not be removed: ${(0,build_errors/* asError */.zR)(error).message} Remove it by hand.`);
    });
}
function sourceOf({ found }) {
    if (found.source === undefined) {
        throw new TypeError('The archive is opened first.');
    }
    return found.source;
}

// EXTERNAL MODULE: ./build/home/registry.js
var home_registry = __webpack_require__(72267);
// EXTERNAL MODULE: ./build/inputs/foreign-inputs.js
var foreign_inputs = __webpack_require__(92276);
// EXTERNAL MODULE: ./build/search/registry.js
var search_registry = __webpack_require__(14018);
// EXTERNAL MODULE: ./build/pipeline/auto/choose-database.js + 6 modules
var choose_database = __webpack_require__(34937);
// EXTERNAL MODULE: ./build/inputs/authorities.js
var authorities = __webpack_require__(35521);
;// CONCATENATED MODULE: ./build/pipeline/restore-options.js
/** Reads everything a restore is told, in one go: all wrong inputs are named together, before anything happens. */









/** @throws ConfigurationError with every problem */
async function readRestoreOptions(inputs) {
    const chosen = {
        home: inputs.choice('home-strategy', (0,common_options/* keysOf */.Y)(home_registry/* homeRestores */.V)),
        database: inputs.choice('database-strategy', [choose_database/* AUTO */.Q8, ...(0,common_options/* keysOf */.Y)(database_registry/* databaseRestores */.$)]),
        search: inputs.choice('elasticsearch-strategy', (0,common_options/* keysOf */.Y)(search_registry/* searchRestores */.k)),
        archive: inputs.choice('archive-strategy', (0,common_options/* keysOf */.Y)(registry/* archiveRestores */.s)),
    };
    // What belongs to the strategy that the archive names is judged when that is known.
    (0,foreign_inputs/* refuseForeignInputs */.C)(inputs, 'restore', {
        ...chosen,
        database: chosen.database === choose_database/* AUTO */.Q8 ? undefined : chosen.database,
    });
    const instanceName = (0,common_options/* readInstanceName */.X)(inputs);
    assertConfirmed(inputs, instanceName);
    const restoreRoot = inputs.optionalPath('restore-root');
    if (inputs.boolean('allow-insecure-http') && chosen.search === 'none') {
        inputs.problem('allow-insecure-http', "is for the password of a search server, and elasticsearch-strategy is 'none'; remove it.");
    }
    if (chosen.home === 'none') {
        if (chosen.database === 'none') {
            inputs.problem('home-strategy', chosen.search === 'none'
                ? "is 'none', and so is database-strategy: nothing would be restored."
                : "is 'none', and so is database-strategy: a search index alone is of no use, and Bitbucket makes one by itself.");
        }
        else if (restoreRoot === undefined) {
            inputs.problem('restore-root', 'is empty, and without a home there is no place to unpack; set it.');
        }
    }
    const options = {
        instanceName,
        archive: inputs.requiredText('archive'),
        restoreRoot,
        outsideLinks: inputs.choice('outside-links', ['refuse', 'keep']),
        updateProperties: inputs.boolean('update-properties'),
        dryRun: inputs.boolean('dry-run'),
        bitbucket: readBitbucket(inputs),
        source: (await registry/* archiveRestores */.s[chosen.archive]()).read(inputs),
        home: (await home_registry/* homeRestores */.V[chosen.home]()).read(inputs),
        database: await readDatabase(inputs, chosen.database),
        search: (await search_registry/* searchRestores */.k[chosen.search]()).read(inputs),
    };
    inputs.finish();
    return options;
}
/** While the archive is not read yet, the inputs of every network database are: they may be wrong. */
async function readDatabase(inputs, chosen) {
    const read = (await database_registry/* databaseRestores */.$[chosen === choose_database/* AUTO */.Q8 ? 'postgresql' : chosen]()).read(inputs);
    return chosen === choose_database/* AUTO */.Q8 ? { create: (context) => new AutoRestore(inputs, context) } : read;
}
/** Whoever starts a restore has to know which instance it is for. */
function assertConfirmed(inputs, instanceName) {
    const confirmed = inputs.text('confirm');
    if (confirmed !== '' && confirmed !== instanceName) {
        inputs.problem('confirm', `is '${confirmed}', and the instance is '${instanceName}'; type its name to confirm the restore.`);
    }
}
/** Only its status is asked for, which takes no credentials, and sends none over http. */
function readBitbucket(inputs) {
    const ca = (0,authorities/* readAuthorities */.G)(inputs);
    if (inputs.text('bitbucket-url') === '') {
        return undefined;
    }
    return {
        url: inputs.url('bitbucket-url').href.replace(/\/$/, ''),
        credentials: { kind: 'none' },
        ...(ca === undefined ? {} : { ca }),
    };
}

// EXTERNAL MODULE: ./build/pipeline/restore-report.js + 1 modules
var restore_report = __webpack_require__(32470);
;// CONCATENATED MODULE: ./build/pipeline/run-restore.js
/** A restore from the inputs to the report. */












/** @returns whether it was a success; everything that failed has been told by then */
async function runRestore(environment) {
    const performed = await perform(environment);
    const available = performed.failure?.code === 'ARCHIVE_NOT_FOUND' ? await listAvailable(environment) : undefined;
    const report = { ...performed, available };
    await (0,publish_restore/* publishRestore */.O)(report, environment);
    return report.outcome === 'success' || report.outcome === 'dry-run';
}
async function perform(environment) {
    const { interruption } = environment;
    let options;
    try {
        refuseNoArchive();
        options = await readRestoreOptions((0,open_inputs/* openInputs */.A)(environment, 'restore'));
    }
    catch (error) {
        return refusal(environment, error);
    }
    const run = (0,restore_run/* startRestore */.DK)(environment, options);
    try {
        await restore(run);
        return (0,restore_report/* restoreReportOf */.q)(run, undefined);
    }
    catch (error) {
        return (0,restore_report/* restoreReportOf */.q)(run, (0,build_errors/* asError */.zR)(interruption.signal.aborted ? interruption.signal.reason : error));
    }
}
/** Somebody who wants to see what there is need not say where it goes. */
function refuseNoArchive() {
    if ((0,actions/* rawInput */.JR)('archive').trim() === '') {
        throw new build_errors/* ActionError */.lZ('ARCHIVE_NOT_FOUND', "Input 'archive' is empty; nothing was changed.", {
            advice: 'Set archive to one of the available backups.',
        });
    }
}
/** By what the inputs say of archives alone: all others may be wrong or missing. */
async function listAvailable(environment) {
    const { log, interruption } = environment;
    try {
        const inputs = (0,open_inputs/* openInputs */.A)({ ...environment, log: { ...log, warning: () => undefined } }, 'restore');
        const strategy = inputs.choice('archive-strategy', (0,common_options/* keysOf */.Y)(registry/* archiveRestores */.s));
        const source = (await registry/* archiveRestores */.s[strategy]()).read(inputs);
        inputs.finish();
        const archive = source.create({
            log,
            commands: (0,command/* createCommandRunner */._)(),
            instanceName: inputs.text('instance-name'),
        });
        const backups = await availableBackups(archive, interruption.signal);
        logAvailable(backups, log);
        return backups;
    }
    catch (error) {
        log.warning(`The available backups could not be listed: ${(0,build_errors/* asError */.zR)(error).message}`);
        return [];
    }
}
/** The run did not begin. */
function refusal({ timeline, log }, error) {
    return {
        kind: 'restore',
        outcome: (0,build_errors/* codeOf */.$N)(error) === 'CANCELED' ? 'canceled' : 'failure',
        instanceName: (0,actions/* rawInput */.JR)('instance-name'),
        timeline,
        parts: [],
        nextSteps: [],
        warnings: log.warnings,
        failure: (0,restore_report/* failureReport */.L)(error),
    };
}

// EXTERNAL MODULE: ./build/entries/in-runner.js + 2 modules
var in_runner = __webpack_require__(89483);
;// CONCATENATED MODULE: ./build/entries/restore.js


/** `runs.main` of the restore action. */
async function restore_restore() {
    await (0,in_runner/* inRunner */.k)(runRestore, {
        what: 'the restore stops and removes what it has made',
        advice: 'Start the restore again when it suits.',
    });
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

/***/ 81651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isWithin),
/* harmony export */   Y: () => (/* binding */ realPath)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/** Where a path really leads, so that two names of one folder are not taken for two folders. */



/** Resolves links; what does not exist yet is taken from its nearest existing parent on. Absolute paths only. */
async function realPath(path) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path);
    }
    catch (error) {
        if (path === '/' || !(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR', 'EACCES')) {
            throw error;
        }
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(await realPath((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path)), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path));
    }
}
/** Is it that folder, or does it lie below it? Both resolved. */
function isWithin(path, folder) {
    return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
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


/***/ })

};

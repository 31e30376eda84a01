export const id = 452;
export const ids = [452];
export const modules = {

/***/ 52452:
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
// EXTERNAL MODULE: ./build/report/manifest-reader.js + 1 modules
var manifest_reader = __webpack_require__(37550);
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
            problem(slot, `The archive holds no ${slot} (its strategy was '${recorded.strategy}'); set ${slot}-strategy: none to restore the rest.`),
        ];
    }
    return recorded.strategy === strategy.name
        ? []
        : [
            problem(slot, `The ${slot} in the archive was made by '${recorded.strategy}', not by '${strategy.name}'; set ${slot}-strategy: ${recorded.strategy}.`),
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
function problem(slot, message) {
    return { severity: 'error', subject: `${slot}-strategy`, message };
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
        process: (0,process_identity/* ownIdentity */.h)(),
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

// EXTERNAL MODULE: ./build/bitbucket/client.js + 5 modules
var bitbucket_client = __webpack_require__(43172);
// EXTERNAL MODULE: ./build/pipeline/space.js
var space = __webpack_require__(82509);
;// CONCATENATED MODULE: ./build/pipeline/restore-preflight.js
/** Everything that has to be true before the archive is unpacked. Changes nothing. */




/** @param manifest undefined while it is not known whether there is one; null for an archive that has none */
async function restorePreflight(run, manifest) {
    const { archive, strategies, interruption } = run;
    const findings = [...(await archive.preflight()), ...instanceFindings(run, manifest)];
    for (const slot of ['home', 'database']) {
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
            .map(([slot]) => `Not restored: ${slot} (strategy none).`),
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
    const { home, database } = strategies;
    // The home first: when somebody uses it, the database that belongs to it stays as well.
    for (const strategy of [home, database]) {
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
;// CONCATENATED MODULE: ./build/bitbucket/jdbc-url.js
/**
 * PostgreSQL's JDBC URL (jdbc.postgresql.org, "Connecting to the Database"): `jdbc:postgresql://host:port/database?options`,
 * where host and port may be left out, and several hosts be given.
 */
const FORM = /^jdbc:postgresql:(?:\/\/(?<hosts>[^/?]*)(?:\/(?<database>[^?]*))?|(?<alone>[^?/]*))(?:\?(?<options>.*))?$/;
const DEFAULT_PORT = 5432;
const LOCAL = ['localhost', '127.0.0.1', '[::1]'];
/** Does the URL lead to this database? Host names are compared as they are written. */
function leadsTo(url, target) {
    const parsed = parse(url);
    if (parsed === undefined || parsed.hosts.length !== 1 || parsed.options.some(leadsElsewhere)) {
        return false;
    }
    const [{ host, port } = { host: '', port: 0 }] = parsed.hosts;
    const sameHost = target.host === undefined
        ? LOCAL.includes(host.toLowerCase())
        : host.toLowerCase() === bracketed(target.host).toLowerCase() ||
            (LOCAL.includes(host.toLowerCase()) && LOCAL.includes(bracketed(target.host).toLowerCase()));
    return sameHost && port === target.port && parsed.database === target.database;
}
/** The URL for this database, with the options of the one before. */
function jdbcUrlFor(target, before) {
    const kept = (before === undefined ? [] : (parse(before)?.options ?? [])).filter((option) => !leadsElsewhere(option));
    const options = kept.length === 0 ? '' : `?${kept.join('&')}`;
    const host = bracketed(target.host ?? 'localhost');
    return `jdbc:postgresql://${host}:${target.port}/${encodeURIComponent(target.database)}${options}`;
}
/** Options that count more for the driver than what stands before them (org.postgresql.Driver, `parseURL`). */
function leadsElsewhere(option) {
    return /^(?:(?:PG)?(?:host|port|dbname)|service)(?:=|$)/i.test(option);
}
function parse(url) {
    const groups = FORM.exec(url)?.groups;
    if (groups === undefined) {
        return undefined;
    }
    const hosts = (groups['hosts'] || 'localhost').split(',').map((text) => {
        const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
        return { host, port: port === undefined ? DEFAULT_PORT : Number(port) };
    });
    return {
        hosts,
        database: decoded(groups['database'] ?? groups['alone'] ?? ''),
        options: (groups['options'] ?? '').split('&').filter((option) => option !== ''),
    };
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
/** An IPv6 address stands in brackets. */
function bracketed(host) {
    return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/escape/index.js
var escapeKey=function(e){return escapeContent(e,!0,arguments.length>1&&void 0!==arguments[1]&&arguments[1])};var escapeValue=function(e){return escapeContent(e,!1,arguments.length>1&&void 0!==arguments[1]&&arguments[1])};var REGEX_ESCAPE_NO_UNICODE=/[\s!#:=\\]/g,REGEX_ESCAPE_UNICODE=/[\s!#:=\\\u0000-\u001F\u007F-\uFFFF]/g,escapeContent=function(e,t,r){var n=r?REGEX_ESCAPE_UNICODE:REGEX_ESCAPE_NO_UNICODE;return n.lastIndex=0,e.replace(n,function(e,r){switch(e){case" ":return t||0===r?"\\ ":" ";case"\\":return"\\\\";case"\f":return"\\f";case"\n":return"\\n";case"\r":return"\\r";case"\t":return"\\t";case"=":case":":case"#":case"!":return"\\".concat(e);default:return"\\u"+("0000"+e.charCodeAt(0).toString(16)).slice(-4)}})};
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/parser/normalize.js
var BOM="\ufeff",wrapAtWidth=function(e,a){if(e.length<=a)return e;for(var r=[],i=0,t=e.length;i<t;){var o=Math.min(i+a,t);if(o<t)for(var n=0;n<6&&o-n>i;n++){var p=o-n;if(p+5<=t&&"\\"===e[p]&&"u"===e[p+1]){o=p;break}}r.push(e.slice(i,o)),i=o}return r.join("\\\n  ")},rebuildPropertyLine=function(e,a){var r,i,t,o,n,p=!0===a.escapeUnicode,s=a.removeLeadingWhitespace?"":e.leadingWhitespace,c=p?escapeKey(e.key,!0):e.escapedKey,d=null!==(r=a.separatorLeading)&&void 0!==r?r:e.separatorLeading,l=null!==(i=a.separatorTrailing)&&void 0!==i?i:e.separatorTrailing;void 0!==a.separatorChar?(n=" "===a.separatorChar?"":a.separatorChar," "===a.separatorChar&&(d=null!==(t=a.separatorLeading)&&void 0!==t?t:" ")):n=null!==(o=e.separatorChar)&&void 0!==o?o:"";var u=p?escapeValue(e.value,!0):e.escapedValue;return void 0!==a.wrapKeysAt&&a.wrapKeysAt>0&&(c=wrapAtWidth(c,a.wrapKeysAt)),void 0!==a.wrapValuesAt&&a.wrapValuesAt>0&&(u=wrapAtWidth(u,a.wrapValuesAt)),"".concat(s).concat(c).concat(d).concat(n).concat(l).concat(u)};var formatNormalized=function(e,a,r,i){var t,o,n=null!==(t=i.endOfLineCharacter)&&void 0!==t?t:r,p=void 0!==i.separatorChar||void 0!==i.separatorLeading||void 0!==i.separatorTrailing||!0===i.escapeUnicode||!0===i.collapseMultiline||void 0!==i.wrapKeysAt||void 0!==i.wrapValuesAt||!0===i.removeLeadingWhitespace;if(i.deduplicateKeys){for(var s={},c=[],d=e.length-1;d>=0;d--){var l=e[d];"property"===l.type&&(s[l.key]?c.push(d):s[l.key]=!0)}o={};for(var u=0;u<c.length;u++){var v=c[u];if(o[v]=!0,!i.deduplicateKeysKeepLeadingNodes)for(var h=v-1;h>=0&&"property"!==e[h].type;h--)o[h]=!0}}for(var f=[],y=0;y<e.length;y++)if(!(null==o?void 0:o[y])){var g=e[y];switch(g.type){case"comment":if(i.removeComments)continue;f.push(i.removeLeadingWhitespace?"".concat(g.delimiter).concat(g.body):g.rawLine);break;case"blank":if(i.removeBlankLines)continue;f.push(g.rawLine);break;case"property":p?f.push(rebuildPropertyLine(g,i)):f.push(g.rawLines.join(n))}}return(a?BOM:"")+f.join(n)};
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/characters.js
var CH_TAB=9;var CH_LF=10;var CH_FF=12;var CH_CR=13;var CH_SPACE=32;var CH_BANG=33;var CH_HASH=35;var CH_COLON=58;var CH_EQUALS=61;var CH_BACKSLASH=92;var CH_LOWER_F=102;var CH_LOWER_N=110;var CH_LOWER_R=114;var CH_LOWER_T=116;var CH_LOWER_U=117;var CH_BOM=65279;
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/unescape/index.js
var hexValue=function(e){return e>=48&&e<=57?e-48:e>=65&&e<=70?e-55:e>=97&&e<=102?e-87:-1};var unescapeContent=function(e){if(-1===e.indexOf("\\"))return e;for(var r=e.length,a="",c=0,t=0;t<r;)if(e.charCodeAt(t)===CH_BACKSLASH){if(t>c&&(a+=e.slice(c,t)),++t>=r){a+="\\",c=t;break}switch(e.charCodeAt(t)){case CH_LOWER_N:a+="\n",t++;break;case CH_LOWER_T:a+="\t",t++;break;case CH_LOWER_R:a+="\r",t++;break;case CH_LOWER_F:a+="\f",t++;break;case CH_LOWER_U:if(t+4>=r)throw new Error("malformed escaped unicode characters '".concat(e.slice(t-1,t+5),"'"));var o=hexValue(e.charCodeAt(t+1)),C=hexValue(e.charCodeAt(t+2)),_=hexValue(e.charCodeAt(t+3)),h=hexValue(e.charCodeAt(t+4));if(o<0||C<0||_<0||h<0)throw new Error("malformed escaped unicode characters '".concat(e.slice(t-1,t+5),"'"));a+=String.fromCharCode(o<<12|C<<8|_<<4|h),t+=5;break;default:a+=e.charAt(t),t++}c=t}else t++;return c<r&&(a+=e.slice(c,r)),a};
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/parser/parse.js
var isWhitespace=function(e){return e===CH_SPACE||e===CH_TAB||e===CH_FF},countTrailingBackslashes=function(e,r){for(var a=0,i=r-1;i>=0&&e.charCodeAt(i)===CH_BACKSLASH;)a++,i--;return a};var parseDocument=function(e){var r="string"==typeof e?e:e.toString(),a=r.length,i=0,s=a>0&&r.charCodeAt(0)===CH_BOM;s&&(i=1);for(var t="\n",n=i;n<a;n++){var C=r.charCodeAt(n);if(C===CH_CR){t=n+1<a&&r.charCodeAt(n+1)===CH_LF?"\r\n":"\r";break}if(C===CH_LF){t="\n";break}}for(var c=(i>0?r.slice(i):r).split(/\r\n|\r|\n/),o=[],l=0,h=c.length;l<h;){for(var H=c[l],p=l+1,v=0,A=H.length;v<A&&isWhitespace(H.charCodeAt(v));)v++;if(v>=A){var f={type:"blank",rawLine:H,lineNumber:p};o.push(f),l++}else{var _=H.charCodeAt(v);if(_!==CH_HASH&&_!==CH_BANG){for(var d=[H],u=p,g=v>0?H.slice(0,v):"",L=countTrailingBackslashes(H,A),S=L%2==1;S&&l+1<h;){var m=c[++l];d.push(m);var B=m.length;S=(L=countTrailingBackslashes(m,B))%2==1}var O=l+1,b=S,N=void 0;if(1===d.length){var k=v>0?H.slice(v):H;N=b?k.slice(0,-1):k}else{for(var y=[],W=0;W<d.length;W++){var F=d[W],E=void 0,T=void 0;if(0===W)E=v,T=F.length-1;else{E=0;for(var x=F.length;E<x&&isWhitespace(F.charCodeAt(E));)E++;T=W===d.length-1&&!b?x:x-1}y.push(F.slice(E,T))}N=y.join("")}for(var K=N.length,Q=0,U=!1;Q<K;){var j=N.charCodeAt(Q);if(j!==CH_BACKSLASH){if(!U&&(j===CH_EQUALS||j===CH_COLON||isWhitespace(j)))break;U=!1,Q++}else U=!U,Q++}var w=N.slice(0,Q),G="",M=void 0,P="",R=Q;if(R<K){for(var D=R;R<K&&isWhitespace(N.charCodeAt(R));)R++;if(R<K){var V=N.charCodeAt(R);if(V===CH_EQUALS||V===CH_COLON){G=N.slice(D,R),M=V===CH_EQUALS?"=":":";for(var q=++R;R<K&&isWhitespace(N.charCodeAt(R));)R++;P=N.slice(q,R)}else G=N.slice(D,R)}else G=N.slice(D,R)}var z=N.slice(R),I={type:"property",rawLines:d,leadingWhitespace:g,key:-1!==w.indexOf("\\")?unescapeContent(w):w,escapedKey:w,separatorLeading:G,separatorChar:M,separatorTrailing:P,value:-1!==z.indexOf("\\")?unescapeContent(z):z,escapedValue:z,startingLineNumber:u,endingLineNumber:O};o.push(I),l++}else{var J={type:"comment",rawLine:H,leadingWhitespace:v>0?H.slice(0,v):"",delimiter:_===CH_HASH?"#":"!",body:H.slice(v+1),lineNumber:p};o.push(J),l++}}}return{hasBom:s,eolCharacter:t,nodes:o}};
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/parser/properties.js
function _class_call_check(e,r){if(!(e instanceof r))throw new TypeError("Cannot call a class as a function")}function _defineProperties(e,r){for(var t=0;t<r.length;t++){var n=r[t];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in n&&(n.writable=!0),Object.defineProperty(e,n.key,n)}}function _create_class(e,r,t){return r&&_defineProperties(e.prototype,r),t&&_defineProperties(e,t),e}var properties_BOM="\ufeff";var Properties=function(){"use strict";function e(r){_class_call_check(this,e);var t=parseDocument(r);this.hasBom=t.hasBom,this.eolCharacter=t.eolCharacter,this.nodes=t.nodes}return _create_class(e,[{key:"getProperties",value:function(){return this.nodes.filter(function(e){return"property"===e.type})}},{key:"getComments",value:function(){return this.nodes.filter(function(e){return"comment"===e.type})}},{key:"getBlankLines",value:function(){return this.nodes.filter(function(e){return"blank"===e.type})}},{key:"toObject",value:function(){for(var e={},r=0,t=this.nodes;r<t.length;r++){var n=t[r];"property"===n.type&&(e[n.key]=n.value)}return e}},{key:"getPropertyNodes",value:function(e){return this.nodes.filter(function(r){return"property"===r.type&&r.key===e})}},{key:"getEffectiveProperty",value:function(e){for(var r=this.nodes.length-1;r>=0;r--){var t=this.nodes[r];if("property"===t.type&&t.key===e)return t}}},{key:"getKeyCollisions",value:function(){for(var e={},r=0,t=this.nodes;r<t.length;r++){var n=t[r];if("property"===n.type){var o=e[n.key];void 0===o?e[n.key]=[n]:o.push(n)}}for(var i=[],a=0,s=Object.keys(e);a<s.length;a++){var u=s[a],f=e[u];void 0!==f&&f.length>1&&i.push({key:u,nodes:f})}return i}},{key:"getLeadingNodes",value:function(e){for(var r=-1,t=this.nodes.length-1;t>=0;t--){var n=this.nodes[t];if("property"===n.type&&n.key===e){r=t;break}}if(r<=0)return[];for(var o=[],i=r-1;i>=0;i--){var a=this.nodes[i];if("property"===a.type)break;o.unshift(a)}return o}},{key:"format",value:function(e){if(!e){for(var r=this.eolCharacter,t=[],n=0,o=this.nodes;n<o.length;n++){var i=o[n];"property"===i.type?t.push(i.rawLines.join(r)):t.push(i.rawLine)}return(this.hasBom?properties_BOM:"")+t.join(r)}return formatNormalized(this.nodes,this.hasBom,this.eolCharacter,e)}}]),e}();
;// CONCATENATED MODULE: ./build/bitbucket/properties.js
/** `bitbucket.properties`, by Java's rules (java.util.Properties): escapes, continued lines, of equal keys the last one. */


function propertiesIn(text) {
    return new Map(new Properties(text).getProperties().map(({ key, value }) => [key, value]));
}
/** Changes the values that count, adds what is missing at the end, and leaves everything else as it stands. */
function withChanges(text, changes) {
    return changes.reduce(withChange, text);
}
/**
 * By line, not by the library's editor, which gives all lines one kind of end and writes a key without a separator and its
 * new value as one word.
 */
function withChange(text, change) {
    const properties = new Properties(text);
    const before = properties.getEffectiveProperty(change.key);
    if (before === undefined) {
        return text + gapAfter(text, properties.eolCharacter) + propertyLine(change) + properties.eolCharacter;
    }
    const { startingLineNumber, endingLineNumber, separatorLeading, separatorTrailing } = before;
    const line = [
        before.leadingWhitespace,
        before.escapedKey,
        ...(before.separatorChar === undefined
            ? ['=']
            : [separatorLeading, before.separatorChar, separatorTrailing]),
        readableValue(change.value),
    ].join('');
    // Lines and their ends in turn.
    const parts = text.split(/(\r\n|\r|\n)/);
    const first = 2 * (startingLineNumber - 1);
    parts.splice(first, 2 * (endingLineNumber - startingLineNumber) + 1, line);
    return parts.join('');
}
/** What is appended must neither share the last line nor continue it. */
function gapAfter(text, lineEnd) {
    const isOpen = /(?:^|[^\\])(?:\\\\)*\\(?:\r\n|\r|\n)?$/.test(text);
    const hasEnd = text === '' || /[\r\n]$/.test(text);
    return (hasEnd ? '' : lineEnd) + (isOpen ? lineEnd : '');
}
/** As a line of the file. */
function propertyLine({ key, value }) {
    return `${escapeKey(key, true)}=${readableValue(value)}`;
}
/** Java writes `\:` in values, and reads `:` as well, which is how people write their URLs. */
function readableValue(value) {
    return escapeValue(value, true).replace(/\\(.)/g, (pair, escaped) => ':=#!'.includes(escaped) ? escaped : pair);
}

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
        await writeProperties(home, { file, text: withChanges(text, changes) });
    }
    return { file, changes, lines: changes.map(propertyLine), secrets: changes.flatMap(secretsIn) };
}
/**
 * Of the parameters of a JDBC URL those that hold a secret (jdbc.postgresql.org, "Connection Parameters"): as they stand
 * in it, as they are, and as a line of the file has them.
 */
function secretsIn({ value }) {
    const found = [...value.matchAll(/[?&;](?:\w*password)=([^&;]+)/gi)].map(([, secret = '']) => secret);
    return found.flatMap((secret) => [secret, decodeURIComponentOr(secret), readableValue(secret)]);
}
function decodeURIComponentOr(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
const DRIVER = 'org.postgresql.Driver';
function changesFor(text, { host, port, name, owner }) {
    const properties = propertiesIn(text);
    const url = properties.get('jdbc.url');
    const target = { host, port, database: name };
    const changes = [];
    if (url === undefined || !leadsTo(url, target)) {
        // Without one Bitbucket takes its own database; a driver that wraps another one has URLs of its own.
        if (properties.get('jdbc.driver') !== DRIVER) {
            changes.push({ key: 'jdbc.driver', value: DRIVER });
        }
        changes.push({ key: 'jdbc.url', value: jdbcUrlFor(target, url) });
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

;// CONCATENATED MODULE: ./build/pipeline/unpack-and-load.js






async function unpackAndLoad(run, unpacking) {
    const { home, database } = run.strategies;
    const isDumpAhead = !(0,restore_run/* isNone */.$I)(home) && !(0,restore_run/* isNone */.$I)(database) && comeAhead(unpacking.contents, database.members, home.members);
    await (isDumpAhead ? loadMeanwhile(run, unpacking) : loadAfterwards(run, unpacking));
}
async function loadMeanwhile(run, unpacking) {
    const { interruption, strategies } = run;
    const { home, database } = strategies;
    await unpack(run, unpacking, { name: 'unpack dump', members: database.members }, interruption.signal);
    pushUndo(run, unpacking);
    await (0,side_by_side/* sideBySide */.Q)(interruption.signal, [
        async (signal) => await restorePart(run, 'database', unpacking, signal),
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
    await (0,side_by_side/* sideBySide */.Q)(interruption.signal, ['database', 'home']
        .filter((slot) => !(0,restore_run/* isNone */.$I)(strategies[slot]))
        .map((slot) => async (signal) => await restorePart(run, slot, unpacking, signal)));
}
async function unpack({ timeline, commands, log }, { source, contents, unpacked }, { name, members }, signal) {
    await timeline.span('unpack', name, async () => await flushingMeanwhile(commands, unpacked, async () => await source.unpack(members, unpacked, { contents, signal })));
    log.info(`Unpacked ${members.join(', ')} into '${unpacked}'`);
}
function pushUndo({ strategies }, { undo }) {
    const { home, database } = strategies;
    undo.push('restored database removed', async () => await database.discard());
    undo.push('restored home removed', async () => await home.discard());
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
        await restorePreflight(run, peeked === undefined || peeked === '' ? undefined : (0,manifest_reader/* readManifest */.W)(peeked));
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
    const { home, database } = strategies;
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
    found.parts = { home: placedHome, database: placedDatabase };
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

// EXTERNAL MODULE: ./build/database/registry.js
var database_registry = __webpack_require__(73769);
// EXTERNAL MODULE: ./build/home/registry.js
var home_registry = __webpack_require__(72267);
// EXTERNAL MODULE: ./build/inputs/foreign-inputs.js
var foreign_inputs = __webpack_require__(92276);
// EXTERNAL MODULE: ./build/pipeline/connection-options.js
var connection_options = __webpack_require__(58476);
;// CONCATENATED MODULE: ./build/pipeline/restore-options.js
/** Reads everything a restore is told, in one go: all wrong inputs are named together, before anything happens. */






/** @throws ConfigurationError with every problem */
async function readRestoreOptions(inputs) {
    const chosen = {
        home: inputs.choice('home-strategy', (0,common_options/* keysOf */.Y)(home_registry/* homeRestores */.V)),
        database: inputs.choice('database-strategy', (0,common_options/* keysOf */.Y)(database_registry/* databaseRestores */.$)),
        search: 'none',
        archive: inputs.choice('archive-strategy', (0,common_options/* keysOf */.Y)(registry/* archiveRestores */.s)),
    };
    (0,foreign_inputs/* refuseForeignInputs */.C)(inputs, 'restore', chosen);
    const instanceName = (0,common_options/* readInstanceName */.X)(inputs);
    assertConfirmed(inputs, instanceName);
    const restoreRoot = inputs.optionalPath('restore-root');
    if (chosen.home === 'none') {
        if (chosen.database === 'none') {
            inputs.problem('home-strategy', "is 'none', and so is database-strategy: nothing would be restored.");
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
        database: (await database_registry/* databaseRestores */.$[chosen.database]()).read(inputs),
    };
    inputs.finish();
    return options;
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
    const ca = (0,connection_options/* readAuthorities */.G)(inputs);
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

// EXTERNAL MODULE: ./build/entries/in-runner.js + 3 modules
var in_runner = __webpack_require__(39353);
;// CONCATENATED MODULE: ./build/entries/restore.js


/** `runs.main` of the restore action. */
async function restore_restore() {
    await (0,in_runner/* inRunner */.k)(runRestore, {
        what: 'the restore stops and removes what it has made',
        advice: 'Start the restore again when it suits.',
    });
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
        ...parts.filter(({ included }) => !included).map(({ slot }) => `The ${slot} was not restored.`),
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
    const missing = report.parts.filter(({ included }) => !included).map(({ slot }) => slot);
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
        : [`**${(0,markdown/* plain */.pj)(slot)}**`, `${(0,markdown/* code */.aY)(strategy)}: **not restored**`, '', ''];
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
        ...((0,restore_run/* isNone */.$I)(strategies.home) ? ['Restore the home that belongs to this database as well.'] : []),
        ...((0,restore_run/* isNone */.$I)(strategies.database) ? ['Restore the database that belongs to this home as well.'] : []),
        ...(target === undefined
            ? []
            : [`See that BITBUCKET_HOME is ${target.path} where Bitbucket is started.`]),
        version === undefined
            ? 'Start Bitbucket, in the version that made the backup or a later one.'
            : `Start Bitbucket ${version} or later; an older one cannot use this database.`,
        'Check: log in, open a repository, clone it, push a branch; look into atlassian-bitbucket.log for errors.',
        'The search index is built anew by itself; searching finds everything when that is done.',
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
    return ['home', 'database'].map((slot) => {
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
                : [{ what: 'files', recorded: recorded?.files, restored: files }, ...(restored?.counts ?? [])],
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
            journal?.update({ restore: { placed: [], ...journal.entry.restore, ...change } });
        },
        partial: (path) => {
            const { journal } = found;
            journal?.update({ partials: [...journal.entry.partials, path] });
        },
    };
    return {
        ...environment,
        options,
        runId,
        commands,
        archive: options.source.create({ log, commands, instanceName: options.instanceName }),
        strategies: { home: options.home.create(context), database: options.database.create(context) },
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

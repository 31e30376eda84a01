export const id = 529;
export const ids = [529];
export const modules = {

/***/ 3566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ countRepositories)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/** How many repositories stand in a copy of a home: counted after the backup, and again after the restore. */




const DEPTH_IN_STORE = 3;
/** @param folder holds the trees, such as `backup-root` */
async function countRepositories(folder, trees) {
    let count = 0;
    for (const { member, repositories } of trees) {
        const depth = repositories === 'repositories' ? DEPTH_IN_STORE : 1;
        count += await foldersAt((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, member, repositories), depth);
    }
    return count;
}
async function foldersAt(folder, depth) {
    const folders = (await entriesOf(folder)).filter((entry) => entry.isDirectory());
    if (depth === 1) {
        return folders.length;
    }
    let count = 0;
    for (const { name } of folders) {
        count += await foldersAt((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), depth - 1);
    }
    return count;
}
async function entriesOf(folder) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { withFileTypes: true });
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
            return [];
        }
        throw error;
    }
}


/***/ }),

/***/ 58529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rsyncRestore: () => (/* binding */ rsyncRestore)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/remove-tree.js
var remove_tree = __webpack_require__(38008);
// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
;// CONCATENATED MODULE: ./build/home/home-owner.js

/** Names as useradd(8) takes them, or numbers. */
const NAME = '(?:[A-Za-z_][A-Za-z0-9._-]{0,63}\\$?|\\d{1,10})';
const OWNER = new RegExp(`^(${NAME}):(${NAME})$`);
function readHomeOwner(inputs) {
    const text = inputs.text('home-owner');
    const [, user, group] = OWNER.exec(text) ?? [];
    if (text !== '' && (user === undefined || group === undefined)) {
        inputs.problem('home-owner', `is '${text}'; use user:group, such as bitbucket:bitbucket.`);
    }
    return user === undefined || group === undefined ? undefined : { user, group };
}
async function ownerFindings(commands, owner) {
    if (owner === undefined) {
        return [];
    }
    const findings = [];
    for (const [database, name, what] of [
        ['passwd', owner.user, 'user'],
        ['group', owner.group, 'group'],
    ]) {
        if (!(await isKnown(commands, database, name))) {
            findings.push(problem(`names the ${what} '${name}', which does not exist on this machine; create it first.`));
        }
    }
    if (findings.length === 0 && process.getuid?.() !== 0) {
        findings.push(problem('is given, but only root may give files away; run the runner as root or leave it empty.'));
    }
    return findings;
}
/** Gives everything in a tree away, links themselves and not what they lead to. */
async function giveAway(commands, { user, group }, folder, signal) {
    await commands.run('chown', ['--recursive', '--no-dereference', `${user}:${group}`, '--', folder], {
        signal,
    });
}
/** By way of the machine's own lookup, so that users of a directory service count too. */
async function isKnown(commands, database, name) {
    try {
        await commands.run('getent', [database, name], { deadlineMs: 30_000 });
        return true;
    }
    catch (error) {
        // 2: the name is not known (getent(1)). A number needs no name.
        if (error instanceof command_error/* CommandError */.Qd && error.exitCode === 2) {
            return /^\d+$/.test(name);
        }
        throw error;
    }
}
function problem(sentence) {
    return { severity: 'error', subject: 'home-owner', message: `Input 'home-owner' ${sentence}` };
}

// EXTERNAL MODULE: ./build/host/folder-flush.js
var folder_flush = __webpack_require__(84244);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/host/lstat-existing.js
var lstat_existing = __webpack_require__(88391);
;// CONCATENATED MODULE: ./build/home/restore-target.js
/** A folder that something is restored to: absent, or there and empty. Looks only. */





/** Names of a restore's own files begin so; they lie in the target while it runs, when the target is a mount of its own. */
const OWN_PREFIX = '.bitbucket-restore.';
/** A new ext file system has it. */
function isHarmless(name) {
    return name === 'lost+found';
}
const NAMED = 5;
/** Where to keep what is on its way to the target, on the target's own file system. */
async function anchorOf(path) {
    return (await (0,lstat_existing/* lstatExisting */.i)(path)) === undefined ? (0,external_node_path_.dirname)(path) : path;
}
async function exists(path) {
    return (await (0,lstat_existing/* lstatExisting */.i)(path)) !== undefined;
}
/** What lies in a folder besides our own files and what a file system makes for itself. Empty when there is none. */
async function foreignEntries(path) {
    try {
        const names = await (0,promises_.readdir)(path);
        return names.filter((name) => !name.startsWith(OWN_PREFIX) && !isHarmless(name));
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT')) {
            return [];
        }
        throw error;
    }
}
async function targetFindings(target) {
    const problem = await problemOf(target.path);
    return problem === undefined
        ? []
        : [
            {
                severity: 'error',
                subject: target.input,
                message: `Input '${target.input}': ${target.what} cannot be restored to '${target.path}', ${problem}`,
            },
        ];
}
async function problemOf(path) {
    try {
        const entry = await (0,lstat_existing/* lstatExisting */.i)(path);
        if (entry === undefined) {
            return await parentProblem((0,external_node_path_.dirname)(path));
        }
        if (entry.isSymbolicLink()) {
            return 'which is a symbolic link; name the folder that it leads to.';
        }
        if (!entry.isDirectory()) {
            return 'which is a file; name a folder that is empty or does not exist.';
        }
        const found = await foreignEntries(path);
        if (found.length > 0) {
            const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
            return `which is not empty (${found.toSorted().slice(0, NAMED).join(', ')}${more}); nothing is overwritten: move it away, or choose another folder.`;
        }
        return await writableProblem(path);
    }
    catch (error) {
        return `which cannot be looked at (${(0,errors/* asError */.zR)(error).message}); repair or mount it.`;
    }
}
/** Only the last folder is made by us: more of them missing rather means a volume that is not mounted. */
async function parentProblem(parent) {
    try {
        if (!(await (0,promises_.stat)(parent)).isDirectory()) {
            return `and '${parent}' is not a folder; correct the path.`;
        }
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
            return `and '${parent}' does not exist; create it, or mount its volume.`;
        }
        throw error;
    }
    return await writableProblem(parent);
}
async function writableProblem(folder) {
    try {
        await (0,promises_.access)(folder, external_node_fs_.constants.W_OK | external_node_fs_.constants.X_OK);
        return undefined;
    }
    catch (error) {
        return (0,errors/* isErrno */.r)(error, 'EROFS')
            ? 'whose file system is read-only; mount it for writing.'
            : `and '${folder}' cannot be written to by this user; check its rights.`;
    }
}
/** A folder on its way to the target, under a name that nobody takes for it. */
function partialIn(anchor, id) {
    return (0,external_node_path_.join)(anchor, `${OWN_PREFIX}partial-${id}`);
}

;// CONCATENATED MODULE: ./build/home/placement.js
/**
 * Puts a restored folder in its place: by a rename, so that it is there whole or not at all. A folder that was there
 * (a mount point, say) gets what belongs into it instead, entry by entry.
 */






/**
 * What is going to happen, to be written down before it does.
 * @throws ActionError TARGET_IN_USE: since preflight hours may have passed, and a rename would overwrite files
 */
async function planPlacement(source, path) {
    const entries = await (0,promises_.readdir)(source);
    if (!(await exists(path))) {
        return { path, existed: false, entries, inodes: await inodesOf([source]) };
    }
    await assertStillEmpty(path);
    const { mode, uid, gid } = await (0,promises_.lstat)(path);
    const theirs = await (0,promises_.readdir)(path);
    const ours = entries.filter((name) => !(isHarmless(name) && theirs.includes(name)));
    const inodes = await inodesOf(ours.map((name) => (0,external_node_path_.join)(source, name)));
    return { path, existed: true, entries: ours, inodes, before: { mode: mode & 0o7777, uid, gid } };
}
async function place(commands, source, { path, existed, entries }) {
    if (!existed) {
        await (0,promises_.rename)(source, path);
        await (0,folder_flush/* flushFolder */.n)((0,external_node_path_.dirname)(path));
        return;
    }
    const { mode, uid, gid } = await (0,promises_.lstat)(source);
    for (const entry of entries) {
        await (0,promises_.rename)((0,external_node_path_.join)(source, entry), (0,external_node_path_.join)(path, entry));
    }
    if (process.getuid?.() === 0) {
        await (0,promises_.chown)(path, uid, gid);
    }
    await (0,promises_.chmod)(path, mode & 0o7777);
    await (0,remove_tree/* removeTree */.d)(commands, source);
    await (0,folder_flush/* flushFolder */.n)(path);
}
/** Takes it back. Idempotent. */
async function removePlaced(commands, placed) {
    const { path, existed, entries, before } = placed;
    if (!existed) {
        await (0,remove_tree/* removeTree */.d)(commands, path);
        return;
    }
    for (const entry of entries) {
        await (0,remove_tree/* removeTree */.d)(commands, (0,external_node_path_.join)(path, entry));
    }
    if (before !== undefined && (await exists(path))) {
        await (0,promises_.chmod)(path, before.mode);
        if (process.getuid?.() === 0) {
            await (0,promises_.chown)(path, before.uid, before.gid);
        }
    }
}
/**
 * What somebody has added since, such as the log that Bitbucket writes as soon as it starts: then the folder is in use and
 * must not be removed.
 */
async function addedSince({ path, entries }) {
    return (await foreignEntries(path)).filter((name) => !entries.includes(name));
}
/** Names are no proof: who restored by hand since has the same. What is not there any more counts as ours. */
async function isStillOurs({ path, existed, entries, inodes }) {
    if (inodes === undefined) {
        return true;
    }
    const found = await inodesOf(existed ? entries.map((name) => (0,external_node_path_.join)(path, name)) : [path]);
    return found.every((inode, index) => inode === ABSENT || inode === inodes[index]);
}
/** No file system counts from it. */
const ABSENT = 0;
async function inodesOf(paths) {
    const inodes = [];
    for (const path of paths) {
        try {
            inodes.push((await (0,promises_.lstat)(path)).ino);
        }
        catch (error) {
            if (!(0,errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
                throw error;
            }
            inodes.push(ABSENT);
        }
    }
    return inodes;
}
async function assertStillEmpty(path) {
    const isFolder = (await (0,promises_.lstat)(path)).isDirectory();
    const found = isFolder ? await foreignEntries(path) : [];
    if (!isFolder || found.length > 0) {
        throw new errors/* ActionError */.lZ('TARGET_IN_USE', isFolder
            ? `${path} is not empty any more (${found.toSorted().slice(0, 5).join(', ')}); somebody has written there during the restore.`
            : `${path} is not a folder any more; somebody has changed it during the restore.`, { advice: 'Find out who uses it, and run again.' });
    }
}

;// CONCATENATED MODULE: ./build/home/recover-placed.js
/** Takes back the folders that a restore which died had put in their places, as far as they are still what it put there. */


/**
 * @param targets of this run: other folders are left alone
 * @returns sentences for the log. @throws ActionError TARGET_IN_USE before anything is removed
 */
async function recoverPlaced(commands, placed, targets) {
    const ours = [];
    const left = [];
    for (const folder of placed) {
        const { path } = folder;
        if (!targets.includes(path)) {
            left.push(`${path} was filled by a restore that died; it was left as it is.`);
        }
        else if (await isStillOurs(folder)) {
            ours.push(folder);
        }
        else {
            left.push(`${path} is not what a restore that died had put there; it was left as it is.`);
        }
    }
    for (const folder of ours) {
        await assertUnused(folder);
    }
    for (const folder of ours.toReversed()) {
        await removePlaced(commands, folder);
    }
    return [
        ...ours.map(({ path }) => `Removed ${path}, which a restore that died had begun to fill.`),
        ...left,
    ];
}
async function assertUnused(folder) {
    const added = await addedSince(folder);
    if (added.length > 0) {
        throw new errors/* ActionError */.lZ('TARGET_IN_USE', `A restore that died had put ${folder.path} in its place, and somebody has used it since (${added.slice(0, 5).join(', ')}).`, { advice: 'If it is in use, leave it alone and restore elsewhere; otherwise move it away.' });
    }
}

// EXTERNAL MODULE: ./build/host/real-path.js
var real_path = __webpack_require__(81651);
;// CONCATENATED MODULE: ./build/home/restore-findings.js
/** Everything that can be known of the targets before the archive is unpacked. Changes nothing. */


async function restoreFindings(options, trees, part) {
    const findings = [...(await nestedFindings(trees)), ...storeFindings(options, part)];
    for (const tree of trees) {
        findings.push(...(await targetFindings(tree)));
    }
    return findings;
}
/** Where each data store of the archive goes is for people to say: an archive must not choose folders of this machine. */
function storeFindings({ dataStores }, part) {
    const recorded = part?.recorded?.details['dataStores'];
    if (!Array.isArray(recorded)) {
        return [];
    }
    const inArchive = recorded.filter((path) => typeof path === 'string');
    const named = dataStores.map(({ from }) => from);
    return [
        ...inArchive
            .filter((path) => !named.includes(path))
            .map((path) => restore_findings_problem(`lacks the data store '${path}' of the archive; add a line '${path}', or '${path}=/other/path' to restore it elsewhere.`)),
        ...named
            .filter((path) => !inArchive.includes(path))
            .map((path) => restore_findings_problem(`names '${path}', and the archive holds no such data store (${inArchive.length === 0 ? 'it has none' : inArchive.join(', ')}); remove or correct it.`)),
    ];
}
async function nestedFindings(trees) {
    const places = [];
    for (const tree of trees) {
        places.push({ tree, path: await (0,real_path/* realPath */.Y)(tree.path) });
    }
    return places.flatMap((one, index) => places
        .slice(index + 1)
        .filter((other) => (0,real_path/* isWithin */.U)(one.path, other.path) || (0,real_path/* isWithin */.U)(other.path, one.path))
        .map((other) => restore_findings_problem(`restores ${one.tree.what} to '${one.tree.path}' and ${other.tree.what} to '${other.tree.path}', of which one lies in the other; name folders that are apart.`)));
}
function restore_findings_problem(sentence) {
    return { severity: 'error', subject: 'data-stores', message: `Input 'data-stores' ${sentence}` };
}

// EXTERNAL MODULE: ./build/home/repository-count.js
var repository_count = __webpack_require__(3566);
// EXTERNAL MODULE: ./build/home/trees.js + 1 modules
var home_trees = __webpack_require__(82418);
;// CONCATENATED MODULE: ./build/home/restore-options.js
/** Where the home and the data stores of an archive are restored to. */



function readHomeRestoreOptions(inputs) {
    return {
        homePath: inputs.requiredPath('home-path'),
        dataStores: inputs.pathPairs('data-stores'),
        owner: readHomeOwner(inputs),
    };
}
/** The home last: it is what Bitbucket starts from, so it must not be there before everything else is. */
function restoredTrees({ homePath, dataStores }) {
    const stores = dataStores.map(({ from, to }) => ({
        path: to,
        what: from === to ? `the data store ${from}` : `the data store ${from} of the archive`,
        input: 'data-stores',
        member: (0,external_node_path_.join)(home_trees/* STORES_MEMBER */.y5, from),
        repositories: 'repositories',
    }));
    const home = {
        path: homePath,
        what: 'the home',
        input: 'home-path',
        member: home_trees/* HOME_MEMBER */.R0,
        repositories: 'shared/data/repositories',
    };
    return [...stores, home];
}

;// CONCATENATED MODULE: ./build/home/stale-locks.js
/**
 * Lock files in a home that was copied while somebody was writing: of git, and of Bitbucket itself. Their owners are not
 * there any more, and what they guard would stay locked for ever.
 */





const BITBUCKET_LOCKS = ['.lock', 'shared/.lock'];
/** git names a lock after the file that it guards (api-lockfile); `gc.pid` guards `git gc`. */
const GIT_LOCKS = ['(', '-name', '*.lock', '-o', '-name', 'gc.pid', ')'];
/**
 * What lies behind a link out of the archive is somebody else's, perhaps in use, and is left alone.
 * @param unpacked folder that holds the members of the archive. @returns the files that were removed
 */
async function removeStaleLocks(commands, unpacked, trees, signal) {
    const root = await (0,real_path/* realPath */.Y)(unpacked);
    const isInside = async (path) => (0,real_path/* isWithin */.U)(await (0,real_path/* realPath */.Y)(path), root);
    const removed = [];
    for (const path of BITBUCKET_LOCKS.map((name) => (0,external_node_path_.join)(unpacked, home_trees/* HOME_MEMBER */.R0, name))) {
        if ((await isInside((0,external_node_path_.dirname)(path))) && (await unlinked(path))) {
            removed.push(path);
        }
    }
    for (const { member, repositories } of trees) {
        const folder = (0,external_node_path_.join)(unpacked, member, repositories);
        if (!(await isFolder(folder)) || !(await isInside(folder))) {
            continue;
        }
        await commands.run('find', [folder, '-type', 'f', ...GIT_LOCKS, '-print', '-delete'], {
            signal,
            onLine: (line) => removed.push(line),
        });
    }
    return removed;
}
async function unlinked(path) {
    try {
        await (0,promises_.unlink)(path);
        return true;
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
            return false;
        }
        throw error;
    }
}
async function isFolder(path) {
    try {
        return (await (0,promises_.lstat)(path)).isDirectory();
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
            return false;
        }
        throw error;
    }
}

// EXTERNAL MODULE: ./build/home/working-copy.js
var working_copy = __webpack_require__(24523);
;// CONCATENATED MODULE: ./build/home/unpacked-home.js
/** Looks at a home and its data stores where they were unpacked. */





/**
 * An archive without a manifest names its data stores only here.
 * @param named paths of the data stores, as `data-stores` gives them
 * @throws ActionError ARCHIVE_INCOMPLETE
 */
async function assertAllNamed(unpacked, trees, named) {
    const [unnamed] = await (0,working_copy/* staleStoreCopies */.qR)(unpacked, named);
    const missing = await firstMissing(trees.map(({ member }) => (0,external_node_path_.join)(unpacked, member)));
    const problem = unnamed === undefined
        ? missing && `The archive holds no ${missing.slice(unpacked.length + 1)}.`
        : `The archive holds the data store ${unnamed.slice((0,external_node_path_.join)(unpacked, home_trees/* STORES_MEMBER */.y5).length)}, which data-stores does not name.`;
    if (problem !== undefined) {
        throw new errors/* ActionError */.lZ('ARCHIVE_INCOMPLETE', problem, {
            advice: 'Correct data-stores and run again.',
        });
    }
}
async function firstMissing(paths) {
    for (const path of paths) {
        try {
            if (!(await (0,promises_.lstat)(path)).isDirectory()) {
                return path;
            }
        }
        catch (error) {
            if ((0,errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
                return path;
            }
            throw error;
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/home/restore-rsync.js
/**
 * Puts a home and its data stores back, from copies as `rsync` made them: ours and those of Atlassian's scripts. Owners,
 * locks and data stores are seen to while nothing has its final name; the names come last, each by one rename.
 */















const rsyncRestore = {
    read: (inputs) => {
        const options = readHomeRestoreOptions(inputs);
        return { create: (context) => new RsyncRestore(options, context) };
    },
};
class RsyncRestore {
    name = 'rsync';
    members;
    #options;
    #context;
    #trees;
    /** Each tree with the folder that is going to be renamed. */
    #ready = [];
    /** Folders beside the targets that this run makes. */
    #partials = [];
    #placed = [];
    #repositories = 0;
    #recordedRepositories;
    constructor(options, context) {
        this.#options = options;
        this.#context = context;
        this.#trees = restoredTrees(options);
        this.members = options.dataStores.length === 0 ? [home_trees/* HOME_MEMBER */.R0] : [home_trees/* HOME_MEMBER */.R0, home_trees/* STORES_MEMBER */.y5];
    }
    get trees() {
        return this.#trees.map(({ member, path }) => ({ member, target: path }));
    }
    get target() {
        const path = this.#options.homePath;
        return { path, anchor: async () => await anchorOf(path) };
    }
    async preflight(part) {
        return [
            ...(await restoreFindings(this.#options, this.#trees, part)),
            ...(await ownerFindings(this.#context.commands, this.#options.owner)),
        ];
    }
    /** Unpacked beside the target, so that nothing is copied as a rule. */
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    async restore(part, unpacked, signal) {
        const named = this.#options.dataStores.map(({ from }) => from);
        await assertAllNamed(unpacked, this.#trees, named);
        this.#repositories = await (0,repository_count/* countRepositories */.W)(unpacked, this.#trees);
        this.#recordedRepositories = assertRepositories(part, this.#repositories);
        if (!part.drained) {
            await this.#removeStaleLocks(unpacked, signal);
        }
        const ready = [];
        for (const tree of this.#trees) {
            signal.throwIfAborted();
            const source = (0,external_node_path_.join)(unpacked, tree.member);
            if (this.#options.owner !== undefined) {
                await giveAway(this.#context.commands, this.#options.owner, source, signal);
            }
            ready.push({ tree, source: await this.#besideTarget(tree, source, signal) });
        }
        this.#ready = ready;
    }
    async complete() {
        for (const { tree, source } of this.#ready) {
            const placed = await planPlacement(source, tree.path);
            this.#placed = [...this.#placed, placed];
            this.#context.record({ placed: this.#placed });
            await place(this.#context.commands, source, placed);
        }
        return {
            place: `at ${this.#trees
                .toReversed()
                .map(({ path }) => path)
                .join(', ')}`,
            counts: [{ what: 'repositories', recorded: this.#recordedRepositories, restored: this.#repositories }],
            todo: this.#options.dataStores
                .filter(({ from, to }) => from !== to)
                .map(({ from, to }) => `The data store ${from} is now at ${to}, and the database still names the old path: mount it there, or change the path in the table bb_data_store.`),
        };
    }
    async discard() {
        const { commands } = this.#context;
        for (const placed of this.#placed.toReversed()) {
            await removePlaced(commands, placed);
        }
        this.#placed = [];
        for (const path of this.#partials) {
            await (0,remove_tree/* removeTree */.d)(commands, path);
        }
    }
    async recover({ placed }) {
        const targets = this.#trees.map(({ path }) => path);
        return await recoverPlaced(this.#context.commands, placed, targets);
    }
    async #removeStaleLocks(unpacked, signal) {
        const { commands, log } = this.#context;
        const removed = await removeStaleLocks(commands, unpacked, this.#trees, signal);
        if (removed.length > 0) {
            log.notice(`Removed ${(0,format/* counted */.hS)(removed.length, 'stale lock file')} from the restored home.`);
            for (const path of removed) {
                log.debug(`Removed ${path.slice(unpacked.length + 1)}`);
            }
        }
    }
    /**
     * Moves it, or copies it where names do not move: to another file system, or into another mount of the same one, which
     * containers have as volumes and which no device number tells.
     * @returns the folder to rename
     */
    async #besideTarget(tree, source, signal) {
        const { commands, log, runId, partial } = this.#context;
        const path = partialIn(await anchorOf(tree.path), `${runId}-${this.#partials.length + 1}`);
        partial(path);
        this.#partials.push(path);
        try {
            await (0,promises_.rename)(source, path);
        }
        catch (error) {
            if (!(0,errors/* isErrno */.r)(error, 'EXDEV')) {
                throw error;
            }
            log.info(`Copying ${tree.what} to the file system of ${tree.path}`);
            await commands.run('cp', ['--archive', '--no-target-directory', '--', source, path], { signal });
            await commands.run('sync', ['--file-system', '--', path], { signal });
        }
        return path;
    }
}
/** @returns what the manifest says, if it does. @throws ActionError RESTORE_VERIFY when that is another number */
function assertRepositories({ recorded }, found) {
    const expected = recorded?.details['repositories'];
    if (typeof expected !== 'number') {
        return undefined;
    }
    if (expected !== found) {
        throw new errors/* ActionError */.lZ('RESTORE_VERIFY', `${found} repositories were unpacked, and the manifest says ${expected}.`, { advice: 'Choose another archive.' });
    }
    return expected;
}


/***/ }),

/***/ 24523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ft: () => (/* binding */ losesRepositories),
/* harmony export */   mh: () => (/* binding */ makeTarget),
/* harmony export */   qR: () => (/* binding */ staleStoreCopies)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _trees_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82418);




/**
 * Makes the folder of a copy, and each one above it up to `backup-root`, with mode 0700.
 * @throws ActionError UNSAFE_STATE for a link in its way: rsync with `--delete` would empty the folder behind it
 */
async function makeTarget(backupRoot, member) {
    let path = backupRoot;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(path, { recursive: true, mode: 0o700 });
    for (const name of member.split('/').filter((part) => part !== '')) {
        path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, name);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(path, { mode: 0o700 }).catch(ignoreExisting);
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path)).isDirectory()) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('UNSAFE_STATE', `${path} is a link or a file, where the working copy keeps a folder.`, {
                advice: `Find out who made ${path}, remove it and run again.`,
            });
        }
    }
    return path;
}
/**
 * Does the copy hold repositories where the source has none? Then the source is rather an unmounted volume than a
 * Bitbucket without repositories, and a pass with `--delete` would empty the copy.
 */
async function losesRepositories(backupRoot, tree) {
    return ((await isEmptyOrMissing((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tree.source, tree.repositories))) &&
        !(await isEmptyOrMissing((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, tree.member, tree.repositories))));
}
/** Copies of data stores that are no longer configured: they would go into the archive as if they were of today. */
async function staleStoreCopies(backupRoot, stores) {
    return await entriesBeside((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, _trees_js__WEBPACK_IMPORTED_MODULE_3__/* .STORES_MEMBER */ .y5), stores.map((store) => store.split('/').filter((part) => part !== '')));
}
/** What lies in a folder and leads to none of the wanted paths. */
async function entriesBeside(folder, wanted) {
    const stale = [];
    for (const entry of await entriesOf(folder)) {
        const below = wanted.filter(([first]) => first === entry.name).map(([, ...rest]) => rest);
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name);
        if (below.length === 0) {
            stale.push(path);
        }
        else if (entry.isDirectory() && !below.some((rest) => rest.length === 0)) {
            stale.push(...(await entriesBeside(path, below)));
        }
    }
    return stale;
}
async function entriesOf(folder) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true });
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT')) {
            return [];
        }
        throw error;
    }
}
async function isEmptyOrMissing(folder) {
    try {
        const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.opendir)(folder);
        const first = await entries.read();
        await entries.close();
        return first === null;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
            return true;
        }
        throw error;
    }
}
function ignoreExisting(error) {
    if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'EEXIST')) {
        throw error;
    }
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

/***/ 88391:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ lstatExisting)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


async function lstatExisting(path) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isErrno */ .r)(error, 'ENOENT')) {
            return undefined;
        }
        throw error;
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


/***/ })

};

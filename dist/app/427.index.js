export const id = 427;
export const ids = [427];
export const modules = {

/***/ 33438:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ shaped)
/* harmony export */ });
/* harmony import */ var _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33460);
/* harmony import */ var _search_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(55986);
/** Reads answers of the search server. One that looks otherwise than every known version's is an error that says where. */


/** @throws SearchError UNEXPECTED_RESPONSE instead of a ShapeError */
function shaped(asked, body, read) {
    try {
        return read(body);
    }
    catch (error) {
        if (!(error instanceof _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .ShapeError */ .ym)) {
            throw error;
        }
        throw new _search_error_js__WEBPACK_IMPORTED_MODULE_0__/* .SearchError */ .F('UNEXPECTED_RESPONSE', `${asked} was answered in a shape that no known search server has: ${error.message}.`, { maybeSent: true, retryable: false }, {
            advice: 'Check that elasticsearch-url leads to Elasticsearch or OpenSearch itself; then report this line.',
            cause: error,
        });
    }
}


/***/ }),

/***/ 17514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NC: () => (/* binding */ backupFindings),
/* harmony export */   WX: () => (/* binding */ findingsOf),
/* harmony export */   cz: () => (/* binding */ serverFindings)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _indices_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81948);
/* harmony import */ var _server_version_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21571);
/* harmony import */ var _snapshot_repository_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(15362);
/** Everything that can be known to be wrong with the search server before the lock. Changes nothing. */




async function backupFindings(http, settings) {
    const server = await serverFindings(http);
    if (server.some(({ severity }) => severity === 'error')) {
        return server;
    }
    const repository = await findingsOf('elasticsearch-repository', async () => await repositoryFindings(http, settings));
    const indices = await findingsOf('elasticsearch-index', async () => await indexFindings(http, settings.indices));
    return [...server, ...repository, ...indices];
}
/** Does it answer, to us, in a version that is known? */
async function serverFindings(http) {
    return await findingsOf('elasticsearch-url', async () => {
        const version = await (0,_server_version_js__WEBPACK_IMPORTED_MODULE_2__/* .readServerVersion */ .se)(http);
        return (0,_server_version_js__WEBPACK_IMPORTED_MODULE_2__/* .isKnown */ .qE)(version)
            ? []
            : [
                {
                    severity: 'warning',
                    subject: 'elasticsearch-url',
                    message: `The search server at ${http.url} is ${(0,_server_version_js__WEBPACK_IMPORTED_MODULE_2__/* .describeVersion */ .MP)(version)}, which no Bitbucket supports and this action was never tried with.`,
                },
            ];
    });
}
async function repositoryFindings(http, { repository }) {
    const found = await (0,_snapshot_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .findRepository */ .W1)(http, repository.name);
    const complaints = found === undefined ? (0,_snapshot_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .missingSettings */ .yj)(repository) : (0,_snapshot_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .differences */ .tX)(found, repository);
    if (complaints.length === 0 && found !== undefined) {
        complaints.push(...readOnlyComplaints(repository.name, found));
    }
    if (complaints.length === 0 && found !== undefined) {
        await (0,_snapshot_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .verifyRepository */ .sX)(http, repository);
    }
    return complaints.map((message) => ({ severity: 'error', subject: 'elasticsearch-repository', message }));
}
function readOnlyComplaints(name, { settings }) {
    return settings['readonly'] === 'true'
        ? [
            `Snapshot repository '${name}' is registered as read-only, so that no snapshot can be written there; register it without readonly, or choose another elasticsearch-repository.`,
        ]
        : [];
}
/** A wildcard that fits nothing is an empty snapshot to the server, and a mistake to us. */
async function indexFindings(http, expression) {
    const missing = [];
    for (const name of expression) {
        if ((await (0,_indices_js__WEBPACK_IMPORTED_MODULE_1__/* .indicesUnder */ .sV)(http, name)).length === 0) {
            missing.push(name);
        }
    }
    return missing.map((name) => ({
        severity: 'error',
        subject: 'elasticsearch-index',
        message: `The search server at ${http.url} has no index '${name}'; correct elasticsearch-index, or set elasticsearch-strategy: none until Bitbucket has made its index.`,
    }));
}
/** What a call throws is a finding like the others: all that is wrong is named in one go. */
async function findingsOf(subject, look) {
    try {
        return await look();
    }
    catch (error) {
        const advice = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ ? (error.advice ?? '') : '';
        return [{ severity: 'error', subject, message: `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asError */ .zR)(error).message} ${advice}`.trim() }];
    }
}


/***/ }),

/***/ 81948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AV: () => (/* binding */ indexPath),
/* harmony export */   o0: () => (/* binding */ readIndices),
/* harmony export */   sV: () => (/* binding */ indicesUnder)
/* harmony export */ });
/* harmony import */ var _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(33460);
/* harmony import */ var _answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33438);
/* harmony import */ var _search_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(55986);
/** Indices and their aliases, asked for by names and wildcards. */



/** @returns the aliases of each index that the expression stands for. @throws SearchError 404 for a name that is none */
async function readIndices(http, expression, signal) {
    const path = `/${indexPath(expression)}/_alias`;
    const body = await http.send({ method: 'GET', path, retries: 2, signal });
    return (0,_answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e)(`GET ${path}`, body, (answer) => {
        const indices = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .recordOf */ .zv)(answer, 'answer', (entry, at) => Object.keys((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(entry, at)['aliases'] ?? {}, `${at}.aliases`)).sort());
        return new Map(Object.entries(indices));
    });
}
/** A comma inside of a name would make two of it; index names have none. */
function indexPath(expression) {
    return expression.map((name) => encodeURIComponent(name)).join(',');
}
/** @returns the indices that a name, an alias or a wildcard stands for; none where it stands for nothing */
async function indicesUnder(http, name) {
    try {
        return [...(await readIndices(http, [name])).keys()];
    }
    catch (error) {
        if ((0,_search_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b)(error)) {
            return [];
        }
        throw error;
    }
}


/***/ }),

/***/ 13295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ readRepository),
/* harmony export */   k: () => (/* binding */ readSigningRegion)
/* harmony export */ });
/** As those of snapshots, and what a URL takes for steps. */
const WRONG_REPOSITORY = /[\\/?"<>|\s#,*]|^\.{1,2}$/;
/** Notes wrong inputs in the reader. */
function readRepository(inputs, strategy) {
    const name = inputs.requiredText('elasticsearch-repository');
    if (WRONG_REPOSITORY.test(name)) {
        inputs.problem('elasticsearch-repository', `is '${name}'; use letters, digits, dots, dashes and underscores.`);
    }
    const location = strategy === 'fs' ? readFolder(inputs) : bucketPath(inputs);
    return {
        name,
        type: strategy === 'fs' ? 'fs' : 's3',
        place: strategy === 'fs' ? [folder(location)] : bucket(inputs, strategy, location),
        settings: strategy === 'fs' ? { compress: 'true' } : {},
    };
}
/** A path on the search server, and maybe one that is relative to its `path.repo`. */
function readFolder(inputs) {
    const path = inputs.optionalText('elasticsearch-location');
    if (path !== undefined && path.split('/').includes('..')) {
        inputs.problem('elasticsearch-location', `is '${path}'; write the path without '..'.`);
    }
    return path;
}
/** Keys of a bucket do not begin with a slash. */
function bucketPath(inputs) {
    return inputs.optionalText('elasticsearch-location')?.replaceAll(/^\/+|\/+$/g, '');
}
function folder(value) {
    return { setting: 'location', input: 'elasticsearch-location', value, required: true };
}
function bucket(inputs, strategy, path) {
    const isAmazon = strategy === 'amazon-es';
    const name = {
        setting: 'bucket',
        input: 'elasticsearch-s3-bucket',
        value: readMatching(inputs, 'elasticsearch-s3-bucket', BUCKET),
        required: true,
    };
    return [
        name,
        { setting: 'base_path', input: 'elasticsearch-location', value: path, required: false },
        bucketRegion(inputs, isAmazon),
        ...(isAmazon ? [role(inputs)] : []),
    ];
}
/**
 * Amazon's service takes no `us-east-1` as the region of a bucket, but the endpoint of old (awsdocs,
 * amazon-opensearch-service-developer-guide, pull request 27).
 */
function bucketRegion(inputs, isAmazon) {
    const region = readMatching(inputs, 'elasticsearch-s3-region', REGION);
    const isOldest = isAmazon && region === 'us-east-1';
    return {
        setting: isOldest ? 'endpoint' : 'region',
        input: 'elasticsearch-s3-region',
        value: isOldest ? 's3.amazonaws.com' : region,
        required: isAmazon,
        isRoute: true,
    };
}
function role(inputs) {
    return {
        setting: 'role_arn',
        input: 'elasticsearch-role-arn',
        value: readMatching(inputs, 'elasticsearch-role-arn', ROLE),
        required: true,
        isRoute: true,
    };
}
const BUCKET = {
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/,
    use: 'the name of the bucket alone, without s3:// and path',
};
const REGION = { pattern: /^[a-z0-9-]+$/, use: 'a name such as eu-central-1' };
const ROLE = {
    pattern: /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/,
    use: 'the whole ARN, such as arn:aws:iam::123456789012:role/snapshots',
};
/** @returns undefined for an empty input and for a wrong one */
function readMatching(inputs, name, { pattern, use }) {
    const value = inputs.optionalText(name);
    if (value !== undefined && !pattern.test(value)) {
        inputs.problem(name, `is '${value}'; use ${use}.`);
        return undefined;
    }
    return value;
}
/** AWS region of the search server itself. */
function readSigningRegion(inputs) {
    return readMatching(inputs, 'elasticsearch-region', REGION);
}


/***/ }),

/***/ 55986:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ SearchError),
/* harmony export */   b: () => (/* binding */ isMissing)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/** A call to the search server that failed, with what the callers need to know to act on it. */

class SearchError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ {
    name = 'SearchError';
    status;
    type;
    maybeSent;
    retryable;
    constructor(code, message, facts, details = {}) {
        super(code, message, details);
        this.status = facts.status;
        this.type = facts.type;
        this.maybeSent = facts.maybeSent;
        this.retryable = facts.retryable;
    }
}
/** Did the server answer that what was asked for is not there? */
function isMissing(error) {
    return error instanceof SearchError && error.status === 404;
}


/***/ }),

/***/ 53381:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ createSearchHttp),
  v: () => (/* binding */ pause)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(46752);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/network/address.js
var address = __webpack_require__(11394);
// EXTERNAL MODULE: ./build/host/network/certificates.js
var certificates = __webpack_require__(80888);
// EXTERNAL MODULE: ./build/host/network/dispatcher.js
var network_dispatcher = __webpack_require__(85509);
;// CONCATENATED MODULE: ./build/search/search-connection.js
/** Where the search server is and how we say who we are. */
function describeSearchCredentials(credentials) {
    switch (credentials.kind) {
        case 'none':
            return 'a caller without a username';
        case 'basic':
            return `user '${credentials.username}'`;
        case 'signed':
            return credentials.signer.who;
    }
}

// EXTERNAL MODULE: ./build/search/search-error.js
var search_error = __webpack_require__(55986);
// EXTERNAL MODULE: ./build/host/log.js
var log = __webpack_require__(5493);
// EXTERNAL MODULE: ./build/host/network/transport-failure.js
var transport_failure = __webpack_require__(81996);
;// CONCATENATED MODULE: ./build/search/search-failures.js
/** What each wrong answer of the search server, and each missing one, means to an administrator. */



/** Deepest cause first: it is what an administrator can mend. */
const DEEPEST_CAUSE = 12;
const LONGEST_WORDS = 400;
/** @param afterMs set when our own time limit ended the call */
function failureOfTransport(error, url, afterMs) {
    const { code, reason, tls, maybeSent } = (0,transport_failure/* transportFailureOf */.p)(error, 'elasticsearch-url');
    const { host } = new URL(url);
    if (tls !== undefined) {
        return new search_error/* SearchError */.F('TLS_UNTRUSTED', `The TLS certificate of the search server ${host} is not trusted: ${tls.reason} (${code}).`, { maybeSent, retryable: false }, {
            advice: tls.cure ?? "Name the PEM file of the certificate's authority in ca-file.",
            cause: error,
        });
    }
    const why = afterMs === undefined ? reason : `no answer within ${afterMs / 1_000} s`;
    return new search_error/* SearchError */.F('SEARCH_UNREACHABLE', `Cannot reach the search server ${url} (${why})${(0,transport_failure/* viaProxy */.b)()}.`, { maybeSent, retryable: true }, { advice: 'Check elasticsearch-url, and that this machine may connect there.', cause: error });
}
/** @returns undefined for an answer that is as it should be */
function failureOfAnswer(answer, asked) {
    const { status } = answer;
    if (status >= 200 && status < 300) {
        return undefined;
    }
    if (status >= 300 && status < 400) {
        return redirect(answer, asked);
    }
    if (status === 401 || status === 403) {
        return refusal(answer, asked);
    }
    const { type, words } = serverWords(answer);
    const said = words === '' ? '' : `: ${words}`;
    return new search_error/* SearchError */.F('SEARCH_FAILED', `The search server ${asked.url} answered ${status} to ${asked.method} ${asked.path}${said}.`, {
        status,
        maybeSent: true,
        retryable: status === 429 || (status >= 500 && status !== 501 && !isVerdict(type)),
        ...(type === undefined ? {} : { type }),
    }, { advice: 'Look into the log of the search server for the time of this call.' });
}
/** Said with a 5xx, and the same the next time: 500 is what many versions answer when a repository is unusable. */
function isVerdict(type) {
    return type !== undefined && /^(?:repository|snapshot|illegal|access_denied|file_system)_/.test(type);
}
function redirect({ status, location }, { url, path }) {
    const target = URL.canParse(location, url + path) ? new URL(location, url + path) : undefined;
    // Without query: it can carry a token.
    const where = target === undefined ? 'nowhere' : `${target.origin}${target.pathname}`;
    return new search_error/* SearchError */.F('UNEXPECTED_REDIRECT', `The search server ${url}${path} redirects to ${where}; nothing was sent there.`, { status, maybeSent: true, retryable: false }, { advice: 'Set elasticsearch-url to the address that the search server answers at, without a redirect.' });
}
function refusal(answer, { url, who, method, path, explain }) {
    const { status } = answer;
    const explained = explain?.(answer.text);
    if (explained !== undefined) {
        return new search_error/* SearchError */.F('AUTH_FORBIDDEN', `The search server ${url} refused ${who} (${status}): ${explained.words}.`, { status, maybeSent: true, retryable: false }, { advice: explained.advice });
    }
    const { type, words } = serverWords(answer);
    const said = words === '' ? '' : `: ${words}`;
    const facts = { status, maybeSent: true, retryable: false, ...(type === undefined ? {} : { type }) };
    return status === 401
        ? new search_error/* SearchError */.F('AUTH_FAILED', `The search server ${url} rejected ${who} (401)${said}.`, facts, {
            advice: 'Check elasticsearch-username and elasticsearch-password.',
        })
        : new search_error/* SearchError */.F('AUTH_FORBIDDEN', `The search server ${url} does not let ${who} do ${method} ${path} (403)${said}.`, facts, {
            advice: 'Give that user the rights to manage snapshots and to read the index (in OpenSearch: manage_snapshots).',
        });
}
/**
 * Elasticsearch and OpenSearch say `{"error":{"type","reason","caused_by":{...}},"status"}`, before 2.0 and in some plugins
 * `{"error":"words"}`; Amazon's front `{"message":"words"}` or `{"Message":"words"}`; security plugins plain text.
 */
function serverWords({ text, contentType }) {
    const body = parsed(text);
    const error = field(body, 'error');
    const said = typeof error === 'string' ? error : (field(body, 'message') ?? field(body, 'Message') ?? undefined);
    if (typeof error === 'object' && error !== null) {
        const type = field(error, 'type');
        return { type: typeof type === 'string' ? type : undefined, words: tidy(reasonsIn(error).join('; ')) };
    }
    if (typeof said === 'string') {
        // Amazon repeats the request below the first line, with the session's token in it.
        return { type: undefined, words: tidy(said.split('\n', 1)[0] ?? '') };
    }
    const isPlain = contentType.startsWith('text/plain') && text.trim() !== '';
    return { type: undefined, words: isPlain ? tidy(text) : '' };
}
/** The outermost reason and the deepest one; what stands between seldom says more. */
function reasonsIn(error) {
    const reasons = [];
    let current = error;
    for (let depth = 0; current !== undefined && current !== null && depth < DEEPEST_CAUSE; depth += 1) {
        const reason = field(current, 'reason');
        if (typeof reason === 'string' && reason !== '') {
            reasons.push(reason.includes(' ') ? reason : withType(current, reason));
        }
        current = field(current, 'caused_by');
    }
    const [first] = reasons;
    const last = reasons.at(-1);
    return [...new Set([first, last].filter((reason) => reason !== undefined))];
}
/** The reason of an `access_denied_exception` is the path alone. */
function withType(cause, reason) {
    const type = field(cause, 'type');
    return typeof type === 'string'
        ? `${type.replace(/_exception$/, '').replaceAll('_', ' ')} ${reason}`
        : reason;
}
function tidy(words) {
    const line = (0,log/* printable */.g)(words.replaceAll(/\s+/g, ' ').trim());
    const cut = line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}...` : line;
    return cut.replace(/[.\s]+$/, '');
}
function parsed(text) {
    try {
        const body = JSON.parse(text);
        return body;
    }
    catch {
        return undefined;
    }
}
function field(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

;// CONCATENATED MODULE: ./build/search/search-http.js
/** One call to the search server: limits on time and size, no redirect followed, every other answer an error of its own. */










const CALL_TIMEOUT_MS = 30_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;
/** The state of a large cluster has some megabytes. */
const LARGEST_BODY_BYTES = 32 * 1024 * 1024;
function createSearchHttp(connection) {
    const addresses = (0,address/* createAddressBook */.C)();
    const tls = connection.ca === undefined ? {} : { secureContext: (0,certificates/* trustingContext */.R)(connection.ca) };
    const dispatcher = (0,network_dispatcher/* createDispatcher */.S)(tls, addresses, 1);
    const who = describeSearchCredentials(connection.credentials);
    return {
        url: connection.url,
        who,
        send: async (call) => await retrying(call, async () => await send(connection, dispatcher, call)),
        resolveHost: async () => {
            // What is wrong with the name the first call says.
            await addresses.resolve(new URL(connection.url).hostname).catch(() => undefined);
        },
        close: async () => await dispatcher.destroy(),
    };
}
async function retrying({ retries = 0, signal }, call) {
    return await (0,p_retry/* default */.Ay)(call, {
        retries,
        minTimeout: FIRST_DELAY_MS,
        maxTimeout: LONGEST_DELAY_MS,
        randomize: true,
        ...(signal === undefined ? {} : { signal }),
        shouldRetry: ({ error }) => error instanceof search_error/* SearchError */.F && error.retryable,
    });
}
async function send(connection, dispatcher, call) {
    const { url, credentials } = connection;
    const timeoutMs = call.timeoutMs ?? CALL_TIMEOUT_MS;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
    const target = urlOf(url, call);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const headers = await signed(credentials, {
        method: call.method,
        url: target,
        headers: {
            Accept: 'application/json',
            'User-Agent': 'bitbucket-backup-action',
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body,
    });
    call.signal?.throwIfAborted();
    let answer;
    try {
        answer = await exchange(dispatcher, target, { method: call.method, headers, body, signal, timeoutMs });
    }
    catch (error) {
        call.signal?.throwIfAborted();
        throw failureOfTransport((0,errors/* asError */.zR)(error), url, timeout.aborted ? timeoutMs : undefined);
    }
    const asked = {
        url,
        method: call.method,
        path: call.path,
        who: describeSearchCredentials(credentials),
        ...(credentials.kind === 'signed' ? { explain: (text) => credentials.signer.refusal(text) } : {}),
    };
    const failure = failureOfAnswer(answer, asked);
    if (failure !== undefined) {
        throw failure;
    }
    return search_http_parsed(answer.text, answer.status, asked);
}
async function exchange(dispatcher, target, { timeoutMs, body, ...sent }) {
    const response = await (0,undici/* request */.Em)(target, {
        dispatcher,
        ...sent,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        ...(body === undefined ? {} : { body }),
    });
    return {
        status: response.statusCode,
        contentType: header(response.headers, 'content-type'),
        location: header(response.headers, 'location'),
        text: await (0,network_dispatcher/* boundedText */.L)(response.body, LARGEST_BODY_BYTES),
    };
}
/** Names come from inputs and manifests. A URL takes dots for steps, encoded ones too: another call would come out of it. */
const DOTS = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;
function urlOf(base, call) {
    if (DOTS.test(call.path)) {
        throw new search_error/* SearchError */.F('SEARCH_FAILED', `No search server can be asked for ${call.path}: no name may be '.' or '..'.`, { maybeSent: false, retryable: false }, { advice: 'Correct elasticsearch-repository, or choose another backup.' });
    }
    const url = new URL(base + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
        url.searchParams.set(name, value);
    }
    return url;
}
async function signed(credentials, call) {
    switch (credentials.kind) {
        case 'none':
            return call.headers;
        case 'basic': {
            const { username, password } = credentials;
            const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
            return { ...call.headers, Authorization: `Basic ${encoded}` };
        }
        case 'signed':
            return await credentials.signer.sign(call);
    }
}
function search_http_parsed(text, status, { url, path }) {
    try {
        const body = JSON.parse(text);
        return body;
    }
    catch (cause) {
        throw new search_error/* SearchError */.F('UNEXPECTED_RESPONSE', `${url}${path} answered something that is not JSON (${text.length} characters), as no search server does.`, { status, maybeSent: true, retryable: false }, {
            advice: 'Check that elasticsearch-url is the base URL of Elasticsearch or OpenSearch and that no proxy answers in its place.',
            cause,
        });
    }
}
function header(headers, name) {
    const value = headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? '';
}
/** Waits, unless the signal ends it. @throws the signal's reason */
async function pause(ms, signal) {
    try {
        await (0,promises_.setTimeout)(ms, undefined, { signal });
    }
    catch {
        signal.throwIfAborted();
    }
}


/***/ }),

/***/ 87679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ readSearchSettings)
/* harmony export */ });
/* unused harmony export readSearchUrl */
/* harmony import */ var _inputs_input_values_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56095);
/* harmony import */ var _repository_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13295);


const STAND_IN_URL = 'http://stand-in.invalid';
/** What no index is called ("Create index", restrictions), and what would be another call. */
const WRONG_INDEX = /[\\/?"<>|\s#:]|^[-+_.]|[A-Z]/;
function readSearchUrl(inputs, strategy) {
    const written = inputs.text('elasticsearch-url');
    if (written === '') {
        inputs.problem('elasticsearch-url', `is empty, and elasticsearch-strategy is '${strategy}'; set it to the base URL of the search server.`);
        return new URL(STAND_IN_URL);
    }
    const scheme = strategy === 'amazon-es' ? 'https' : 'http';
    const value = written.includes('://') ? written : `${scheme}://${written}`;
    const complaint = (0,_inputs_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .urlComplaint */ .n0)(value, 'elasticsearch-username and elasticsearch-password');
    if (complaint !== undefined) {
        inputs.problem('elasticsearch-url', complaint);
        return new URL(STAND_IN_URL);
    }
    return new URL(value);
}
/** What signs its requests is put in by whoever signs. */
function readSearchSettings(inputs, options) {
    const { strategy, action, ca } = options;
    const url = readSearchUrl(inputs, strategy);
    const credentials = readBasic(inputs, url) ?? { kind: 'none' };
    return {
        strategy,
        connection: {
            url: url.href.replace(/\/+$/, ''),
            credentials,
            ...(ca === undefined ? {} : { ca }),
        },
        indices: action === 'backup' ? readIndexNames(inputs) : [],
        repository: (0,_repository_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readRepository */ .N)(inputs, strategy),
    };
}
function readBasic(inputs, url) {
    const username = inputs.text('elasticsearch-username');
    const password = inputs.secret('elasticsearch-password');
    if (username === '') {
        if (password !== undefined) {
            inputs.problem('elasticsearch-username', 'is empty, and elasticsearch-password needs it; set it.');
        }
        return undefined;
    }
    if (username.includes(':')) {
        inputs.problem('elasticsearch-username', 'holds a colon, which basic authentication cannot carry.');
    }
    if (password === undefined) {
        inputs.problem('elasticsearch-password', 'is empty, and elasticsearch-username is set; pass the secret.');
        return undefined;
    }
    if (url.protocol === 'http:' && !(0,_inputs_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .isLoopback */ .U9)(url.hostname) && !inputs.boolean('allow-insecure-http')) {
        inputs.problem('elasticsearch-url', `would send the password readable over http to ${url.hostname}; use https://, or set allow-insecure-http: true.`);
    }
    inputs.mask(Buffer.from(`${username}:${password}`, 'utf8').toString('base64'));
    return { kind: 'basic', username, password };
}
function readIndexNames(inputs) {
    const names = inputs
        .text('elasticsearch-index')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
    if (names.length === 0) {
        inputs.problem('elasticsearch-index', "is empty; name Bitbucket's indices, such as bitbucket-search-v1.");
    }
    for (const name of names.filter((one) => WRONG_INDEX.test(one) || one === '*')) {
        inputs.problem('elasticsearch-index', name === '*'
            ? "is '*', which takes in the indices of everybody; name those of Bitbucket, such as bitbucket-*."
            : `has '${name}', which is no name of an index; separate names and wildcards such as bitbucket-* by commas.`);
    }
    return names;
}


/***/ }),

/***/ 21571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MP: () => (/* binding */ describeVersion),
/* harmony export */   "if": () => (/* binding */ endsRestoreByDeleting),
/* harmony export */   qE: () => (/* binding */ isKnown),
/* harmony export */   se: () => (/* binding */ readServerVersion)
/* harmony export */ });
/* harmony import */ var _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33460);
/* harmony import */ var _answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33438);
/**
 * Which product answers, in which version, and what differs between them. Everything that one of them does otherwise than
 * the others is decided here.
 */


/** What Bitbucket has run on ("Supported platforms" of 4.6 to 10.x). */
const KNOWN = {
    Elasticsearch: { from: 2, to: 7 },
    OpenSearch: { from: 1, to: 3 },
};
/** @throws SearchError when nothing answers there, or something else */
async function readServerVersion(http, signal) {
    const body = await http.send({ method: 'GET', path: '/', retries: 2, signal });
    return (0,_answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e)(`GET ${http.url}/`, body, (answer) => {
        const version = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(answer, 'answer')['version'], 'version');
        const number = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(version['number'], 'version.number');
        // OpenSearch can be told to say that it is Elasticsearch 7.10.2; its distribution still tells.
        const product = version['distribution'] === 'opensearch' ? 'OpenSearch' : 'Elasticsearch';
        return { product, number, major: Number.parseInt(number, 10) };
    });
}
function isKnown({ product, major }) {
    const { from, to } = KNOWN[product];
    return major >= from && major <= to;
}
/**
 * Does deleting an index end its restore? Elasticsearch 2 does not notice: the deletion hangs for half a minute, and the
 * cluster believes from then on that a restore is running, and begins no other.
 */
function endsRestoreByDeleting({ product, major }) {
    return product === 'OpenSearch' || major >= 5;
}
function describeVersion({ product, number }) {
    return `${product} ${number}`;
}


/***/ }),

/***/ 1164:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ SnapshotBackup)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/search/backup-findings.js
var backup_findings = __webpack_require__(17514);
// EXTERNAL MODULE: ./build/search/search-error.js
var search_error = __webpack_require__(55986);
// EXTERNAL MODULE: ./build/search/search-http.js + 2 modules
var search_http = __webpack_require__(53381);
// EXTERNAL MODULE: ./build/search/snapshots.js
var snapshots = __webpack_require__(84156);
// EXTERNAL MODULE: ./build/search/snapshot-progress.js
var snapshot_progress = __webpack_require__(73309);
;// CONCATENATED MODULE: ./build/search/begun-shards.js
/** Waits, inside the lock, until every shard has fixed what it is going to copy. */




const BEGIN_LIMITS = { beginMs: 5_000, pollMs: 50 };
/** A shard fixes the commit that it is going to copy, and then says that it has begun. @returns how many have not */
async function untilShardsBegan(http, name, { signal, limits }) {
    const deadline = Date.now() + limits.beginMs;
    for (;;) {
        const waiting = await waitingShards(http, name, signal);
        if (waiting === 0 || Date.now() > deadline) {
            return waiting;
        }
        await (0,search_http/* pause */.v)(limits.pollMs, signal);
        signal.throwIfAborted();
    }
}
/** Not known at all counts as one. */
async function waitingShards(http, name, signal) {
    try {
        const { shards, isRunning } = await (0,snapshot_progress/* snapshotProgress */.W)(http, name, { signal });
        if (!isRunning) {
            return 0;
        }
        return shards.total === 0 ? 1 : shards.total - shards.begun;
    }
    catch (error) {
        // It does not stand in the list yet, or the server is busy: `settle` asks again, with more patience.
        if ((0,search_error/* isMissing */.b)(error) || (error instanceof search_error/* SearchError */.F && error.retryable)) {
            return 1;
        }
        throw error;
    }
}

// EXTERNAL MODULE: ./build/search/snapshot-verdict.js
var snapshot_verdict = __webpack_require__(41037);
;// CONCATENATED MODULE: ./build/search/other-snapshots.js
/** Older servers take one snapshot at a time; users should not be locked out to find that out. */




const OTHERS_LIMITS = { othersMs: 60 * 60_000, firstPollMs: 200, longestPollMs: 5_000 };
/** @throws ActionError SEARCH_FAILED when one does not end */
async function waitForOtherSnapshots(http, { log, signal, limits }) {
    const deadline = Date.now() + limits.othersMs;
    let pollMs = limits.firstPollMs;
    let told = false;
    for (;;) {
        const running = await (0,snapshots/* runningSnapshots */.vf)(http, signal);
        const [first] = running;
        if (first === undefined) {
            return;
        }
        if (!told) {
            told = true;
            log.info(`Waiting for the search snapshot ${running.map(snapshot_verdict/* shown */.SP).join(' and ')}, which is being taken`);
        }
        if (Date.now() > deadline) {
            throw new errors/* ActionError */.lZ('SEARCH_FAILED', `Snapshot ${(0,snapshot_verdict/* shown */.SP)(first)} is still being taken after ${limits.othersMs / 60_000} minutes.`, { advice: 'Wait until it ends, or delete it, and run again.' });
        }
        await (0,search_http/* pause */.v)(pollMs, signal);
        signal.throwIfAborted();
        pollMs = Math.min(pollMs * 1.5, limits.longestPollMs);
    }
}

// EXTERNAL MODULE: ./build/search/server-version.js
var server_version = __webpack_require__(21571);
;// CONCATENATED MODULE: ./build/search/snapshot-names.js
/** Snapshots are named after the backup, in lower case, because the server takes no other. */
/** @param backupId such as `Bitbucket-20261126-020000-123` */
function snapshotName(backupId) {
    return backupId.toLowerCase();
}
/** Strict, because what it accepts may be deleted: those of instance `bitbucket` must not take in those of `bitbucket-2`. */
function isOfInstance(name, instanceName) {
    const prefix = `${instanceName.toLowerCase()}-`;
    return name.startsWith(prefix) && /^\d{8}-\d{6}-\d{3}$/.test(name.slice(prefix.length));
}
/** The instance whose backup it is: its id without the time at its end. */
function instanceOf(backupId) {
    return backupId.replace(/-\d{8}-\d{6}-\d{3}$/, '');
}

// EXTERNAL MODULE: ./build/search/snapshot-repository.js
var snapshot_repository = __webpack_require__(15362);
;// CONCATENATED MODULE: ./build/search/snapshot-retention.js
/** `keep-backups` for snapshots: the oldest of this instance go, those of anybody else are never touched. */



/** @returns the names that were deleted. What cannot be deleted is a warning: the backup itself has succeeded. */
async function pruneSnapshots(http, repository, retention) {
    const { log } = retention;
    const deleted = [];
    try {
        for (const { name } of surplus(await (0,snapshots/* listSnapshots */.jQ)(http, repository), retention)) {
            await (0,snapshots/* deleteSnapshot */.Cj)(http, { repository, snapshot: name });
            deleted.push(name);
        }
    }
    catch (error) {
        log.warning(`Old search snapshots could not be deleted: ${(0,errors/* asError */.zR)(error).message}`);
    }
    return deleted;
}
/**
 * The newest whole ones stay, and those of archives that stay, and the one just made. One that failed is no backup, and one
 * that is being taken belongs to a run.
 */
function surplus(snapshots, { keep, kept, backupId }) {
    if (keep === 0) {
        return [];
    }
    const ours = snapshots
        .filter(({ name }) => isOfInstance(name, instanceOf(backupId)))
        .sort((a, b) => (a.name < b.name ? 1 : -1));
    const newest = ours.filter(({ state }) => state === 'SUCCESS').slice(0, keep);
    const staying = new Set([...newest.map(({ name }) => name), ...[...kept, backupId].map(snapshotName)]);
    return ours.filter(({ name, state }) => !staying.has(name) && state !== 'IN_PROGRESS');
}

// EXTERNAL MODULE: ./build/search/indices.js
var indices = __webpack_require__(81948);
;// CONCATENATED MODULE: ./build/search/snapshot-backup.js
/**
 * The search index by a snapshot that the server takes itself. It begins inside the lock and ends after the unlock; what
 * keeps it in step with the rest is that every shard has fixed what it is going to write by the time `capture` returns.
 */













class SnapshotBackup {
    name;
    /** The index follows the repositories; Bitbucket brings it up to date by itself. */
    atomic = true;
    #settings;
    #context;
    #http;
    #snapshot;
    #limits;
    /** The indices that the expression stood for shortly before the lock. */
    #indices = [];
    /** A snapshot may have begun that nobody is going to settle or discard. */
    #owesDeletion = false;
    constructor(settings, context, limits = {}) {
        this.name = settings.strategy;
        this.#settings = settings;
        this.#context = context;
        this.#http = (0,search_http/* createSearchHttp */.X)(settings.connection);
        this.#snapshot = {
            repository: settings.repository.name,
            snapshot: snapshotName(context.backupId),
        };
        this.#limits = { ...snapshot_verdict/* WAIT_LIMITS */.NW, ...BEGIN_LIMITS, ...OTHERS_LIMITS, ...limits };
    }
    async preflight() {
        await this.#http.resolveHost();
        return await (0,backup_findings/* backupFindings */.NC)(this.#http, this.#settings);
    }
    /** It is written where the search server writes. */
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    async prepare(signal) {
        const { repository } = this.#settings;
        const { log } = this.#context;
        if ((await (0,snapshot_repository/* findRepository */.W1)(this.#http, repository.name, signal)) === undefined) {
            await (0,snapshot_repository/* registerRepository */.u0)(this.#http, repository, { signal });
            log.info(`Registered the snapshot repository '${repository.name}'`);
        }
        await waitForOtherSnapshots(this.#http, { log, signal, limits: this.#limits });
        this.#indices = [...(await (0,indices/* readIndices */.o0)(this.#http, this.#settings.indices, signal)).keys()];
    }
    /** What a failed one has begun `close` takes back: nobody should stay locked out for that. */
    async capture(signal) {
        const { log } = this.#context;
        await this.#begin(signal);
        const waiting = await untilShardsBegan(this.#http, this.#snapshot, { signal, limits: this.#limits });
        log.info(`Search snapshot ${(0,snapshot_verdict/* shown */.SP)(this.#snapshot)} has begun`);
        if (waiting > 0) {
            log.warning(`${waiting} shards of the search index had not begun their snapshot after ${this.#limits.beginMs / 1_000} s, and users are not kept waiting for them; what changes in the meantime Bitbucket indexes again.`);
        }
        this.#owesDeletion = false;
        return {
            settle: async (settling) => await this.#settle(settling),
            discard: async () => await this.#discard(),
        };
    }
    /** @param kept ids of the backups that stay: their snapshots do, too */
    async prune(keep, kept) {
        const { log, backupId } = this.#context;
        return await pruneSnapshots(this.#http, this.#settings.repository.name, { keep, kept, backupId, log });
    }
    async close() {
        if (this.#owesDeletion) {
            this.#owesDeletion = false;
            await this.#takeBack();
        }
        await this.#http.close();
    }
    async #begin(signal) {
        try {
            this.#owesDeletion = true;
            await (0,snapshots/* beginSnapshot */.w)(this.#http, this.#snapshot, this.#settings.indices, signal);
        }
        catch (error) {
            // It may have begun though its answer was lost.
            this.#owesDeletion = !(error instanceof search_error/* SearchError */.F) || error.maybeSent;
            throw error;
        }
    }
    async #settle(signal) {
        const { log } = this.#context;
        const { repository } = this.#settings;
        let settled;
        try {
            const info = await (0,snapshot_verdict/* waitForSnapshot */.ne)(this.#http, this.#snapshot, { log, signal, limits: this.#limits });
            (0,snapshot_verdict/* assertHolds */.je)(this.#snapshot, info, this.#indices);
            const aliases = await (0,indices/* readIndices */.o0)(this.#http, info.indices, signal);
            const version = await (0,server_version/* readServerVersion */.se)(this.#http, signal);
            const registered = await (0,snapshot_repository/* findRepository */.W1)(this.#http, repository.name, signal);
            settled = {
                strategy: this.name,
                included: true,
                members: [],
                tools: { 'search-server': (0,server_version/* describeVersion */.MP)(version) },
                details: {
                    repository: repository.name,
                    location: placeOf(registered?.settings ?? {}),
                    snapshot: this.#snapshot.snapshot,
                    shards: info.shards.total,
                    indices: Object.fromEntries(info.indices.map((index) => [index, aliases.get(index) ?? []])),
                },
            };
        }
        catch (error) {
            await this.#takeBack();
            throw error;
        }
        log.info(`Search snapshot ${(0,snapshot_verdict/* shown */.SP)(this.#snapshot)} is complete`);
        return settled;
    }
    async #discard() {
        if (await (0,snapshots/* deleteSnapshot */.Cj)(this.#http, this.#snapshot)) {
            this.#context.log.info(`Deleted the search snapshot ${(0,snapshot_verdict/* shown */.SP)(this.#snapshot)}`);
        }
    }
    /** The first error is the one to be told. */
    async #takeBack() {
        await this.#discard().catch((failure) => {
            this.#context.log.warning(`The search snapshot ${(0,snapshot_verdict/* shown */.SP)(this.#snapshot)} could not be deleted, and is to be deleted by hand: ${(0,errors/* asError */.zR)(failure).message}`);
        });
    }
}
/** Where the repository is, for whoever has to register it again. */
function placeOf(settings) {
    const told = ['location', 'bucket', 'base_path', 'region', 'endpoint'];
    return Object.fromEntries(told.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])));
}


/***/ }),

/***/ 73309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ snapshotProgress)
/* harmony export */ });
/* harmony import */ var _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(33460);
/* harmony import */ var _answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33438);
/* harmony import */ var _snapshots_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(84156);
/** How far a snapshot is. Answers of old and new servers have the numbers in other places. */



const RUNNING_STATES = new Set(['INIT', 'STARTED', 'IN_PROGRESS']);
async function snapshotProgress(http, name, options = {}) {
    const path = `${(0,_snapshots_js__WEBPACK_IMPORTED_MODULE_1__/* .pathOf */ .XM)(name)}/_status`;
    const body = await http.send({ method: 'GET', path, ...options });
    return (0,_answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e)(`GET ${path}`, body, (answer) => {
        const [first] = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(answer, 'answer')['snapshots'], 'snapshots', _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik);
        const snapshot = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(first, 'snapshots[0]');
        const shards = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(snapshot['shards_stats'], 'shards_stats');
        const of = (key) => (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .count */ .U9)(shards[key], `shards_stats.${key}`);
        return {
            isRunning: RUNNING_STATES.has((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(snapshot['state'], 'state')),
            shards: {
                total: of('total'),
                begun: of('total') - of('initializing'),
                done: of('done') + of('failed'),
            },
            bytes: bytesIn((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(snapshot['stats'] ?? {}, 'stats')),
        };
    });
}
/** Until Elasticsearch 6.3 the numbers stood in the object itself; since then in `processed` and `incremental`. */
function bytesIn(stats) {
    const nested = (key) => {
        const value = stats[key];
        return typeof value === 'object' && value !== null ? Reflect.get(value, 'size_in_bytes') : undefined;
    };
    return {
        done: amountOf(nested('processed') ?? stats['processed_size_in_bytes']),
        total: amountOf(nested('incremental') ?? stats['total_size_in_bytes']),
    };
}
function amountOf(value) {
    return typeof value === 'number' && value > 0 ? value : 0;
}


/***/ }),

/***/ 15362:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bx: () => (/* binding */ unregisterRepository),
/* harmony export */   W1: () => (/* binding */ findRepository),
/* harmony export */   sX: () => (/* binding */ verifyRepository),
/* harmony export */   tX: () => (/* binding */ differences),
/* harmony export */   u0: () => (/* binding */ registerRepository),
/* harmony export */   yj: () => (/* binding */ missingSettings)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(33460);
/* harmony import */ var _answer_shapes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33438);
/* harmony import */ var _search_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(55986);
/**
 * The snapshot repository: where the cluster writes its snapshots. One that is registered is used as it is; one that leads
 * elsewhere than the inputs say is an error, because the backup would lie where nobody looks for it.
 */




/** All nodes are asked to write and read a file there. */
const REGISTER_TIMEOUT_MS = 90_000;
function repositoryPath(name) {
    return `/_snapshot/${encodeURIComponent(name)}`;
}
/** @returns undefined when none of that name is registered */
async function findRepository(http, name, signal) {
    const path = repositoryPath(name);
    try {
        const body = await http.send({ method: 'GET', path, retries: 2, signal });
        return (0,_answer_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .shaped */ .e)(`GET ${path}`, body, (answer) => {
            const found = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)(answer, 'answer')[name], name);
            return {
                type: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)(found['type'], 'type'),
                settings: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .recordOf */ .zv)(found['settings'] ?? {}, 'settings', (value) => String(value)),
            };
        });
    }
    catch (error) {
        if ((0,_search_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isMissing */ .b)(error)) {
            return undefined;
        }
        throw error;
    }
}
/** @returns sentences that say in what the registered one differs from the inputs */
function differences(found, wanted) {
    const { name, type, place } = wanted;
    if (found.type !== type) {
        return [
            `Snapshot repository '${name}' is registered with type '${found.type}', and elasticsearch-strategy wants '${type}'; choose another elasticsearch-repository or the strategy that fits.`,
        ];
    }
    const decisive = place.filter(({ isRoute }) => isRoute !== true);
    return decisive.flatMap(({ setting, input, value }) => {
        const registered = found.settings[setting] ?? '';
        return value === undefined || isSamePlace(registered, value)
            ? []
            : [
                `Snapshot repository '${name}' is registered with ${setting} '${registered}', and ${input} is '${value}'; correct the input, leave it empty to use the repository as it is, or choose another elasticsearch-repository.`,
            ];
    });
}
/** `/a/b/` is `/a/b`. A relative one hangs below the server's `path.repo`, which only the server knows. */
function isSamePlace(registered, wanted) {
    const [one, other] = [bare(registered), bare(wanted)];
    const isRelative = one !== '' && !one.startsWith('/');
    return one === other || (isRelative && other.startsWith('/') && other.endsWith(`/${one}`));
}
function bare(path) {
    return path.replaceAll(/\/+/g, '/').replace(/\/$/, '');
}
/** @returns sentences that name the inputs without which it cannot be registered */
function missingSettings({ name, place }) {
    return place
        .filter(({ required, value }) => required && value === undefined)
        .map(({ input }) => `Snapshot repository '${name}' is not registered, and input '${input}' is empty; set it to have the repository registered, or name a registered one in elasticsearch-repository.`);
}
/**
 * Registers it; the server writes and reads a file there from every node. One that fails this stays registered in some
 * versions, and is taken back.
 * @throws SearchError with the server's reason
 */
async function registerRepository(http, wanted, options = {}) {
    const { name, type, place, settings } = wanted;
    const told = place.flatMap(({ setting, value }) => value === undefined ? [] : [[setting, value]]);
    try {
        await http.send({
            method: 'PUT',
            path: repositoryPath(name),
            body: {
                type,
                settings: {
                    ...Object.fromEntries(told),
                    ...settings,
                    ...(options.readOnly === true ? { readonly: true } : {}),
                },
            },
            timeoutMs: REGISTER_TIMEOUT_MS,
            signal: options.signal,
        });
    }
    catch (error) {
        await unregisterRepository(http, name).catch(() => undefined);
        throw unusable(error, wanted);
    }
}
/** Asks every node to write and read a file there. @throws SearchError */
async function verifyRepository(http, wanted, signal) {
    try {
        await http.send({
            method: 'POST',
            path: `${repositoryPath(wanted.name)}/_verify`,
            timeoutMs: REGISTER_TIMEOUT_MS,
            signal,
        });
    }
    catch (error) {
        throw unusable(error, wanted);
    }
}
/** Forgets where it is; what lies there stays. Idempotent. */
async function unregisterRepository(http, name) {
    try {
        await http.send({ method: 'DELETE', path: repositoryPath(name), retries: 2 });
    }
    catch (error) {
        if (!(0,_search_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isMissing */ .b)(error)) {
            throw error;
        }
    }
}
/** The server's words stay; what to do depends on the kind of the repository. */
function unusable(error, { name, type }) {
    if (!(error instanceof _search_error_js__WEBPACK_IMPORTED_MODULE_2__/* .SearchError */ .F) || error.code !== 'SEARCH_FAILED') {
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asError */ .zR)(error);
    }
    const advice = type === 'fs'
        ? 'The folder must stand in path.repo of every node, be shared by all of them, and be writable by the user that the search server runs as.'
        : 'The bucket must exist, every node must have the plugin repository-s3, and its credentials must be allowed to list, read and write the bucket.';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('SEARCH_FAILED', `The search server cannot use the snapshot repository '${name}': ${error.message}`, { advice, cause: error });
}


/***/ }),

/***/ 11884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ SnapshotRestore)
});

// UNUSED EXPORTS: leftBehind

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/strategies/json-shape.js
var json_shape = __webpack_require__(33460);
;// CONCATENATED MODULE: ./build/search/recorded-snapshot.js
/** What the manifest records of the search index, read back. */

/** @throws ShapeError for what no backup of ours has written */
function recordedSnapshot({ details }) {
    const indices = (0,json_shape/* recordOf */.zv)((0,json_shape/* object */.Ik)(details['indices'], 'indices'), 'indices', (aliases, at) => (0,json_shape/* list */.p_)(aliases, at, json_shape/* text */.Qq));
    return {
        snapshot: (0,json_shape/* text */.Qq)(details['snapshot'], 'snapshot'),
        shards: (0,json_shape/* count */.U9)(details['shards'], 'shards'),
        indices: new Map(Object.entries(indices)),
    };
}

// EXTERNAL MODULE: ./build/search/backup-findings.js
var backup_findings = __webpack_require__(17514);
// EXTERNAL MODULE: ./build/search/indices.js
var search_indices = __webpack_require__(81948);
// EXTERNAL MODULE: ./build/search/snapshot-repository.js
var snapshot_repository = __webpack_require__(15362);
// EXTERNAL MODULE: ./build/search/snapshot-verdict.js
var snapshot_verdict = __webpack_require__(41037);
// EXTERNAL MODULE: ./build/search/snapshots.js
var snapshots = __webpack_require__(84156);
;// CONCATENATED MODULE: ./build/search/temporary-repository.js

function temporaryRepository(name, runId) {
    return `${name}-restore-${runId.slice(0, 8)}`;
}
async function registerForReading(http, wanted, name, signal) {
    await (0,snapshot_repository/* registerRepository */.u0)(http, { ...wanted, name }, { readOnly: true, ...(signal === undefined ? {} : { signal }) });
}

;// CONCATENATED MODULE: ./build/search/restore-findings.js








/** @param part undefined while it is not known */
async function restoreFindings(http, settings, part, runId) {
    const server = await (0,backup_findings/* serverFindings */.cz)(http);
    if (server.some(({ severity }) => severity === 'error')) {
        return server;
    }
    const inside = await (0,backup_findings/* findingsOf */.WX)('elasticsearch-repository', async () => await repositoryFindings(http, { settings, part, runId }));
    return [...server, ...inside];
}
async function repositoryFindings(http, { settings, part, runId }) {
    const { repository } = settings;
    const found = await (0,snapshot_repository/* findRepository */.W1)(http, repository.name);
    const complaints = found === undefined ? (0,snapshot_repository/* missingSettings */.yj)(repository) : (0,snapshot_repository/* differences */.tX)(found, repository);
    if (part === undefined || complaints.length > 0) {
        return complaints.map((message) => problem('elasticsearch-repository', message));
    }
    const recorded = readRecorded(part);
    if ('message' in recorded) {
        return [recorded];
    }
    return [
        ...(await (0,backup_findings/* findingsOf */.WX)('elasticsearch-repository', async () => await snapshotFindings(http, { settings, found, recorded, runId }))),
        ...(await (0,backup_findings/* findingsOf */.WX)('elasticsearch-strategy', async () => await targetFindings(http, recorded))),
    ];
}
function readRecorded({ recorded }) {
    if (recorded === undefined) {
        return problem('elasticsearch-strategy', 'The archive has no manifest, and only that could name the snapshot of the search index; set elasticsearch-strategy: none, and Bitbucket builds its index anew.');
    }
    try {
        return recordedSnapshot(recorded);
    }
    catch (error) {
        if (error instanceof json_shape/* ShapeError */.ym) {
            return problem('elasticsearch-strategy', `What the manifest says of the search index cannot be read: ${error.message}; set elasticsearch-strategy: none, and Bitbucket builds its index anew.`);
        }
        throw error;
    }
}
/** Is the snapshot there, and whole? A repository that is not registered is looked into by a name of its own. */
async function snapshotFindings(http, { settings, found, recorded, runId }) {
    const { repository } = settings;
    const isTemporary = found === undefined;
    const name = isTemporary ? temporaryRepository(repository.name, runId) : repository.name;
    const snapshot = { repository: name, snapshot: recorded.snapshot };
    /** By the name that the administrator knows. */
    const told = { ...snapshot, repository: repository.name };
    if (isTemporary) {
        await registerForReading(http, repository, name);
    }
    try {
        const info = await (0,snapshots/* findSnapshot */.Cb)(http, snapshot, { retries: 2 });
        if (info === undefined) {
            return [
                problem('elasticsearch-repository', `There is no snapshot ${(0,snapshot_verdict/* shown */.SP)(told)}; it may have been pruned. Correct elasticsearch-repository or its place, or set elasticsearch-strategy: none, and Bitbucket builds its index anew.`),
            ];
        }
        (0,snapshot_verdict/* assertWhole */.MA)(told, info);
        (0,snapshot_verdict/* assertHolds */.je)(told, info, [...recorded.indices.keys()]);
        return [];
    }
    finally {
        if (isTemporary) {
            await (0,snapshot_repository/* unregisterRepository */.Bx)(http, name);
        }
    }
}
/** Neither the indices nor their aliases may be there: the server would mix both, or refuse in the middle. */
async function targetFindings(http, { indices }) {
    const findings = [];
    for (const [index, aliases] of indices) {
        for (const name of [index, ...aliases]) {
            const existing = await (0,search_indices/* indicesUnder */.sV)(http, name);
            if (existing.length > 0) {
                findings.push(problem('elasticsearch-strategy', taken(http.url, name, existing)));
            }
        }
    }
    return findings;
}
function taken(url, name, existing) {
    return existing.includes(name)
        ? `The search server at ${url} has an index '${name}' already; delete it there if nobody needs it, or set elasticsearch-strategy: none.`
        : `The search server at ${url} has an alias '${name}' already, of the index ${existing.join(', ')}; remove it there if nobody needs it, or set elasticsearch-strategy: none.`;
}
function problem(subject, message) {
    return { severity: 'error', subject, message };
}

// EXTERNAL MODULE: ./build/search/answer-shapes.js
var answer_shapes = __webpack_require__(33438);
// EXTERNAL MODULE: ./build/search/search-error.js
var search_error = __webpack_require__(55986);
;// CONCATENATED MODULE: ./build/search/restored-indices.js
/** Indices that a restore made, told from those that somebody else has made since under the same name. */




/** The server ends what it copies into it first. */
const DELETE_TIMEOUT_MS = 120_000;
/** Of all documents, as a search finds them. */
async function countDocuments(http, indices) {
    const path = `/${(0,search_indices/* indexPath */.AV)(indices)}/_count`;
    const body = await http.send({ method: 'GET', path, retries: 2 });
    return (0,answer_shapes/* shaped */.e)(`GET ${path}`, body, (answer) => {
        const { count } = (0,json_shape/* object */.Ik)(answer, 'answer');
        return typeof count === 'number' ? count : 0;
    });
}
/** Deletes those that came out of this snapshot. @returns the names that were deleted */
async function deleteRestored(http, indices, snapshot) {
    const deleted = [];
    for (const index of indices) {
        const sources = [...(await plannedSources(http, index)), ...(await doneSources(http, index))];
        if (sources.some((source) => isFrom(source, snapshot))) {
            const path = `/${encodeURIComponent(index)}`;
            await orNothing(async () => await http.send({ method: 'DELETE', path, timeoutMs: DELETE_TIMEOUT_MS, retries: 2 }));
            deleted.push(index);
        }
    }
    return deleted;
}
/** What shards that are not started yet are going to be made of; Elasticsearch 2 calls it otherwise. */
async function plannedSources(http, index) {
    const path = `/_cluster/state/routing_table/${encodeURIComponent(index)}`;
    const body = await orNothing(async () => await http.send({ method: 'GET', path, retries: 2 }));
    return (0,answer_shapes/* shaped */.e)(`GET ${path}`, body, (answer) => {
        const table = (0,json_shape/* object */.Ik)((0,json_shape/* object */.Ik)(answer, 'answer')['routing_table'] ?? {}, 'routing_table');
        const found = (0,json_shape/* object */.Ik)(table['indices'] ?? {}, 'routing_table.indices')[index];
        const shards = found === undefined ? {} : (0,json_shape/* object */.Ik)(found, index)['shards'];
        return Object.values((0,json_shape/* recordOf */.zv)(shards, `${index}.shards`, (copies, at) => (0,json_shape/* list */.p_)(copies, at, json_shape/* object */.Ik)))
            .flat()
            .map((copy) => copy['recovery_source'] ?? copy['restore_source']);
    });
}
/** What its shards were made of; the server remembers that until its node restarts. */
async function doneSources(http, index) {
    const path = `/${encodeURIComponent(index)}/_recovery`;
    const body = await orNothing(async () => await http.send({ method: 'GET', path, retries: 2 }));
    return (0,answer_shapes/* shaped */.e)(`GET ${path}`, body, (answer) => {
        const found = (0,json_shape/* object */.Ik)(answer, 'answer')[index];
        const shards = found === undefined ? [] : (0,json_shape/* list */.p_)((0,json_shape/* object */.Ik)(found, index)['shards'], `${index}.shards`, json_shape/* object */.Ik);
        return shards.map((shard) => shard['source']);
    });
}
function isFrom(source, { repository, snapshot }) {
    return (0,json_shape/* isObject */.Gv)(source) && source['repository'] === repository && source['snapshot'] === snapshot;
}
async function orNothing(ask) {
    try {
        return await ask();
    }
    catch (error) {
        if ((0,search_error/* isMissing */.b)(error)) {
            return {};
        }
        throw error;
    }
}

// EXTERNAL MODULE: ./build/search/search-http.js + 2 modules
var search_http = __webpack_require__(53381);
;// CONCATENATED MODULE: ./build/search/restored-shards.js
/** How far a restored index is, by the cluster's own table of shards: health alone says yellow before anything is there. */






const SHARD_LIMITS = { pollMs: 1_000, stallMs: 30 * 60_000, graceMs: 120_000 };
/** Primaries only: replicas are made of them, and a single node has nowhere to put them. */
async function primaryShards(http, indices, signal) {
    const path = `/_cluster/state/routing_table/${(0,search_indices/* indexPath */.AV)(indices)}`;
    const body = await http.send({ method: 'GET', path, signal });
    return (0,answer_shapes/* shaped */.e)(`GET ${path}`, body, (answer) => {
        const table = (0,json_shape/* object */.Ik)((0,json_shape/* object */.Ik)(answer, 'answer')['routing_table'], 'routing_table');
        const ofIndices = Object.entries((0,json_shape/* object */.Ik)(table['indices'], 'routing_table.indices'));
        return ofIndices.flatMap(([index, value]) => {
            const shards = (0,json_shape/* recordOf */.zv)((0,json_shape/* object */.Ik)(value, index)['shards'], `${index}.shards`, (copies, at) => (0,json_shape/* list */.p_)(copies, at, json_shape/* object */.Ik));
            return Object.entries(shards).flatMap(([shard, copies]) => copies.filter((copy) => copy['primary'] === true).map((copy) => stateOf(index, shard, copy)));
        });
    });
}
function stateOf(index, shard, copy) {
    const info = copy['unassigned_info'];
    const details = fieldOf(info, 'details');
    const isGivenUp = copy['state'] === 'UNASSIGNED' && fieldOf(info, 'reason') === 'ALLOCATION_FAILED';
    return {
        index,
        shard,
        isStarted: copy['state'] === 'STARTED',
        failure: isGivenUp ? (typeof details === 'string' ? details : 'no reason given') : undefined,
    };
}
/**
 * @returns how many primaries there are; all of them are started
 * @throws ActionError SEARCH_FAILED when the server gives one up or nothing gets on, SEARCH_UNREACHABLE
 */
async function waitForShards(http, indices, { signal, limits }) {
    let seen = '';
    let movedAt = Date.now();
    let answeredAt = Date.now();
    for (;;) {
        const shards = await answered(http, indices, signal);
        const now = Date.now();
        if (shards !== undefined) {
            answeredAt = now;
            const given = shards.find(({ failure }) => failure !== undefined);
            if (given !== undefined) {
                throw givenUp(given);
            }
            if (isAllStarted(shards, indices)) {
                return shards.length;
            }
            const state = await progressOf(http, indices, signal);
            movedAt = state === seen ? movedAt : now;
            seen = state;
        }
        assertMoving(indices, { now, movedAt, answeredAt, limits });
        await (0,search_http/* pause */.v)(limits.pollMs, signal);
        signal.throwIfAborted();
    }
}
/** An index whose shards are not in the table yet is not there yet. */
function isAllStarted(shards, indices) {
    return (shards.every(({ isStarted }) => isStarted) &&
        indices.every((name) => shards.some(({ index }) => index === name)));
}
async function answered(http, indices, signal) {
    try {
        return await primaryShards(http, indices, signal);
    }
    catch (error) {
        if (error instanceof search_error/* SearchError */.F && (error.retryable || error.status === 404)) {
            return undefined;
        }
        throw error;
    }
}
/** Bytes that were read so far, as the server words it; anything that changes is progress. */
async function progressOf(http, indices, signal) {
    try {
        return JSON.stringify(await http.send({ method: 'GET', path: `/${(0,search_indices/* indexPath */.AV)(indices)}/_recovery`, signal }), (key, value) => (key.includes('time') ? undefined : value));
    }
    catch (error) {
        if (error instanceof search_error/* SearchError */.F) {
            return error.message;
        }
        throw error;
    }
}
function assertMoving(indices, times) {
    const { now, movedAt, answeredAt, limits } = times;
    if (now - answeredAt > limits.graceMs) {
        throw new errors/* ActionError */.lZ('SEARCH_UNREACHABLE', `The search server has not answered for ${Math.round(limits.graceMs / 1_000)} s while ${indices.join(', ')} was being restored.`, { advice: 'See that it runs, on all nodes, and run again.' });
    }
    if (now - movedAt > limits.stallMs) {
        throw new errors/* ActionError */.lZ('SEARCH_FAILED', `The restore of ${indices.join(', ')} has not got on for ${limits.stallMs / 60_000} minutes.`, { advice: "Look into the search server's log and at its free space, and run again." });
    }
}
function givenUp({ index, shard, failure }) {
    return new errors/* ActionError */.lZ('SEARCH_FAILED', `The search server could not restore shard ${shard} of ${index}: ${(failure ?? '').replaceAll(/\s+/g, ' ').slice(0, 400)}.`, {
        advice: 'Choose an older backup, or set elasticsearch-strategy: none and let Bitbucket build its index anew.',
    });
}
function fieldOf(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

// EXTERNAL MODULE: ./build/search/server-version.js
var server_version = __webpack_require__(21571);
;// CONCATENATED MODULE: ./build/search/snapshot-restore.js
/** The search index out of the snapshot that the backup's manifest names. An index that exists is never written into. */











/** The server answers when it has begun. */
const BEGIN_TIMEOUT_MS = 60_000;
/** A run that was cancelled has seconds only; what it leaves the next one takes back. */
const LONGEST_END_MS = 10 * 60_000;
class SnapshotRestore {
    name;
    members = [];
    #settings;
    #context;
    #http;
    #limits;
    /** What this run has begun to change. */
    #begun;
    #recorded;
    #shards = 0;
    constructor(settings, context, limits = {}) {
        this.name = settings.strategy;
        this.#settings = settings;
        this.#context = context;
        this.#http = (0,search_http/* createSearchHttp */.X)(settings.connection);
        this.#limits = { ...SHARD_LIMITS, ...limits };
    }
    async preflight(part) {
        return await restoreFindings(this.#http, this.#settings, part, this.#context.runId);
    }
    /** It is written where the search server writes. */
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    async restore({ recorded }, _unpacked, signal) {
        signal.throwIfAborted();
        if (recorded === undefined) {
            throw new TypeError('Preflight refuses an archive that does not name its snapshot.');
        }
        const known = recordedSnapshot(recorded);
        const indices = [...known.indices.keys()];
        this.#recorded = known;
        const { repository } = this.#settings;
        const isRegistered = (await (0,snapshot_repository/* findRepository */.W1)(this.#http, repository.name, signal)) !== undefined;
        const name = isRegistered ? repository.name : temporaryRepository(repository.name, this.#context.runId);
        this.#begun = {
            server: this.#http.url,
            repository: name,
            registered: !isRegistered,
            snapshot: known.snapshot,
            indices,
        };
        this.#context.record({ search: this.#begun });
        if (!isRegistered) {
            await registerForReading(this.#http, repository, name, signal);
        }
        await this.#begin(this.#begun, signal);
        this.#shards = await waitForShards(this.#http, indices, { signal, limits: this.#limits });
        await this.#assertComplete(known, signal);
    }
    async complete() {
        const known = this.#recorded;
        if (known === undefined || this.#begun === undefined) {
            throw new TypeError('A restore is completed after it was restored.');
        }
        const indices = [...known.indices.keys()];
        // The connection stays: whatever fails from here on, `discard` takes the index back. An idle one keeps no process alive.
        const documents = await this.#tidyAndCount(this.#begun, indices);
        return {
            place: `${indices.join(', ')} at ${this.#http.url}`,
            counts: [
                { what: 'indices', recorded: known.indices.size, restored: indices.length },
                { what: 'shards', recorded: known.shards, restored: this.#shards },
                ...(documents === undefined ? [] : [{ what: 'documents', recorded: undefined, restored: documents }]),
            ],
            todo: [],
        };
    }
    /** What is restored is whole by now, and must not be taken back for this. @returns undefined when it could not be told */
    async #tidyAndCount({ registered, repository }, indices) {
        try {
            if (registered) {
                await (0,snapshot_repository/* unregisterRepository */.Bx)(this.#http, repository);
            }
            return await countDocuments(this.#http, indices);
        }
        catch (error) {
            this.#context.log.warning(`The search index is restored, and its server could not be asked afterwards: ${(0,errors/* asError */.zR)(error).message}${registered ? ` Remove the snapshot repository '${repository}' there by hand if it is left.` : ''}`);
            return undefined;
        }
    }
    async discard() {
        if (this.#begun !== undefined) {
            await this.#takeBack(this.#begun);
            this.#begun = undefined;
        }
        await this.#http.close();
    }
    async recover({ search }) {
        if (search === undefined) {
            return [];
        }
        if (search.server !== this.#http.url) {
            return [leftBehind(search)];
        }
        const deleted = await this.#takeBack(search);
        return deleted.length === 0
            ? []
            : [`Deleted the half-restored search index ${deleted.join(', ')} of a restore that died.`];
    }
    async #begin({ repository, snapshot, indices }, signal) {
        await this.#http.send({
            method: 'POST',
            path: `${(0,snapshots/* pathOf */.XM)({ repository, snapshot })}/_restore`,
            query: { wait_for_completion: 'false' },
            body: {
                indices: indices.join(','),
                ignore_unavailable: false,
                include_global_state: false,
                include_aliases: true,
                partial: false,
            },
            timeoutMs: BEGIN_TIMEOUT_MS,
            signal,
        });
        this.#context.log.info(`The search server restores ${indices.join(', ')}`);
    }
    /** However it ends. */
    async #untilOver(indices) {
        this.#context.log.info('Waiting for the search server to end its restore, because it cannot be stopped');
        const signal = AbortSignal.timeout(LONGEST_END_MS);
        await waitForShards(this.#http, indices, { signal, limits: this.#limits }).catch(() => undefined);
    }
    /** @throws ActionError RESTORE_VERIFY */
    async #assertComplete({ indices, shards }, signal) {
        const restored = await (0,search_indices/* readIndices */.o0)(this.#http, [...indices.keys()], signal);
        const missing = [...indices].flatMap(([index, aliases]) => aliases
            .filter((alias) => restored.get(index)?.includes(alias) !== true)
            .map((alias) => `${alias} of ${index}`));
        const wrong = missing.length > 0 ? `lacks the alias ${missing.join(' and ')}` : undefined;
        const counted = this.#shards === shards ? undefined : `has ${this.#shards} shards, and the manifest says ${shards}`;
        const complaint = wrong ?? counted;
        if (complaint !== undefined) {
            throw new errors/* ActionError */.lZ('RESTORE_VERIFY', `The restored search index at ${this.#http.url} ${complaint}.`, {
                advice: 'Choose another backup, or set elasticsearch-strategy: none and let Bitbucket build its index anew.',
            });
        }
    }
    async #takeBack({ repository, registered, snapshot, indices }) {
        if (!(0,server_version/* endsRestoreByDeleting */["if"])(await (0,server_version/* readServerVersion */.se)(this.#http))) {
            await this.#untilOver(indices);
        }
        const deleted = await deleteRestored(this.#http, indices, { repository, snapshot });
        if (registered) {
            await (0,snapshot_repository/* unregisterRepository */.Bx)(this.#http, repository);
        }
        return deleted;
    }
}
/** For whoever restores to another search server, or to none. */
function leftBehind({ server, indices }) {
    return `A restore that died may have left the search index ${indices.join(', ')} at ${server} half-restored; delete it by hand.`;
}


/***/ }),

/***/ 41037:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MA: () => (/* binding */ assertWhole),
/* harmony export */   NW: () => (/* binding */ WAIT_LIMITS),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   je: () => (/* binding */ assertHolds),
/* harmony export */   ne: () => (/* binding */ waitForSnapshot)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _report_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(92772);
/* harmony import */ var _search_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(55986);
/* harmony import */ var _search_http_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53381);
/* harmony import */ var _snapshots_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(84156);
/* harmony import */ var _snapshot_progress_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(73309);
/** Waits for a snapshot to end, and judges it: only one that holds every shard is a backup. */






const WAIT_LIMITS = {
    firstPollMs: 200,
    longestPollMs: 5_000,
    graceMs: 120_000,
    stallMs: 30 * 60_000,
    tellMs: 30_000,
};
const MOST_SHARDS_NAMED = 5;
/** So often in a row neither question may know the snapshot before it is called gone. */
const MOST_UNSEEN = 3;
/** @throws ActionError SEARCH_FAILED when it is no whole snapshot, SEARCH_UNREACHABLE when nobody answers any more */
async function waitForSnapshot(http, name, options) {
    const { signal, limits } = options;
    const watch = createWatch(name, options);
    let pollMs = limits.firstPollMs;
    let unseen = 0;
    for (;;) {
        const progress = await tolerating(options, async () => await progressOf(http, name, signal));
        watch(progress);
        if (progress?.isRunning === true) {
            unseen = 0;
        }
        else {
            // Between its last shard and its entry in the list, one of the two questions may not know it, or call it running.
            const info = await tolerating(options, async () => await (0,_snapshots_js__WEBPACK_IMPORTED_MODULE_3__/* .findSnapshot */ .Cb)(http, name, { signal }));
            unseen = progress === undefined && info === undefined ? unseen + 1 : 0;
            if (info !== undefined && info.state !== 'IN_PROGRESS') {
                assertWhole(name, info);
                return info;
            }
            if (unseen >= MOST_UNSEEN) {
                throw gone(name);
            }
        }
        await (0,_search_http_js__WEBPACK_IMPORTED_MODULE_2__/* .pause */ .v)(pollMs, signal);
        signal.throwIfAborted();
        pollMs = Math.min(pollMs * 1.5, limits.longestPollMs);
    }
}
/** Tells how far it is from time to time. @throws ActionError when nothing gets on */
function createWatch(name, { log, limits }) {
    let seen = '';
    let movedAt = Date.now();
    let toldAt = Date.now();
    return (progress) => {
        const now = Date.now();
        const state = JSON.stringify(progress);
        if (state !== seen) {
            seen = state;
            movedAt = now;
        }
        if (now - movedAt > limits.stallMs) {
            throw stalled(name, progress, limits.stallMs);
        }
        if (progress !== undefined && now - toldAt > limits.tellMs) {
            toldAt = now;
            log.info(`Search snapshot: ${describeProgress(progress)}`);
        }
    };
}
/** @returns undefined for one that is gone: one that fails altogether is not listed any more */
async function progressOf(http, name, signal) {
    try {
        return await (0,_snapshot_progress_js__WEBPACK_IMPORTED_MODULE_4__/* .snapshotProgress */ .W)(http, name, { signal });
    }
    catch (error) {
        if ((0,_search_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b)(error)) {
            return undefined;
        }
        throw error;
    }
}
/** A server that restarts or a proxy that hiccups is no failure; silence that lasts is. */
async function tolerating({ signal, limits }, ask) {
    const deadline = Date.now() + limits.graceMs;
    for (;;) {
        try {
            return await ask();
        }
        catch (error) {
            if (!(error instanceof _search_error_js__WEBPACK_IMPORTED_MODULE_1__/* .SearchError */ .F) || !error.retryable) {
                throw error;
            }
            if (Date.now() + limits.longestPollMs > deadline) {
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('SEARCH_UNREACHABLE', `The search server has not answered for ${Math.round(limits.graceMs / 1_000)} s while its snapshot was being taken: ${error.message}`, {
                    advice: 'See that it runs, on all nodes, and run again.',
                    cause: error,
                });
            }
            await (0,_search_http_js__WEBPACK_IMPORTED_MODULE_2__/* .pause */ .v)(limits.longestPollMs, signal);
        }
        signal.throwIfAborted();
    }
}
/** @throws ActionError that names the shards that are missing */
function assertWhole(name, info) {
    if (info.state === 'SUCCESS' && info.failures.length === 0 && info.shards.failed === 0) {
        return;
    }
    const missing = info.failures.length > 0 ? ` ${shardList(info.failures)}` : '';
    const reason = info.reason === undefined ? '' : ` (${info.reason.replaceAll(/\s+/g, ' ')})`;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('SEARCH_FAILED', `Snapshot ${shown(name)} ended as ${info.state}${reason}: ${info.shards.failed} of ${info.shards.total} shards are missing.${missing}`, { advice: 'See that all nodes of the search server run and its indices are green, and run again.' });
}
/** Older servers take a snapshot of nothing, and call it a success, where an index is not there. @throws ActionError */
function assertHolds(name, info, wanted) {
    const missing = wanted.filter((index) => !info.indices.includes(index));
    if (missing.length > 0 || info.indices.length === 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('SEARCH_FAILED', `Snapshot ${shown(name)} does not hold ${missing.length > 0 ? missing.join(', ') : 'any index'}.`, { advice: 'See that nobody deletes the index while the backup runs, and run again.' });
    }
}
function shardList(failures) {
    const named = failures
        .slice(0, MOST_SHARDS_NAMED)
        .map(({ index, shard, reason }) => `[${index}]${shard === undefined ? '' : `[${shard}]`}: ${reason.replaceAll(/\s+/g, ' ').slice(0, 200)}`);
    const rest = failures.length - named.length;
    return `${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}
function shown({ repository, snapshot }) {
    return `'${snapshot}' in repository '${repository}'`;
}
function gone(name) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('SEARCH_FAILED', `Snapshot ${shown(name)} is gone: the server has given it up, or somebody has deleted it.`, { advice: "Look into the search server's log and at the repository's storage, and run again." });
}
function stalled(name, progress, stallMs) {
    const far = progress === undefined ? '' : ` (${describeProgress(progress)})`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('SEARCH_FAILED', `Snapshot ${shown(name)} has not got on for ${stallMs / 60_000} minutes${far}.`, { advice: "Look into the search server's log and at its storage, and run again." });
}
function describeProgress({ shards, bytes }) {
    const written = bytes.total > 0 ? `, ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatBytes */ .z3)(bytes.done)} of ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatBytes */ .z3)(bytes.total)} written` : '';
    return `${shards.done} of ${shards.total} shards done${written}`;
}


/***/ }),

/***/ 84156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cb: () => (/* binding */ findSnapshot),
/* harmony export */   Cj: () => (/* binding */ deleteSnapshot),
/* harmony export */   XM: () => (/* binding */ pathOf),
/* harmony export */   jQ: () => (/* binding */ listSnapshots),
/* harmony export */   vf: () => (/* binding */ runningSnapshots),
/* harmony export */   w: () => (/* binding */ beginSnapshot)
/* harmony export */ });
/* harmony import */ var _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(33460);
/* harmony import */ var _answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33438);
/* harmony import */ var _search_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(55986);
/**
 * Snapshots in a snapshot repository, one function for each call of the snapshot API ("Snapshot and restore" of
 * elastic.co and opensearch.org; the calls have been the same since Elasticsearch 2).
 */



/** Waiting for a master that is busy is the server's business; a snapshot that begins later than this is none for us. */
const BEGIN_TIMEOUT_MS = 20_000;
/** To take one back the server ends it first, and then removes its files. */
const DELETE_TIMEOUT_MS = 120_000;
function pathOf({ repository, snapshot }) {
    return `/_snapshot/${encodeURIComponent(repository)}/${encodeURIComponent(snapshot)}`;
}
/** Returns when the server has begun. Must not be repeated: the second one would be told that it exists. */
async function beginSnapshot(http, name, indices, signal) {
    await http.send({
        method: 'PUT',
        path: pathOf(name),
        query: { wait_for_completion: 'false' },
        body: {
            indices: indices.join(','),
            ignore_unavailable: false,
            include_global_state: false,
            partial: false,
        },
        timeoutMs: BEGIN_TIMEOUT_MS,
        signal,
    });
}
/** @returns undefined when there is no such snapshot */
async function findSnapshot(http, name, options = {}) {
    try {
        const [found] = await readSnapshots(http, pathOf(name), options);
        return found;
    }
    catch (error) {
        // A repository that is not there answers 404 as well, and is another matter.
        if (error instanceof _search_error_js__WEBPACK_IMPORTED_MODULE_1__/* .SearchError */ .F && error.type === 'snapshot_missing_exception') {
            return undefined;
        }
        throw error;
    }
}
/** All that the repository holds, in no order. */
async function listSnapshots(http, repository, signal) {
    return await readSnapshots(http, pathOf({ repository, snapshot: '_all' }), {
        retries: 2,
        ...(signal === undefined ? {} : { signal }),
    });
}
async function readSnapshots(http, path, options) {
    const body = await http.send({ method: 'GET', path, ...options });
    return (0,_answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e)(`GET ${path}`, body, (answer) => (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(answer, 'answer')['snapshots'], 'snapshots', infoOf));
}
function infoOf(value, at) {
    const snapshot = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(value, at);
    const shards = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(snapshot['shards'] ?? {}, `${at}.shards`);
    const reason = snapshot['reason'];
    return {
        name: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(snapshot['snapshot'], `${at}.snapshot`),
        state: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(snapshot['state'], `${at}.state`),
        indices: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)(snapshot['indices'] ?? [], `${at}.indices`, _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq),
        failures: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)(snapshot['failures'] ?? [], `${at}.failures`, failureOf),
        shards: {
            total: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .count */ .U9)(shards['total'] ?? 0, `${at}.shards.total`),
            failed: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .count */ .U9)(shards['failed'] ?? 0, `${at}.shards.failed`),
        },
        reason: typeof reason === 'string' ? reason : undefined,
    };
}
function failureOf(value, at) {
    const failure = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(value, at);
    const shard = failure['shard_id'];
    const reason = failure['reason'];
    return {
        index: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(failure['index'], `${at}.index`),
        shard: typeof shard === 'number' ? shard : undefined,
        reason: typeof reason === 'string' ? reason : 'no reason given',
    };
}
/** Ends it when it still runs. Idempotent: one that is gone is as good as removed. */
async function deleteSnapshot(http, name) {
    try {
        await http.send({ method: 'DELETE', path: pathOf(name), timeoutMs: DELETE_TIMEOUT_MS, retries: 4 });
        return true;
    }
    catch (error) {
        if ((0,_search_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b)(error)) {
            return false;
        }
        throw error;
    }
}
/** @returns the snapshots that are being taken now, into any repository: before Elasticsearch 7.9 a cluster takes one at a time */
async function runningSnapshots(http, signal) {
    const path = '/_snapshot/_status';
    const body = await http.send({ method: 'GET', path, retries: 2, signal });
    return (0,_answer_shapes_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e)(`GET ${path}`, body, (answer) => (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(answer, 'answer')['snapshots'], 'snapshots', (entry, at) => {
        const snapshot = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(entry, at);
        return {
            repository: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(snapshot['repository'], `${at}.repository`),
            snapshot: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(snapshot['snapshot'], `${at}.snapshot`),
        };
    }));
}


/***/ })

};

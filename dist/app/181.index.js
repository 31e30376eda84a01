export const id = 181;
export const ids = [181];
export const modules = {

/***/ 50589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   f6: () => (/* binding */ ownerIn),
/* harmony export */   jf: () => (/* binding */ tokenIn),
/* harmony export */   pK: () => (/* binding */ maintenanceStatusIn),
/* harmony export */   sg: () => (/* binding */ isToken),
/* harmony export */   wx: () => (/* binding */ isDrained)
/* harmony export */ });
/** Reads what Bitbucket answers, believing nothing: every field may be missing or of another type. */
/** Tokens are 40 hex digits; other versions may differ, but a token never holds anything that needs escaping. */
const TOKEN = /^[0-9A-Za-z_-]{8,128}$/;
function isToken(text) {
    return TOKEN.test(text);
}
function tokenIn(body, field) {
    const value = fieldOf(body, field);
    return typeof value === 'string' && isToken(value) ? value : undefined;
}
function maintenanceStatusIn(body) {
    const task = fieldOf(body, 'task');
    return {
        taskState: textOf(task, 'state'),
        taskMessage: textOf(fieldOf(task, 'progress'), 'message'),
        dbState: textOf(body, 'db-state') ?? 'unknown',
        scmState: textOf(body, 'scm-state') ?? 'unknown',
    };
}
function textOf(body, field) {
    const value = fieldOf(body, field);
    return typeof value === 'string' ? value : undefined;
}
/** The display name of whoever holds the lock, when Bitbucket tells it. */
function ownerIn(body) {
    const owner = fieldOf(body, 'owner');
    return textOf(owner, 'displayName') ?? textOf(owner, 'name') ?? textOf(body, 'ownerName');
}
function isDrained(status) {
    return status.dbState === 'DRAINED' && status.scmState === 'DRAINED';
}
function fieldOf(body, field) {
    return typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
}


/***/ }),

/***/ 73181:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ BitbucketClient)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/bitbucket/answers.js
var answers = __webpack_require__(50589);
;// CONCATENATED MODULE: ./build/bitbucket/connection.js
/** @returns undefined without credentials */
function authorizationHeader(credentials) {
    switch (credentials.kind) {
        case 'basic': {
            const pair = Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8');
            return `Basic ${pair.toString('base64')}`;
        }
        case 'bearer':
            return `Bearer ${credentials.token}`;
        case 'none':
            return undefined;
    }
}
/** Who we are, for messages: never the secret. */
function describeCredentials(credentials) {
    switch (credentials.kind) {
        case 'basic':
            return `user '${credentials.username}'`;
        case 'bearer':
            return 'the access token';
        case 'none':
            return 'nobody';
    }
}

// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(46752);
// EXTERNAL MODULE: ./build/host/network/address.js
var address = __webpack_require__(11394);
// EXTERNAL MODULE: ./build/host/network/certificates.js
var certificates = __webpack_require__(80888);
// EXTERNAL MODULE: ./build/bitbucket/http-error.js
var http_error = __webpack_require__(23539);
// EXTERNAL MODULE: ./build/host/network/dispatcher.js
var network_dispatcher = __webpack_require__(85509);
// EXTERNAL MODULE: ./build/host/network/proxy.js
var proxy = __webpack_require__(62102);
// EXTERNAL MODULE: ./build/host/log.js
var log = __webpack_require__(5493);
// EXTERNAL MODULE: ./build/host/network/transport-failure.js
var transport_failure = __webpack_require__(81996);
;// CONCATENATED MODULE: ./build/bitbucket/http-failures.js



/** @param afterMs set when our own time limit ended the call */
function failureOfTransport(error, url, afterMs) {
    const { code, reason: told, tls, maybeSent } = (0,transport_failure/* transportFailureOf */.p)(error, 'bitbucket-url');
    const { host } = new URL(url);
    if (tls !== undefined) {
        return new http_error/* HttpError */.j('TLS_UNTRUSTED', `The TLS certificate of ${host} is not trusted: ${tls.reason} (${code}).`, { maybeSent, retryable: false }, {
            advice: tls.cure ?? "Name the PEM file of the certificate's authority in ca-file.",
            cause: error,
        });
    }
    const reason = afterMs === undefined ? told : `no answer within ${afterMs / 1_000} s`;
    return new http_error/* HttpError */.j('BITBUCKET_UNREACHABLE', `Cannot reach ${url} (${reason})${(0,transport_failure/* viaProxy */.b)()}.`, { maybeSent, retryable: true }, { advice: 'Check bitbucket-url, and that this machine may connect there.', cause: error });
}
/** @returns undefined for an answer that is as it should be */
function failureOfAnswer(answer, asked) {
    const { status } = answer;
    if (status >= 300 && status < 400) {
        return redirect(answer, asked);
    }
    if (status === 401 || status === 403) {
        return refusal(answer, asked);
    }
    if (status < 200 || status >= 300) {
        return otherStatus(answer, asked);
    }
    return isHtml(answer) ? html(answer, asked) : undefined;
}
function redirect(answer, { url, call, withToken }) {
    const location = header(answer, 'location');
    const asked = url + call.path;
    const target = location !== '' && URL.canParse(location, asked) ? new URL(location, asked) : undefined;
    // Without query: it can carry a token.
    const where = target === undefined ? 'nowhere' : `${target.origin}${target.pathname}`;
    return failure('UNEXPECTED_REDIRECT', `${url}${call.path} redirects to ${where}; nothing was sent there.`, answer, {
        // Atlassian, "Access Tokens no longer work as expected after upgrading Bitbucket Data Center".
        advice: withToken
            ? 'From 8.9.22, 8.19.12 and 9.3.2 on Bitbucket takes HTTP access tokens below /rest only; use bitbucket-username and bitbucket-password.'
            : 'Set bitbucket-url to the address that Bitbucket answers at, without a redirect.',
    });
}
function refusal(answer, { url, who }) {
    const reason = header(answer, 'x-authentication-denied-reason');
    if (reason.includes('CAPTCHA')) {
        return failure('AUTH_CAPTCHA', `${url} asks ${who} to solve a CAPTCHA after failed logins.`, answer, {
            advice: 'Log in once in the browser as that user, or have an administrator clear the CAPTCHA.',
        });
    }
    if (answer.status === 401) {
        return failure('AUTH_FAILED', `${url} rejected ${who} (401)${serverSays(answer)}.`, answer, {
            advice: 'Check bitbucket-username and bitbucket-password; an HTTP access token (bitbucket-token) usually lacks the rights that the lock needs.',
        });
    }
    return failure('AUTH_FORBIDDEN', `${url} does not let ${who} do this (403)${serverSays(answer)}.`, answer, {
        advice: 'The lock needs a system administrator: use a user with that right rather than an HTTP access token, and check IP allow lists.',
    });
}
function otherStatus(answer, { url, call }) {
    const { status } = answer;
    const transient = status === 429 || status === 502 || status === 503 || status === 504 || status === 500;
    const retryAfterMs = Number(header(answer, 'retry-after')) * 1_000;
    return new http_error/* HttpError */.j('UNEXPECTED_RESPONSE', `${url}${call.path} answered ${status}${serverSays(answer)}.`, {
        status,
        maybeSent: true,
        retryable: transient,
        ...(retryAfterMs > 0 ? { retryAfterMs } : {}),
        body: jsonOf(answer),
    }, { advice: 'Look into atlassian-bitbucket.log for the time of this call.' });
}
function jsonOf({ text }) {
    try {
        const body = JSON.parse(text);
        return body;
    }
    catch {
        return undefined;
    }
}
function html(answer, { url, call }) {
    const title = /<title[^>]*>([^<]{1,100})/i.exec(answer.text)?.[1]?.trim();
    return failure('UNEXPECTED_RESPONSE', `${url}${call.path} answered an HTML page${title === undefined ? '' : ` ('${(0,log/* printable */.g)(title)}')`}, not JSON.`, answer, { advice: 'Set bitbucket-url to Bitbucket itself, around the login page or proxy that answered.' });
}
function failure(code, message, { status }, details) {
    return new http_error/* HttpError */.j(code, message, { status, maybeSent: true, retryable: false }, details);
}
function isHtml(answer) {
    return header(answer, 'content-type').includes('text/html') || /^\s*<(!doctype|html)/i.test(answer.text);
}
/** What Bitbucket itself says: `{"errors":[{"message":"..."}]}`. */
function serverSays(answer) {
    const message = /"message"\s*:\s*"((?:[^"\\]|\\.){1,300})"/.exec(answer.text)?.[1];
    return message === undefined ? '' : `: ${(0,log/* printable */.g)(message).replace(/[.\s]+$/, '')}`;
}
function header(answer, name) {
    const value = answer.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? '';
}

;// CONCATENATED MODULE: ./build/bitbucket/http.js
/**
 * One HTTP call to Bitbucket: the headers it wants, limits on time and size, and every answer that is not what was asked
 * for turned into an error of its own. Redirects are never followed: they would turn a POST into a GET or carry
 * credentials to another host.
 */









/** No answer of the maintenance API is near this size; an endless body must not fill memory. */
const LARGEST_BODY_BYTES = 1024 * 1024;
function createHttpTransport(connection) {
    const addresses = (0,address/* createAddressBook */.C)();
    const tls = connection.ca === undefined ? {} : { secureContext: (0,certificates/* trustingContext */.R)(connection.ca) };
    const pooled = (0,network_dispatcher/* createDispatcher */.S)(tls, addresses, 1);
    // `pipelining: 0` closes the connection after each call.
    const single = (0,network_dispatcher/* createDispatcher */.S)(tls, addresses, 0);
    return {
        send: async (call) => await send(connection, call.freshConnection === true ? single : pooled, call),
        resolveHost: async () => {
            try {
                await addresses.resolve(new URL(connection.url).hostname);
            }
            catch (error) {
                // Behind a proxy only the proxy needs to know the name.
                if ((0,proxy/* proxyVariables */.e)().length === 0) {
                    throw failureOfTransport((0,errors/* asError */.zR)(error), connection.url);
                }
            }
        },
        close: async () => {
            await Promise.all([pooled.destroy(), single.destroy()]);
        },
    };
}
async function send(connection, dispatcher, call) {
    const timeout = AbortSignal.timeout(call.timeoutMs);
    const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
    let answer;
    try {
        const response = await (0,undici/* request */.Em)(urlOf(connection.url, call), {
            dispatcher,
            method: call.method,
            headers: headersOf(connection, call),
            signal,
            headersTimeout: call.timeoutMs,
            bodyTimeout: call.timeoutMs,
        });
        answer = {
            status: response.statusCode,
            headers: response.headers,
            text: await (0,network_dispatcher/* boundedText */.L)(response.body, LARGEST_BODY_BYTES),
        };
    }
    catch (error) {
        call.signal?.throwIfAborted();
        if (error instanceof http_error/* HttpError */.j) {
            throw error;
        }
        throw failureOfTransport((0,errors/* asError */.zR)(error), connection.url, timeout.aborted ? call.timeoutMs : undefined);
    }
    const failure = failureOfAnswer(answer, {
        url: connection.url,
        call,
        who: describeCredentials(connection.credentials),
        withToken: connection.credentials.kind === 'bearer' && call.anonymous !== true,
    });
    if (failure !== undefined) {
        throw failure;
    }
    return {
        status: answer.status,
        body: answer.text.trim() === '' ? undefined : parsed(answer.text, connection.url, call),
    };
}
function urlOf(base, call) {
    const url = new URL(base + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
        url.searchParams.set(name, value);
    }
    return url;
}
/** Bitbucket wants the content type on bodiless calls too, and `X-Atlassian-Token` against its XSRF check. */
function headersOf(connection, call) {
    const authorization = call.anonymous === true ? undefined : authorizationHeader(connection.credentials);
    return {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'X-Atlassian-Token': 'no-check',
        'User-Agent': 'bitbucket-backup-action',
        ...(authorization === undefined ? {} : { Authorization: authorization }),
        ...call.headers,
    };
}
function parsed(text, url, call) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        throw new http_error/* HttpError */.j('UNEXPECTED_RESPONSE', `${url}${call.path} answered something that is not JSON (${text.length} characters).`, { maybeSent: true, retryable: false }, {
            advice: 'Check that bitbucket-url is the base URL of Bitbucket and that no proxy answers in its place.',
            cause,
        });
    }
}

// EXTERNAL MODULE: ./build/bitbucket/retry.js
var retry = __webpack_require__(68416);
;// CONCATENATED MODULE: ./build/bitbucket/client.js
/**
 * Bitbucket's maintenance REST API, one method for each call of the table in DESIGN.md section 4. The protocol is that of
 * Atlassian's DIY backup; what is retried and what is not is decided here.
 */






/** Lock and unlock wait up to a minute for all nodes of a cluster; giving up earlier would orphan the lock. */
const LOCK_TIMEOUT_MS = 75_000;
const CALL_TIMEOUT_MS = 15_000;
const LOCK_PATH = '/mvc/maintenance/lock';
const MAINTENANCE_PATH = '/mvc/maintenance';
const BACKUPS_PATH = '/mvc/admin/backups';
const PROGRESS_PATH = '/mvc/admin/backups/progress/client';
const MAINTENANCE_TOKEN_HEADER = 'X-Atlassian-Maintenance-Token';
class BitbucketClient {
    url;
    who;
    #http;
    constructor(connection) {
        this.url = connection.url;
        this.who = describeCredentials(connection.credentials);
        this.#http = createHttpTransport(connection);
    }
    /** Looks the address up once, for every later call. @throws HttpError BITBUCKET_UNREACHABLE */
    async resolveHost() {
        await this.#http.resolveHost();
    }
    async close() {
        await this.#http.close();
    }
    /** `RUNNING`, `MAINTENANCE`, `STARTING` ...; told also by a server that answers 503. */
    async status(signal) {
        const shared = signal === undefined ? {} : { signal };
        const call = {
            method: 'GET',
            path: '/status',
            timeoutMs: CALL_TIMEOUT_MS,
            anonymous: true,
            ...shared,
        };
        return await (0,retry/* retrying */.R$)({ ...retry/* SHORT_RETRIES */._s, ...shared }, async () => {
            try {
                const { body } = await this.#http.send(call);
                return (0,answers/* textOf */.b6)(body, 'state') ?? 'unknown';
            }
            catch (error) {
                const state = error instanceof http_error/* HttpError */.j ? (0,answers/* textOf */.b6)(error.body, 'state') : undefined;
                if (state === undefined) {
                    throw (0,http_error/* statusOf */.c)(error) === 404 ? nothingHere(this.url, error) : error;
                }
                return state;
            }
        });
    }
    /** The version, such as `9.4.1`; old servers know only the API `1.0`. @throws HttpError */
    async version(signal) {
        const path = '/rest/api/latest/application-properties';
        let answer;
        try {
            answer = await this.#get(path, { anonymous: true }, signal);
        }
        catch (error) {
            if ((0,http_error/* statusOf */.c)(error) !== 404) {
                throw error;
            }
            answer = await this.#get(path.replace('latest', '1.0'), { anonymous: true }, signal);
        }
        const version = (0,answers/* textOf */.b6)(answer, 'version');
        if (version === undefined || !/^\d+\.\d+/.test(version)) {
            throw new errors/* ActionError */.lZ('UNEXPECTED_RESPONSE', `${this.url}${path} names no version of Bitbucket.`, {
                advice: 'Check that bitbucket-url is the base URL of Bitbucket, with its context path if it has one.',
            });
        }
        return version;
    }
    /**
     * Is the instance locked, and by whom? Also shows whether our credentials are accepted.
     * @param policy those who poll decide about failures themselves and ask once
     * @throws HttpError
     */
    async lockState(signal, policy = retry/* SHORT_RETRIES */._s) {
        try {
            return { locked: true, owner: (0,answers/* ownerIn */.f6)(await this.#get(LOCK_PATH, {}, signal, policy)) };
        }
        catch (error) {
            if ((0,http_error/* statusOf */.c)(error) === 404) {
                return { locked: false };
            }
            throw error;
        }
    }
    /**
     * Locks the instance. Sent once, never repeated: a lost answer may hide a lock that was taken.
     * @returns the unlock token; undefined when the answer held none
     * @throws HttpError; `maybeSent` tells whether the instance may be locked now
     */
    async lock() {
        const { body } = await this.#http.send({
            method: 'POST',
            path: LOCK_PATH,
            timeoutMs: LOCK_TIMEOUT_MS,
            freshConnection: true,
        });
        return (0,answers/* tokenIn */.jf)(body, 'unlockToken');
    }
    /** Starts the backup task, which drains the instance. Never repeated. @returns the cancel token, if the answer held one */
    async startBackup(unlockToken) {
        const { body } = await this.#http.send({
            method: 'POST',
            path: BACKUPS_PATH,
            query: { external: 'true' },
            headers: { [MAINTENANCE_TOKEN_HEADER]: unlockToken },
            timeoutMs: LOCK_TIMEOUT_MS,
            freshConnection: true,
        });
        return (0,answers/* tokenIn */.jf)(body, 'cancelToken');
    }
    /** One look at the task and the latches, without retries: those who poll decide about failures. @throws HttpError */
    async maintenance(unlockToken, signal) {
        const { body } = await this.#http.send({
            method: 'GET',
            path: MAINTENANCE_PATH,
            headers: { [MAINTENANCE_TOKEN_HEADER]: unlockToken },
            timeoutMs: CALL_TIMEOUT_MS,
            ...(signal === undefined ? {} : { signal }),
        });
        return (0,answers/* maintenanceStatusIn */.pK)(body);
    }
    /** Sets Bitbucket's progress bar. 100 completes the task and unlatches database and repositories. @throws HttpError */
    async reportProgress(unlockToken, percentage, policy) {
        await (0,retry/* retrying */.R$)(policy, async () => await this.#http.send({
            method: 'POST',
            path: PROGRESS_PATH,
            query: { token: unlockToken, percentage: String(percentage) },
            timeoutMs: CALL_TIMEOUT_MS,
            ...(policy.signal === undefined ? {} : { signal: policy.signal }),
        }));
    }
    /**
     * Cancels the backup task; the lock stays. Atlassian's scripts POST, Bitbucket's own page submits a form; a server that
     * knows neither verb is tried once with DELETE.
     * @returns false when there was no task to cancel. @throws HttpError
     */
    async cancelBackup(cancelToken, policy) {
        const call = (method) => ({
            method,
            path: MAINTENANCE_PATH,
            query: { token: cancelToken },
            timeoutMs: CALL_TIMEOUT_MS,
        });
        try {
            await (0,retry/* retrying */.R$)(policy, async () => await this.#http.send(call('POST')));
            return true;
        }
        catch (error) {
            const status = (0,http_error/* statusOf */.c)(error);
            if (status !== 404 && status !== 405) {
                throw error;
            }
        }
        try {
            await this.#http.send(call('DELETE'));
            return true;
        }
        catch (error) {
            if ((0,http_error/* statusOf */.c)(error) === 404 || (0,http_error/* statusOf */.c)(error) === 405) {
                return false;
            }
            throw error;
        }
    }
    /** One attempt to unlock. @returns false when the instance was not locked. @throws HttpError 409: not our lock */
    async unlock(unlockToken) {
        try {
            await this.#http.send({
                method: 'DELETE',
                path: LOCK_PATH,
                query: { token: unlockToken },
                timeoutMs: LOCK_TIMEOUT_MS,
            });
            return true;
        }
        catch (error) {
            if ((0,http_error/* statusOf */.c)(error) === 404) {
                return false;
            }
            throw error;
        }
    }
    async #get(path, options, signal, policy = retry/* SHORT_RETRIES */._s) {
        const shared = signal === undefined ? {} : { signal };
        const call = { method: 'GET', path, timeoutMs: CALL_TIMEOUT_MS, ...options, ...shared };
        const { body } = await (0,retry/* retrying */.R$)({ ...policy, ...shared }, async () => await this.#http.send(call));
        return body;
    }
}
function nothingHere(url, cause) {
    return new errors/* ActionError */.lZ('UNEXPECTED_RESPONSE', `There is no Bitbucket at ${url} (its /status answered 404).`, {
        advice: 'Check bitbucket-url, with the context path if Bitbucket has one, such as /bitbucket.',
        cause,
    });
}


/***/ }),

/***/ 23539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ statusOf),
/* harmony export */   j: () => (/* binding */ HttpError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/** A call to Bitbucket that failed, with what the callers need to know to act on it. */

class HttpError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ {
    name = 'HttpError';
    status;
    maybeSent;
    retryable;
    retryAfterMs;
    body;
    constructor(code, message, facts, details = {}) {
        super(code, message, details);
        this.status = facts.status;
        this.maybeSent = facts.maybeSent;
        this.retryable = facts.retryable;
        this.retryAfterMs = facts.retryAfterMs;
        this.body = facts.body;
    }
}
/** The status of a failed call; undefined when there was no answer or it was not a call. */
function statusOf(error) {
    return error instanceof HttpError ? error.status : undefined;
}


/***/ }),

/***/ 68416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R$: () => (/* binding */ retrying),
/* harmony export */   _s: () => (/* binding */ SHORT_RETRIES),
/* harmony export */   zs: () => (/* binding */ NO_RETRIES)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var p_retry__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(74995);
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23539);
/** Repeats a call where repeating is safe: reads, progress, cancel, unlock. Never POST lock, never POST backups. */



/** Some seconds in all: long enough for a restart of a proxy, short enough to wait for. */
const SHORT_RETRIES = { retries: 2, firstDelayMs: 500, longestDelayMs: 4_000 };
/** For those who ask again anyway, and decide themselves how long failures may last. */
const NO_RETRIES = { ...SHORT_RETRIES, retries: 0 };
/** No server may make us wait longer than this at one go. */
const LONGEST_RETRY_AFTER_MS = 30_000;
/** @throws the last error, or at once one that another attempt would not change */
async function retrying(policy, call) {
    return await (0,p_retry__WEBPACK_IMPORTED_MODULE_2__/* ["default"] */ .Ay)(call, {
        retries: policy.retries,
        minTimeout: policy.firstDelayMs,
        maxTimeout: policy.longestDelayMs,
        factor: 2,
        randomize: true,
        ...(policy.budgetMs === undefined ? {} : { maxRetryTime: policy.budgetMs }),
        ...(policy.signal === undefined ? {} : { signal: policy.signal }),
        shouldRetry: ({ error }) => error instanceof _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j && error.retryable,
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
            if (!(error instanceof _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j) || !error.retryable || retriesLeft === 0) {
                return;
            }
            policy.onRetry?.(error, attemptNumber);
            if (error.retryAfterMs !== undefined) {
                const options = policy.signal === undefined ? {} : { signal: policy.signal };
                await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(Math.min(error.retryAfterMs, LONGEST_RETRY_AFTER_MS), undefined, options);
            }
        },
    });
}


/***/ }),

/***/ 11394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ createAddressBook)
/* harmony export */ });
/* harmony import */ var node_dns__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40610);
/* harmony import */ var node_dns_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(71553);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(77030);
/**
 * The host's address, looked up once and before the lock. Node's resolver shares four threads with the file system: when
 * these hang on a dead NFS mount no name can be resolved any more, and the unlock could not be sent.
 */



function createAddressBook() {
    const known = new Map();
    return {
        resolve: async (hostname) => {
            const bare = hostname.replace(/^\[|\]$/g, '');
            if ((0,node_net__WEBPACK_IMPORTED_MODULE_2__.isIP)(bare) === 0) {
                known.set(bare, await (0,node_dns_promises__WEBPACK_IMPORTED_MODULE_1__.lookup)(bare, { all: true }));
            }
        },
        lookup: (hostname, options, callback) => {
            const addresses = known.get(hostname);
            const [first] = addresses ?? [];
            if (addresses === undefined || first === undefined) {
                (0,node_dns__WEBPACK_IMPORTED_MODULE_0__.lookup)(hostname, options, callback);
            }
            else if (options.all === true) {
                callback(null, [...addresses]);
            }
            else {
                callback(null, first.address, first.family);
            }
        },
    };
}


/***/ }),

/***/ 80888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ trustingContext),
/* harmony export */   i: () => (/* binding */ holdsCertificate)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41692);
/** Further certificate authorities, beside those that Node brings and those of the machine. */


/**
 * Giving `ca` to TLS replaces the defaults, so they are named too. One context for all connections: it takes a tenth of a
 * second to make, and connections are opened while users are locked out.
 */
function trustingContext(extraPem) {
    const ca = [...(0,node_tls__WEBPACK_IMPORTED_MODULE_1__.getCACertificates)('default'), ...(0,node_tls__WEBPACK_IMPORTED_MODULE_1__.getCACertificates)('system'), extraPem];
    return (0,node_tls__WEBPACK_IMPORTED_MODULE_1__.createSecureContext)({ ca });
}
/** Node would ignore a file that holds none, silently. */
function holdsCertificate(pem) {
    try {
        return new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(pem).subject !== undefined;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 85509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ boundedText),
/* harmony export */   S: () => (/* binding */ createDispatcher)
/* harmony export */ });
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46752);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62102);


const CONNECT_TIMEOUT_MS = 10_000;
/**
 * The usual proxy variables count: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in both cases.
 * @param pipelining 0 closes the connection after each call
 */
function createDispatcher(tls, addresses, pipelining) {
    return new undici__WEBPACK_IMPORTED_MODULE_0__/* .EnvHttpProxyAgent */ .J2({
        ...(0,_proxy_js__WEBPACK_IMPORTED_MODULE_1__/* .proxySettings */ .E)(),
        pipelining,
        connect: { timeout: CONNECT_TIMEOUT_MS, lookup: addresses.lookup, ...tls },
        requestTls: { timeout: CONNECT_TIMEOUT_MS, ...tls },
        proxyTls: { timeout: CONNECT_TIMEOUT_MS, ...tls },
    });
}
/** Cut off there: an endless body must not fill memory. */
async function boundedText(body, largestBytes) {
    const chunks = [];
    let bytes = 0;
    const source = body;
    for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > largestBytes) {
            break;
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}


/***/ }),

/***/ 62102:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ proxySettings),
/* harmony export */   e: () => (/* binding */ proxyVariables)
/* harmony export */ });
/** The proxies that the environment names, in the way that curl and others read it. */
const HTTP = ['http_proxy', 'HTTP_PROXY'];
const HTTPS = ['https_proxy', 'HTTPS_PROXY'];
/** Which of the variables are set. Their values can hold a password. */
function proxyVariables() {
    return [...HTTPS, ...HTTP].filter((name) => process.env[name]);
}
/** For undici, which takes `host:port` without a scheme for an error; other programs take it for http. */
function proxySettings() {
    const http = first(HTTP);
    const https = first(HTTPS);
    return {
        ...(http === undefined ? {} : { httpProxy: http }),
        ...(https === undefined ? {} : { httpsProxy: https }),
    };
}
function first(names) {
    const value = names.map((name) => process.env[name]).find((candidate) => candidate);
    return value === undefined || value.includes('://') ? value : `http://${value}`;
}


/***/ }),

/***/ 81996:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ viaProxy),
/* harmony export */   p: () => (/* binding */ transportFailureOf)
/* harmony export */ });
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62102);
/** Why a server could not be talked to, in words, from what Node and undici throw. */

/** Errors that arise before a byte of the request is sent. */
const NEVER_SENT = new Set([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EADDRNOTAVAIL',
    'UND_ERR_CONNECT_TIMEOUT',
]);
const TLS_REASONS = {
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
    SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain ends in an unknown authority',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the issuer of its certificate is unknown',
    UNABLE_TO_GET_ISSUER_CERT: 'the issuer of its certificate is unknown',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is unknown',
    CERT_HAS_EXPIRED: 'its certificate has expired',
    CERT_NOT_YET_VALID: 'its certificate is not valid yet',
    ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};
/** @param urlInput the input that names the server */
function transportFailureOf(error, urlInput) {
    const code = systemCode(error);
    const tlsReason = TLS_REASONS[code];
    return {
        code,
        reason: `${code}${addressIn(error)}`,
        ...(tlsReason === undefined ? {} : { tls: { reason: tlsReason, cure: tlsCures(urlInput)[code] } }),
        maybeSent: tlsReason === undefined && !NEVER_SENT.has(code),
    };
}
/** Where another authority would not help. */
function tlsCures(urlInput) {
    return {
        CERT_HAS_EXPIRED: "Renew the server's certificate, and check the clock of this machine.",
        CERT_NOT_YET_VALID: "Check the clock of this machine and the dates of the server's certificate.",
        ERR_TLS_CERT_ALTNAME_INVALID: `Set ${urlInput} to a host name that the certificate is made for.`,
    };
}
function systemCode(error) {
    for (let current = error; current instanceof Error; current = current.cause) {
        if ('code' in current && typeof current.code === 'string') {
            return current.code;
        }
        // Both address families failed: the first one tells enough.
        if (current instanceof AggregateError && current.errors[0] instanceof Error) {
            return systemCode(current.errors[0]);
        }
    }
    return error.name;
}
function addressIn(error) {
    const address = /\d+\.\d+\.\d+\.\d+:\d+|\[?[0-9a-f:]*::[0-9a-f]*\]?:\d+/.exec(error.message)?.[0];
    return address === undefined ? '' : ` ${address}`;
}
/** Proxy variables of the runner are easily forgotten. Their values can hold a password: only the name is told. */
function viaProxy() {
    const set = (0,_proxy_js__WEBPACK_IMPORTED_MODULE_0__/* .proxyVariables */ .e)();
    return set.length === 0 ? '' : `; ${set.join(', ')} is set, and NO_PROXY can name hosts to reach directly`;
}


/***/ })

};

export const id = 127;
export const ids = [127];
export const modules = {

/***/ 50589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   f6: () => (/* binding */ ownerIn),
/* harmony export */   jf: () => (/* binding */ tokenIn),
/* harmony export */   pK: () => (/* binding */ maintenanceStatusIn),
/* harmony export */   wx: () => (/* binding */ isDrained)
/* harmony export */ });
/** Reads what Bitbucket answers, believing nothing: every field may be missing or of another type. */
/** Tokens are 40 hex digits; other versions may differ, but a token never holds anything that needs escaping. */
const TOKEN = /^[0-9A-Za-z_-]{8,128}$/;
function tokenIn(body, field) {
    const value = fieldOf(body, field);
    return typeof value === 'string' && TOKEN.test(value) ? value : undefined;
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

/***/ 64936:
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

/***/ 43172:
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
function authorizationHeader(credentials) {
    switch (credentials.kind) {
        case 'basic': {
            const pair = Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8');
            return `Basic ${pair.toString('base64')}`;
        }
        case 'bearer':
            return `Bearer ${credentials.token}`;
    }
}
/** Who we are, for messages: never the secret. */
function describeCredentials(credentials) {
    switch (credentials.kind) {
        case 'basic':
            return `user '${credentials.username}'`;
        case 'bearer':
            return 'the access token';
    }
}

// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(46752);
// EXTERNAL MODULE: external "node:dns"
var external_node_dns_ = __webpack_require__(40610);
// EXTERNAL MODULE: external "node:dns/promises"
var promises_ = __webpack_require__(71553);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
;// CONCATENATED MODULE: ./build/bitbucket/address.js
/**
 * The host's address, looked up once and before the lock. Node's resolver shares four threads with the file system: when
 * these hang on a dead NFS mount no name can be resolved any more, and the unlock could not be sent.
 */



function createAddressBook() {
    const known = new Map();
    return {
        resolve: async (hostname) => {
            const bare = hostname.replace(/^\[|\]$/g, '');
            if ((0,external_node_net_.isIP)(bare) === 0) {
                known.set(bare, await (0,promises_.lookup)(bare, { all: true }));
            }
        },
        lookup: (hostname, options, callback) => {
            const addresses = known.get(hostname);
            const [first] = addresses ?? [];
            if (addresses === undefined || first === undefined) {
                (0,external_node_dns_.lookup)(hostname, options, callback);
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

// EXTERNAL MODULE: ./build/bitbucket/certificates.js
var certificates = __webpack_require__(64936);
// EXTERNAL MODULE: ./build/bitbucket/http-error.js
var http_error = __webpack_require__(23539);
;// CONCATENATED MODULE: ./build/bitbucket/proxy.js
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

// EXTERNAL MODULE: ./build/host/log.js
var log = __webpack_require__(5493);
;// CONCATENATED MODULE: ./build/bitbucket/http-failures.js



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
/** Where another authority would not help. */
const TLS_CURES = {
    CERT_HAS_EXPIRED: "Renew the server's certificate, and check the clock of this machine.",
    CERT_NOT_YET_VALID: "Check the clock of this machine and the dates of the server's certificate.",
    ERR_TLS_CERT_ALTNAME_INVALID: 'Set bitbucket-url to a host name that the certificate is made for.',
};
/** @param afterMs set when our own time limit ended the call */
function failureOfTransport(error, url, afterMs) {
    const code = systemCode(error);
    const { host } = new URL(url);
    const tlsReason = TLS_REASONS[code];
    if (tlsReason !== undefined) {
        return new http_error/* HttpError */.j('TLS_UNTRUSTED', `The TLS certificate of ${host} is not trusted: ${tlsReason} (${code}).`, { maybeSent: false, retryable: false }, {
            advice: TLS_CURES[code] ?? "Name the PEM file of the certificate's authority in ca-file.",
            cause: error,
        });
    }
    const reason = afterMs === undefined ? `${code}${detail(error)}` : `no answer within ${afterMs / 1_000} s`;
    return new http_error/* HttpError */.j('BITBUCKET_UNREACHABLE', `Cannot reach ${url} (${reason})${viaProxy()}.`, { maybeSent: !NEVER_SENT.has(code), retryable: true }, { advice: 'Check bitbucket-url, and that this machine may connect there.', cause: error });
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
function detail(error) {
    const address = /\d+\.\d+\.\d+\.\d+:\d+|\[?[0-9a-f:]*::[0-9a-f]*\]?:\d+/.exec(error.message)?.[0];
    return address === undefined ? '' : ` ${address}`;
}
/** Proxy variables of the runner are easily forgotten. Their values can hold a password: only the name is told. */
function viaProxy() {
    const set = proxyVariables();
    return set.length === 0 ? '' : `; ${set.join(', ')} is set, and NO_PROXY can name hosts to reach directly`;
}

;// CONCATENATED MODULE: ./build/bitbucket/http.js








const CONNECT_TIMEOUT_MS = 10_000;
/** No answer of the maintenance API is near this size; an endless body must not fill memory. */
const LARGEST_BODY_BYTES = 1024 * 1024;
function createHttpTransport(connection) {
    const addresses = createAddressBook();
    const tls = connection.ca === undefined ? {} : { secureContext: (0,certificates/* trustingContext */.R)(connection.ca) };
    const pooled = createDispatcher(tls, addresses, 1);
    // `pipelining: 0` closes the connection after each call.
    const single = createDispatcher(tls, addresses, 0);
    return {
        send: async (call) => await send(connection, call.freshConnection === true ? single : pooled, call),
        resolveHost: async () => {
            try {
                await addresses.resolve(new URL(connection.url).hostname);
            }
            catch (error) {
                // Behind a proxy only the proxy needs to know the name.
                if (proxyVariables().length === 0) {
                    throw failureOfTransport((0,errors/* asError */.zR)(error), connection.url);
                }
            }
        },
        close: async () => {
            await Promise.all([pooled.destroy(), single.destroy()]);
        },
    };
}
/** The usual proxy variables count: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in both cases. */
function createDispatcher(tls, addresses, pipelining) {
    return new undici/* EnvHttpProxyAgent */.J2({
        ...proxySettings(),
        pipelining,
        connect: { timeout: CONNECT_TIMEOUT_MS, lookup: addresses.lookup, ...tls },
        requestTls: { timeout: CONNECT_TIMEOUT_MS, ...tls },
        proxyTls: { timeout: CONNECT_TIMEOUT_MS, ...tls },
    });
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
            text: await boundedText(response.body),
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
    return {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'X-Atlassian-Token': 'no-check',
        'User-Agent': 'bitbucket-backup-action',
        ...(call.anonymous === true ? {} : { Authorization: authorizationHeader(connection.credentials) }),
        ...call.headers,
    };
}
async function boundedText(body) {
    const chunks = [];
    let bytes = 0;
    const source = body;
    for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > LARGEST_BODY_BYTES) {
            break;
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
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
        return await (0,retry/* retrying */.R)({ ...retry/* SHORT_RETRIES */._, ...shared }, async () => {
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
    /** Is the instance locked, and by whom? Also shows whether our credentials are accepted. @throws HttpError */
    async lockState(signal) {
        try {
            return { locked: true, owner: (0,answers/* ownerIn */.f6)(await this.#get(LOCK_PATH, {}, signal)) };
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
        await (0,retry/* retrying */.R)(policy, async () => await this.#http.send({
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
            await (0,retry/* retrying */.R)(policy, async () => await this.#http.send(call('POST')));
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
    async #get(path, options, signal) {
        const shared = signal === undefined ? {} : { signal };
        const call = { method: 'GET', path, timeoutMs: CALL_TIMEOUT_MS, ...options, ...shared };
        const { body } = await (0,retry/* retrying */.R)({ ...retry/* SHORT_RETRIES */._, ...shared }, async () => await this.#http.send(call));
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
/** @returns the path of the file, in a new folder of mode 0700 */
function writeConnectionFile(connection) {
    const folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,_host_actions_js__WEBPACK_IMPORTED_MODULE_4__/* .temporaryFolder */ .yy)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()), FOLDER_PREFIX));
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, FILE_NAME);
    (0,_host_private_file_js__WEBPACK_IMPORTED_MODULE_5__/* .writePrivateFile */ .Pl)(path, JSON.stringify(connection));
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
/* harmony import */ var _host_journal_entry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83737);
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
/* harmony export */   Tl: () => (/* binding */ unlock),
/* harmony export */   Y5: () => (/* binding */ howToUnlock),
/* harmony export */   ZJ: () => (/* binding */ endTask),
/* harmony export */   jL: () => (/* binding */ assertServing)
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
        await completeUnknownTask(options, tokens.unlockToken);
    }
    else {
        await cancelTask(options, tokens.cancelToken);
    }
}
/**
 * A task may be running whose cancel token never reached us: the unlock alone would leave it latched. Progress 100 ends
 * it, and that takes the unlock token; what it "completes" is discarded.
 */
async function completeUnknownTask({ client, log }, unlockToken) {
    try {
        const { taskState } = await client.maintenance(unlockToken);
        if (taskState === 'RUNNING') {
            await client.reportProgress(unlockToken, 100, { ..._retry_js__WEBPACK_IMPORTED_MODULE_3__/* .SHORT_RETRIES */ ._, retries: 1 });
            log.info('Backup task ended in Bitbucket');
        }
    }
    catch (error) {
        log.warning(`Whether a backup task runs in Bitbucket is unknown: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .asError */ .zR)(error).message}`);
    }
}
async function cancelTask(options, cancelToken) {
    try {
        const canceled = await options.client.cancelBackup(cancelToken, { ..._retry_js__WEBPACK_IMPORTED_MODULE_3__/* .SHORT_RETRIES */ ._, retries: 1 });
        options.log.info(canceled ? 'Backup task cancelled in Bitbucket' : 'Bitbucket has no backup task to cancel');
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
        const wasLocked = await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .retrying */ .R)({
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
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('UNLOCK_NOT_EFFECTIVE', `${client.url} accepted the unlock but does not serve users after ${limits.unlockEffectMs / 1_000} s (${seen}).`, { advice: 'Look at Bitbucket itself: its status page and atlassian-bitbucket.log.' });
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
    options.log.warning(`Bitbucket is locked by ${owner} now, not by this backup; that lock is left alone.`);
    return 'foreign';
}


/***/ }),

/***/ 68416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ retrying),
/* harmony export */   _: () => (/* binding */ SHORT_RETRIES)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var p_retry__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(74995);
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23539);
/** Repeats a call where repeating is safe: reads, progress, cancel, unlock. Never POST lock, never POST backups. */



/** Some seconds in all: long enough for a restart of a proxy, short enough to wait for. */
const SHORT_RETRIES = { retries: 2, firstDelayMs: 500, longestDelayMs: 4_000 };
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

/***/ 39353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ inRunner)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
// EXTERNAL MODULE: ./build/host/process-groups.js
var process_groups = __webpack_require__(26735);
;// CONCATENATED MODULE: ./build/host/interruption.js
/**
 * The end that comes from outside. The runner cancels with SIGINT to our process alone, SIGTERM 7.5 s later, and kills
 * 2.5 s after that; so what unlocks Bitbucket goes out in the tick of the first signal, and only then the children end.
 */


const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Between SIGTERM and SIGKILL for our children: nothing may write a second after we were told to stop. */
const CHILD_GRACE_MS = 400;
function watchForInterruption(log) {
    const controller = new AbortController();
    const callbacks = new Set();
    const interrupt = (reason) => {
        if (controller.signal.aborted) {
            return;
        }
        for (const callback of callbacks) {
            try {
                callback();
            }
            catch (error) {
                // Thrown from here it would end the process with the children alive and Bitbucket locked.
                log.error(`While stopping: ${(0,errors/* asError */.zR)(error).message}`);
            }
        }
        (0,process_groups/* endAllGroups */.F2)(CHILD_GRACE_MS);
        log.warning(reason.message);
        controller.abort(reason);
    };
    const onSignal = (signal) => {
        interrupt(new errors/* CanceledError */.k3(`Cancelled by ${signal}: the run stops, cancels the backup and unlocks Bitbucket.`));
    };
    // A bug of ours must not leave Bitbucket locked either.
    const onBug = (thrown) => {
        const cause = (0,errors/* asError */.zR)(thrown);
        interrupt(new errors/* ActionError */.lZ('INTERNAL', `Unexpected error: ${cause.message}.`, { cause }));
    };
    for (const signal of SIGNALS) {
        process.on(signal, onSignal);
    }
    process.on('uncaughtException', onBug);
    process.on('unhandledRejection', onBug);
    return {
        signal: controller.signal,
        onInterrupt: (callback) => {
            callbacks.add(callback);
            return () => callbacks.delete(callback);
        },
        dispose: () => {
            for (const signal of SIGNALS) {
                process.off(signal, onSignal);
            }
            process.off('uncaughtException', onBug);
            process.off('unhandledRejection', onBug);
        },
    };
}

// EXTERNAL MODULE: ./build/host/log.js
var host_log = __webpack_require__(5493);
// EXTERNAL MODULE: ./build/host/product.js
var product = __webpack_require__(33012);
;// CONCATENATED MODULE: ./build/host/redactor.js
/**
 * Takes secrets out of text before it is printed. The runner masks what it was told to mask, but only in the forms it
 * thinks of, and not outside a runner; so every line passes here first.
 */
const SHORTEST_MASKED = 3;
class Redactor {
    #secrets = new Set();
    #onSecret;
    /** @param options.onSecret told every secret as it was given, so that the runner can mask it too */
    constructor(options = {}) {
        this.#onSecret = options.onSecret ?? (() => undefined);
    }
    /** Remembers a secret in the forms in which it can turn up: plain, URL-encoded, base64, JSON. */
    add(secret) {
        this.#onSecret(secret);
        const lines = secret.split(/\r?\n/);
        for (const part of [secret, ...lines]) {
            for (const form of formsOf(part)) {
                if (form.length >= SHORTEST_MASKED) {
                    this.#secrets.add(form);
                }
            }
        }
    }
    /** Remembers user and password as they travel in a basic authorization header. */
    addBasicCredentials(username, password) {
        this.add(password);
        this.#secrets.add(Buffer.from(`${username}:${password}`, 'utf8').toString('base64'));
    }
    redact(text) {
        let redacted = text;
        // Longest first, so that a secret that contains another leaves no rest behind.
        for (const secret of [...this.#secrets].sort((a, b) => b.length - a.length)) {
            redacted = redacted.replaceAll(secret, '***');
        }
        return redacted;
    }
}
function formsOf(secret) {
    return [
        secret,
        encodeURIComponent(secret),
        // As in a form or a query: a blank is a plus there, and more is encoded.
        new URLSearchParams([['', secret]]).toString().slice(1),
        Buffer.from(secret, 'utf8').toString('base64'),
        JSON.stringify(secret).slice(1, -1),
    ];
}

;// CONCATENATED MODULE: ./build/report/timeline.js
/**
 * The one timeline of a run. Every step is a span on it; the log, the summary, the outputs and the tests read their times
 * here and nowhere else, so that they cannot contradict each other.
 */
class Timeline {
    startedAtMs;
    #clock;
    #clockStart;
    #spans = [];
    #marks = {};
    /**
     * @param clock a monotonic clock in milliseconds. The wall clock may be stepped while a backup runs, so it only says
     *   when the run began; all distances come from this clock.
     * @param startedAtMs where the run stands on the wall clock, in milliseconds since the epoch.
     */
    constructor(clock = () => performance.now(), startedAtMs = Date.now()) {
        this.#clock = clock;
        this.#clockStart = clock();
        this.startedAtMs = startedAtMs;
    }
    /** Runs the work as a span. What the work throws is thrown on, after the span is closed as failed. */
    async span(phase, name, work) {
        const begun = { name, phase, startMs: this.nowMs(), endMs: undefined, outcome: 'running' };
        const index = this.#spans.push(begun) - 1;
        const close = (outcome) => {
            this.#spans[index] = { ...begun, endMs: this.nowMs(), outcome };
        };
        try {
            const result = await work();
            close('ok');
            return result;
        }
        catch (error) {
            close('failed');
            throw error;
        }
    }
    /** The first time counts: an unlock that is confirmed twice ended the window once. */
    mark(name) {
        this.#marks = { [name]: this.nowMs(), ...this.#marks };
    }
    get spans() {
        return this.#spans;
    }
    get marks() {
        return this.#marks;
    }
    /** Now, in milliseconds since the epoch, unmoved by steps of the wall clock. */
    nowMs() {
        return this.startedAtMs + (this.#clock() - this.#clockStart);
    }
    /**
     * How long users were locked out, in milliseconds: from the lock POST, because Bitbucket may lock long before it
     * answers, to the answer of the unlock, or to now while the lock is held. Undefined when no lock was confirmed.
     */
    lockedMs(nowMs = this.nowMs()) {
        const { locked, unlocked } = this.#marks;
        return locked === undefined ? undefined : (unlocked ?? nowMs) - (this.#marks['lock-requested'] ?? locked);
    }
    /** The part of the locked time that our copying takes, in milliseconds; undefined when Bitbucket never drained. */
    lockedAfterDrainMs(nowMs = this.nowMs()) {
        const { drained, unlocked } = this.#marks;
        return drained === undefined ? undefined : (unlocked ?? nowMs) - drained;
    }
    /** Milliseconds since the run began. */
    totalMs() {
        return this.nowMs() - this.startedAtMs;
    }
}

;// CONCATENATED MODULE: ./build/entries/in-runner.js
/** What every entry shares: the log, the signals, the end of the process. */







/** A process whose threads hang on a dead file system cannot exit; only a signal ends it. */
const EXIT_GRACE_MS = 5_000;
/** @param work returns whether it succeeded; it tells its own failures */
async function inRunner(work) {
    // Whatever is created from here on is ours alone.
    process.umask(0o077);
    const redactor = new Redactor({ onSecret: actions/* maskInRunner */.uK });
    const log = (0,host_log/* createLog */.h)(actions/* runnerSink */.oD, redactor);
    log.info(`${product/* PRODUCT */.A.name} ${product/* PRODUCT */.A.version}`);
    const interruption = watchForInterruption(log);
    const timeline = new Timeline();
    const succeeded = await work({ log, redactor, interruption, timeline }).catch((error) => {
        log.error(`Unexpected error: ${(0,errors/* messageChain */.NG)(error).join(': ')}`);
        return false;
    });
    interruption.dispose();
    if (!succeeded) {
        process.exitCode = 1;
        setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_GRACE_MS).unref();
    }
}


/***/ }),

/***/ 19473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   NG: () => (/* binding */ messageChain),
/* harmony export */   j1: () => (/* binding */ ConfigurationError),
/* harmony export */   k3: () => (/* binding */ CanceledError),
/* harmony export */   lZ: () => (/* binding */ ActionError),
/* harmony export */   r: () => (/* binding */ isErrno),
/* harmony export */   zR: () => (/* binding */ asError)
/* harmony export */ });
/**
 * What can go wrong, as types. Every error that reaches the administrator is one sentence of what failed, on what and
 * why, and one of what to do next. Codes are stable once published: workflows branch on the `error-code` output.
 */
/** An expected failure: told in a sentence, without a stack. */
class ActionError extends Error {
    name = 'ActionError';
    code;
    advice;
    constructor(code, message, details = {}) {
        super(message, details.cause === undefined ? undefined : { cause: details.cause });
        this.code = code;
        this.advice = details.advice;
    }
}
/** All wrong inputs, or everything preflight found, in one go. */
class ConfigurationError extends ActionError {
    name = 'ConfigurationError';
    problems;
    constructor(code, problems) {
        const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
        const what = code === 'INPUT_INVALID' ? 'in the inputs' : 'found before the lock';
        super(code, `${count} ${what}: ${problems.map((problem) => problem.message).join(' ')}`, {
            advice: 'Correct what is named and run again; nothing was changed.',
        });
        this.problems = problems;
    }
}
/** The run was asked to stop: by the runner, by a signal, or by a deadline of the job. */
class CanceledError extends ActionError {
    name = 'CanceledError';
    constructor(message, details = {}) {
        super('CANCELED', message, { advice: 'Start the backup again when it suits.', ...details });
    }
}
/** Turns whatever was thrown into an Error, so that cause chains never hold bare values. */
function asError(thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
}
/** The message of an error and of its causes, outermost first, without repeats. */
function messageChain(error) {
    const messages = [];
    let current = error;
    while (current !== undefined && messages.length < 8) {
        const { message, cause } = asError(current);
        if (!messages.some((earlier) => earlier.includes(message))) {
            messages.push(message);
        }
        current = cause;
    }
    return messages;
}
/** The code of the first coded error in the chain of causes; anything else is a bug of ours. */
function codeOf(error) {
    let current = error;
    for (let depth = 0; current !== undefined && depth < 8; depth += 1) {
        if (current instanceof ActionError) {
            return current.code;
        }
        current = asError(current).cause;
    }
    return 'INTERNAL';
}
/** Is it a system error with one of these codes? */
function isErrno(error, ...codes) {
    return (error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code));
}


/***/ }),

/***/ 56624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gu: () => (/* binding */ getState),
/* harmony export */   JR: () => (/* binding */ rawInput),
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   MA: () => (/* binding */ givenInputNames),
/* harmony export */   fe: () => (/* binding */ appendSummary),
/* harmony export */   oD: () => (/* binding */ runnerSink),
/* harmony export */   uH: () => (/* binding */ setOutput),
/* harmony export */   uK: () => (/* binding */ maskInRunner),
/* harmony export */   yy: () => (/* binding */ temporaryFolder)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/** The runner: inputs, outputs, masks, annotations, the job summary. */

/** The raw value as the workflow wrote it, without trimming: strictness is the reader's business. */
function rawInput(name, env = process.env) {
    return env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
}
/** The names of all inputs that the runner passed, as they appear in the environment (upper case). */
function givenInputNames(env = process.env) {
    return Object.keys(env)
        .filter((name) => name.startsWith('INPUT_'))
        .map((name) => name.slice('INPUT_'.length));
}
function maskInRunner(secret) {
    if (process.env['GITHUB_ACTIONS'] === 'true') {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(secret);
    }
}
/** Without GITHUB_OUTPUT (a local run) the value is printed, so that nothing is lost. */
function setOutput(name, value) {
    if (process.env['GITHUB_OUTPUT']) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
    }
    else {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(`output ${name}=${value.replaceAll('\n', ' ')}`);
    }
}
function saveState(name, value) {
    if (process.env['GITHUB_STATE']) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(name, value);
    }
}
function getState(name) {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(name);
}
/** Appends to the job summary; returns false where there is none. */
async function appendSummary(markdown) {
    if (!process.env['GITHUB_STEP_SUMMARY']) {
        return false;
    }
    await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markdown, true).write();
    return true;
}
/** The runner's log commands, as the sink of our log. */
const runnerSink = {
    debug: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz(line),
    info: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line),
    notice: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(line),
    warning: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(line),
    error: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3(line),
    startGroup: (title) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh(title),
    endGroup: () => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4(),
};
/** Folder for files that end with the job; the machine's own one outside a runner. */
function temporaryFolder(fallback) {
    return process.env['RUNNER_TEMP'] || fallback;
}


/***/ }),

/***/ 83737:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ parseJournal)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/** What a journal holds, and how it is read back without trusting it. No passwords: tokens only (DESIGN.md, laws 4, 5). */

const RUN_ID = /^[A-Za-z0-9_-]{1,64}$/;
const PHASES = ['none', 'locking', 'locked', 'unlocked'];
/** @throws ActionError UNSAFE_STATE for text that is not such a journal */
function parseJournal(text, path) {
    const journal = fields(parseJson(text, path));
    const process = fields(journal('process'));
    const lock = fields(journal('lock'));
    const phase = PHASES.find((known) => known === lock('phase'));
    const pid = process('pid');
    const partials = journal('partials');
    if (journal('formatVersion') !== 1 ||
        phase === undefined ||
        typeof pid !== 'number' ||
        !isTextList(partials)) {
        throw unreadable(path);
    }
    const need = (value) => {
        if (typeof value !== 'string') {
            throw unreadable(path);
        }
        return value;
    };
    // It becomes part of a file name.
    const matching = (value) => {
        if (!RUN_ID.test(need(value))) {
            throw unreadable(path);
        }
        return need(value);
    };
    return {
        formatVersion: 1,
        runId: matching(journal('runId')),
        backupId: need(journal('backupId')),
        instanceName: need(journal('instanceName')),
        url: need(journal('url')),
        startedAt: need(journal('startedAt')),
        process: {
            hostname: need(process('hostname')),
            bootId: need(process('bootId')),
            pidNamespace: need(process('pidNamespace')),
            pid,
            startTicks: need(process('startTicks')),
        },
        lock: {
            phase,
            ...optional('unlockToken', lock('unlockToken')),
            ...optional('cancelToken', lock('cancelToken')),
            ...optional('since', lock('since')),
        },
        partials,
        ...optional('connectionFile', journal('connectionFile')),
    };
}
function parseJson(text, path) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw unreadable(path);
    }
}
function fields(value) {
    return (name) => {
        const field = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
        return field;
    };
}
function optional(name, value) {
    const result = {};
    if (typeof value === 'string') {
        result[name] = value;
    }
    return result;
}
function isTextList(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
function unreadable(path) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('UNSAFE_STATE', `The journal ${path} is damaged or of another version.`, {
        advice: `See whether Bitbucket is locked, unlock it by hand if so, then remove ${path}.`,
    });
}


/***/ }),

/***/ 86076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CQ: () => (/* binding */ Journal),
/* harmony export */   HY: () => (/* binding */ journalPath),
/* harmony export */   Sw: () => (/* binding */ removeJournal),
/* harmony export */   W3: () => (/* binding */ livenessOfRun),
/* harmony export */   a0: () => (/* binding */ readJournal),
/* harmony export */   cG: () => (/* binding */ alreadyRunning)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _journal_entry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(83737);
/* harmony import */ var _private_file_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(78755);
/* harmony import */ var _process_identity_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(90053);
/**
 * The journal: what the next run has to know when this one is gone without a word. It names the run, says whether
 * Bitbucket is locked and with which token, and lists half-written files. Also what keeps two runs apart.
 */






const JOURNAL_NAME = '.journal.json';
const HEARTBEAT_MS = 15_000;
/** A run that cannot be seen from here (another machine or container) counts as dead after this long a silence. */
const SILENCE_MS = 5 * 60_000;
function journalPath(backupRoot) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, JOURNAL_NAME);
}
/** @returns undefined when there is none. @throws ActionError UNSAFE_STATE for one that cannot be trusted or read */
function readJournal(backupRoot) {
    const path = journalPath(backupRoot);
    const text = (0,_private_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readPrivateFile */ .q1)(path);
    return text === undefined ? undefined : (0,_journal_entry_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJournal */ .z)(text, path);
}
/** Does the run that wrote the journal still live? */
function livenessOfRun(backupRoot, entry) {
    const liveness = (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_5__/* .livenessOf */ .l)(entry.process);
    if (liveness !== 'unknown') {
        return liveness;
    }
    const silentMs = Date.now() - (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(journalPath(backupRoot)).mtimeMs;
    return silentMs > SILENCE_MS ? 'dead' : 'alive';
}
/** The error of a second run that finds a live first one. */
function alreadyRunning(backupRoot, entry) {
    const { process: owner } = entry;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('ALREADY_RUNNING', `Backup ${entry.backupId} (process ${owner.pid} on ${owner.hostname}) has been using ${backupRoot} since ${entry.startedAt}.`, { advice: 'Wait for it to end, or cancel it; give every Bitbucket a backup-root of its own.' });
}
class Journal {
    path;
    #entry;
    #heartbeat;
    #beating = false;
    constructor(path, entry) {
        this.path = path;
        this.#entry = entry;
    }
    /** Takes the journal for this run. @throws ActionError ALREADY_RUNNING when another run was faster */
    static claim(backupRoot, entry) {
        const path = journalPath(backupRoot);
        if (!(0,_private_file_js__WEBPACK_IMPORTED_MODULE_4__/* .claimPrivateFile */ .iI)(path, JSON.stringify(entry))) {
            const other = readJournal(backupRoot);
            throw other === undefined
                ? new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('ALREADY_RUNNING', `Another run has just used ${backupRoot}.`, {
                    advice: 'Start again.',
                })
                : alreadyRunning(backupRoot, other);
        }
        const journal = new Journal(path, entry);
        journal.#startHeartbeat();
        return journal;
    }
    get entry() {
        return this.#entry;
    }
    /** Returns when it is on disk. */
    update(change) {
        this.#entry = { ...this.#entry, ...change };
        (0,_private_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writePrivateFile */ .Pl)(this.path, JSON.stringify(this.#entry));
    }
    /** Ends the run's claim. A journal that another run has taken over meanwhile is left alone. */
    remove() {
        clearInterval(this.#heartbeat);
        removeJournal(this.path, this.#entry.runId);
    }
    /** Stops the heartbeat and leaves the file to the post step or the next run. */
    abandon() {
        clearInterval(this.#heartbeat);
    }
    /** One asynchronous call at a time: on a dead file system it costs one of four threads, not all of them. */
    #startHeartbeat() {
        this.#heartbeat = setInterval(() => {
            if (!this.#beating) {
                this.#beating = true;
                const now = new Date();
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.utimes)(this.path, now, now, () => {
                    this.#beating = false;
                });
            }
        }, HEARTBEAT_MS).unref();
    }
}
/**
 * Removes the journal of a run that is over. It is renamed first and looked at again: between our reading and now another
 * run may have removed it and claimed the name, and that claim must stand.
 */
function removeJournal(path, runId) {
    const aside = `${path}.${runId}.over`;
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(path, aside);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT')) {
            return;
        }
        throw error;
    }
    let over = false;
    try {
        over = (0,_journal_entry_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJournal */ .z)((0,_private_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readPrivateFile */ .q1)(aside) ?? '', aside).runId === runId;
    }
    finally {
        // Another run's claim, or one that nobody can read: not ours to remove.
        if (!over) {
            putBack(aside, path);
        }
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(aside, { force: true });
    }
}
function putBack(aside, path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.linkSync)(aside, path);
    }
    catch (error) {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'EEXIST')) {
            throw error;
        }
    }
}


/***/ }),

/***/ 5493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ printable),
/* harmony export */   h: () => (/* binding */ createLog)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/** The log that administrators read. A value that is passed in, so that all code runs and is tested without a runner. */

function createLog(sink, redactor) {
    let prefix = '';
    const warnings = [];
    // Redacted on both sides: colours can part a secret, and what makes text printable can change one.
    const safe = (message) => redactor.redact(printable(redactor.redact(message)));
    const clean = (message) => prefix + safe(message);
    return {
        warnings,
        debug: (message) => sink.debug(clean(message)),
        info: (message) => sink.info(clean(message)),
        notice: (message) => sink.notice(clean(message)),
        warning: (message) => {
            warnings.push(safe(message));
            sink.warning(clean(message));
        },
        error: (message) => sink.error(clean(message)),
        group: (title) => {
            sink.startGroup(safe(title));
            let open = true;
            return () => {
                if (open) {
                    open = false;
                    sink.endGroup();
                }
            };
        },
        setPrefix: (text) => {
            prefix = text === '' ? '' : `[${printable(text)}] `;
        },
    };
}
/**
 * Makes text of tools, servers and file names harmless on the runner's console: no control bytes or ANSI sequences, and
 * nothing that the runner takes for a command (`::name::` at the start of a line, `##[name]` anywhere).
 */
function printable(text) {
    return ((0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text)
        .replace(/\p{Cc}/gu, escapeControl)
        .replaceAll('##[', '## [')
        // Every line separator there is, not only the line feed.
        .replace(/^([^\S\r\n\u2028\u2029]*)::/gmu, '$1: :'));
}
function escapeControl(character) {
    if (character === '\n' || character === '\t') {
        return character;
    }
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
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
/** Kills what is left of a run that is over. @returns the ids of the processes that were killed */
function killOrphans(runId) {
    const orphans = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((pid) => pid !== process.pid && carriesMarker(pid, runId));
    for (const pid of orphans) {
        try {
            process.kill(pid, 'SIGKILL');
        }
        catch {
            // Gone meanwhile.
        }
    }
    return orphans;
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

/***/ 78755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pl: () => (/* binding */ writePrivateFile),
/* harmony export */   iI: () => (/* binding */ claimPrivateFile),
/* harmony export */   q1: () => (/* binding */ readPrivateFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/**
 * Small files that only we may read, written whole or not at all. Synchronous on purpose: they are written around the
 * lock, when the threads behind Node's asynchronous calls may hang on a dead file system.
 */




/** Replaces the file: temporary name, flush, rename, flush of the folder. Mode 0600. */
function writePrivateFile(path, content) {
    const temporary = writeTemporary(path, content);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)(temporary, path);
    syncFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
}
/** Creates the file, or returns false when the name is taken. Whole at once: nobody ever reads half of it. */
function claimPrivateFile(path, content) {
    const temporary = writeTemporary(path, content);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.linkSync)(temporary, path);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isErrno */ .r)(error, 'EEXIST')) {
            return false;
        }
        throw error;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(temporary, { force: true });
    }
    syncFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
    return true;
}
/**
 * Reads such a file without following a link. @returns undefined when there is none
 * @throws ActionError UNSAFE_STATE when somebody else could have written it
 */
function readPrivateFile(path) {
    let descriptor;
    try {
        // O_NONBLOCK: a planted pipe must not keep us waiting for its writer.
        descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NONBLOCK);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
            return undefined;
        }
        throw unsafe(path, error instanceof Error ? error.message : String(error));
    }
    try {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fstatSync)(descriptor);
        const { mode, uid } = stats;
        if (!stats.isFile()) {
            throw unsafe(path, 'it is not a file');
        }
        const own = process.getuid?.() ?? uid;
        if (uid !== own && uid !== 0) {
            throw unsafe(path, `it belongs to user id ${uid}, not to ${own}`);
        }
        if ((mode & 0o022) !== 0) {
            throw unsafe(path, `others may write to it (mode ${(mode & 0o777).toString(8)})`);
        }
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(descriptor, 'utf8');
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
    }
}
function unsafe(path, reason) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('UNSAFE_STATE', `${path} cannot be trusted: ${reason}.`, {
        advice: `Find out who wrote ${path}; remove it when it is not needed, and run again.`,
    });
}
function writeTemporary(path, content) {
    const temporary = `${path}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex')}`;
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_WRONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_CREAT | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_EXCL | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NOFOLLOW;
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(temporary, flags, 0o600);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(descriptor, content);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fsyncSync)(descriptor);
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(temporary, { force: true });
        throw error;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
    }
    return temporary;
}
function syncFolder(folder) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(folder, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fsyncSync)(descriptor);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
    }
}


/***/ }),

/***/ 26735:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ endAllGroups),
/* harmony export */   LK: () => (/* binding */ forgetGroup),
/* harmony export */   N4: () => (/* binding */ endGroup),
/* harmony export */   fM: () => (/* binding */ registerGroup),
/* harmony export */   i8: () => (/* binding */ signalGroup),
/* harmony export */   vy: () => (/* binding */ TERMINATION_GRACE_MS)
/* harmony export */ });
/* unused harmony export liveGroups */
/**
 * Every child runs in a process group of its own, because the runner signals only our process: what we do not kill goes
 * on writing after we are gone.
 */
const live = new Set();
/** Between the polite and the final signal, when there is time. */
const TERMINATION_GRACE_MS = 5_000;
function registerGroup(pgid) {
    live.add(pgid);
}
function forgetGroup(pgid) {
    live.delete(pgid);
}
function liveGroups() {
    return [...live];
}
/** Sends a signal to a group. A group that is already gone is no error. */
function signalGroup(pgid, signal) {
    try {
        process.kill(-pgid, signal);
    }
    catch {
        // ESRCH: gone. EPERM: it runs as another user (sudo); its own parent ends it.
    }
}
/** Asks a group to end, and makes it end `graceMs` later. Returns at once. */
function endGroup(pgid, graceMs = TERMINATION_GRACE_MS) {
    signalGroup(pgid, 'SIGTERM');
    setTimeout(() => {
        if (live.has(pgid)) {
            signalGroup(pgid, 'SIGKILL');
        }
    }, graceMs).unref();
}
/** Ends all children, for a run that is being cancelled. */
function endAllGroups(graceMs) {
    for (const pgid of live) {
        endGroup(pgid, graceMs);
    }
}


/***/ }),

/***/ 90053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ ownIdentity),
/* harmony export */   l: () => (/* binding */ livenessOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/**
 * Which process a run was, so that a later one can tell whether it still lives. A bare process id is not enough: ids are
 * used again, machines restart, and a container has its own.
 */


function ownIdentity() {
    return {
        hostname: (0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)(),
        bootId: read('/proc/sys/kernel/random/boot_id'),
        pidNamespace: pidNamespace(),
        pid: process.pid,
        startTicks: startTicks(process.pid) ?? '',
    };
}
/** `unknown` when the process ran on another machine or in another container, where it cannot be seen from here. */
function livenessOf(identity) {
    if (identity.hostname === (0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)() && identity.bootId !== read('/proc/sys/kernel/random/boot_id')) {
        return 'dead';
    }
    if (identity.hostname !== (0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)() || identity.pidNamespace !== pidNamespace()) {
        return 'unknown';
    }
    const ticks = startTicks(identity.pid);
    return ticks !== undefined && ticks === identity.startTicks ? 'alive' : 'dead';
}
function pidNamespace() {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)('/proc/self/ns/pid');
    }
    catch {
        return '';
    }
}
/** Field 22 of /proc/<pid>/stat (proc(5)); the name in field 2 may hold anything, so fields count from its end. */
function startTicks(pid) {
    const stat = read(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    // A zombie has ended; it only waits for its parent to look.
    return state === undefined || state === '' || state === 'Z' ? undefined : fields[19];
}
function read(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8').trim();
    }
    catch {
        return '';
    }
}


/***/ }),

/***/ 33012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ PRODUCT)
/* harmony export */ });
/** What this is, for manifests. A test holds the version to that of package.json. */
const PRODUCT = { name: 'bitbucket-backup-action', version: '0.1.0' };


/***/ }),

/***/ 29624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C6: () => (/* binding */ BACKUP_AND_RESTORE),
/* harmony export */   DW: () => (/* binding */ BACKUP),
/* harmony export */   GO: () => (/* binding */ BACKUP_AND_CANCEL),
/* harmony export */   bO: () => (/* binding */ CANCEL),
/* harmony export */   y2: () => (/* binding */ ALL),
/* harmony export */   zN: () => (/* binding */ RESTORE)
/* harmony export */ });
/** What is said of an input where it is declared. */
/** Which actions an input belongs to. */
const BACKUP = ['backup'];
const RESTORE = ['restore'];
const CANCEL = ['cancel'];
const BACKUP_AND_RESTORE = ['backup', 'restore'];
const BACKUP_AND_CANCEL = ['backup', 'cancel'];
const ALL = ['backup', 'restore', 'cancel'];


/***/ }),

/***/ 72122:
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
;// CONCATENATED MODULE: ./build/report/run-report.js
/** How long users were locked out, in milliseconds; undefined when this run never held the lock. */
function lockedMs(report) {
    const { timeline, lockTakenAtMs } = report;
    const measured = timeline.lockedMs();
    if (measured !== undefined || lockTakenAtMs === undefined) {
        return measured;
    }
    return Math.max(0, (timeline.marks.unlocked ?? timeline.nowMs()) - lockTakenAtMs);
}
/**
 * Takes secrets out of everything that came from tools, servers and files. Before rendering, because escaping changes a
 * secret so that it is no longer recognized. The tokens stay: they are shown on purpose.
 */
function redactReport(report, redact) {
    const all = (texts) => texts.map(redact);
    const { failure } = report;
    return {
        ...report,
        pruned: all(report.pruned),
        warnings: all(report.warnings),
        plan: report.plan === undefined ? undefined : all(report.plan),
        failure: failure === undefined ? undefined : redactFailure(failure, redact),
    };
}
function redactFailure(failure, redact) {
    return {
        ...failure,
        messages: failure.messages.map(redact),
        advice: failure.advice === undefined ? undefined : redact(failure.advice),
        problems: failure.problems?.map(({ subject, message }) => ({ subject, message: redact(message) })),
        undone: failure.undone.map(redact),
        undoFailures: failure.undoFailures.map(redact),
    };
}

;// CONCATENATED MODULE: ./build/report/states.js
/** The three sentences that every report owes the administrator: may users work, is there an archive, what now. */


function lockSentence(report) {
    const ms = lockedMs(report);
    switch (report.lockState) {
        case 'never-locked':
            return 'Bitbucket was not locked.';
        case 'unlocked':
            return ms === undefined
                ? 'Bitbucket is unlocked.'
                : `Bitbucket is unlocked; users were locked out for ${(0,format/* formatDuration */.a3)(ms)}.`;
        case 'still-locked':
            return `BITBUCKET IS STILL LOCKED${ms === undefined ? '' : `, by now for ${(0,format/* formatDuration */.a3)(ms)}`}: users cannot work until it is unlocked.`;
        case 'locked-by-other':
            return 'Bitbucket is locked by somebody else; that lock is not of this run and was left alone.';
        case 'unknown':
            return 'WHETHER BITBUCKET IS LOCKED IS UNKNOWN: it could not be asked. Check it now.';
    }
}
function archiveSentence(report) {
    if (report.archive !== undefined) {
        return `The archive of this run is complete: ${report.archive.path}.`;
    }
    if (report.kind === 'post') {
        return 'This step makes no archive; one of this run exists only if the backup step reported it.';
    }
    switch (report.outcome) {
        case 'success':
            return 'No archive was asked for.';
        case 'dry-run':
            return 'No archive was made.';
        case 'failure':
        case 'canceled':
            return 'No archive was made; archives of earlier runs are untouched.';
    }
}
/** What to do next, most urgent first. */
function nextSteps(report) {
    const advice = report.failure?.advice;
    const fromError = advice === undefined ? [] : [advice];
    switch (report.lockState) {
        case 'still-locked':
            return [releaseAdvice(report), ...fromError];
        case 'unknown':
            return ['Ask Bitbucket for its lock, and release it when it is the one of this run.', ...fromError];
        case 'locked-by-other':
            return fromError.length > 0
                ? fromError
                : ['Ask your colleagues who is doing maintenance, and run the backup when they are done.'];
        case 'never-locked':
        case 'unlocked':
            return fromError;
    }
}
function releaseAdvice(report) {
    if (report.tokens === undefined) {
        return 'Unlock Bitbucket by hand; the token of the lock is in the log of Bitbucket.';
    }
    return report.journalPath === undefined
        ? 'Unlock Bitbucket now with the commands in the job summary.'
        : `Unlock Bitbucket now with the commands in the job summary; otherwise the next run unlocks it from ${report.journalPath}.`;
}

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
                ? [`${subject} complete.`, lockSentence(report)]
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
    const ms = lockedMs(report);
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
            return [lockSentence(report)];
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
        lockSentence(report),
        archiveSentence(report),
        ...(undoFailures.length === 0 ? [] : [`Not undone: ${undoFailures.map(withoutFullStop).join('; ')}.`]),
        ...nextSteps(report),
    ];
}
function withoutFullStop(message) {
    return message.trim().replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/report/gantt.js
/** The timeline as a mermaid gantt chart, with the time in which users were locked out as a red bar of its own. */


/** More bars than this are unreadable; GitHub also refuses a chart of more than 50,000 characters. */
const MOST_BARS = 40;
const SECTIONS = {
    preflight: 'Checks',
    prepare: 'Prepare',
    locked: 'Locked',
    settle: 'Settle',
    archive: 'Archive',
    finish: 'Finish',
};
/** Left to itself, mermaid writes the same second at several ticks, or the labels over each other. */
const MOST_TICKS = 8;
const LARGEST_TICK = [86_400_000, '1day'];
const TICKS = [
    [50, '50millisecond'],
    [200, '200millisecond'],
    [500, '500millisecond'],
    [1_000, '1second'],
    [2_000, '2second'],
    [5_000, '5second'],
    [15_000, '15second'],
    [30_000, '30second'],
    [60_000, '1minute'],
    [120_000, '2minute'],
    [300_000, '5minute'],
    [900_000, '15minute'],
    [1_800_000, '30minute'],
    [3_600_000, '1hour'],
    [10_800_000, '3hour'],
    [21_600_000, '6hour'],
];
/** Mermaid reads these as statements at the beginning of a line, whatever follows (its gantt.jison). */
const STATEMENTS = /^(?:gantt|section|title|dateformat|axisformat|tickinterval|includes|excludes|todaymarker|topaxis|inclusiveenddates|weekday|weekend|click|call|href|acctitle|accdescr|accdescription)\b|^\d/i;
/** Undefined when there is nothing to draw. */
function renderGantt(timeline) {
    const spans = longest(timeline.spans, timeline.nowMs());
    if (spans.length === 0) {
        return undefined;
    }
    const bars = new Bars(timeline);
    const lines = ['gantt', 'dateFormat x', ...bars.axis(), 'todayMarker off', ...bars.ofLock()];
    let section;
    for (const span of spans) {
        if (span.phase !== section) {
            section = span.phase;
            lines.push(`section ${SECTIONS[section]}`);
        }
        lines.push(bars.ofSpan(span));
    }
    return (0,markdown/* codeBlock */.DV)(lines, 'mermaid');
}
function axisFormat(tickMs) {
    if (tickMs < 1_000) {
        return '%H:%M:%S.%L';
    }
    if (tickMs < 60_000) {
        return '%H:%M:%S';
    }
    return tickMs < 86_400_000 ? '%H:%M' : '%d %b';
}
function longest(spans, nowMs) {
    const duration = (span) => (span.endMs ?? nowMs) - span.startMs;
    const kept = new Set([...spans].sort((a, b) => duration(b) - duration(a)).slice(0, MOST_BARS));
    return spans.filter((span) => kept.has(span));
}
class Bars {
    #timeline;
    #nowMs;
    #shortestMs;
    constructor(timeline) {
        this.#timeline = timeline;
        this.#nowMs = timeline.nowMs();
        // A bar of no width cannot be seen.
        this.#shortestMs = Math.max(1, (this.#nowMs - timeline.startedAtMs) / 200);
    }
    /** Times are those of the reader's own clock, as in GitHub's log view. */
    axis() {
        const totalMs = this.#nowMs - this.#timeline.startedAtMs;
        const [ms, interval] = TICKS.find(([tickMs]) => totalMs / tickMs <= MOST_TICKS) ?? LARGEST_TICK;
        return [`axisFormat ${axisFormat(ms)}`, `tickInterval ${interval}`];
    }
    ofSpan(span) {
        const endMs = span.endMs ?? this.#nowMs;
        const took = (0,format/* formatDuration */.a3)(endMs - span.startMs);
        switch (span.outcome) {
            case 'ok':
                return this.#bar(`${span.name} ${took}`, 'done, ', span.startMs, endMs);
            case 'failed':
                return this.#bar(`${span.name} failed after ${took}`, 'crit, done, ', span.startMs, endMs);
            case 'running':
                return this.#bar(`${span.name} ${took}`, 'active, ', span.startMs, endMs);
        }
    }
    ofLock() {
        const { marks } = this.#timeline;
        const startMs = marks['lock-requested'] ?? marks.locked;
        if (marks.locked === undefined || startMs === undefined) {
            return [];
        }
        const endMs = marks.unlocked ?? this.#nowMs;
        const drainedMs = marks.drained ?? endMs;
        const lines = ['section Users', this.#lockBar('locked out until drained', startMs, drainedMs)];
        if (marks.drained !== undefined) {
            lines.push(this.#lockBar('locked out after drain', drainedMs, endMs));
        }
        return lines;
    }
    #lockBar(name, startMs, endMs) {
        return this.#bar(`${name} ${(0,format/* formatDuration */.a3)(endMs - startMs)}`, 'crit, ', startMs, endMs);
    }
    #bar(name, tags, startMs, endMs) {
        const end = Math.max(endMs, startMs + this.#shortestMs);
        return `${barName(name)} :${tags}${Math.round(startMs)}, ${Math.round(end)}`;
    }
}
/** Letters, digits, space, dot and dash: anything else may be syntax to one version of mermaid or another. */
function barName(name) {
    const harmless = name
        .replace(/[^A-Za-z0-9 .-]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 80);
    return STATEMENTS.test(harmless) || harmless === '' ? `Step ${harmless}`.trim() : harmless;
}

;// CONCATENATED MODULE: ./build/report/shell-word.js
/** A word of a command line that an administrator copies into a POSIX shell. We run nothing through a shell ourselves. */
function shellWord(word) {
    return /^[A-Za-z0-9_/.:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

;// CONCATENATED MODULE: ./build/report/manual-release.js
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
                : (0,markdown/* details */.zH)('Unlock and cancel tokens of this run (used up)', `This run's lock is gone, so these tokens open nothing any more. They are kept here to compare with Bitbucket's log.\n\n${tokenList(tokens)}\n\n${releaseCommands(bitbucketUrl, tokens)}`);
    }
}
function commands(url, tokens, report) {
    const journal = report.journalPath === undefined
        ? ''
        : `\n\nThe next backup run on this machine also tries it, from its journal ${(0,markdown/* code */.aY)(report.journalPath)}.`;
    return `Run this from any machine that reaches Bitbucket, with the name of a system administrator for ADMIN; curl asks for the password.\n\n${releaseCommands(url, tokens)}\n\n${tokenList(tokens)}${journal}`;
}
function withoutToken(url) {
    return `The token of the lock did not reach this run. Ask whether Bitbucket is locked (200: locked, 404: not locked):\n\n${(0,markdown/* codeBlock */.DV)([curl([endpoint(url, 'mvc/maintenance/lock')])], 'sh')}\n\nIf it is, look for the unlock token in <code>atlassian-bitbucket.log</code> below the home of the node that answered, and send it with:\n\n${(0,markdown/* codeBlock */.DV)([unlock(url, 'TOKEN')], 'sh')}\n\nWithout the token, a restart of all Bitbucket nodes releases the lock.`;
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
    return (0,markdown/* codeBlock */.DV)([
        ...cancel,
        `# ${cancelToken === undefined ? 1 : 2}. Unlock. 200, 202 or 204: unlocked. 404: it was not locked. 409: the lock is not of this run.`,
        unlock(url, unlockToken),
        `# ${cancelToken === undefined ? 2 : 3}. Check. 404: not locked, users can work. 200: still locked.`,
        curl([endpoint(url, 'mvc/maintenance/lock')]),
    ], 'sh');
}
function tokenList({ unlockToken, cancelToken }) {
    const cancel = cancelToken === undefined ? 'none, no backup task was started' : (0,markdown/* code */.aY)(cancelToken);
    return `- Unlock token: ${(0,markdown/* code */.aY)(unlockToken)}\n- Cancel token: ${cancel}`;
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
    return [...CURL, ...args].map(shellWord).join(' ');
}
/** The base URL may have a context path, with or without a slash at its end. */
function endpoint(url, path) {
    return `${url.replace(/\/+$/, '')}/${path}`;
}

;// CONCATENATED MODULE: ./build/report/summary-failure.js
/** What an administrator needs after a failure: the reason, what was undone, what to do next. */


/** Problems of one run; more are counted. */
const MOST_PROBLEMS = 100;
function renderFailure(report) {
    const { failure } = report;
    if (failure === undefined) {
        return undefined;
    }
    const steps = nextSteps(report);
    return [
        reason(failure),
        ...(steps.length === 0 ? [] : [`**What to do next**\n\n${(0,markdown/* bulletList */.fF)(steps)}`]),
        ...undoing(failure),
    ].join('\n\n');
}
function reason(failure) {
    const step = failure.failedStep === undefined ? '' : ` in step ${(0,markdown/* code */.aY)(failure.failedStep)}`;
    const { problems = [] } = failure;
    if (problems.length > 0) {
        return `${(0,markdown/* code */.aY)(failure.code)}${step}: each of these has to be put right.\n\n${problemTable(problems)}`;
    }
    const [outermost = 'No reason was given.', ...causes] = failure.messages;
    const because = causes.length === 0 ? '' : `\n\nBecause:\n\n${(0,markdown/* bulletList */.fF)(causes)}`;
    return `${(0,markdown/* code */.aY)(failure.code)}${step}: **${(0,markdown/* plain */.pj)(outermost)}**${because}`;
}
function problemTable(problems) {
    const shown = problems.slice(0, MOST_PROBLEMS);
    const rows = shown.map(({ subject, message }) => [(0,markdown/* code */.aY)(subject), (0,markdown/* plain */.pj)(message)]);
    const left = problems.length - shown.length;
    return (0,markdown/* table */.tp)(['About', 'Problem and cure'], left > 0 ? [...rows, ['', `and ${left} more`]] : rows);
}
function undoing({ undone, undoFailures }) {
    return [
        ...(undone.length === 0 ? [] : [`**Undone**\n\n${(0,markdown/* bulletList */.fF)(undone)}`]),
        ...(undoFailures.length === 0
            ? []
            : [`**Could not be undone: look after it by hand**\n\n${(0,markdown/* bulletList */.fF)(undoFailures)}`]),
    ];
}

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
            return report.kind === 'post' ? [(0,markdown/* plain */.pj)(lockSentence(report))] : [...lockedOut(report), took];
        case 'dry-run':
            return ['**Nothing was locked or changed.**', took];
        case 'failure':
        case 'canceled':
            return [`**${(0,markdown/* plain */.pj)(lockSentence(report))}**`, (0,markdown/* plain */.pj)(archiveSentence(report)), took];
    }
}
function lockedOut(report) {
    const ms = lockedMs(report);
    if (ms === undefined) {
        return [`**${(0,markdown/* plain */.pj)(lockSentence(report))}**`];
    }
    const afterDrain = report.timeline.lockedAfterDrainMs();
    const drain = afterDrain === undefined ? '' : `, of it ${(0,format/* formatDuration */.a3)(afterDrain)} after the drain`;
    const still = report.lockState === 'unlocked' ? [] : [`**${(0,markdown/* plain */.pj)(lockSentence(report))}**`];
    return [`**Users were locked out for ${(0,format/* formatDuration */.a3)(ms)}**${drain}.`, ...still];
}

;// CONCATENATED MODULE: ./build/report/summary-tables.js
/** The tables of the summary: parts, archive, steps, facts of the run. */




/** Steps of one run; more are counted. */
const MOST_STEPS = 100;
const PHASES = {
    preflight: 'Checks (users working)',
    prepare: 'Prepare (users working)',
    locked: 'Locked (users locked out)',
    settle: 'Settle (users working)',
    archive: 'Archive (users working)',
    finish: 'Finish (users working)',
};
const OUTCOMES = {
    ok: 'done',
    failed: '**failed**',
    running: 'not finished',
};
const EMPTY = '–';
function renderParts({ parts }) {
    return (0,markdown/* table */.tp)(['Part', 'Strategy', 'Files', 'Size'], parts.map(partRow));
}
function partRow(part) {
    const name = (0,markdown/* plain */.pj)(part.slot);
    if (!part.included) {
        return [name, `${(0,markdown/* code */.aY)(part.strategy)}: **not backed up**`, EMPTY, EMPTY];
    }
    return [
        name,
        (0,markdown/* code */.aY)(part.strategy),
        part.files === undefined ? EMPTY : (0,format/* formatCount */.B4)(part.files),
        part.bytes === undefined ? EMPTY : (0,format/* formatBytes */.z3)(part.bytes),
    ];
}
function renderArchive({ archive, manifestPath, outcome, kind }) {
    if (archive === undefined) {
        return kind === 'backup' && outcome === 'success' ? 'No archive was asked for.' : undefined;
    }
    const rows = [
        ['Size', size(archive)],
        ['SHA-256', (0,markdown/* code */.aY)(archive.sha256)],
        ...(manifestPath === undefined ? [] : [['Manifest', (0,markdown/* code */.aY)(manifestPath)]]),
    ];
    const check = `cd -- ${shellWord((0,external_node_path_.dirname)(archive.path))} && sha256sum -c -- ${shellWord(`${(0,external_node_path_.basename)(archive.path)}.sha256`)}`;
    return `${(0,markdown/* table */.tp)(['File', (0,markdown/* code */.aY)(archive.path)], rows)}\n\nTo check it:\n\n${(0,markdown/* codeBlock */.DV)([check], 'sh')}`;
}
function size({ bytes, sourceBytes }) {
    if (bytes === 0 || sourceBytes === 0) {
        return (0,format/* formatBytes */.z3)(bytes);
    }
    return `${(0,format/* formatBytes */.z3)(bytes)}, of ${(0,format/* formatBytes */.z3)(sourceBytes)} (compressed ${(sourceBytes / bytes).toFixed(1)} : 1)`;
}
/** A bold row for every phase with the time from its first to its last moment, then its steps. */
function renderSteps(timeline) {
    const nowMs = timeline.nowMs();
    const shown = timeline.spans.slice(0, MOST_STEPS);
    const rows = [...Map.groupBy(shown, (span) => span.phase)].flatMap(([phase, spans]) => [
        phaseRow(phase, spans, timeline),
        ...spans.map((span) => stepRow(span, timeline)),
    ]);
    const left = timeline.spans.length - shown.length;
    const rest = left > 0 ? [[`and ${(0,format/* formatCount */.B4)(left)} more`, '', '', '']] : [];
    const total = ['**Total**', '', `**${(0,format/* formatDuration */.a3)(nowMs - timeline.startedAtMs)}**`, ''];
    return (0,markdown/* table */.tp)(['Step', 'Began after', 'Took', 'Outcome'], [...rows, ...rest, total]);
}
function phaseRow(phase, spans, timeline) {
    const nowMs = timeline.nowMs();
    const startMs = Math.min(...spans.map((span) => span.startMs));
    const endMs = Math.max(...spans.map((span) => span.endMs ?? nowMs));
    return [
        `**${PHASES[phase]}**`,
        (0,format/* formatDuration */.a3)(startMs - timeline.startedAtMs),
        `**${(0,format/* formatDuration */.a3)(endMs - startMs)}**`,
        '',
    ];
}
function stepRow(span, timeline) {
    return [
        (0,markdown/* plain */.pj)(span.name),
        (0,format/* formatDuration */.a3)(span.startMs - timeline.startedAtMs),
        (0,format/* formatDuration */.a3)((span.endMs ?? timeline.nowMs()) - span.startMs),
        OUTCOMES[span.outcome],
    ];
}
function renderFacts(report) {
    const { marks, startedAtMs } = report.timeline;
    const version = report.bitbucketVersion === undefined ? '' : ` (version ${(0,markdown/* plain */.pj)(report.bitbucketVersion)})`;
    const moments = [
        ['Run began', startedAtMs],
        ['Lock taken', marks.locked ?? report.lockTakenAtMs],
        ['Drained', marks.drained],
        ['Unlocked', marks.unlocked],
    ];
    return (0,markdown/* table */.tp)(['Instance', (0,markdown/* code */.aY)(report.instanceName)], [
        ['Bitbucket', `${(0,markdown/* code */.aY)(report.bitbucketUrl)}${version}`],
        ['Backup id', (0,markdown/* code */.aY)(report.backupId)],
        ...moments.flatMap(([name, ms]) => (ms === undefined ? [] : [[name, (0,format/* formatMoment */.K9)(ms)]])),
    ]);
}

;// CONCATENATED MODULE: ./build/report/summary.js
/** The job summary: read by an administrator at 3 a.m., so what needs a hand comes first and details come last. */








/** GitHub drops a summary of more than 1 MiB (1,048,576 bytes) whole; other text of the step needs room too. */
const MOST_BYTES = 900 * 1024;
/** @returns markdown for GITHUB_STEP_SUMMARY. Give it a report that `redactReport` has cleaned of secrets. */
function renderSummary(report) {
    return joinWithin(MOST_BYTES, [
        ...urgentRelease(report),
        headline(report),
        section('What failed', renderFailure(report)),
        section('Plan', report.plan === undefined ? undefined : (0,markdown/* bulletList */.fF)(report.plan, markdown/* plain */.pj, 200)),
        section(partsTitle(report), report.parts.length === 0 ? undefined : renderParts(report)),
        section('Archive', renderArchive(report)),
        section('Warnings', listed(report.warnings)),
        section('Where the time went', timelineOf(report)),
        section('Removed archives', pruned(report)),
        section('Run', renderFacts(report)),
        foldedRelease(report),
    ]);
}
function mayBeLocked({ lockState }) {
    return lockState === 'still-locked' || lockState === 'unknown';
}
function urgentRelease(report) {
    return mayBeLocked(report)
        ? [
            `# 🚨 ${(0,markdown/* plain */.pj)(lockSentence(report))}`,
            `## Check and unlock Bitbucket by hand\n\n${renderRelease(report) ?? ''}`,
        ]
        : [];
}
function foldedRelease(report) {
    return mayBeLocked(report) ? undefined : renderRelease(report);
}
function section(title, body) {
    return body === undefined || body === '' ? undefined : `### ${title}\n\n${body}`;
}
function listed(texts) {
    return (0,markdown/* bulletList */.fF)(texts);
}
/** What a failed run copied is no backup. */
function partsTitle({ outcome }) {
    return outcome === 'success' ? 'What was backed up' : 'What was to be backed up';
}
function timelineOf(report) {
    const chart = renderGantt(report.timeline);
    return chart === undefined ? undefined : `${chart}\n\n${renderSteps(report.timeline)}`;
}
function pruned(report) {
    return report.pruned.length === 0
        ? undefined
        : `${(0,format/* counted */.hS)(report.pruned.length, 'older archive')} of this instance removed, as <code>keep-backups</code> asks:\n\n${(0,markdown/* bulletList */.fF)(report.pruned, markdown/* code */.aY)}`;
}
/** Sections are left out whole, from the end, so that no table or code block is cut open. */
function joinWithin(mostBytes, sections) {
    const present = sections.filter((text) => text !== undefined);
    let bytes = 0;
    const kept = present.filter((text) => {
        const size = Buffer.byteLength(text) + 2;
        const fits = bytes + size <= mostBytes;
        bytes += fits ? size : 0;
        return fits;
    });
    const left = present.length - kept.length;
    const note = left === 0 ? [] : [`_${(0,format/* counted */.hS)(left, 'section')} left out: too long for a job summary; see the log._`];
    return `${[...kept, ...note].join('\n\n')}\n`;
}

// EXTERNAL MODULE: ./build/host/actions.js
var actions = __webpack_require__(56624);
// EXTERNAL MODULE: ./build/inputs/declaration.js
var declaration = __webpack_require__(29624);
;// CONCATENATED MODULE: ./build/inputs/outputs.js
/** Every output, declared once; `action.yml` and the README's table are made from this. */

const outputDeclarations = [
    {
        name: 'backup-id',
        description: 'Name of the backup: instance name and UTC time.',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    { name: 'archive', description: 'Path of the archive.', actions: declaration/* BACKUP_AND_RESTORE */.C6 },
    { name: 'archive-sha256', description: 'SHA-256 of the archive, in hex.', actions: declaration/* BACKUP */.DW },
    { name: 'manifest', description: 'Path of the manifest, a JSON file.', actions: declaration/* BACKUP */.DW },
    {
        name: 'unlock-token',
        description: 'The token that unlocks Bitbucket by hand; used up after a normal end.',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'cancel-token',
        description: "The token that cancels Bitbucket's backup task by hand; used up after a normal end.",
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'locked-seconds',
        description: 'How long users were locked out, from the request to lock until Bitbucket was unlocked.',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'available',
        description: 'The backups in `archive-root`, newest first, as JSON: a list of objects with `name`, `path`, `time`, `bytes`, `instanceName`, `bitbucketVersion`, `parts`, `checksum`.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'bitbucket-version',
        description: 'Version of Bitbucket that made what was restored.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'task',
        description: "What became of Bitbucket's backup task: `canceled`, `none` (there was none) or `unknown`.",
        actions: declaration/* CANCEL */.bO,
    },
    {
        name: 'lock',
        description: 'What became of the lock: `unlocked`, `was-unlocked` (it was so already), `held` or `unknown`.',
        actions: declaration/* CANCEL */.bO,
    },
    { name: 'duration-seconds', description: 'How long the whole run took.', actions: declaration/* ALL */.y2 },
    { name: 'result', description: '`success`, `failure`, `canceled` or `dry-run`.', actions: declaration/* ALL */.y2 },
    {
        name: 'error-code',
        description: 'A stable word for the failure, such as `DRAIN_TIMEOUT`; empty after a success.',
        actions: declaration/* ALL */.y2,
    },
];
/** The outputs of one action. */
function outputsOf(action) {
    return outputDeclarations.filter((output) => output.actions.includes(action));
}

;// CONCATENATED MODULE: ./build/pipeline/publish.js
/** Brings what is told of a run to where people look: the last log line, the annotations, the outputs, the job summary. */



async function publish(told, log) {
    for (const problem of told.problems) {
        log.error(problem.message);
    }
    if (told.succeeded) {
        log.info(told.line);
    }
    else {
        log.error(told.line);
    }
    try {
        await (0,actions/* appendSummary */.fe)(told.summary);
    }
    catch (error) {
        log.warning(`The job summary could not be written: ${(0,errors/* asError */.zR)(error).message}`);
    }
}
/** Sets every output of the action, empty where there is no value, so that no workflow reads one of an earlier step. */
function publishOutputs(action, values) {
    const given = new Map(Object.entries(values));
    for (const { name } of outputsOf(action)) {
        (0,actions/* setOutput */.uH)(name, given.get(name) ?? '');
    }
}
/** As outputs tell times: `12.345`. */
function seconds(ms) {
    return (ms / 1_000).toFixed(3);
}

;// CONCATENATED MODULE: ./build/pipeline/publish-backup.js
/** What a backup, or its post step, publishes. */





async function publishBackup(report, log, redactor) {
    const redacted = redactReport(report, (text) => redactor.redact(text));
    await publish({
        succeeded: redacted.outcome === 'success' || redacted.outcome === 'dry-run',
        problems: redacted.failure?.problems ?? [],
        line: outcomeLine(redacted),
        summary: renderSummary(redacted),
    }, log);
}
function publishBackupOutputs(report) {
    const { archive, tokens, timeline, failure, manifestPath } = report;
    const lockedMs = timeline.lockedMs();
    publishOutputs('backup', {
        'backup-id': report.backupId,
        archive: archive?.path,
        'archive-sha256': archive?.sha256,
        manifest: manifestPath,
        'unlock-token': tokens?.unlockToken,
        'cancel-token': tokens?.cancelToken,
        'locked-seconds': lockedMs === undefined ? undefined : seconds(lockedMs),
        'duration-seconds': seconds(timeline.totalMs()),
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

/***/ 40722:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  UJ: () => (/* binding */ findStaleRun),
  Px: () => (/* binding */ recoverStaleRun),
  DZ: () => (/* binding */ tidy)
});

// EXTERNAL MODULE: ./build/bitbucket/connection-file.js
var connection_file = __webpack_require__(66075);
// EXTERNAL MODULE: ./build/bitbucket/recover.js
var recover = __webpack_require__(666);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/journal.js
var journal = __webpack_require__(86076);
// EXTERNAL MODULE: ./build/host/orphans.js
var host_orphans = __webpack_require__(9420);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/host/partials.js
/** Half-written files and folders of a run that is over. Removed only by a name that could be nothing else. */


/** Such names start with a dot and say what they are, so that a forged journal cannot have anything else removed. */
const PARTIAL_NAME = /^\..+\.partial-[A-Za-z0-9._-]+$/;
/** @returns the paths that were removed */
function removePartials(paths) {
    return paths.filter((path) => {
        if (!(0,external_node_path_.isAbsolute)(path) || path.split('/').includes('..') || !PARTIAL_NAME.test((0,external_node_path_.basename)(path))) {
            return false;
        }
        (0,external_node_fs_.rmSync)(path, { recursive: true, force: true });
        return true;
    });
}

;// CONCATENATED MODULE: ./build/pipeline/stale-run.js






/** @returns the journal of a dead run. @throws ActionError ALREADY_RUNNING when it still lives, UNSAFE_STATE */
function findStaleRun(backupRoot) {
    const entry = (0,journal/* readJournal */.a0)(backupRoot);
    if (entry !== undefined && (0,journal/* livenessOfRun */.W3)(backupRoot, entry) === 'alive') {
        throw (0,journal/* alreadyRunning */.cG)(backupRoot, entry);
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
        throw new errors/* ActionError */.lZ('UNSAFE_STATE', `${(0,journal/* journalPath */.HY)(backupRoot)} is of a dead run for ${entry.url}, not for ${client.url}.`, {
            advice: `Run a backup of ${entry.url} first, or make sure that it is unlocked and remove that file; give every Bitbucket a backup-root of its own.`,
        });
    }
    const orphans = (0,host_orphans/* killOrphans */.a)(entry.runId);
    if (orphans.length > 0) {
        log.notice(`Ended ${orphans.length} processes that backup ${entry.backupId} had left running.`);
    }
    const recovery = await (0,recover/* recoverLock */.e)(options, entry);
    log.notice(SENTENCES[recovery](entry));
    tidy(backupRoot, entry);
}
/** Removes what a run that is over has left on disk. */
function tidy(backupRoot, entry) {
    removePartials(entry.partials);
    if (entry.connectionFile !== undefined) {
        (0,connection_file/* removeConnectionFile */.tl)(entry.connectionFile);
    }
    (0,journal/* removeJournal */.Sw)((0,journal/* journalPath */.HY)(backupRoot), entry.runId);
}
const SENTENCES = {
    unlocked: ({ backupId, lock }) => `Recovered the lock of backup ${backupId}, which died after locking Bitbucket at ${lock.since ?? 'an unknown time'}: Bitbucket is unlocked.`,
    'was-unlocked': ({ backupId }) => `Backup ${backupId} died while holding the lock; somebody has unlocked Bitbucket since.`,
    foreign: ({ backupId }) => `Backup ${backupId} died while holding the lock; Bitbucket is locked by somebody else now, and that lock is left alone.`,
    'not-locked': ({ backupId }) => `Backup ${backupId} died without holding the lock; its remains were removed.`,
};


/***/ }),

/***/ 92772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   K9: () => (/* binding */ formatMoment),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/** Numbers as an administrator reads them. */
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
/** Bytes in binary units with three or four significant digits: `512 B`, `1.2 GiB`. */
function formatBytes(bytes) {
    let value = Math.max(0, bytes);
    let text = String(Math.round(value));
    let unit = BYTE_UNITS[0];
    for (const larger of BYTE_UNITS.slice(1)) {
        // The rounded text decides, so that 1023.99 KiB is not told as `1024.0 KiB`.
        if (Number(text) < 1024) {
            break;
        }
        value /= 1024;
        unit = larger;
        text = value < 99.95 ? value.toFixed(1) : String(Math.round(value));
    }
    return `${text} ${unit}`;
}
/** Milliseconds as `85 ms`, `1.8 s`, `42 s`, `12 min 5 s` or `2 h 3 min`. */
function formatDuration(ms) {
    const duration = Math.max(0, ms);
    if (duration < 99.5) {
        return `${Math.round(duration)} ms`;
    }
    if (duration < 9_950) {
        // Rounded before it is printed: toFixed(1) makes 0.8 of 0.85.
        return `${(Math.round(duration / 100) / 10).toFixed(1)} s`;
    }
    const seconds = Math.round(duration / 1_000);
    if (seconds < 60) {
        return `${seconds} s`;
    }
    if (seconds < 3_600) {
        return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
    }
    const minutes = Math.round(seconds / 60);
    return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}
function joined(large, largeUnit, small, smallUnit) {
    return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
/** Whole numbers with a comma at every third digit, whatever the locale of the runner. */
function formatCount(count) {
    return Math.round(count).toLocaleString('en-US');
}
/** `1 warning`, `2 warnings`. */
function counted(count, noun) {
    return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
/** A moment (milliseconds since the epoch) to the second, in UTC: `2026-11-22 02:13:05 UTC`. */
function formatMoment(ms) {
    return `${new Date(Math.round(ms)).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}


/***/ }),

/***/ 34902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ codeBlock),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   fF: () => (/* binding */ bulletList),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var _host_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5493);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92772);
/**
 * Text from outside (file names, messages of servers and tools) in GitHub's markdown: it may neither end a table cell nor
 * begin a heading, a link, a code block or HTML. Characters that could are written as numeric references, which
 * CommonMark (section 2.5) never takes for structure.
 */


/** Longest piece of outside text that is shown, in code points; the log has all of it. */
const LONGEST_TEXT = 2_000;
/** On one line, in normal type. */
function plain(text) {
    return escapeMarkup(oneLine(text, LONGEST_TEXT))
        .replace(/^[-+=#]/, reference)
        .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits, mark) => digits + reference(mark));
}
/** On one line, in a fixed-width font: paths, names, tokens, digests. */
function code(text) {
    return `<code>${escapeMarkup(oneLine(text, LONGEST_TEXT))}</code>`;
}
/** Commands to copy. The fence is longer than any run of backticks inside it, so nothing inside can end it. */
function codeBlock(lines, language = '') {
    const body = lines.map((line) => oneLine(line, LONGEST_TEXT * 2));
    const runs = body.join('\n').match(/`+/g) ?? [];
    const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
    return [fence + language, ...body, fence].join('\n');
}
/** Cells are markdown already. */
function table(head, rows) {
    return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
/** Outside text as a list, cut after `most` entries with the count of the rest. */
function bulletList(items, render = plain, most = 50) {
    const shown = items.slice(0, most).map((item) => `- ${render(item)}`);
    const left = items.length - shown.length;
    return [...shown, ...(left > 0 ? [`- and ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatCount */ .B4)(left)} more`] : [])].join('\n');
}
/** Folded away until somebody wants it. */
function details(title, body) {
    return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}
/** One line without control characters; what is invisible or turns the direction of writing is made visible. */
function oneLine(text, longest = LONGEST_TEXT) {
    const line = (0,_host_log_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(text)
        .replace(/[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, (character) => {
        return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    })
        .replace(/\s+/gu, ' ')
        .trim();
    const points = Array.from(line);
    const left = points.length - longest;
    return left <= 0 ? line : `${points.slice(0, longest).join('')} … (${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatCount */ .B4)(left)} more characters)`;
}
function escapeMarkup(text) {
    return (text
        .replace(/[&<>"'|`\\*[\]~$@]/g, reference)
        // `pg_dump` stays as it is; only an underscore at the edge of a word can begin emphasis.
        .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, reference)
        // Nothing from outside becomes a link by itself.
        .replace(/:(?=\/\/)/g, reference)
        .replace(/(?<=www)\./gi, reference));
}
function reference(character) {
    return `&#${character.codePointAt(0)};`;
}


/***/ })

};

export const id = 50;
export const ids = [50];
export const modules = {

/***/ 191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ headersOf)
/* harmony export */ });
function headersOf({ headers }) {
    const all = new Map(Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name, [value].flat().join(', ')]]));
    return {
        get: (name) => all.get(name.toLowerCase()) ?? null,
        [Symbol.iterator]: () => all[Symbol.iterator](),
    };
}


/***/ }),

/***/ 4451:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ answerOf),
/* harmony export */   w: () => (/* binding */ makeStreams)
/* harmony export */ });
/* harmony import */ var _answer_headers_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(191);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(177);
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3697);
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2533);
/* harmony import */ var _url_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4100);
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3758);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6480);







const bodyLimit = 64 * 1024;
function makeStreams(transport, { idle, least, longest }) {
    const open = ({ method, url, headers, guarded }, signal) => {
        const request = transport.open(url, {
            ...{ method, signal, guarded },
            headers: { 'user-agent': _version_js__WEBPACK_IMPORTED_MODULE_4__/* .userAgent */ .N, ...headers },
            highWaterMark: 1024 * 1024,
        });
        let reading = request;
        request.once('response', (response) => {
            reading = response;
            response.on('error', () => { });
        });
        const breakOff = (words) => void reading.destroy(new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(plain(url), 'lost', words));
        request.setTimeout(idle, () => breakOff(`nothing came or went for ${(0,_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatDuration */ .a3)(idle)}`));
        const end = setTimeout(() => breakOff(`not over after ${(0,_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatDuration */ .a3)(longest)}`), longest).unref();
        let before = 0;
        const rate = setInterval(() => {
            const now = bytesOf(request.socket);
            if (now - before < least)
                breakOff(`${(0,_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatBytes */ .z3)(now - before)} in ${(0,_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatDuration */ .a3)(idle)} is too slow`);
            before = now;
        }, idle).unref();
        request.once('socket', (socket) => {
            before = bytesOf(socket);
        });
        request.once('close', () => {
            clearTimeout(end);
            clearInterval(rate);
        });
        return request;
    };
    const answered = (request, url) => new Promise((resolve, reject) => {
        request.on('response', resolve);
        request.on('error', (error) => reject(lost(url, error)));
    });
    const download = (request, response, url) => ({
        url: plain(url),
        status: response.statusCode ?? 0,
        headers: (0,_answer_headers_js__WEBPACK_IMPORTED_MODULE_6__/* .headersOf */ .Y)(response),
        body: response,
        isPrivate: transport.isPrivate(request),
    });
    return {
        async get(url, headers, signal) {
            const identity = { 'accept-encoding': 'identity', ...headers };
            let sent = {
                ...{ method: 'GET', url: new URL(url), headers: identity, body: undefined, guarded: false },
            };
            for (let hop = 0; hop <= _http_js__WEBPACK_IMPORTED_MODULE_0__/* .mostRedirects */ .d3; hop++) {
                const request = open(sent, signal);
                request.end();
                const answer = download(request, await answered(request, sent.url), sent.url);
                const location = answer.headers.get('location');
                if (answer.status < 300 || answer.status > 399 || location === null)
                    return answer;
                await discard(answer.body);
                sent = (0,_url_policy_js__WEBPACK_IMPORTED_MODULE_2__/* .redirected */ .cP)(sent, { ...answer, location });
            }
            throw new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(url, 'redirect', `more than ${_http_js__WEBPACK_IMPORTED_MODULE_0__/* .mostRedirects */ .d3} redirects`);
        },
        async upload({ method, url, namedBy }, headers, signal) {
            const target = new URL(url);
            const guarded = (0,_url_policy_js__WEBPACK_IMPORTED_MODULE_2__/* .mustBePublic */ .Ok)(target, namedBy);
            const request = open({ method, url: target, headers, body: undefined, guarded }, signal);
            let [isOpen, isBroken] = [true, false];
            request.once('error', () => {
                isBroken = true;
            });
            const over = new Promise((resolve) => {
                for (const event of ['response', 'error', 'close'])
                    request.once(event, () => {
                        isOpen = false;
                        resolve();
                    });
            });
            const answer = answered(request, target)
                .then((response) => answerOf(download(request, response, target)))
                .catch((error) => Promise.reject(lost(target, error)));
            answer.catch(() => { });
            return {
                get isOpen() {
                    return isOpen;
                },
                send: async (body, each) => {
                    await Promise.race([over, pump(body, request, each)]);
                    if (isBroken)
                        await answer;
                },
                answer: () => {
                    if (isOpen)
                        request.end();
                    return answer;
                },
                close: () => void request.destroy(),
            };
        },
    };
}
const pump = (body, request, each) => new Promise((resolve, reject) => {
    const brokeOff = () => body.errored ?? Object.assign(new Error('the body broke off'), { code: 'ECONNRESET' });
    if (body.destroyed)
        return reject(brokeOff());
    const resume = () => void body.resume();
    const stop = () => {
        body.pause();
        request.off('drain', resume);
    };
    request.on('drain', resume);
    const fail = (error) => {
        stop();
        reject(error);
    };
    body.on('data', (chunk) => {
        try {
            const bytes = each(chunk);
            if (bytes.length > 0 && !request.write(bytes))
                body.pause();
        }
        catch (error) {
            fail(error);
        }
    });
    body.once('end', () => {
        stop();
        resolve();
    });
    body.once('error', fail);
    body.once('close', () => fail(brokeOff()));
    request.once('close', stop);
});
const plain = (url) => `${url.origin}${url.pathname}`;
const bytesOf = (socket) => (socket?.bytesRead ?? 0) + (socket?.bytesWritten ?? 0);
const lost = (url, error) => error instanceof _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j
    ? error
    : new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(plain(url), (0,_http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isBeforeConnection */ .C)(error) ? 'unconnected' : 'lost', (0,_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error), {
        cause: error,
    });
async function discard(body) {
    try {
        for await (const _chunk of takeSome(body))
            ;
    }
    catch {
    }
}
async function* takeSome(body) {
    let size = 0;
    for await (const chunk of body) {
        size += chunk.length;
        if (size > bodyLimit)
            return;
        yield chunk;
    }
}
async function answerOf({ body, ...answer }) {
    const chunks = [];
    for await (const chunk of takeSome(body))
        chunks.push(chunk);
    return { ...answer, body: Buffer.concat(chunks) };
}


/***/ }),

/***/ 7427:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ pushError)
/* harmony export */ });
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2774);
/* harmony import */ var _lib_api_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2227);
/* harmony import */ var _registry_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7375);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6247);




const appOf = ({ repository }) => repository.path.split('/').at(-1) ?? '';
const pushService = {
    found: ({ what, repository }, answer) => 'status' in answer
        ? `${new URL(answer.url).host} answered ${answer.status} to ${what} to ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)(repository)} (${(0,_registry_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .registryWords */ .lz)(answer)}).`
        : `There is no answer from ${answer.url} to ${what} to ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)(repository)}.`,
    advice: {
        denied: (push) => ({
            code: 'mirror-unauthorized',
            expected: `A token that can push to the registry of app "${appOf(push)}".`,
            fix: (0,_lib_advice_js__WEBPACK_IMPORTED_MODULE_3__/* .newFlyToken */ .JX)(appOf(push)),
        }),
        'not-found': (push) => ({
            code: 'fly-app-not-found',
            expected: `An app "${appOf(push)}", to which that repository belongs.`,
            fix: `Correct the input \`app\`. Or create the app: \`fly apps create ${appOf(push)}\`.`,
        }),
        unexpected: () => ({
            code: 'mirror-refused',
            expected: 'A registry that accepts the image.',
            fix: `${_lib_advice_js__WEBPACK_IMPORTED_MODULE_3__/* .retryFly */ .eP} Or make the package public, and set \`with: mirror: never\`.`,
        }),
    },
};
const pushError = (answer, { repository }, what = 'a push') => (0,_lib_api_error_js__WEBPACK_IMPORTED_MODULE_0__/* .apiError */ .p)({ service: pushService, resource: { what, repository }, answer });


/***/ }),

/***/ 8050:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ mirrorFor),
  l: () => (/* binding */ needsMirror)
});

// EXTERNAL MODULE: ./build/lib/advice.js
var advice = __webpack_require__(2774);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/lib/progress.js
var lib_progress = __webpack_require__(8285);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/registry/connect.js + 4 modules
var connect = __webpack_require__(7251);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/registry/manifest.js
var manifest = __webpack_require__(9329);
// EXTERNAL MODULE: ./build/registry/reference.js
var reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./node_modules/p-map/index.js
var p_map = __webpack_require__(606);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __webpack_require__(2533);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __webpack_require__(4100);
// EXTERNAL MODULE: ./build/mirror/errors.js
var errors = __webpack_require__(7427);
;// CONCATENATED MODULE: ./build/mirror/patience.js


class Interrupted extends Error {
}
const tries = 4;
const progress = 1024 ** 2;
const isBroken = (error) => (error instanceof http_error/* HttpError */.j && error.mayPass) ||
    (error instanceof Error &&
        ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code)));
class Patience {
    #deps;
    #failures = 0;
    #furthest = 0;
    constructor(deps) {
        this.#deps = deps;
    }
    async after(error, at = 0) {
        const { clock, random, log, signal } = this.#deps;
        if (at >= this.#furthest + progress)
            [this.#failures, this.#furthest] = [0, at];
        this.#failures++;
        const isTemporary = error instanceof Interrupted || isBroken(error);
        if (!isTemporary || this.#failures >= tries || signal.aborted)
            throw error;
        log.line(`Interrupted (${(0,user_error/* messageOf */.bD)(error)})`);
        await clock.sleep(500 + random() * 1000 * 2 ** (this.#failures - 1));
    }
}
async function persist(work, deps) {
    const patience = new Patience(deps);
    for (;;) {
        try {
            return await work();
        }
        catch (error) {
            await patience.after(error);
        }
    }
}

;// CONCATENATED MODULE: ./build/mirror/blob-target.js





const answerLimit = 64 * 1024;
const large = 8 * 1024 ** 2;
async function hasBlob({ digest }, target) {
    return (await target.request(`blobs/${digest}`, { method: 'HEAD', limit: 0 })).status === 200;
}
class BlobTarget {
    #blob;
    #session;
    #streams;
    #signal;
    #isLarge;
    #location;
    #upload;
    #wasContinued = false;
    #mayContinue = true;
    constructor(blob, session, streams, signal) {
        this.#blob = blob;
        this.#session = session;
        this.#streams = streams;
        this.#signal = signal;
        this.#isLarge = blob.size >= large;
    }
    get upload() {
        return this.#upload?.isOpen === true ? this.#upload : undefined;
    }
    async open(sent) {
        const at = await this.#received(sent);
        this.#wasContinued = at > 0;
        if (at === 0)
            this.#location = await this.#begin();
        if (at > 0 && at === this.#blob.size)
            return at;
        const { size } = this.#blob;
        const range = at === 0 ? {} : { 'content-range': `${at}-${size - 1}` };
        this.#upload = await this.#send(this.#isLarge ? 'PATCH' : 'PUT', size - at, range);
        return at;
    }
    async #begin() {
        const started = await this.#session.request('blobs/uploads/', { method: 'POST', limit: answerLimit });
        if (started.status !== 202)
            throw this.#refusal(started, 'begin');
        return { url: locationOf(started), namedBy: started };
    }
    #send(method, length, range = {}) {
        if (this.#location === undefined)
            throw new Error('no upload has begun');
        const { url: place, namedBy } = this.#location;
        const url = method === 'PUT' ? withDigest(place, this.#blob) : place;
        return this.#streams.upload({ method, url, namedBy }, {
            'content-type': 'application/octet-stream',
            'content-length': String(length),
            ...range,
            ...this.#session.authorizationFor(url),
        }, this.#signal);
    }
    async #received(sent) {
        const place = this.#location;
        if (place === undefined || !this.#isLarge || !this.#mayContinue)
            return 0;
        const request = { namedBy: place.namedBy, limit: answerLimit, follow: false };
        const answer = await this.#session.requestTo(place.url, request).catch(() => undefined);
        const [, last] = /^(?:bytes=)?0-([1-9]\d{0,15})$/.exec(answer?.headers.get('range') ?? '') ?? [];
        if (answer?.status !== 204 || last === undefined || Number(last) >= sent)
            return 0;
        this.#move(answer);
        return Number(last) + 1;
    }
    #move(answer) {
        if (answer.headers.get('location') !== null)
            this.#location = { url: locationOf(answer), namedBy: answer };
    }
    async finish(isSent) {
        if (this.#upload !== undefined) {
            const answer = await this.#upload.answer();
            this.#upload = undefined;
            if (![201, 202, 204].includes(answer.status))
                throw this.#refusal(answer);
            if (!isSent)
                throw new Interrupted(`${new URL(answer.url).host} answered before the end of the upload`);
            if (!this.#isLarge)
                return this.#done(answer);
            this.#move(answer);
        }
        this.#upload = await this.#send('PUT', 0);
        const answer = await this.#upload.answer();
        this.#upload = undefined;
        this.#done(answer);
    }
    #done(answer) {
        if (answer.status !== 201 && answer.status !== 204)
            throw this.#refusal(answer);
    }
    #refusal(answer, to = 'upload') {
        const { status } = answer;
        const isMisfit = this.#wasContinued && [400, 416].includes(status);
        if (isMisfit)
            this.#mayContinue = false;
        const isExpired = status === 401 && this.#session.identity === 'login';
        return isMisfit || isExpired || (0,hosts/* passesByItself */.uj)(answer) || (status === 404 && to === 'upload')
            ? new Interrupted(`${new URL(answer.url).host} answered ${status}`)
            : (0,errors/* pushError */.J)(answer, this.#session);
    }
    close() {
        this.#upload?.close();
        this.#upload = undefined;
    }
}
function locationOf(answer) {
    const location = answer.headers.get('location') ?? '';
    const url = (0,url_policy/* resolveUrl */.O2)(location, answer);
    if (location === '' || url === undefined || (0,url_policy/* objection */.C4)(url, answer) !== undefined) {
        throw new http_error/* HttpError */.j(answer.url, 'redirect', `the registry named "${location}" as the location of the upload`);
    }
    return `${url.origin}${url.pathname}${url.search}`;
}
const withDigest = (url, { digest }) => `${url}${url.includes('?') ? '&' : '?'}digest=${digest}`;

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/lib/http-stream.js
var http_stream = __webpack_require__(4451);
;// CONCATENATED MODULE: ./build/mirror/blob-source.js






const betweenStates = 4 * 1024 ** 2;
class BlobSource {
    #blob;
    #session;
    #hashed = 0;
    #sent = 0;
    #next = 0;
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #states = [];
    #ranges = true;
    constructor(blob, session) {
        this.#blob = blob;
        this.#session = session;
    }
    continueAt(sent) {
        this.#sent = sent;
        if (sent >= this.#hashed)
            return;
        this.#states = this.#states.filter(({ at }) => at <= sent);
        const last = this.#states.at(-1);
        this.#hashed = last?.at ?? 0;
        this.#hash = last?.hash.copy() ?? (0,external_node_crypto_.createHash)('sha256');
    }
    get isSent() {
        return this.#sent > 0 && this.#sent === this.#blob.size;
    }
    get sent() {
        return this.#sent;
    }
    async open(streams, signal) {
        const from = this.#ranges ? this.#hashed : 0;
        const url = this.#session.urlOf(`blobs/${this.#blob.digest}`);
        const range = from === 0 ? {} : { range: `bytes=${from}-` };
        const answer = await this.#session.authorized((headers) => streams.get(url, { ...range, ...headers }, signal), (refused) => (0,http_stream/* answerOf */.u)(refused), url);
        if (Buffer.isBuffer(answer.body))
            throw this.#refusal(answer.status);
        const download = { ...answer, body: answer.body };
        if (from > 0 && answer.status === 206 && this.#isRest(download, from))
            return { ...download, from };
        if (answer.status === 200 && this.#isWhole(download))
            return { ...download, from: 0 };
        answer.body.destroy();
        if (from > 0 && (answer.status === 206 || answer.status === 416)) {
            this.#ranges = false;
            return this.open(streams, signal);
        }
        if (answer.status !== 200)
            throw this.#refusal(answer.status);
        throw new user_error/* UserError */.yo({
            code: 'blob-mismatch',
            found: `${this.#where} has ${answer.headers.get('content-length')} bytes according to the registry’s answer, but ${this.#blob.size} according to the manifest.`,
            expected: 'The same size in both.',
            fix: 'Build and push the image again. If the error persists, check for a proxy between this runner and the registry that changes answers.',
        });
    }
    begin({ from }) {
        this.#next = from;
    }
    #isWhole({ headers }) {
        const length = headers.get('content-length');
        return length === null || Number(length) === this.#blob.size;
    }
    #isRest({ headers }, from) {
        const { size } = this.#blob;
        const length = headers.get('content-length');
        return (headers.get('content-range') === `bytes ${from}-${size - 1}/${size}` &&
            (length === null || Number(length) === size - from));
    }
    take(chunk) {
        const [{ size }, begin, end] = [this.#blob, this.#next, this.#next + chunk.length];
        if (end > size)
            throw this.#mismatch(`more than the ${size} bytes in the manifest`);
        this.#next = end;
        if (end > this.#hashed) {
            this.#hash.update(chunk.subarray(Math.max(0, this.#hashed - begin)));
            this.#hashed = end;
            if (end === size)
                this.#check();
            else if (end - (this.#states.at(-1)?.at ?? 0) >= betweenStates)
                this.#states.push({ at: end, hash: this.#hash.copy() });
        }
        const rest = chunk.subarray(Math.max(0, this.#sent - begin));
        this.#sent = Math.max(this.#sent, end);
        return rest;
    }
    complete() {
        const { size } = this.#blob;
        if (size === 0)
            this.#check();
        if (this.#next < size)
            throw new Interrupted(`the blob ended after ${this.#next} of ${size} bytes`);
    }
    #check() {
        const found = `sha256:${this.#hash.copy().digest('hex')}`;
        if (found !== this.#blob.digest)
            throw this.#mismatch(`bytes whose digest is ${found}`);
    }
    get #where() {
        return (0,reference/* formatReference */.FH)({ ...this.#session.repository, digest: this.#blob.digest });
    }
    #mismatch(what) {
        return new user_error/* UserError */.yo({
            code: 'blob-mismatch',
            found: `For ${this.#where}, the registry sent ${what}.`,
            expected: 'The bytes of that digest, as they were built.',
            fix: 'Run the job again. If the error persists, build and push the image again.',
        });
    }
    #refusal(status) {
        if ((0,http/* isTemporary */.ey)({ status }))
            return new Interrupted(`${this.#session.repository.host} answered ${status}`);
        return new user_error/* UserError */.yo({
            code: 'blob-unavailable',
            found: `For ${this.#where}, a layer or config of the image, the registry answered ${status}.`,
            expected: 'The bytes that the image’s manifest lists.',
            fix: 'Build and push the image again. If a clean-up job deletes untagged packages, have it keep the parts of tagged images.',
        });
    }
}

;// CONCATENATED MODULE: ./build/mirror/copy-blob.js




async function copyBlob(blob, ends) {
    const source = new BlobSource(blob, ends.source);
    const target = new BlobTarget(blob, ends.target, ends.streams, ends.signal);
    const patience = new Patience(ends);
    try {
        for (let isFirst = true;; isFirst = false) {
            try {
                if (isFirst || target.upload !== undefined || !(await hasBlob(blob, ends.target)))
                    return await send(blob, { source, target, isFirst }, ends);
                return ends.progress(blob.size - source.sent);
            }
            catch (error) {
                if (target.upload === undefined)
                    target.close();
                await patience.after(error, source.sent);
            }
        }
    }
    finally {
        target.close();
    }
}
async function send({ size }, { source, target, isFirst, }, { streams, signal, progress, log }) {
    const early = isFirst ? source.open(streams, signal) : undefined;
    early?.catch(() => { });
    let download;
    try {
        if (target.upload === undefined) {
            const at = await target.open(source.sent);
            progress(at - source.sent);
            source.continueAt(at);
        }
        if (!isFirst)
            log.line(source.sent === 0
                ? 'Starting this part again'
                : `Continuing at ${(0,format/* formatBytes */.z3)(source.sent)} of ${(0,format/* formatBytes */.z3)(size)}`);
        if (!source.isSent) {
            const rest = await (early ?? source.open(streams, signal));
            download = rest;
            source.begin(rest);
            await target.upload?.send(download.body, (chunk) => {
                const bytes = source.take(chunk);
                progress(bytes.length);
                return bytes;
            });
            if (target.upload !== undefined)
                source.complete();
        }
        await target.finish(source.isSent || size === 0);
    }
    finally {
        download?.body.destroy();
        early?.then(({ body }) => body.destroy(), () => { });
    }
}

;// CONCATENATED MODULE: ./build/mirror/copy-progress.js

const [recently, enough, longest] = [20_000, 4000, 24 * 60 * 60_000];
class CopyProgress {
    #clock;
    #start;
    #total = 0;
    #bytes = 0;
    #marks;
    constructor(clock) {
        this.#clock = clock;
        this.#start = clock.now();
        this.#marks = [{ at: this.#start, bytes: 0 }];
    }
    begin(total) {
        this.#total = total;
        this.#start = this.#clock.now();
        this.#marks = [{ at: this.#start, bytes: 0 }];
    }
    add(bytes) {
        this.#bytes += bytes;
    }
    get bytes() {
        return this.#bytes;
    }
    words() {
        if (this.#total === 0)
            return 'checking which parts are missing,';
        const at = this.#clock.now();
        const oldest = this.#marks.findLast((mark) => at - mark.at >= recently) ?? this.#marks[0];
        const [time, bytes] = [at - (oldest?.at ?? at), this.#bytes - (oldest?.bytes ?? 0)];
        this.#marks = [
            ...this.#marks.filter((mark) => mark.at >= (oldest?.at ?? at)),
            { at, bytes: this.#bytes },
        ];
        const standing = `${(0,format/* formatBytes */.z3)(this.#bytes)} of ${(0,format/* formatBytes */.z3)(this.#total)}`;
        if (time <= 0 || bytes <= 0)
            return `${standing}, nothing in the last ${(0,format/* formatDuration */.a3)(time)},`;
        const left = ((this.#total - this.#bytes) / bytes) * time;
        const isMeaningful = time >= enough && left > 0 && left < longest;
        const estimate = isMeaningful ? ` about ${roughly(left)} left,` : '';
        return `${standing}, ${rateOf(bytes, time)},${estimate}`;
    }
    summary() {
        const time = this.#clock.now() - this.#start;
        return `${(0,format/* formatBytes */.z3)(this.#bytes)} in ${(0,format/* formatDuration */.a3)(time)}, ${rateOf(this.#bytes, time)}`;
    }
}
const rateOf = (bytes, ms) => `${(0,format/* formatBytes */.z3)((bytes / Math.max(ms, 1)) * 1000)}/s`;
function roughly(ms) {
    const seconds = ms / 1000;
    if (seconds <= 55)
        return `${Math.ceil(seconds / 5) * 5} s`;
    return (0,format/* formatDuration */.a3)(Math.ceil(seconds / 10) * 10_000);
}

;// CONCATENATED MODULE: ./build/mirror/copy-image.js











const sideBySide = 6;
const lineEvery = 5000;
async function copyImage(manifest, tag, deps) {
    const { target, clock, log } = deps;
    const blobs = [...new Map(blobsOf(manifest, deps).map((blob) => [blob.digest, blob])).values()];
    const stop = new AbortController();
    const patient = { ...deps, signal: stop.signal };
    const progress = new CopyProgress(clock);
    const atOnce = { concurrency: sideBySide, stopOnError: true };
    const copyBlobs = async () => {
        const there = await (0,p_map/* default */.Ay)(blobs, (blob) => persist(() => hasBlob(blob, target), patient), atOnce);
        const missing = blobs.filter((_, n) => there[n] === false);
        progress.begin(missing.reduce((sum, { size }) => sum + size, 0));
        const ends = { ...patient, progress: (bytes) => progress.add(bytes) };
        missing.sort((a, b) => b.size - a.size);
        await (0,p_map/* default */.Ay)(missing, (blob) => copyBlob(blob, ends), atOnce);
        return blobs.length - missing.length;
    };
    try {
        const wait = { what: 'the copy', every: lineEvery, how: () => progress.words() };
        const there = await (0,lib_progress/* waiting */.e)(wait, deps, copyBlobs);
        await persist(() => putManifest(manifest, tag, target), patient);
        const { bytes } = progress;
        if (bytes > 0)
            log.line(`Copied ${progress.summary()}`);
        return { bytes, blobs: blobs.length, there };
    }
    catch (error) {
        stop.abort();
        throw connection(error, deps);
    }
}
function blobsOf({ json, digest }, { source }) {
    const config = json.get('config');
    const parts = [...(config.value === undefined ? [] : [config]), ...json.get('layers').items()];
    return parts.map((part) => {
        if (/nondistributable|foreign/.test(part.get('mediaType').maybeText() ?? '')) {
            throw new user_error/* UserError */.yo({
                code: 'layer-not-distributable',
                found: `${(0,reference/* formatReference */.FH)({ ...source.repository, digest })} has a layer that must not be distributed (${part.get('mediaType').text()}).`,
                expected: 'Layers that are allowed to be copied.',
                fix: 'Build from another base image. Or make the package public, and set `with: mirror: never`.',
            });
        }
        return { digest: digestOf(part), size: part.get('size').integer() };
    });
}
function digestOf(entry) {
    const digest = entry.get('digest').text();
    if (!(0,reference/* isDigest */.Bc)(digest))
        throw entry.get('digest').error('A sha256 digest');
    return digest;
}
async function putManifest({ bytes, mediaType, digest }, name, target) {
    const answer = await target.request(`manifests/${name}`, {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body: Buffer.from(bytes),
        limit: 64 * 1024,
    });
    if (answer.status !== 201)
        throw (0,errors/* pushError */.J)(answer, target);
    const stored = answer.headers.get('docker-content-digest') ?? digest;
    if (stored === digest)
        return;
    throw new user_error/* UserError */.yo({
        code: 'mirror-changed-digest',
        found: `${(0,reference/* formatReference */.FH)(target.repository)} stored the manifest ${digest} as ${stored}.`,
        expected: 'The same bytes, and so the same digest (distribution spec, "Pushing manifests").',
        fix: advice/* retryFly */.eP,
    });
}
function connection(error, { source, target }) {
    if (error instanceof user_error/* UserError */.yo || !(error instanceof Error))
        return error;
    if (!(error instanceof Interrupted || error instanceof http_error/* HttpError */.j || isBroken(error)))
        return error;
    const [from, to] = [source, target].map(({ repository }) => (0,reference/* formatReference */.FH)(repository));
    return new user_error/* UserError */.yo({
        code: error instanceof http_error/* HttpError */.j && !isBroken(error) ? 'mirror-unexpected-answer' : 'mirror-interrupted',
        found: `The copy from ${from} to ${to} was interrupted ${tries} times: ${(0,user_error/* messageOf */.bD)(error)}.`,
        expected: 'Connections to both registries that last until the copy is complete.',
        fix: `${advice/* retryFly */.eP} Parts that were copied are not copied again.`,
    }, { cause: error });
}

;// CONCATENATED MODULE: ./build/mirror/mirror.js









const needsMirror = (mode, image, mirror) => image.repository.host !== mirror.host && (mode === 'always' || (mode === 'auto' && !image.public));
function mirrorFor(rt, inputs, { plan, image, session }) {
    const repository = (0,hosts/* flyRepository */.QY)(inputs.app, rt.env);
    if (!needsMirror(inputs.mirror, image, repository))
        return undefined;
    const title = `Copy the image to ${(0,reference/* formatReference */.FH)(repository)}, where Fly.io can pull it`;
    const target = (0,connect/* flySession */.I)(rt, inputs.flyLogin, repository);
    return {
        repository,
        copy: () => rt.log.group(title, () => mirrorImage(plan, image, { ...rt, source: session, target })),
    };
}
const [lag, between] = [60_000, 1000];
async function mirrorImage(plan, image, deps) {
    const root = image.platform;
    const tag = plan.source === 'sha-tag'
        ? (image.tag ?? plan.tag)
        : `deployment-${root.digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;
    const { repository } = deps.target;
    deps.log.line(`${(0,reference/* formatReference */.FH)(image.repository)}@${root.digest} → ${(0,reference/* formatReference */.FH)({ ...repository, tag })}`);
    const copied = await copyImage(root, tag, deps);
    if (copied.there > 0) {
        const parts = copied.there === copied.blobs ? `All ${copied.blobs}` : `${copied.there} of ${copied.blobs}`;
        deps.log.line(`${parts} parts were already there`);
    }
    await appears(root.digest, tag, deps);
    const { digest } = root;
    return { ...copied, reference: { ...repository, ...(plan.pin ? { digest } : { tag }) }, tag, digest };
}
async function appears(digest, tag, { target, clock, log }) {
    const what = (0,reference/* formatReference */.FH)({ ...target.repository, tag });
    const until = clock.now() + lag;
    let found;
    const wait = { what, limit: () => lag, how: () => found ?? 'not found' };
    await (0,lib_progress/* waiting */.e)(wait, { clock, log }, async () => {
        for (;;) {
            found = await (0,manifest/* headDigest */.xR)(target, tag);
            if (found === digest || found === 'unknown')
                return;
            if (clock.now() >= until) {
                throw new user_error/* UserError */.yo({
                    code: 'mirror-not-there',
                    found: `${what} ${found === undefined ? 'does not exist' : `is ${found}`} ${(0,format/* formatDuration */.a3)(lag)} after it was pushed.`,
                    expected: `The digest ${digest}.`,
                    fix: found === undefined
                        ? advice/* retryFly */.eP
                        : `Keep deploys of this app from overlapping, because another one pushed this tag:\n${(0,advice/* concurrencyLines */.XK)(target.repository.path)}`,
                });
            }
            await clock.sleep(between);
        }
    });
}


/***/ })

};

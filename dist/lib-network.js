export const id = 278;
export const ids = [278];
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

/***/ 8278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  makeNetwork: () => (/* binding */ makeNetwork)
});

// EXTERNAL MODULE: ./build/lib/http-stream.js
var http_stream = __webpack_require__(4451);
// EXTERNAL MODULE: ./build/lib/answer-headers.js
var answer_headers = __webpack_require__(191);
;// CONCATENATED MODULE: ./build/lib/node-fetch.js

const makeFetch = (transport) => async (address, init) => {
    const url = new URL(address);
    const open = () => transport.open(url, { ...init, headers: { ...defaults, ...init.headers } });
    let request = open();
    let response;
    try {
        response = await answered(request, init);
    }
    catch (error) {
        if (!request.reusedSocket || init.signal.aborted)
            throw error;
        request = open();
        response = await answered(request, init);
    }
    return {
        status: response.statusCode ?? 0,
        headers: (0,answer_headers/* headersOf */.Y)(response),
        body: bodyOf(response, init),
        isPrivate: transport.isPrivate(request),
    };
};
const defaults = { accept: '*/*', 'accept-encoding': 'gzip' };
const answered = (request, { body }) => new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
});
function bodyOf(response, { method }) {
    if (method === 'HEAD' || !/^(?:x-)?gzip$/i.test(response.headers['content-encoding'] ?? ''))
        return response;
    return unpacked(response);
}
async function* unpacked(response) {
    let isEmpty = true;
    response.once('data', () => {
        isEmpty = false;
    });
    const unpacking = process.getBuiltinModule('node:zlib').createGunzip();
    response.on('error', (error) => unpacking.destroy(error));
    unpacking.on('close', () => response.destroy());
    try {
        yield* response.pipe(unpacking);
    }
    catch (error) {
        if (!isEmpty || !response.complete)
            throw error;
    }
}

// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __webpack_require__(2533);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __webpack_require__(4100);
;// CONCATENATED MODULE: ./build/lib/transport.js



function makeTransport({ env, lookup = (...call) => process.getBuiltinModule('node:dns').lookup(...call), connectTime = 10_000, }) {
    const inside = new WeakMap();
    const isProxied = env['NODE_USE_ENV_PROXY'] === '1' || /(?:^|\s)--use-env-proxy(?:\s|$)/.test(env['NODE_OPTIONS'] ?? '');
    const proxyEnv = isProxied ? { proxyEnv: { ...env } } : {};
    const agents = new Map();
    const agentOf = (client, guarded) => {
        const found = agents.get(`${client} ${guarded}`);
        if (found !== undefined)
            return found;
        const { Agent } = process.getBuiltinModule(client);
        const made = new Agent({ keepAlive: true, ...proxyEnv });
        agents.set(`${client} ${guarded}`, made);
        return made;
    };
    const checked = (url, guarded, resolved) => (hostname, options, done) => lookup(hostname, options, (error, found, family) => {
        if (error !== null || hostname !== url.hostname)
            return done(error, found, family);
        resolved();
        const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
        const bad = addresses.find(url_policy/* isPrivateAddress */.C0);
        if (!guarded || bad === undefined)
            return done(null, found, family);
        const words = `${hostname} is ${bad}, which is inside a private network`;
        done(new http_error/* HttpError */.j(`${url.origin}${url.pathname}`, 'redirect', words), found, family);
    });
    return {
        open: (url, { guarded, ...opening }) => {
            const isTls = url.protocol === 'https:';
            let isDirect = false;
            const client = isTls ? 'node:https' : 'node:http';
            const request = process.getBuiltinModule(client).request(url, {
                ...opening,
                agent: agentOf(client, guarded),
                lookup: checked(url, guarded, () => {
                    isDirect = true;
                }),
            });
            request.once('socket', (socket) => {
                if (!socket.connecting)
                    return;
                socket.once('connect', () => {
                    if (isDirect)
                        inside.set(socket, (0,url_policy/* isPrivateAddress */.C0)(socket.remoteAddress ?? ''));
                });
                const timer = setTimeout(() => {
                    const words = `no connection within ${(0,format/* formatDuration */.a3)(connectTime)}`;
                    request.destroy(Object.assign(new Error(words), { code: 'ETIMEDOUT' }));
                }, connectTime);
                for (const event of [isTls ? 'secureConnect' : 'connect', 'close'])
                    socket.once(event, () => clearTimeout(timer));
            });
            return request;
        },
        isPrivate: ({ socket }) => socket !== null && inside.get(socket) === true,
    };
}

;// CONCATENATED MODULE: ./build/lib/network.js



function makeNetwork(env) {
    const transport = makeTransport({ env });
    return {
        fetch: makeFetch(transport),
        streams: (0,http_stream/* makeStreams */.w)(transport, { idle: 60_000, least: 600_000, longest: 60 * 60_000 }),
    };
}


/***/ })

};

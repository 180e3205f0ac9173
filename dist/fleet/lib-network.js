export const id = 673;
export const ids = [673];
export const modules = {

/***/ 673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  makeNetwork: () => (/* binding */ makeNetwork)
});

;// CONCATENATED MODULE: ./build/lib/answer-headers.js
function headersOf({ headers }) {
    const all = new Map(Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name, [value].flat().join(', ')]]));
    return {
        get: (name) => all.get(name.toLowerCase()) ?? null,
        [Symbol.iterator]: () => all[Symbol.iterator](),
    };
}

// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/lib/http.js + 3 modules
var http = __webpack_require__(656);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __webpack_require__(533);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __webpack_require__(100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(758);
;// CONCATENATED MODULE: ./build/lib/http-stream.js






const bodyLimit = 64 * 1024;
function makeStreams(transport, { idle, least, longest }) {
    const open = ({ method, url, headers, guarded }, signal) => {
        const request = transport.open(url, {
            ...{ method, signal, guarded },
            headers: { 'user-agent': http/* userAgent */.N1, ...headers },
            highWaterMark: 1024 * 1024,
        });
        let reading = request;
        request.once('response', (response) => {
            reading = response;
            response.on('error', () => { });
        });
        const breakOff = (words) => void reading.destroy(new http_error/* HttpError */.j(plain(url), 'lost', words));
        request.setTimeout(idle, () => breakOff(`nothing came or went for ${(0,format/* formatDuration */.a3)(idle)}`));
        const end = setTimeout(() => breakOff(`not over after ${(0,format/* formatDuration */.a3)(longest)}`), longest).unref();
        let before = 0;
        const rate = setInterval(() => {
            const now = bytesOf(request.socket);
            if (now - before < least)
                breakOff(`${(0,format/* formatBytes */.z3)(now - before)} in ${(0,format/* formatDuration */.a3)(idle)} is too slow`);
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
        headers: headersOf(response),
        body: response,
        isPrivate: transport.isPrivate(request),
    });
    return {
        async get(url, headers, signal) {
            const identity = { 'accept-encoding': 'identity', ...headers };
            let sent = {
                ...{ method: 'GET', url: new URL(url), headers: identity, body: undefined, guarded: false },
            };
            for (let hop = 0; hop <= http/* mostRedirects */.d3; hop++) {
                const request = open(sent, signal);
                request.end();
                const answer = download(request, await answered(request, sent.url), sent.url);
                const location = answer.headers.get('location');
                if (answer.status < 300 || answer.status > 399 || location === null)
                    return answer;
                await discard(answer.body);
                sent = (0,url_policy/* redirected */.cP)(sent, { ...answer, location });
            }
            throw new http_error/* HttpError */.j(url, 'redirect', `more than ${http/* mostRedirects */.d3} redirects`);
        },
        async upload({ method, url, namedBy }, headers, signal) {
            const target = new URL(url);
            const guarded = (0,url_policy/* mustBePublic */.Ok)(target, namedBy);
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
const lost = (url, error) => error instanceof http_error/* HttpError */.j
    ? error
    : new http_error/* HttpError */.j(plain(url), (0,http_error/* isBeforeConnection */.C)(error) ? 'unconnected' : 'lost', (0,user_error/* messageOf */.bD)(error), {
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
        headers: headersOf(response),
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
        streams: makeStreams(transport, { idle: 60_000, least: 600_000, longest: 60 * 60_000 }),
    };
}


/***/ })

};

export const id = 874;
export const ids = [874];
export const modules = {

/***/ 2874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyImage: () => (/* binding */ verifyImage)
});

// EXTERNAL MODULE: ./build/event/read.js + 10 modules
var read = __webpack_require__(8945);
// EXTERNAL MODULE: ./build/fly/api.js
var fly_api = __webpack_require__(4270);
// EXTERNAL MODULE: ./build/fly/app.js
var app = __webpack_require__(4309);
// EXTERNAL MODULE: ./build/image/find.js + 6 modules
var find = __webpack_require__(972);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/registry/reference.js
var reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/report/log-lines.js
var log_lines = __webpack_require__(9031);
// EXTERNAL MODULE: ./build/verify/cautions.js
var cautions = __webpack_require__(2952);
// EXTERNAL MODULE: ./build/verify/check.js
var verify_check = __webpack_require__(5824);
// EXTERNAL MODULE: ./build/verify/compare.js
var compare = __webpack_require__(2327);
// EXTERNAL MODULE: ./node_modules/p-map/index.js
var p_map = __webpack_require__(606);
// EXTERNAL MODULE: ./build/lib/api-error.js
var api_error = __webpack_require__(2227);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __webpack_require__(2533);
// EXTERNAL MODULE: ./build/lib/json.js
var json = __webpack_require__(292);
;// CONCATENATED MODULE: ./build/fly/leases.js




const longest = 60 * 60_000;
async function isLeased(api, machine, now) {
    const path = `/v1/apps/${encodeURIComponent(api.app)}/machines/${encodeURIComponent(machine)}/lease`;
    const answer = await (0,api_error/* answerOrNone */.K)((0,fly_api/* getJson */.Tt)(api, path, 64 * 1024));
    if (answer instanceof http_error/* HttpError */.j)
        return undefined;
    if (answer.status === 404)
        return false;
    if (answer.status !== 200)
        return undefined;
    const data = parse(answer.body.toString('utf8'))?.get('data');
    if (data?.string('nonce') === undefined)
        return false;
    const end = data.get('expires_at').maybeNumber();
    return end === undefined || (end * 1000 > now - 10_000 && end * 1000 < now + longest);
}
function parse(text) {
    try {
        return new json/* Json */.L(JSON.parse(text), 'Fly.io’s answer');
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/fly/releases.js
var releases = __webpack_require__(4774);
;// CONCATENATED MODULE: ./build/verify/busy.js






const unfinished = ['pending', 'running'];
const busy_longest = 60 * 60_000;
const changing = ['created', 'creating', 'preparing', 'replacing', 'updating'];
const mostLeases = 8;
async function busyWith(api, machines, now) {
    const changed = changingMachine(machines, now);
    if (changed !== undefined)
        return changed;
    const [newest] = await releasesIfAllowed(api);
    if (newest !== undefined && isUnfinished(newest, now))
        return { kind: 'release', version: newest.version, status: newest.status };
    const some = [...(0,compare/* managed */.Yq)(machines)]
        .sort((a, b) => Number(a.runsImage) - Number(b.runsImage))
        .slice(0, mostLeases);
    const held = await (0,p_map/* default */.Ay)(some, ({ id }) => isLeased(api, id, now), { concurrency: 4 });
    const leased = some[held.indexOf(true)];
    return leased && { kind: 'lease', id: leased.id, region: leased.region };
}
const releasesIfAllowed = (api) => (0,releases/* listReleases */.t)(api, 'progress').catch((error) => {
    if (error instanceof user_error/* UserError */.yo && (0,verify_check/* mayPass */.bg)(error))
        throw error;
    return [];
});
const isUnfinished = ({ status, created }, now) => unfinished.includes(status) && (created === undefined || created > now - busy_longest);
function changingMachine(machines, now) {
    const meant = (0,compare/* managed */.Yq)(machines);
    const all = meant.every(({ runsImage }) => runsImage);
    const states = all ? changing : [...changing, 'starting'];
    const found = meant.find(({ state, startsLater, events: [newest] }) => states.includes(state) &&
        !(state === 'created' && startsLater) &&
        (newest === undefined || newest.timestamp > now - busy_longest));
    return found && { kind: 'machine', id: found.id, region: found.region, state: found.state };
}
function busyWords(busy) {
    switch (busy.kind) {
        case 'release':
            return `Release v${busy.version} is ${busy.status}`;
        case 'machine':
            return `Machine ${busy.id} in ${busy.region} is ${busy.state}`;
        case 'lease':
            return `Something holds the lease of machine ${busy.id} in ${busy.region}, as a deploy does`;
    }
}

// EXTERNAL MODULE: ./build/fly/trouble.js
var trouble = __webpack_require__(9869);
;// CONCATENATED MODULE: ./build/verify/drift.js


const drifts = (/* unused pure expression or super */ null && ([
    'none',
    'mixed',
    'other-image',
    'moved-tag',
    'missing-machines',
    'unreachable',
    'busy',
]));
const isOther = ({ runsImage, unknown }) => !runsImage && unknown === undefined;
const givenTo = ({ configuredImage }) => configuredImage.replace(/@.*/, '');
function driftOf({ machines, incomplete, tags }) {
    const meant = (0,compare/* managed */.Yq)(machines);
    const others = meant.filter(isOther);
    if (others.length > 0) {
        if (meant.some(({ runsImage }) => runsImage))
            return 'mixed';
        return others.every((machine) => tags.includes(givenTo(machine))) ? 'moved-tag' : 'other-image';
    }
    if (meant.length === 0 || isMissing(incomplete))
        return 'missing-machines';
    return meant.some(({ unknown }) => unknown !== undefined) ? 'unreachable' : 'none';
}
const isMissing = (incomplete) => incomplete !== undefined && incomplete.kind !== 'uncounted';
function withCrash(machine) {
    const { events, state } = machine;
    const started = events.findIndex(({ type }) => type === 'start');
    if (state !== 'stopped' || started < 0)
        return machine;
    const found = (0,trouble/* failureOf */.g5)(machine, { ...machine, events: events.slice(started) });
    return found?.kind === 'reverted' ? machine : { ...machine, failure: found };
}

// EXTERNAL MODULE: ./build/lib/advice.js
var advice = __webpack_require__(2774);
// EXTERNAL MODULE: ./build/lib/duration.js
var duration = __webpack_require__(9386);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/verify/errors.js
var errors = __webpack_require__(2317);
// EXTERNAL MODULE: ./build/verify/no-machine.js
var no_machine = __webpack_require__(7717);
;// CONCATENATED MODULE: ./build/verify/drift-errors.js









function driftError(drift, fleet, meant) {
    const machines = (0,compare/* managed */.Yq)(fleet.machines);
    if (drift === 'none')
        return unhealthy(machines, meant);
    const parts = partsOf[drift](fleet, machines, meant);
    return new user_error/* UserError */.yo({ expected: `Every machine on ${(0,errors/* digestWords */.qj)(meant)}.`, ...parts });
}
const partsOf = {
    mixed: (_, machines, meant) => ({
        code: 'drift-mixed',
        found: `${some(machines, isOther)} of app "${meant.app}" ${does(machines)} not run the image:${(0,errors/* listOf */.c3)(machines.filter(isOther))}`,
        fix: `${again(meant)} Look for what changed part of the machines, such as \`fly scale count\`, \`fly machine update\`, or a deploy that failed part-way: \`fly releases -a ${meant.app}\`.`,
    }),
    'other-image': (_, machines, meant) => ({
        code: 'drift-other-image',
        found: `No machine of app "${meant.app}" is known to run the image:${(0,errors/* listOf */.c3)(machines.filter(isOther))}`,
        fix: `${again(meant)}${instead(meant)}`,
    }),
    'moved-tag': ({ tags }, machines, meant) => {
        const others = machines.filter(isOther);
        const given = new Set(others.map(givenTo));
        return {
            code: 'drift-moved-tag',
            found: `The machines of app "${meant.app}" were given ${tags.filter((tag) => given.has(tag)).join(' or ')}, which names another image now:${(0,errors/* listOf */.c3)(others)}`,
            fix: `${again(meant)}${instead(meant)}`,
        };
    },
    'missing-machines': ({ incomplete, machines: all }, machines, { app, line }) => ({
        code: 'drift-missing-machines',
        ...(isMissing(incomplete) ? missing(incomplete, machines, app) : noMachine(app, line, all.length)),
    }),
    unreachable: (_, machines, { app }) => {
        const unknown = machines.filter((machine) => machine.unknown !== undefined);
        return {
            ...(0,errors/* unknownRemedy */.P3)(app, unknown),
            found: `What ${unknown.length} of ${(0,format/* counted */.hS)(machines.length, 'machine')} of app "${app}" ${unknown.length === 1 ? 'runs' : 'run'} is unknown:${(0,errors/* listOf */.c3)(unknown)}`,
        };
    },
};
const some = (machines, test) => `${machines.filter(test).length} of ${(0,format/* counted */.hS)(machines.length, 'machine')}`;
const does = (machines) => machines.filter(isOther).length === 1 ? 'does' : 'do';
const again = ({ line }) => `To deploy the image to all machines, run a step with \`with: ${line}\` and without \`mode: verify\`.`;
const instead = ({ isCurrent }) => isCurrent
    ? ''
    : ' If another image was deployed on purpose, check for what was deployed last: `with: select: release:current`.';
function missing(incomplete, machines, app) {
    const listed = `Fly.io lists ${(0,format/* counted */.hS)(machines.length, 'machine')} of app "${app}"`;
    const found = incomplete.kind === 'lost'
        ? `${listed}, but no longer ${incomplete.ids.slice(0, 20).join(', ')}, and nothing destroyed ${incomplete.ids.length === 1 ? 'it' : 'them'}.`
        : `${listed}, but counts ${incomplete.missing} more.`;
    return {
        found,
        expected: 'A list of all machines. What a machine runs that is not listed is unknown.',
        fix: `Compare with \`fly machine list -a ${app}\`. ${advice/* retryFly */.eP}`,
    };
}
function noMachine(app, line, excluded) {
    const parts = (0,no_machine/* noneManaged */.M)(app, excluded);
    return excluded === 0 ? { ...parts, fix: `${parts.fix} ${again({ line })}` } : parts;
}
function unhealthy(machines, meant) {
    const wrong = machines.filter((machine) => !(0,compare/* isFine */.zn)(machine));
    const [first] = wrong;
    if (first === undefined)
        return undefined;
    return new user_error/* UserError */.yo({
        code: 'machines-unhealthy',
        found: `${wrong.length} of ${(0,format/* counted */.hS)(machines.length, 'machine')} of app "${meant.app}" ${wrong.length === 1 ? 'runs' : 'run'} the image and ${wrong.length === 1 ? 'is' : 'are'} unhealthy:${(0,errors/* listOf */.c3)(wrong)}`,
        expected: `Every machine healthy, on ${(0,errors/* digestWords */.qj)(meant)}.`,
        fix: (0,errors/* unhealthyFix */.cG)(meant.app, first.id),
    });
}
const stillBusy = (busy, waited, patience) => new user_error/* UserError */.yo({
    code: 'drift-busy',
    found: `A deploy is in progress, also after ${(0,format/* formatDuration */.a3)(waited)}. ${busyWords(busy)}.`,
    expected: 'No deploy during the check, because it changes what should run and what runs.',
    fix: `Run the check again after the deploy, or let it wait longer: \`with: health-timeout: ${(0,duration/* twice */.P)(Math.max(patience, 1000))}\`.`,
    input: 'health-timeout',
});

// EXTERNAL MODULE: ./build/verify/observe.js
var observe = __webpack_require__(6472);
;// CONCATENATED MODULE: ./build/verify/compare-fleet.js






const [betweenChecks, whileBusy] = [1500, 5000];
const counting = { ...observe/* emptyBaseline */.$X, count: 0 };
async function compareFleet(deps) {
    const { clock, log, api, meant, end, patience } = deps;
    const begin = clock.now();
    const check = checker(deps);
    let wasBusy = false;
    let last;
    for (;;) {
        const fleet = await check();
        const { machines } = fleet;
        const drift = driftOf(fleet);
        const error = driftError(drift, fleet, meant);
        const compared = {
            ...{ kind: 'compared', drift, error, fleet: machines },
            uncounted: fleet.incomplete?.kind === 'uncounted',
        };
        if (error === undefined)
            return compared;
        const busy = await (0,verify_check/* whilePassing */.dm)(() => busyWith(api, machines, clock.now()), clock, end);
        const isOver = (pause) => clock.now() + pause > end;
        if (busy !== undefined) {
            if (isOver(whileBusy))
                return { ...compared, drift: 'busy', error: stillBusy(busy, clock.now() - begin, patience) };
            log.line(`A deploy is in progress, so the machines are compared again: ${wordsOf(busy)}`);
            wasBusy = true;
            await clock.sleep(whileBusy);
            continue;
        }
        if (wasBusy)
            return { kind: 'changed' };
        const canPass = drift === 'none' && (0,compare/* managed */.Yq)(machines).every(({ failure }) => failure === undefined);
        if (last === drift && (!canPass || isOver(betweenChecks)))
            return compared;
        last = drift;
        await clock.sleep(betweenChecks);
    }
}
const wordsOf = (busy) => busyWords(busy).replace(/^[A-Z]/, (first) => first.toLowerCase());
function checker({ clock, log, verifier, end, tags }) {
    let before;
    return async () => {
        const { incomplete, at, machines: listed, } = await (0,verify_check/* whilePassing */.dm)(() => verifier.observe(counting), clock, end);
        const machines = verifier.compare(listed, undefined).map(withCrash);
        const { words, healthy } = (0,compare/* standingOf */.YP)(machines);
        if (words !== before)
            log.line(`Check: ${words}`);
        before = words;
        verifier.journal.checks.add({
            ...{ at, of: 'verify', machines: (0,compare/* managed */.Yq)(machines).length, healthy, words },
            incomplete: incomplete?.kind,
        });
        return { machines, incomplete, tags };
    };
}

// EXTERNAL MODULE: ./build/verify/journal.js
var verify_journal = __webpack_require__(291);
// EXTERNAL MODULE: ./build/verify/verifier.js + 7 modules
var verify_verifier = __webpack_require__(1611);
// EXTERNAL MODULE: ./build/step/refused.js
var refused = __webpack_require__(8503);
;// CONCATENATED MODULE: ./build/step/verify.js















async function verifyImage(rt, inputs, facts) {
    const { log } = rt;
    const trigger = await facts.timed('Read the event', () => (0,read/* readTrigger */.v)(rt, inputs));
    if (trigger.kind === 'refused')
        return (0,refused/* refused */.J)(trigger, inputs, rt);
    facts.keep('trigger', trigger);
    (0,log_lines/* logTrigger */.T0)(trigger, log, 'check');
    const api = (0,fly_api/* flyApi */.mH)(rt, inputs);
    (0,find/* knownPlan */.f)(trigger, inputs);
    const asked = (0,app/* askAppUrl */.o)(rt, api);
    const end = rt.clock.now() + inputs.healthTimeout;
    const journal = new verify_journal/* Journal */.C();
    facts.keep('journal', journal);
    try {
        for (;;) {
            const found = await verify_find(rt, inputs, trigger, { api, facts });
            const compared = await compareWith(rt, inputs, found, { api, facts, journal, end });
            if (compared.kind === 'changed')
                continue;
            const url = await asked;
            if (url !== undefined && url !== 'none')
                facts.keep('url', url);
            return compared.error === undefined
                ? await healthOf(rt, found, compared, { facts, url })
                : { kind: 'compared', drift: compared.drift, error: compared.error, fleet: compared.fleet };
        }
    }
    catch (error) {
        if (rt.cancelled.aborted || !(error instanceof user_error/* UserError */.yo))
            throw error;
        const drift = error.code === 'release-tag-moved' ? 'moved-tag' : isUnread(error) ? 'unreachable' : undefined;
        if (drift === undefined)
            throw error;
        return { kind: 'compared', drift, error, fleet: undefined };
    }
}
const isUnread = (error) => (0,verify_check/* mayPass */.bg)(error) || error.code.startsWith('machines-list-');
function verify_find(rt, inputs, trigger, { api, facts }) {
    const recorder = facts.renewing;
    const resolved = (image) => (0,log_lines/* logImage */.IG)(image, rt.clock.now(), rt.log);
    return (0,find/* findImage */.F)(rt, inputs, trigger, { api, recorder, resolved });
}
function compareWith(rt, inputs, found, { api, facts, journal, end }) {
    const { app } = inputs;
    const { plan, image, commit } = found;
    const verifier = new verify_verifier/* Verifier */.B(rt, inputs, api, { ...image, commit }, journal);
    const tagged = [image.repository, (0,hosts/* flyRepository */.QY)(app, rt.env)].map(({ host, path }) => (0,reference/* formatReference */.FH)({ host, path, ...(image.tag !== undefined && { tag: image.tag }) }));
    return facts.timed('Compare the machines', async () => ({
        ...(await compareFleet({
            ...{ clock: rt.clock, log: rt.log, api, verifier, end, patience: inputs.healthTimeout },
            tags: image.tag === undefined ? [] : tagged,
            meant: {
                ...{ app, digest: image.digest, digests: image.digests },
                line: `select: ${lineOf(found)}`,
                isCurrent: plan.source === 'release',
            },
        })),
        verifier,
    }));
}
function lineOf({ plan, image }) {
    switch (plan.source) {
        case 'sha-tag':
            return `commit:${plan.commit}`;
        case 'release':
            return `release:${plan.version}`;
        case 'running':
            return `running:${plan.app}`;
        default:
            return `digest:${image.digest}`;
    }
}
async function healthOf(rt, { image }, { fleet, uncounted, verifier }, { facts, url }) {
    const { log } = rt;
    const { app } = facts.known.inputs ?? { app: '' };
    const outcome = { kind: 'compared', drift: 'none', fleet };
    try {
        await facts.timed('Check the health', () => verifier.answer(url, (0,verify_check/* passChecks */.vP)((0,compare/* managed */.Yq)(fleet))));
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return { ...outcome, error };
    }
    if (uncounted)
        facts.keep('uncounted', true);
    for (const caution of (0,cautions/* cautionsOf */.Y)(fleet, uncounted))
        log.warning(caution);
    (0,log_lines/* logVerified */.de)(app, image, fleet, log);
    return { ...outcome, error: undefined };
}


/***/ })

};

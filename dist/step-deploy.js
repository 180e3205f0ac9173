export const id = 125;
export const ids = [125];
export const modules = {

/***/ 8125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deployFlyImage: () => (/* binding */ deployFlyImage)
});

// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var lib_http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __webpack_require__(2533);
// EXTERNAL MODULE: ./build/lib/json.js
var json = __webpack_require__(292);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __webpack_require__(4100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/fly/api.js
var fly_api = __webpack_require__(4270);
;// CONCATENATED MODULE: ./build/fly/app.js







async function askAppUrl(deps, api) {
    const hostname = await hostnameOf({ ...api, http: (0,lib_http/* makeHttp */.fK)(deps, lib_http/* policies */.R3.appUrl) }).catch(() => undefined);
    return hostname === undefined ? undefined : urlOf(hostname);
}
const usualUrl = (app) => `https://${app}.fly.dev`;
function urlOf(hostname) {
    const bare = (0,lib_text/* withoutTrailing */.hT)(hostname, '.');
    const url = `${(0,url_policy/* isLoopback */.U9)(bare) ? 'http' : 'https'}://${bare}`;
    return bare !== '' && URL.canParse(url) ? new URL(url).origin : 'none';
}
async function hostnameOf(api) {
    const query = 'query ($name: String!) { app(name: $name) { hostname } }';
    try {
        const answer = await (0,fly_api/* askGraphql */.jQ)(api, query, { name: api.app }, 64 * 1024);
        if (answer.status !== 200)
            return undefined;
        const app = (0,json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s answer').get('data').get('app');
        if (typeof app.value !== 'object' || app.value === null)
            return undefined;
        const hostname = app.get('hostname').maybeText() ?? '';
        return /^[a-z0-9.-]*(?::\d+)?$/i.test(hostname) ? hostname : '';
    }
    catch (error) {
        if (error instanceof http_error/* HttpError */.j || error instanceof user_error/* UserError */.yo)
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/registry/reference.js
var registry_reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/verify/cautions.js
var cautions = __webpack_require__(2952);
// EXTERNAL MODULE: ./build/verify/compare.js
var compare = __webpack_require__(2327);
// EXTERNAL MODULE: ./build/deploy/deploy.js + 1 modules
var deploy = __webpack_require__(2742);
;// CONCATENATED MODULE: ./build/deploy/pin.js


function staleDigest(error, { tag, digest }, fleet) {
    if (!(error instanceof user_error/* UserError */.yo) || error.code !== 'machines-other-image')
        return undefined;
    if (tag === undefined || digest !== undefined)
        return undefined;
    const changed = (0,compare/* managed */.Yq)(fleet).filter(({ waitingFor }) => waitingFor?.kind !== 'release');
    const [first] = changed;
    const same = changed.every((machine) => !machine.runsImage && machine.digest === first?.digest);
    return same ? first?.digest : undefined;
}

// EXTERNAL MODULE: ./build/deploy/production.js
var deploy_production = __webpack_require__(5147);
// EXTERNAL MODULE: ./build/deploy/remedy.js
var remedy = __webpack_require__(9460);
// EXTERNAL MODULE: ./build/deploy/rollback.js
var deploy_rollback = __webpack_require__(2028);
// EXTERNAL MODULE: ./build/deploy/surplus.js
var deploy_surplus = __webpack_require__(1344);
;// CONCATENATED MODULE: ./build/deploy/attempt.js












async function deployAndVerify(rt, inputs, given) {
    const { log, clock } = rt;
    const { target, recorder } = given;
    let url;
    const urlOnce = () => {
        url ??= attempt_urlOf(rt, given);
        return url;
    };
    const deps = { ...given, urlOnce };
    recorder.keep('deployStartedAt', clock.now());
    let [at, release] = ['Deploy', undefined];
    try {
        release = await recorder.timed('Deploy', () => runFlyctl(rt, inputs, target));
        if (release !== undefined)
            recorder.keep('release', release);
        at = 'Verify';
        const fleet = await recorder.stage('fleet', 'Verify', async () => {
            const { watched, made } = await verifyOrPin(rt, inputs, release, deps);
            release = made;
            if (watched.answers !== undefined)
                recorder.keep('answers', watched.answers);
            return watched.machines;
        });
        const surplus = (0,deploy_surplus/* surplusOf */.GK)((0,compare/* managed */.Yq)(fleet), given.baseline.list.machines);
        for (const each of surplus)
            log.warning((0,deploy_surplus/* surplusWords */.kU)(inputs.app, each));
        const uncounted = given.baseline.count === undefined;
        if (uncounted)
            recorder.keep('uncounted', true);
        for (const caution of (0,cautions/* cautionsOf */.Y)(fleet, uncounted))
            log.warning(caution);
        return { kind: 'deployed', release, fleet };
    }
    catch (reason) {
        return failed(rt, inputs, { reason, at, release }, deps);
    }
}
async function failed(rt, inputs, end, deps) {
    const { reason, at, release } = end;
    const { verifier, baseline, target } = deps;
    const facts = { app: inputs.app, isPublic: target.isPublic };
    if (rt.cancelled.aborted)
        throw reason instanceof deploy/* FlyctlFailure */.vs ? (0,remedy/* deployError */.O)(reason, facts) : reason;
    if (!(reason instanceof user_error/* UserError */.yo || reason instanceof deploy/* FlyctlFailure */.vs))
        throw reason;
    const production = reason instanceof deploy/* FlyctlFailure */.vs
        ? await (0,deploy_production/* productionAfter */.wx)(reason, verifier, baseline, deps.urlOnce)
        : (0,deploy_production/* productionOf */.zS)(reason, verifier, baseline);
    const error = reason instanceof user_error/* UserError */.yo
        ? reason
        : (0,remedy/* deployError */.O)(reason, {
            ...facts,
            fleet: verifier.seen,
            before: baseline.list.machines,
            updated: production.kind === 'updated',
        });
    const deployed = at === 'Verify';
    const rollback = await (0,deploy_rollback/* rollBack */.F)(rt, inputs, { error, deployed, release, baseline, production }, deps);
    return { kind: 'failed', at, error, fleet: verifier.seen, production, rollback };
}
const flysLag = 20_000;
async function runFlyctl(rt, inputs, target) {
    const { log, clock, cancelled } = rt;
    const title = `flyctl deploy --app ${inputs.app} --image ${(0,registry_reference/* formatReference */.FH)(target.reference)}`;
    const run = () => log.group(title, () => (0,deploy/* deploy */.gg)(rt, inputs, target));
    try {
        return await run();
    }
    catch (error) {
        const lags = target.isFlys && error instanceof deploy/* FlyctlFailure */.vs && (0,remedy/* isManifestMissing */.cV)(error);
        if (!lags || cancelled.aborted)
            throw error;
        log.line(`Fly.io does not find the image that was just pushed to its registry, which can take up to a minute. flyctl runs again in ${(0,format/* formatDuration */.a3)(flysLag)}.`);
        await clock.sleep(flysLag);
        return run();
    }
}
async function verifyOrPin(rt, inputs, release, deps) {
    const { verifier, baseline, target, digest, recorder } = deps;
    const { log } = rt;
    const url = await deps.urlOnce();
    const verify = async (before, made) => {
        const title = 'Verify what the machines run';
        const watched = await log.group(title, () => verifier.verify(before, made, url));
        return { watched, made };
    };
    try {
        return await verify(baseline, release);
    }
    catch (error) {
        const stale = staleDigest(error, target.reference, verifier.seen ?? []);
        if (stale === undefined)
            throw error;
        const { host, path } = target.reference;
        const reference = { host, path, digest };
        log.warning(`Fly.io resolved ${(0,registry_reference/* formatReference */.FH)(target.reference)} to ${stale}, an older image of that tag. The tag now names ${digest}, which is deployed again by its digest.`);
        const before = await verifier.baseline();
        const again = await runFlyctl(rt, inputs, { ...target, reference });
        recorder.keep('pinned', { reference, release: again });
        return await verify(before, again);
    }
}
async function attempt_urlOf(rt, { api, url, recorder }) {
    if (url !== undefined && url !== 'none')
        return url;
    const found = await askAppUrl(rt, api);
    if (found !== undefined && found !== 'none')
        recorder.keep('url', found);
    return found;
}

// EXTERNAL MODULE: ./build/github/ahead.js + 1 modules
var ahead = __webpack_require__(6932);
// EXTERNAL MODULE: ./build/github/client.js + 1 modules
var client = __webpack_require__(9968);
// EXTERNAL MODULE: ./build/github/links.js
var links = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __webpack_require__(1993);
// EXTERNAL MODULE: ./build/image/revision.js
var image_revision = __webpack_require__(6537);
;// CONCATENATED MODULE: ./build/image/age.js






const orders = {
    identical: 'same',
    ahead: 'newer',
    behind: 'older',
    diverged: 'diverged',
};
async function orderOf(candidate, machines, { shaTag, branch, repositoryUrl }, github) {
    const commits = new Set(machines.map(({ labels, image, configuredImage }) => (0,image_revision/* findRevision */.pV)([], labels, { repositoryUrl, imagePath: '', wanted: undefined })?.commit ??
        [configuredImage, image]
            .map((name) => (0,tag_template/* commitInTag */.P$)((0,registry_reference/* tagIn */.mg)(name), shaTag, branch))
            .find((found) => found)));
    const [running] = commits;
    if (machines.length === 0)
        return { relation: 'unknown', running: undefined, words: 'Nothing is running yet.' };
    if (commits.size > 1)
        return { relation: 'unknown', running: undefined, words: 'The machines run images of several commits.' };
    if (running === undefined || !/^[0-9a-f]{7,64}$/.test(running)) {
        return {
            relation: 'unknown',
            running: undefined,
            words: 'The running image does not name the commit it was built from.',
        };
    }
    const short = (0,tag_template/* shortSha */.Fu)(running);
    if (candidate.startsWith(running) || running.startsWith(candidate))
        return { relation: 'same', running, words: `Commit ${short} is already running.` };
    const compared = await github.compare(running, candidate);
    if ('unknown' in compared) {
        return {
            relation: 'unknown',
            running,
            words: `Whether it is newer than the running commit, ${short}, is unknown: ${compared.unknown}.`,
        };
    }
    const words = {
        same: `Commit ${short} is already running.`,
        newer: `It is newer than the running commit, ${short}.`,
        older: `It is older than the running commit: ${short} already contains it.`,
        diverged: `It has diverged from the running commit, ${short}: neither contains the other.`,
        unknown: '',
    };
    const order = orders[compared.status];
    return { relation: order, running: compared.base ?? running, words: words[order], between: compared };
}
async function orderOfImage(rt, { shaTag, githubToken }, { branch }, commit, machines) {
    if (machines === undefined || commit === undefined)
        return undefined;
    const { repositoryUrl } = (0,links/* linksOf */.h)(rt);
    const github = (0,client/* githubOf */.z)(rt, githubToken, lib_http/* policies */.R3.githubCheck);
    return orderOf(commit, machines, { shaTag, branch, repositoryUrl }, github);
}

// EXTERNAL MODULE: ./node_modules/p-map/index.js
var p_map = __webpack_require__(606);
// EXTERNAL MODULE: ./build/fly/machines.js + 2 modules
var machines = __webpack_require__(1510);
// EXTERNAL MODULE: ./build/fly/releases.js
var fly_releases = __webpack_require__(4774);
;// CONCATENATED MODULE: ./build/verify/observe.js



const emptyBaseline = {
    list: { machines: [], unmanaged: [], length: 0, alive: 0, date: undefined },
    count: undefined,
    at: Number.NEGATIVE_INFINITY,
};
const isWhole = ({ list, count }) => count === undefined || count <= list.length;
const knowsReleases = ({ list, count, newestRelease }) => newestRelease !== undefined || (count !== undefined && count <= list.length);
const [tries, pause] = [3, 1000];
async function readBaseline(api, clock) {
    const read = async () => {
        const at = clock.now();
        const list = await (0,machines/* readMachineList */.aT)(api);
        return { list, count: (await (0,machines/* readApp */.uW)(api))?.machineCount, at };
    };
    const first = await read();
    const { count, list } = first;
    const known = count === undefined || count === list.length || count === list.alive;
    const baseline = known ? first : await read();
    if (knowsReleases(baseline))
        return baseline;
    const releases = await (0,fly_releases/* listReleases */.t)(api).catch(() => undefined);
    return { ...baseline, newestRelease: releases && (releases[0]?.version ?? 0) };
}
class Observer {
    #api;
    #clock;
    #before;
    #concerns;
    #lister;
    #known = new Set();
    constructor({ api, clock }, before, concerns) {
        this.#api = api;
        this.#clock = clock;
        this.#before = before;
        this.#concerns = concerns;
        this.#lister = new machines/* MachineLister */.t_(api);
        for (const { id } of before.list.machines)
            this.#known.add(id);
    }
    async observe() {
        const list = await this.#lister.list();
        const at = this.#clock.now();
        const listed = new Set(list.machines.map(({ id }) => id));
        const lost = await this.#lost([...this.#known].filter((id) => !listed.has(id)));
        for (const id of listed)
            this.#known.add(id);
        const incomplete = lost.length > 0 ? { kind: 'lost', ids: lost } : await this.#fewer(list);
        return { machines: await this.#withDigests(list.machines), incomplete, at, date: list.date };
    }
    async #lost(ids) {
        if (ids.length === 0)
            return [];
        const lost = [];
        let app;
        const answers = await (0,p_map/* default */.Ay)(ids, (id) => (0,machines/* readOneMachine */.mu)(this.#api, id), { concurrency: 8 });
        for (const [n, id] of ids.entries()) {
            const found = answers[n];
            if (found === 'missing')
                app ??= (0,machines/* readApp */.uW)(this.#api);
            const gone = found === 'destroyed' || (found === 'missing' && (await app) !== undefined);
            if (gone)
                this.#known.delete(id);
            else
                lost.push(id);
        }
        return lost;
    }
    async #fewer(list) {
        const { list: old, count: before } = this.#before;
        if (before === undefined)
            return undefined;
        const count = (await (0,machines/* readApp */.uW)(this.#api))?.machineCount;
        if (count === undefined)
            return { kind: 'uncounted' };
        const missing = Math.min(count - list.length - (before - old.length), count - list.alive - (before - old.alive));
        return missing > 0 ? { kind: 'fewer', missing } : undefined;
    }
    async #withDigests(machines) {
        const blank = machines.filter((machine) => this.#isBlank(machine));
        if (blank.length === 0)
            return machines;
        const found = await (0,p_map/* default */.Ay)(blank, (machine) => this.#withDigest(machine), { concurrency: 8 });
        const instead = new Map(blank.map((machine, n) => [machine, found[n]]));
        return machines.map((machine) => instead.get(machine) ?? machine);
    }
    async #withDigest(machine) {
        let last = machine;
        for (let n = 0; n < tries && this.#isBlank(last); n++) {
            if (n > 0)
                await this.#clock.sleep(pause);
            const found = await (0,machines/* readOneMachine */.mu)(this.#api, machine.id);
            if (typeof found !== 'string')
                last = found;
        }
        return last;
    }
    #isBlank(machine) {
        return machine.digest === undefined && machine.containers.length === 0 && this.#concerns(machine);
    }
}

;// CONCATENATED MODULE: ./build/deploy/before.js





async function readBefore(rt, { mode, flyToken }, api, recorder) {
    const { log } = rt;
    if (flyToken === '') {
        log.notice('The running machines were not checked: this dry run has no Fly.io token. To check them: `with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`.');
        return { baseline: undefined, url: undefined };
    }
    return recorder.timed('Read the machines', async () => {
        const asked = askAppUrl(rt, api);
        let baseline;
        try {
            baseline = await readBaseline(api, rt.clock);
            recorder.keep('before', baseline.list.machines);
        }
        catch (error) {
            if (mode === 'deploy' || !(error instanceof user_error/* UserError */.yo))
                throw error;
            log.warning(`The running machines could not be read.\n${(0,user_error/* formatError */.Wk)(error)}`);
        }
        const url = await asked;
        if (url !== undefined && url !== 'none')
            recorder.keep('url', url);
        return { baseline, url };
    });
}
function beginBefore(rt, inputs, trigger, deps) {
    const { api, recorder, expected } = deps;
    const longest = inputs.mode === 'deploy' ? ahead/* freshFor */.A : undefined;
    const read = (own, record) => readBefore(own, inputs, api, record);
    const reading = (0,ahead/* ahead */.U)(rt, recorder, read, longest);
    const compare = (own, before, commit) => orderOfImage(own, inputs, trigger, commit, before.baseline?.list.machines);
    const comparing = (0,ahead/* ahead */.U)(rt, recorder, async (own) => {
        const before = await reading.early;
        return { before, order: await compare(own, before, expected) };
    });
    return {
        read: reading.turn,
        order: async (before, commit) => {
            const early = commit === expected ? await comparing.turn().catch(() => undefined) : undefined;
            return early !== undefined && isSameFleet(early.before.baseline, before.baseline)
                ? early.order
                : compare(rt, before, commit);
        },
    };
}
function rightBefore({ clock }, api, recorder, baseline) {
    if (clock.now() - baseline.at <= ahead/* freshFor */.A)
        return baseline;
    return recorder.timed('Read the machines again', () => readBaseline(api, clock));
}
const isSameFleet = (one, other) => runsOf(one) === runsOf(other);
const runsOf = (baseline) => baseline?.list.machines
    .map(({ id, image, digest }) => `${id} ${image} ${digest}`)
    .sort()
    .join('\n');

// EXTERNAL MODULE: ./build/attestation/attestation.js
var attestation = __webpack_require__(8567);
// EXTERNAL MODULE: ./build/event/build-ref.js
var build_ref = __webpack_require__(7471);
// EXTERNAL MODULE: ./build/image/root-of.js
var root_of = __webpack_require__(616);
// EXTERNAL MODULE: ./build/lib/commit.js
var lib_commit = __webpack_require__(7791);
// EXTERNAL MODULE: ./build/registry/connect.js + 4 modules
var connect = __webpack_require__(7251);
// EXTERNAL MODULE: ./build/deploy/previous.js
var deploy_previous = __webpack_require__(7489);
;// CONCATENATED MODULE: ./build/deploy/previous-attested.js











async function attestPrevious(rt, inputs, trigger, { image, scope, before, recorder }) {
    const { attestation, rollback, app, flags } = inputs;
    if (attestation.mode === 'off' || rollback === 'false')
        return undefined;
    const previous = (0,deploy_previous/* previousOf */.te)(before, scope);
    if (!Array.isArray(previous))
        return undefined;
    const others = previous.filter(({ digest }) => !image.digests.includes(digest));
    if (others.length === 0)
        return undefined;
    const ref = (0,build_ref/* sourceRefOf */.EV)(inputs, trigger, (0,build_ref/* buildRefOf */.tw)(trigger, rt.env));
    const wanted = inputs.attestationRef === undefined ? ref.replace(/^(refs\/tags\/).*$/, '$1*') : ref;
    const faults = await recorder.timed('Verify the attestation of what runs', async () => {
        const found = [];
        for (const each of others) {
            const fault = await faultOf(rt, inputs, each, wanted, { branch: trigger.branch, before });
            if (fault !== undefined)
                found.push(fault);
        }
        return found;
    });
    if (faults.length === 0)
        return undefined;
    const runs = others.map(({ reference }) => (0,registry_reference/* formatReference */.FH)(reference)).join(', ');
    const why = `${runs}, which runs now, does not have the attestation that \`attestation\` requires:\n  ${faults.join('\n  ')}`;
    if (attestation.mode === 'warn') {
        rt.log.warning(`A rollback would deploy an image that \`attestation: require\` refuses. ${why}`);
        return undefined;
    }
    const commands = previous.map((each) => commandOf(app, each, flags));
    rt.log.warning(`If this deploy fails, it will not be rolled back automatically. ${why}\nTo roll back manually:\n  ${commands.join('\n  ')}`);
    return {
        code: 'previous-not-attested',
        why: `the image that ran before does not have the attestation that \`attestation\` requires. To deploy it anyway: ${commands.map((each) => `\`${each}\``).join(', ')}`,
    };
}
async function faultOf(rt, inputs, { digest, group }, ref, context) {
    const machine = context.before.find((each) => each.digest === digest && (group ?? each.group) === each.group);
    try {
        const root = machine && (await indexOf(rt, inputs, machine, digest, context.branch));
        await (0,attestation/* attestationOf */.kV)(rt, inputs, { digest: root ?? digest, commit: undefined, ref });
        return undefined;
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return (0,user_error/* messageOf */.bD)(error).split('\n').slice(0, 2).join(' ');
    }
}
async function indexOf(rt, inputs, { configuredImage, image, labels }, digest, branch) {
    const { repositoryUrl } = (0,links/* linksOf */.h)(rt);
    const { tag, digest: named } = (0,registry_reference/* parseReference */.F2)(configuredImage || image);
    const { host, path } = inputs.image;
    const commit = (0,image_revision/* findRevision */.pV)([], labels, { repositoryUrl, imagePath: path, wanted: undefined })?.commit;
    const tags = (0,lib_commit/* isCommit */.W)(commit ?? '') ? (0,tag_template/* renderTags */.Ep)(inputs.shaTag, { branch, commit: commit ?? '' }) : [];
    const session = (0,connect/* sourceSession */.g)(rt, inputs, { host, path }, 0);
    return (0,root_of/* rootOf */.I)(session, digest, [...tags, tag, named]);
}
function commandOf(app, previous, flags) {
    const { reference } = previous;
    const words = ['flyctl', 'deploy', '--app', app, '--image', (0,registry_reference/* formatReference */.FH)(reference)];
    const all = [...words, ...(0,deploy_previous/* rollbackFlags */.qs)(flags, previous, false)];
    return all
        .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
        .join(' ');
}

;// CONCATENATED MODULE: ./build/deploy/skip.js


function reasonToSkip(inputs, trigger, image, order, before, isRerun) {
    const skip = outdated(inputs, trigger, image, order, isRerun) ?? unchanged(inputs, before);
    return inputs.mode === 'dry-run' ? { reason: 'dry-run', words: skip?.words ?? '' } : skip;
}
function outdated(inputs, trigger, { plan, commit }, order, isRerun) {
    if (order?.relation !== 'older' || !canBeOutdated(trigger) || inputs.onOutdated === 'deploy')
        return undefined;
    const digest = plan.source === 'reference' ? plan.reference.digest : undefined;
    const eventCommit = trigger.kind === 'automatic' ? trigger.commit : undefined;
    const found = digest !== undefined && eventCommit !== undefined && inputs.commit === eventCommit;
    const named = plan.by === 'select' || plan.by === 'image';
    if (!found && (inputs.commit !== undefined || named))
        return undefined;
    if (inputs.onOutdated === 'skip') {
        const why = isRerun
            ? `Re-running a job does not roll back. To deploy this commit anyway, run this workflow manually with ${earlier(commit)}, or set \`with: on-outdated: deploy\`.`
            : 'A newer build finished first.';
        const words = `Commit ${commit} is outdated. ${order.words} ${why}`;
        return { reason: 'outdated', words };
    }
    throw new user_error/* UserError */.yo({
        code: 'commit-outdated',
        found: `Commit ${commit} is outdated. ${order.words}`,
        expected: 'A commit that is newer than the running one, because `on-outdated` is "fail".',
        fix: `Set \`with: on-outdated: skip\` to let such runs succeed without a deploy. To deploy this commit anyway, run this workflow manually with ${earlier(commit)}.`,
    });
}
const canBeOutdated = (trigger) => trigger.kind === 'automatic' || trigger.published?.commit !== undefined;
const earlier = (commit) => commit === undefined ? '`with: select: release:previous`' : `\`with: select: commit:${commit}\``;
function unchanged({ onUnchanged }, before) {
    const machines = (0,compare/* managed */.Yq)(before);
    if (onUnchanged === 'deploy' || machines.length === 0 || !machines.every(({ runsImage }) => runsImage))
        return undefined;
    return {
        reason: 'unchanged',
        words: 'Every machine already runs this image, and `on-unchanged` is "skip". Changes of the config, secrets or number of machines were not checked.',
    };
}

// EXTERNAL MODULE: ./build/event/read.js + 9 modules
var read = __webpack_require__(8731);
// EXTERNAL MODULE: ./build/image/find.js + 6 modules
var find = __webpack_require__(972);
// EXTERNAL MODULE: ./build/image/types.js
var types = __webpack_require__(8107);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 6 modules
var mirror_mirror = __webpack_require__(8050);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/event/unread.js
var event_unread = __webpack_require__(4404);
;// CONCATENATED MODULE: ./build/report/log-lines.js







function logTrigger(trigger, log) {
    if (trigger.kind === 'manual') {
        if (trigger.caution !== undefined)
            log.warning(`A deploy from this event would be refused.\n${(0,user_error/* formatTexts */.UQ)([trigger.caution])}`);
        const { published, unread } = trigger;
        if (published === undefined)
            log.line(`Manual deploy (${trigger.event}) of branch ${trigger.branch}`);
        else
            log.line(`Automatic deploy (${trigger.event}) of what was published with tag ${published.tag}, ${published.digest}`);
        if (unread !== undefined) {
            const { words, fix } = (0,event_unread/* unreadText */.p)(unread);
            log.notice(`${words} ${fix}`);
        }
        return;
    }
    const { run, event, commit, branch, environment } = trigger;
    const by = run
        ? `, built by "${run.name}"${run.number === undefined ? '' : ` #${run.number}`} (${run.event})`
        : '';
    log.line(`Automatic deploy (${event}) of commit ${commit} of branch ${branch}${by}`);
    if (environment !== undefined)
        log.line(`The deployment is for environment ${JSON.stringify(environment)}. A step cannot read its job’s \`environment:\`, so the two are not compared.`);
}
function logImage(found, now, log) {
    const { plan, image, revision: check } = found;
    const { host, path } = image.repository;
    const { digest, platformDigest, revision, created } = image;
    switch (plan.source) {
        case 'sha-tag':
            log.line(`Using SHA-based tag: ${(0,registry_reference/* formatReference */.FH)({ host, path, tag: image.tag ?? plan.tag })}`);
            log.line(`This ensures we get the exact image built from commit: ${plan.commit}`);
            break;
        case 'digest':
        case 'pattern':
            log.line(`Looked up tag: ${(0,registry_reference/* formatReference */.FH)({ host, path, ...(image.tag && { tag: image.tag }) })}`);
            break;
        case 'release':
            log.line(`Using the image of release v${plan.version}`);
            break;
        case 'running':
            log.line(`Using the image that app ${plan.app} runs`);
            break;
        case 'reference':
            log.line(`Using the image as ${plan.published === undefined ? 'given' : 'published'}: ${(0,registry_reference/* formatReference */.FH)(plan.reference)}`);
            break;
    }
    if (plan.pin)
        log.line(`Using digest: ${(0,registry_reference/* formatReference */.FH)({ host, path, digest })}`);
    else
        log.line(`Digest: ${digest}`);
    if (platformDigest !== digest)
        log.line(`Digest of its linux/amd64 image: ${platformDigest}`);
    const age = created === undefined ? undefined : (0,format/* formatAge */.nV)(created, now);
    const facts = [
        (0,format/* formatBytes */.z3)(image.size),
        ...(age === undefined ? [] : [`built ${age}`]),
        revision === undefined ? 'no revision label' : `revision ${revision.commit} (${revision.from})`,
    ];
    log.line(`Image: ${facts.join(', ')}`);
    if (revision?.instead !== undefined && check === 'matches') {
        log.notice(`The ${revision.instead.from} of ${(0,registry_reference/* formatReference */.FH)(image.reference)} names ${(0,image_revision/* oneWord */.ZH)(revision.instead.commit)}, but its provenance names ${plan.commit}. The provenance counts, because labels are inherited from base images. To write a label in the build, give docker/build-push-action \`labels: \${{ steps.meta.outputs.labels }}\`.`);
    }
    logBeside(found, log);
    if (check === 'unknown') {
        log.warning(`${(0,registry_reference/* formatReference */.FH)(image.reference)} does not name its commit, so only its tag links it to ${plan.commit}. ` +
            'To label images with their commit, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.');
    }
}
function logBeside({ beside, image, plan }, log) {
    const name = (0,registry_reference/* formatReference */.FH)(plan.source === 'reference' ? plan.reference : image.reference);
    switch (beside?.kind) {
        case 'differs': {
            const { tag } = image;
            const waits = tag === undefined
                ? ''
                : `, or write \`sha-tag: ${tag}\` instead of the tag in \`${plan.by}\`, to wait until that tag names this commit’s image`;
            log.warning(`${name} ${(0,image_revision/* sayingOf */.NM)(beside.image)} ${(0,image_revision/* oneWord */.ZH)(beside.image.commit)}, but the event is about ${beside.event}. It is deployed anyway, because the input \`${plan.by}\` names it. To fail instead, set \`with: check-revision: require\`${waits}.`);
            return;
        }
        case 'other-repository':
            log.notice(`${name} is another repository’s image, so its commit is not compared with the event’s. To require a commit, set \`with: commit: <commit>\`.`);
            return;
        case 'unknown':
            log.line('The image does not name its commit, so it is not compared with the event’s.');
            return;
        default:
            return;
    }
}
function logPrivate({ repository: { host, path }, public: isPublic }, app, { log, env }) {
    if (isPublic || host === (0,hosts/* flyRepository */.QY)(app, env).host)
        return;
    log.warning(`${(0,registry_reference/* formatReference */.FH)({ host, path })} is private, and Fly.io pulls anonymously, so the deploy will probably fail. ` +
        'Remove `mirror: never`, or make the package public.');
}
function logSkip({ reason, words }, image, order, mirror, log) {
    if (reason !== 'dry-run') {
        log.notice(`Nothing was deployed. ${words}`);
        return;
    }
    log.line(`A deploy would use ${(0,registry_reference/* formatReference */.FH)(image.reference)}`);
    if (order !== undefined)
        log.line(order.words);
    if (mirror !== undefined)
        log.line(`The image is private, so a deploy would first copy it to ${(0,registry_reference/* formatReference */.FH)(mirror)}`);
    if (words !== '')
        log.line(`A deploy would be skipped. ${words}`);
    log.line('Dry run: nothing was deployed.');
}
function logBefore({ machines, unmanaged }, log) {
    const images = new Set(machines.map(({ image, digest }) => `${image}@${digest ?? '?'}`));
    const count = (0,format/* counted */.hS)(machines.length, 'machine');
    log.line(`Running before: ${machines.length === 0 ? 'no machine' : `${[...images].join(', ')} (${count})`}`);
    if (unmanaged.length > 0) {
        const ids = unmanaged.slice(0, 10).map(({ id }) => id);
        log.line(`Not managed by deploys, so not verified: ${(0,format/* counted */.hS)(unmanaged.length, 'machine')} (${ids.join(', ')}${unmanaged.length > ids.length ? ', …' : ''})`);
    }
}
function logVerified(app, { tag, digest, platformDigest }, fleet, { line }) {
    const count = (0,compare/* managed */.Yq)(fleet).length;
    const excluded = fleet.length - count;
    const all = count === 1 ? 'the only machine' : `all ${(0,format/* counted */.hS)(count, 'machine')}`;
    const which = `${all} of ${app}${excluded === 0 ? '' : ` in the scope of this deploy (${excluded} excluded by \`flags\`)`}`;
    const of = digest === platformDigest ? '' : `, the linux/amd64 image of index ${digest}`;
    const image = tag === undefined ? `${platformDigest}${of}` : `${tag} (${platformDigest}${of})`;
    line(`Verified: ${which} ${count === 1 ? 'runs' : 'run'} ${image}`);
}
function logOrder(order, decides, log) {
    const show = decides || order.relation !== 'unknown' ? log.line : log.debug;
    show(order.words);
}

// EXTERNAL MODULE: ./build/report/outcome.js
var outcome = __webpack_require__(4247);
// EXTERNAL MODULE: ./build/verify/errors.js
var errors = __webpack_require__(2317);
// EXTERNAL MODULE: ./build/lib/duration.js
var duration = __webpack_require__(9386);
;// CONCATENATED MODULE: ./build/verify/health.js




const bodyLimit = 1024 * 1024;
const mostWrong = 3;
function fillBody(template, { commit, shortSha, digest }) {
    return template.replace(/\{(sha|short-sha|digest)\}/g, (whole, name) => name === 'digest' ? digest : ((name === 'sha' ? commit : shortSha) ?? whole));
}
class HealthMonitor {
    check;
    #deps;
    #since;
    #last;
    #wrongInRow = 0;
    #wasRight = false;
    #answers = 0;
    #failed = 0;
    #slowest = 0;
    constructor(check, deps) {
        this.check = check;
        this.#deps = deps;
    }
    get isRight() {
        return this.#last?.kind === 'right';
    }
    get words() {
        return this.#last === undefined || this.#last.kind === 'right' ? undefined : this.#last.words;
    }
    get tally() {
        const slowest = this.#answers === 0 ? '' : `, slowest ${(0,format/* formatDuration */.a3)(this.#slowest)}`;
        return `${this.#answers} answer${this.#answers === 1 ? '' : 's'}, ${this.#failed} failed${slowest}`;
    }
    async ask() {
        const { clock } = this.#deps;
        const begin = clock.now();
        this.#since ??= begin;
        const reply = await this.#reply();
        const now = clock.now();
        this.#last = reply;
        this.#deps.answered?.({ at: begin, ms: now - begin, kind: reply.kind, words: this.words });
        if (reply.kind === 'unreachable')
            return;
        this.#answers++;
        this.#slowest = Math.max(this.#slowest, now - begin);
        if (reply.kind === 'right') {
            [this.#wasRight, this.#wrongInRow, this.#since] = [true, 0, now];
            return;
        }
        this.#wrongInRow++;
        if (this.#wasRight)
            this.#failed++;
        const over = this.#wasRight ? this.#wrongInRow >= mostWrong : now - this.#since >= this.check.timeout;
        if (over)
            throw this.#failure(reply.words, now - this.#since);
    }
    unreachable(checksPass) {
        if (this.#last?.kind !== 'unreachable' || this.#since === undefined)
            return undefined;
        const elapsed = this.#deps.clock.now() - this.#since;
        if (elapsed < this.check.timeout)
            return undefined;
        const { url } = this.check;
        const seen = checksPass
            ? 'The machines pass their health checks on Fly.io'
            : 'The machines have no health checks on Fly.io';
        return new user_error/* UserError */.yo({
            code: 'health-unreachable',
            found: `This runner could not reach ${url} for ${(0,format/* formatDuration */.a3)(elapsed)}: ${this.#last.words}. Every machine runs the image. ${seen}. Whether the app answers is unknown.`,
            expected: 'An address that this runner can reach.',
            fix: 'Set `with: health-url:` to an address that this runner can reach. For a private app, remove `health-url` and use checks in fly.toml (`[checks]`, `[[http_service.checks]]`).',
            input: 'health-url',
        });
    }
    #failure(words, elapsed) {
        const { status, body, url, timeout } = this.check;
        const when = this.#wasRight
            ? `${mostWrong} times in a row, after correct answers`
            : `for ${(0,format/* formatDuration */.a3)(elapsed)} after all machines ran the image`;
        return new user_error/* UserError */.yo({
            code: this.check.guessed === true ? 'health-unreachable' : 'health-failed',
            found: `${url} failed the health check ${when}: ${words}.`,
            expected: `${status === undefined ? 'A status from 200 to 399' : `Status ${status}`}${body === undefined ? '' : `, and "${body}" in the response`}.`,
            fix: `Check \`fly logs\` and fix the app. If the check is wrong, correct \`health-url\`, \`health-status\` or \`health-body\`. If the app needs longer to start, wait twice as long: \`with: health-timeout: ${(0,duration/* twice */.P)(timeout)}\`.`,
        });
    }
    async #reply() {
        const { url, status, body } = this.check;
        const wrong = (words) => ({ kind: 'wrong', words });
        try {
            const answer = await this.#deps.http(url, { limit: bodyLimit, follow: false });
            const right = status === undefined ? answer.status >= 200 && answer.status <= 399 : answer.status === status;
            if (!right)
                return wrong(`it answered ${answer.status}`);
            const text = answer.body.toString('utf8');
            if (body === undefined || text.includes(body))
                return { kind: 'right' };
            const words = text.replace(/\s+/g, ' ').trim().slice(0, 120);
            return wrong(`it answered ${answer.status} without "${body}": ${words === '' ? 'the response is empty' : `"${words}"`}`);
        }
        catch (error) {
            if (!(error instanceof http_error/* HttpError */.j))
                throw error;
            return { kind: error.kind === 'unconnected' ? 'unreachable' : 'wrong', words: (0,user_error/* messageOf */.bD)(error) };
        }
    }
}

// EXTERNAL MODULE: ./build/lib/first-and-last.js
var first_and_last = __webpack_require__(8003);
;// CONCATENATED MODULE: ./build/verify/journal.js

const most = 1000;
class Journal {
    checks = (0,first_and_last/* firstAndLast */.A)(most);
    answers = (0,first_and_last/* firstAndLast */.A)(most);
}

;// CONCATENATED MODULE: ./build/verify/scope.js
const narrowing = {
    '--regions': { of: ({ region }) => region, keeps: true },
    '--exclude-regions': { of: ({ region }) => region, keeps: false },
    '--only-machines': { of: ({ id }) => id, keeps: true },
    '--exclude-machines': { of: ({ id }) => id, keeps: false },
    '--process-groups': { of: ({ group }) => group, keeps: true },
};
function scopeOf(flags) {
    const named = new Map();
    for (const flag of flags) {
        const [, name = '', value = ''] = /^(--[\w-]+)=(.*)$/.exec(flag) ?? [];
        if (!Object.hasOwn(narrowing, name))
            continue;
        const values = named.get(name) ?? new Set();
        for (const each of value.split(','))
            if (each.trim() !== '')
                values.add(each.trim());
        named.set(name, values);
    }
    return (machine, made = false) => [...named].every(([name, values]) => {
        const rule = narrowing[name];
        if (rule === undefined || values.size === 0 || (made && name === '--only-machines'))
            return true;
        return values.has(rule.of(machine)) === rule.keeps;
    });
}

// EXTERNAL MODULE: ./build/lib/progress.js
var progress = __webpack_require__(8285);
// EXTERNAL MODULE: ./build/verify/machines-lost.js
var machines_lost = __webpack_require__(9559);
// EXTERNAL MODULE: ./build/fly/trouble.js
var trouble = __webpack_require__(9869);
;// CONCATENATED MODULE: ./build/verify/settling.js


class Settlement {
    #settleTime;
    #before;
    #beforeAt;
    #followed = new Map();
    #checks = 0;
    constructor(settleTime, before, beforeAt = Number.NEGATIVE_INFINITY) {
        this.#settleTime = settleTime;
        this.#before = new Map(before.map((machine) => [machine.id, machine]));
        this.#beforeAt = beforeAt;
    }
    take(machines, { now }) {
        this.#checks++;
        return machines.map((machine) => {
            const followed = this.#followed.get(machine.id);
            if (followed?.last === machine)
                return machine;
            const since = (0,trouble/* versionedAt */.tz)(machine, this.#before.get(machine.id));
            if (followed === undefined) {
                const { instanceId, releaseVersion, releaseId } = machine;
                if (!machine.excluded && (0,compare/* isHealthy */.Wr)(machine))
                    this.#followed.set(machine.id, {
                        instanceId,
                        releaseVersion,
                        releaseId,
                        check: this.#checks,
                        at: now,
                        since,
                        last: machine,
                    });
                return machine;
            }
            if (machine.failure !== undefined || machine.supersededBy !== undefined)
                return machine;
            if (!isSame(followed, machine))
                return { ...machine, failure: { kind: 'changed', from: nameOf(followed), to: nameOf(machine) } };
            if (since !== undefined && followed.since !== undefined && since !== followed.since)
                [followed.at, followed.since] = [now, since];
            followed.last = machine;
            return machine;
        });
    }
    longest(machines, { now, date }) {
        let most;
        for (const machine of machines) {
            const followed = this.#followed.get(machine.id);
            if (followed === undefined)
                continue;
            const { at, since } = followed;
            const reported = since === undefined || date === undefined ? 0 : date - since;
            const age = Math.max(now - at, Math.min(reported, now - this.#beforeAt));
            const left = Math.max(0, this.#settleTime - age);
            if (most === undefined || left > most.left)
                most = { machine, left, age };
        }
        return most;
    }
    isOver(machines, time) {
        const again = machines.every(({ id }) => (this.#followed.get(id)?.check ?? this.#checks) < this.#checks);
        return again && (this.longest(machines, time)?.left ?? 0) === 0;
    }
}
const isSame = (followed, machine) => followed.instanceId === machine.instanceId &&
    followed.releaseVersion === machine.releaseVersion &&
    followed.releaseId === machine.releaseId;
const nameOf = ({ releaseVersion, instanceId }) => [
    ...(releaseVersion === undefined ? [] : [`release v${releaseVersion}`]),
    ...(instanceId === undefined ? [] : [`version ${instanceId}`]),
].join(', ') || 'no known version';

;// CONCATENATED MODULE: ./build/verify/watch.js







const betweenChecks = 1500;
const [whileSettling, forEachMachine] = [3000, 2];
const lastArrival = 15_000;
const longestArrival = 60_000;
async function watch(expected, patience, deps) {
    const { clock, log, health } = deps;
    const { settleTime, healthTimeout } = patience;
    const settlement = new Settlement(settleTime, expected.before ?? [], expected.beforeAt);
    const begin = clock.now();
    const check = checker(expected, settlement, deps, healthTimeout);
    const arrival = Math.min(settleTime, longestArrival);
    let limit = arrival;
    let standing = '';
    const arriving = { what: 'the machines', limit: () => limit, how: () => standing };
    let last = await (0,progress/* waiting */.e)(arriving, deps, async () => {
        for (let n = 0;; n++) {
            const now = await check(n === 0 ? 'First check' : 'Checking again');
            standing = (0,compare/* standingOf */.YP)(now.all).words;
            if (isComplete(now))
                return now;
            const running = now.managed.length > 0 && now.managed.every(isRunning);
            limit = running ? Math.max(arrival, healthTimeout) : arrival;
            if (now.incomplete !== undefined)
                limit = Math.max(limit, 2 * betweenChecks);
            const late = clock.now() - begin + betweenChecks > limit;
            if (late || now.managed.some(compare/* isHopeless */.cs))
                throw failureOf(now, expected, 'after the deploy');
            await clock.sleep(betweenChecks);
        }
    });
    const first = settlement.longest(last.managed, last.time);
    if (first !== undefined && first.left > 0) {
        const { id, region } = first.machine;
        log.line(`Settling: ${(0,format/* formatDuration */.a3)(first.left)} more, for machine ${id} in ${region}, which has run for ${(0,format/* formatDuration */.a3)(first.age)} of ${(0,format/* formatDuration */.a3)(settleTime)}`);
    }
    const watchedFrom = clock.now();
    const left = () => settlement.longest(last.managed, last.time)?.left ?? 0;
    const settling = {
        what: 'the machines to settle',
        how: () => [standing, health?.words, `${(0,format/* formatDuration */.a3)(left())} left`].filter(Boolean).join(', '),
    };
    last = await (0,progress/* waiting */.e)(settling, deps, async () => {
        let [unwell, overdue] = [];
        for (;;) {
            const atOnce = settleTime === 0 && isComplete(last);
            const pause = atOnce
                ? 0
                : Math.max(betweenChecks, Math.min(Math.max(whileSettling, forEachMachine * last.all.length), left()));
            await clock.sleep(health !== undefined && health.words !== undefined ? Math.max(pause, 2000) : pause);
            await health?.ask();
            last = await check('Last check');
            standing = (0,compare/* standingOf */.YP)(last.all).words;
            const when = `after ${(0,format/* formatDuration */.a3)(clock.now() - watchedFrom)} of settling`;
            if (last.managed.some(compare/* isHopeless */.cs))
                throw failureOf(last, expected, when);
            const over = settlement.isOver(last.managed, last.time);
            if (!isComplete(last)) {
                unwell ??= clock.now();
                if (clock.now() - unwell >= Math.max(arrival, healthTimeout))
                    throw failureOf(last, expected, when);
                if (left() > 0)
                    continue;
                overdue ??= clock.now();
                const arrives = last.managed.every(isRunning) ? lastArrival : betweenChecks;
                const patient = isUncounted(last) ? Math.max(arrives, healthTimeout) : arrives;
                if (clock.now() - overdue + betweenChecks > patient)
                    throw failureOf(last, expected, when);
                continue;
            }
            [unwell, overdue] = [undefined, undefined];
            if (!over) {
                if (clock.now() - watchedFrom > 2 * settleTime + lastArrival)
                    throw (0,errors/* unsettled */.NZ)(settlement.longest(last.managed, last.time), when);
                continue;
            }
            if (health === undefined || health.isRight)
                return last;
            const unreachable = health.unreachable(passChecks(last.managed));
            if (unreachable !== undefined)
                throw unreachable;
        }
    });
    const answers = health && `${(0,format/* formatDuration */.a3)(clock.now() - watchedFrom)}, ${health.tally}`;
    if (answers !== undefined)
        log.line(`${health?.check.url}: ${answers}`);
    return { machines: last.all, answers };
}
const isRunning = ({ runsImage, waitingFor }) => runsImage && waitingFor?.kind !== 'release';
const isComplete = ({ managed, incomplete }) => incomplete === undefined && managed.length > 0 && managed.every(compare/* isFine */.zn);
const isUncounted = ({ incomplete }) => incomplete?.kind === 'uncounted';
const passChecks = (machines) => machines.every(({ checks, state }) => state !== 'started' || checks.length > 0);
function failureOf(check, expected, when) {
    const { incomplete } = check;
    if (incomplete === undefined || check.managed.some(compare/* isHopeless */.cs))
        return (0,errors/* notVerified */.et)(check.managed, expected, when);
    const error = (0,errors/* incompleteList */.N6)(incomplete, check.managed, when);
    return incomplete.kind === 'lost'
        ? new user_error/* UserError */.yo(error, { cause: new machines_lost/* MachinesLost */.v(incomplete.ids) })
        : error;
}
const passing = ['fly-unreachable', 'fly-unavailable', 'fly-rate-limited'];
function checker(expected, settlement, { observe, clock, log, seen }, patience) {
    let before = '';
    const compared = (0,compare/* comparer */.m3)(expected);
    return async (title) => {
        const begin = clock.now();
        for (;;) {
            try {
                const { machines, incomplete, at, date } = await observe();
                const time = { now: at, date };
                const all = settlement.take(compared(machines), time);
                const { words, healthy } = (0,compare/* standingOf */.YP)(all);
                seen(all, { at, machines: (0,compare/* managed */.Yq)(all).length, healthy, words, incomplete: incomplete?.kind });
                if (words !== before)
                    log.line(`${title}: ${words}`);
                before = words;
                return { all, managed: (0,compare/* managed */.Yq)(all), incomplete, time };
            }
            catch (error) {
                const mayPass = error instanceof user_error/* UserError */.yo && passing.includes(error.code);
                if (!mayPass || clock.now() - begin >= patience)
                    throw error;
                await clock.sleep(betweenChecks);
            }
        }
    };
}

;// CONCATENATED MODULE: ./build/verify/verifier.js












class Verifier {
    scope;
    journal = new Journal();
    #deps;
    #inputs;
    #api;
    #image;
    #body;
    #seen;
    #observer;
    constructor(deps, inputs, api, image) {
        this.#deps = deps;
        this.#inputs = inputs;
        this.#api = api;
        this.#image = image;
        this.scope = scopeOf(inputs.flags);
        this.#body = bodyOf(inputs, image);
    }
    get seen() {
        return this.#seen;
    }
    list() {
        return (0,machines/* listMachines */.bO)(this.#api);
    }
    baseline() {
        return readBaseline(this.#api, this.#deps.clock);
    }
    observe(before) {
        const concerns = (machine) => this.scope(machine, true);
        this.#observer ??= new Observer({ ...this.#deps, api: this.#api }, before, concerns);
        return this.#observer.observe();
    }
    compare(machines, before, release) {
        return (0,compare/* compare */.UD)(machines, this.#expected(before, release));
    }
    see(machines, before, release) {
        this.#seen = this.compare(machines, before, release);
    }
    verify(before, release, url) {
        const check = this.#healthCheck(url);
        const http = (0,lib_http/* makeHttp */.fK)(this.#deps, lib_http/* policies */.R3.health);
        const health = check &&
            new HealthMonitor(check, {
                ...this.#deps,
                http,
                answered: (answer) => this.journal.answers.add(answer),
            });
        return this.#watch('deploy', before, this.#expected(before.list.machines, release), health);
    }
    verifyPrevious(before, expected) {
        return this.#watch('rollback', before, { ...expected, app: this.#api.app, scope: this.scope, before: before.list.machines }, undefined);
    }
    async #watch(of, before, expected, health) {
        const { settleTime, healthTimeout } = this.#inputs;
        const newestBefore = before.newestRelease ?? (knowsReleases(before) ? undefined : 'unknown');
        const watched = await watch({ ...expected, beforeAt: before.at, newestBefore }, { settleTime, healthTimeout }, {
            ...this.#deps,
            observe: () => this.observe(before),
            seen: (machines, check) => {
                this.#seen = machines;
                this.journal.checks.add({ ...check, of });
            },
            health,
        });
        const known = (0,compare/* managed */.Yq)(watched.machines).every((machine) => expected.release(machine) !== undefined);
        if (!known && newestBefore === 'unknown')
            throw (0,errors/* releaseUnknown */.CG)(this.#api.app);
        return watched;
    }
    #expected(before, release) {
        return { app: this.#api.app, of: () => this.#image, release: () => release, scope: this.scope, before };
    }
    #healthCheck(url) {
        const { healthUrl, healthStatus, healthTimeout } = this.#inputs;
        if (healthUrl === undefined)
            return undefined;
        const rest = { status: healthStatus, body: this.#body, timeout: healthTimeout };
        if (!healthUrl.startsWith('/'))
            return { url: healthUrl, ...rest };
        if (url === undefined) {
            const usual = usualUrl(this.#api.app);
            this.#deps.log.line(`Fly.io does not report the app’s hostname. The health check uses the default one, ${usual}.`);
            return { url: new URL(healthUrl, usual).href, guessed: true, ...rest };
        }
        if (url !== 'none')
            return { url: new URL(healthUrl, url).href, ...rest };
        throw new user_error/* UserError */.yo({
            code: 'app-without-hostname',
            found: `\`health-url\` is the path "${healthUrl}", but Fly.io has no hostname for the app.`,
            expected: 'A whole URL, or an app with a hostname.',
            fix: `Write the whole URL: \`with: health-url: https://<hostname>${healthUrl}\`.`,
            input: 'health-url',
        });
    }
}
function bodyOf({ healthBody }, { commit, digest }) {
    if (healthBody === undefined)
        return undefined;
    if (commit === undefined && /\{(?:short-)?sha\}/.test(healthBody)) {
        throw new user_error/* UserError */.yo({
            code: 'health-body-without-commit',
            found: `\`health-body\` is "${healthBody}", but neither the event nor the image names a commit.`,
            expected: 'An image with the label org.opencontainers.image.revision.',
            fix: 'Give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`, or use `{digest}` in `health-body`.',
            input: 'health-body',
        });
    }
    const short = commit && (0,tag_template/* shortSha */.Fu)(commit);
    return fillBody(healthBody, { commit, shortSha: short, digest });
}

;// CONCATENATED MODULE: ./build/step/deploy.js
















async function deployFlyImage(rt, inputs, facts, over) {
    const { log, clock } = rt;
    const trigger = await facts.timed('Read the event', () => (0,read/* readTrigger */.v)(rt, inputs));
    if (trigger.kind === 'refused')
        return refused(trigger, inputs, rt);
    facts.keep('trigger', trigger);
    logTrigger(trigger, log);
    const dryRun = inputs.mode === 'dry-run';
    const api = (0,fly_api/* flyApi */.mH)(rt, inputs);
    const plan = (0,find/* knownPlan */.f)(trigger, inputs);
    const gettingFlyctl = dryRun
        ? undefined
        : (0,ahead/* ahead */.U)(rt, facts, (own, recorder) => recorder.stage('flyctl', 'Get flyctl', () => getFlyctl(own, inputs)));
    const findingImage = (0,ahead/* ahead */.U)(rt, facts, (own, recorder) => (0,find/* findImage */.F)(own, inputs, trigger, {
        api,
        recorder,
        progress: {
            line: (text) => {
                if (!over.aborted)
                    log.line(text);
            },
        },
        resolved: (image) => logImage(image, clock.now(), own.log),
    }));
    const expected = (0,types/* commitOf */.D)(plan, undefined);
    const asking = beginBefore(rt, inputs, trigger, { api, recorder: facts, expected });
    const flyctl = (await gettingFlyctl?.turn()) ?? '';
    const found = await findingImage.turn();
    const { image, commit } = found;
    const mirror = (0,mirror_mirror/* mirrorFor */.X)(rt, inputs, found);
    if (mirror === undefined)
        logPrivate(image, inputs.app, rt);
    const verifier = new Verifier(rt, inputs, api, { ...image, commit });
    facts.keep('journal', verifier.journal);
    const before = await asking.read();
    const choosing = { inputs, trigger, found, mirror, verifier, asking, facts };
    let decision = await decide(rt, choosing, before);
    if (decision.skipped)
        return decision.skipped;
    const copy = mirror && (await facts.stage('mirror', 'Copy the image', mirror.copy));
    const early = before.baseline ?? emptyBaseline;
    const baseline = await rightBefore(rt, api, facts, early);
    facts.renew('before', baseline.list.machines);
    if (!isSameFleet(baseline, early)) {
        log.line('The machines have changed since they were first read, probably by another deploy of this app. They are compared again.');
        decision = await decide(rt, choosing, { ...before, baseline });
        if (decision.skipped)
            return decision.skipped;
    }
    const { reference, digest } = copy ?? image;
    const isFlys = reference.host === (0,hosts/* flyRepository */.QY)(inputs.app, rt.env).host;
    const target = { flyctl, reference, isPublic: image.public || copy !== undefined, isFlys };
    const attempt = await deployAndVerify(rt, inputs, {
        api,
        verifier,
        target,
        digest,
        baseline,
        url: before.url,
        noRollback: decision.noRollback,
        recorder: facts,
    });
    if (attempt.kind === 'deployed')
        logVerified(inputs.app, image, attempt.fleet, log);
    return attempt.kind === 'failed' ? { ...attempt, as: (0,outcome/* failureKind */.zU)(attempt.error) } : attempt;
}
async function decide(rt, { inputs, trigger, found, mirror, verifier, asking, facts }, before) {
    const { log } = rt;
    const { baseline } = before;
    const { image, commit } = found;
    if (baseline !== undefined)
        logBefore(baseline.list, log);
    const order = await asking.order(before, commit);
    if (order !== undefined) {
        facts.renew('order', order);
        if (inputs.mode !== 'dry-run')
            logOrder(order, canBeOutdated(trigger) && inputs.onOutdated !== 'deploy', log);
    }
    const machines = baseline?.list.machines ?? [];
    const fleet = verifier.compare(machines, undefined);
    const isRerun = Number(rt.env['GITHUB_RUN_ATTEMPT'] ?? 1) > 1;
    const whole = baseline === undefined || isWhole(baseline);
    const skip = reasonToSkip(inputs, trigger, found, order, whole ? fleet : [], isRerun);
    if (skip !== undefined) {
        logSkip(skip, image, order, mirror?.repository, log);
        return { skipped: { kind: 'skipped', ...skip, fleet } };
    }
    const { scope } = verifier;
    const previous = { image, scope, before: machines, recorder: facts };
    return { noRollback: await attestPrevious(rt, inputs, trigger, previous) };
}
async function getFlyctl(rt, { flyctlVersion }) {
    const { findFlyctl } = await Promise.all(/* import() */[__webpack_require__.e(88), __webpack_require__.e(362)]).then(__webpack_require__.bind(__webpack_require__, 2362));
    return findFlyctl(rt, flyctlVersion);
}
function refused(refusal, { onRefusal }, { log }) {
    const error = new user_error/* UserError */.yo(refusal);
    if (onRefusal === 'fail')
        return { kind: 'failed', as: 'refused', at: 'Read the event', error };
    const words = (0,user_error/* formatError */.Wk)(error);
    log.notice(`Nothing was deployed. ${words}`);
    return { kind: 'skipped', reason: 'refused', words, refusal: error };
}


/***/ })

};

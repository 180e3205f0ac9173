export const id = 239;
export const ids = [239];
export const modules = {

/***/ 5556:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ machineOf),
/* harmony export */   q: () => (/* binding */ indexOf)
/* harmony export */ });
/* harmony import */ var _github_links_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9543);
/* harmony import */ var _image_revision_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);
/* harmony import */ var _image_root_of_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(616);
/* harmony import */ var _lib_commit_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7791);
/* harmony import */ var _registry_connect_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7251);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6247);
/* harmony import */ var _registry_tag_template_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1993);







const machineOf = ({ digest, group }, before) => before.find((each) => each.digest === digest && (group ?? each.group) === each.group);
async function indexOf(rt, inputs, { configuredImage, image, labels }, digest, branch) {
    const { repositoryUrl } = (0,_github_links_js__WEBPACK_IMPORTED_MODULE_0__/* .linksOf */ .h)(rt);
    const { tag, digest: named } = (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .parseReference */ .F2)(configuredImage || image);
    const { host, path } = inputs.image;
    const commit = (0,_image_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .findRevision */ .pV)([], labels, { repositoryUrl, imagePath: path, wanted: undefined })?.commit;
    const tags = (0,_lib_commit_js__WEBPACK_IMPORTED_MODULE_6__/* .isCommit */ .W)(commit ?? '') ? (0,_registry_tag_template_js__WEBPACK_IMPORTED_MODULE_5__/* .renderTags */ .Ep)(inputs.shaTag, { branch, commit: commit ?? '' }) : [];
    const session = (0,_registry_connect_js__WEBPACK_IMPORTED_MODULE_3__/* .sourceSession */ .g)(rt, inputs, { host, path }, 0);
    return (0,_image_root_of_js__WEBPACK_IMPORTED_MODULE_2__/* .rootOf */ .I)(session, digest, [...tags, tag, named]);
}


/***/ }),

/***/ 4239:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deployFlyImage: () => (/* binding */ deployFlyImage)
});

// EXTERNAL MODULE: ./build/fly/app.js
var app = __webpack_require__(4309);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
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
        url ??= urlOf(rt, given);
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
async function urlOf(rt, { api, url, recorder }) {
    if (url !== undefined && url !== 'none')
        return url;
    const found = await (0,app/* askAppUrl */.o)(rt, api);
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
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __webpack_require__(1993);
// EXTERNAL MODULE: ./build/image/revision.js
var revision = __webpack_require__(6537);
;// CONCATENATED MODULE: ./build/image/age.js






const orders = {
    identical: 'same',
    ahead: 'newer',
    behind: 'older',
    diverged: 'diverged',
};
async function orderOf(candidate, machines, { shaTag, branch, repositoryUrl }, github) {
    const commits = new Set(machines.map(({ labels, image, configuredImage }) => (0,revision/* findRevision */.pV)([], labels, { repositoryUrl, imagePath: '', wanted: undefined })?.commit ??
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
    const github = (0,client/* githubOf */.z)(rt, githubToken, http/* policies */.R3.githubCheck);
    return orderOf(commit, machines, { shaTag, branch, repositoryUrl }, github);
}

// EXTERNAL MODULE: ./build/verify/observe.js
var observe = __webpack_require__(6472);
;// CONCATENATED MODULE: ./build/deploy/before.js





async function readBefore(rt, { mode, flyToken }, api, recorder) {
    const { log } = rt;
    if (flyToken === '') {
        log.notice('The running machines were not checked: this dry run has no Fly.io token. To check them: `with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`.');
        return { baseline: undefined, url: undefined };
    }
    return recorder.timed('Read the machines', async () => {
        const asked = (0,app/* askAppUrl */.o)(rt, api);
        let baseline;
        try {
            baseline = await (0,observe/* readBaseline */.mF)(api, rt.clock);
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
    return recorder.timed('Read the machines again', () => (0,observe/* readBaseline */.mF)(api, clock));
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
// EXTERNAL MODULE: ./build/deploy/previous.js
var deploy_previous = __webpack_require__(7489);
// EXTERNAL MODULE: ./build/deploy/previous-index.js
var previous_index = __webpack_require__(5556);
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
    const machine = (0,previous_index/* machineOf */.V)({ digest, group }, context.before);
    try {
        const root = machine && (await (0,previous_index/* indexOf */.q)(rt, inputs, machine, digest, context.branch));
        await (0,attestation/* attestationOf */.kV)(rt, inputs, { digest: root ?? digest, commit: undefined, ref });
        return undefined;
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return (0,user_error/* messageOf */.bD)(error).split('\n').slice(0, 2).join(' ');
    }
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

// EXTERNAL MODULE: ./build/event/read.js + 10 modules
var read = __webpack_require__(8945);
// EXTERNAL MODULE: ./build/fly/api.js
var fly_api = __webpack_require__(4270);
// EXTERNAL MODULE: ./build/image/find.js + 6 modules
var find = __webpack_require__(972);
// EXTERNAL MODULE: ./build/image/types.js
var types = __webpack_require__(8107);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 6 modules
var mirror_mirror = __webpack_require__(8050);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/report/log-lines.js
var log_lines = __webpack_require__(9031);
// EXTERNAL MODULE: ./build/report/outcome.js
var outcome = __webpack_require__(4247);
// EXTERNAL MODULE: ./build/verify/verifier.js + 7 modules
var verify_verifier = __webpack_require__(1611);
// EXTERNAL MODULE: ./build/step/refused.js
var refused = __webpack_require__(8503);
;// CONCATENATED MODULE: ./build/step/deploy.js
















async function deployFlyImage(rt, inputs, facts, over) {
    const { log, clock } = rt;
    const trigger = await facts.timed('Read the event', () => (0,read/* readTrigger */.v)(rt, inputs));
    if (trigger.kind === 'refused')
        return (0,refused/* refused */.J)(trigger, inputs, rt);
    facts.keep('trigger', trigger);
    (0,log_lines/* logTrigger */.T0)(trigger, log);
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
        resolved: (image) => (0,log_lines/* logImage */.IG)(image, clock.now(), own.log),
    }));
    const expected = (0,types/* commitOf */.D)(plan, undefined);
    const asking = beginBefore(rt, inputs, trigger, { api, recorder: facts, expected });
    const flyctl = (await gettingFlyctl?.turn()) ?? '';
    const found = await findingImage.turn();
    const { image, commit } = found;
    const mirror = (0,mirror_mirror/* mirrorFor */.X)(rt, inputs, found);
    if (mirror === undefined)
        (0,log_lines/* logPrivate */.AD)(image, inputs.app, rt);
    const verifier = new verify_verifier/* Verifier */.B(rt, inputs, api, { ...image, commit });
    facts.keep('journal', verifier.journal);
    const before = await asking.read();
    const choosing = { inputs, trigger, found, mirror, verifier, asking, facts };
    let decision = await decide(rt, choosing, before);
    if (decision.skipped)
        return decision.skipped;
    const copy = mirror && (await facts.stage('mirror', 'Copy the image', mirror.copy));
    const early = before.baseline ?? observe/* emptyBaseline */.$X;
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
        (0,log_lines/* logVerified */.de)(inputs.app, image, attempt.fleet, log);
    return attempt.kind === 'failed' ? { ...attempt, as: (0,outcome/* failureKind */.zU)(attempt.error) } : attempt;
}
async function decide(rt, { inputs, trigger, found, mirror, verifier, asking, facts }, before) {
    const { log } = rt;
    const { baseline } = before;
    const { image, commit } = found;
    if (baseline !== undefined)
        (0,log_lines/* logBefore */._V)(baseline.list, log);
    const order = await asking.order(before, commit);
    if (order !== undefined) {
        facts.renew('order', order);
        if (inputs.mode !== 'dry-run')
            (0,log_lines/* logOrder */.Rn)(order, canBeOutdated(trigger) && inputs.onOutdated !== 'deploy', log);
    }
    const machines = baseline?.list.machines ?? [];
    const fleet = verifier.compare(machines, undefined);
    const isRerun = Number(rt.env['GITHUB_RUN_ATTEMPT'] ?? 1) > 1;
    const whole = baseline === undefined || (0,observe/* isWhole */.wP)(baseline);
    const skip = reasonToSkip(inputs, trigger, found, order, whole ? fleet : [], isRerun);
    if (skip !== undefined) {
        (0,log_lines/* logSkip */.UQ)(skip, image, order, mirror?.repository, log);
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


/***/ })

};

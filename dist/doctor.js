export const id = 236;
export const ids = [236,579];
export const modules = {

/***/ 1236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  doctor: () => (/* binding */ doctor)
});

// EXTERNAL MODULE: ./build/event/read.js + 10 modules
var read = __webpack_require__(8945);
// EXTERNAL MODULE: ./build/event/unread.js
var unread = __webpack_require__(4404);
// EXTERNAL MODULE: ./build/fly/api.js
var fly_api = __webpack_require__(4270);
// EXTERNAL MODULE: ./build/fly/app-name.js
var app_name = __webpack_require__(4977);
// EXTERNAL MODULE: ./build/inputs/config-app.js
var config_app = __webpack_require__(8182);
// EXTERNAL MODULE: ./build/inputs/fly-config.js
var fly_config = __webpack_require__(5388);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/report/finding.js + 1 modules
var report_finding = __webpack_require__(3463);
// EXTERNAL MODULE: ./build/report/findings-log.js
var findings_log = __webpack_require__(9126);
;// CONCATENATED MODULE: ./build/doctor/either-or.js
function eitherOr(ways) {
    const [first = '', ...more] = ways;
    if (more.length === 0)
        return first.charAt(0).toUpperCase() + first.slice(1);
    return [`Either ${first}`, ...more.map((way) => `Or ${way}`)].join('\n\n');
}

// EXTERNAL MODULE: ./build/fly/machines.js + 2 modules
var fly_machines = __webpack_require__(1510);
// EXTERNAL MODULE: ./build/lib/advice.js
var advice = __webpack_require__(2774);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/lib/json.js
var json = __webpack_require__(292);
;// CONCATENATED MODULE: ./build/doctor/token.js
const [cavApps, cavValidityWindow, cavIfPresent] = [3, 4, 13];
const permission = 'https://api.fly.io/v1';
async function readToken(token) {
    const unknown = { expires: undefined, apps: undefined };
    const parts = token.split(',').map((part) => part.trim());
    if (parts.some((part) => part.startsWith('fo1_')))
        return { kind: 'user', ...unknown };
    const { decode } = await __webpack_require__.e(/* import() */ 435).then(__webpack_require__.t.bind(__webpack_require__, 6435, 19));
    const macaroons = parts.flatMap((part) => {
        try {
            const bytes = Buffer.from(/^fm(?:2|1r|1a)_(.*)$/.exec(part)?.[1] ?? '', 'base64');
            const [, location, caveats] = decode(bytes);
            return Array.isArray(caveats) ? [{ location, ...limitsIn(caveats) }] : [];
        }
        catch {
            return [];
        }
    });
    const parties = Map.groupBy(macaroons, ({ location }) => location);
    const granting = parties.get(permission);
    if (granting === undefined)
        return { kind: 'opaque', ...unknown };
    const end = Math.min(...[...parties.values()].map((some) => Math.max(...some.map((each) => each.end))));
    const limited = granting.every(({ apps }) => apps !== undefined);
    return {
        kind: 'macaroon',
        expires: Number.isFinite(end) ? end * 1000 : undefined,
        apps: limited ? [...new Set(granting.flatMap(({ apps }) => apps ?? []))] : undefined,
    };
}
function limitsIn(caveats) {
    let [end, apps] = [Number.POSITIVE_INFINITY, undefined];
    for (let n = 0; n + 1 < caveats.length; n += 2) {
        const [type, body] = [caveats[n], caveats[n + 1]];
        if (!Array.isArray(body))
            continue;
        let inner = {};
        if (type === cavValidityWindow)
            inner = { end: Number(body[1]) };
        if (type === cavApps)
            inner = { apps: Object.keys(body[0]).map(Number) };
        if (type === cavIfPresent)
            inner = limitsIn(body[0]);
        end = Math.min(end, inner.end ?? end);
        if (inner.apps !== undefined && !inner.apps.includes(0))
            apps = inner.apps.filter((id) => apps?.includes(id) ?? true);
    }
    return { end, apps };
}

;// CONCATENATED MODULE: ./build/doctor/fly.js








const day = 24 * 60 * 60 * 1000;
const pass = 'with:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}';
const newToken = (app, flags = '') => `Create a deploy token of the app, and store it as a secret:\nfly tokens create deploy --app ${app}${flags} | gh secret set FLY_API_TOKEN`;
async function checkFly(api, now) {
    if (api.token === '')
        return { findings: withoutToken(api.app), machines: undefined };
    const facts = await readToken((0,fly_api/* bareToken */.eh)(api.token));
    const ends = expiry(facts, now, api.app);
    const answer = await (0,fly_api/* getJson */.Tt)(api, `/v1/apps/${encodeURIComponent(api.app)}`, limit);
    if (answer.status !== 200)
        return { findings: [...ends, refused(answer, api.app)], machines: undefined };
    const app = (0,json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s answer');
    const organization = app.get('organization').get('slug').maybeText();
    const others = organization === undefined ? undefined : await otherApps(api, organization);
    const findings = [
        finding('Fly.io token', 'ok', 'token-accepted', `Fly.io accepts the token for app ${(0,report_finding/* named */.KT)(api.app)}.`),
        scope(facts, others, api.app),
        ...ends,
    ];
    const where = organization === undefined ? '' : ` in organization ${(0,report_finding/* named */.KT)(organization)}`;
    findings.push(finding('Fly.io app', 'ok', 'app-exists', `App ${(0,report_finding/* named */.KT)(api.app)} exists${where}.`));
    try {
        const machines = await (0,fly_machines/* listMachines */.bO)(api);
        return { findings: [...findings, fleet(machines, api.app)], machines };
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return { findings: [...findings, (0,report_finding/* findingOf */.hD)('Fly.io app', 'bad', error)], machines: undefined };
    }
}
function withoutToken(app) {
    const words = 'There is no Fly.io token: the input `fly-api-token` and the variable `FLY_API_TOKEN` are empty.';
    const where = 'A run that a fork started has no secrets. A job has the secrets of an environment only if its `environment:` names it.';
    return [
        finding('Fly.io token', 'bad', 'fly-token-missing', words, `${newToken(app)}\n\nPass it to this step:\n${pass}\n\n${where}`),
        finding('Fly.io app', 'skipped', 'app-not-checked', 'The app was not checked, because there is no token.'),
    ];
}
const finding = (area, mark, code, words, fix) => ({
    area,
    mark,
    code,
    words,
    ...(fix === undefined ? {} : { fix }),
});
const limit = 4 * 1024 * 1024;
function wordsOf(body) {
    try {
        return (0,json/* parseJsonObject */.d)(body, 'Fly.io’s answer').get('error').maybeText() ?? body;
    }
    catch {
        return body;
    }
}
function refused({ status, body }, app) {
    const said = wordsOf(body.toString('utf8')).replace(/\s+/g, ' ').trim().slice(0, 200);
    const words = (what) => `${what} (Fly.io answered ${status}${said === '' ? '' : `: ${said}`}).`;
    const newOne = `${newToken(app)}\n\nPass it to this step:\n${pass}`;
    switch (status) {
        case 401:
            return {
                ...finding('Fly.io token', 'bad', 'fly-unauthorized', words('Fly.io does not accept this token: it was revoked, has expired or is incomplete'), newOne),
                cause: expired,
            };
        case 403:
            return finding('Fly.io token', 'bad', 'fly-unauthorized', words(`Fly.io accepts this token, but it has no access to app ${(0,report_finding/* named */.KT)(app)}`), newOne);
        case 404:
            return finding('Fly.io app', 'bad', 'fly-app-not-found', words(`App ${(0,report_finding/* named */.KT)(app)} does not exist, or the token belongs to another app or organization`), `Check the input \`app\`. If the name is correct, create the app:\nfly apps create ${app}\n\nIf the app exists, the token belongs to another one. ${newToken(app)}`);
        default:
            return finding('Fly.io app', 'skipped', 'app-not-checked', words('The app was not checked: Fly.io did not answer as expected'), advice/* retryFly */.eP);
    }
}
async function otherApps(api, organization) {
    const answer = await (0,fly_api/* getJson */.Tt)(api, `/v1/apps?${new URLSearchParams({ org_slug: organization })}`, limit);
    if (answer.status !== 200)
        return undefined;
    const apps = (0,json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s answer').get('apps').items();
    return apps.filter((app) => (app.get('name').maybeText() ?? api.app) !== api.app).length;
}
function scope({ kind, apps }, others, app) {
    const wide = (code, words) => finding('Fly.io token', 'warning', code, words, newToken(app));
    if (kind === 'user')
        return wide('token-of-a-person', 'The token is a person’s login. It can do everything that the person can, in every organization.');
    if (apps !== undefined && apps.length > 1)
        return wide('token-of-several-apps', `The token is valid for ${apps.length} apps. A deploy token of this app is enough.`);
    if (apps?.length === 1)
        return finding('Fly.io token', 'ok', 'token-of-one-app', 'The token is limited to one app.');
    if (others !== undefined && others > 0)
        return wide('token-sees-other-apps', `The token also has access to ${(0,format/* counted */.hS)(others, 'other app')} of the organization. A deploy token of this app is enough.`);
    if (kind === 'macaroon')
        return wide('token-of-an-organization', 'The token is valid for the whole organization. A deploy token of this app is enough.');
    return finding('Fly.io token', 'skipped', 'token-scope-unknown', `The token does not show whether it is limited to one app. It lists no app other than ${(0,report_finding/* named */.KT)(app)}.`);
}
const expired = 'token-expired';
function expiry({ kind, expires }, now, app) {
    if (expires === undefined) {
        if (kind === 'macaroon')
            return [finding('Fly.io token', 'ok', 'token-without-expiry', 'The token does not expire.')];
        const words = 'The token does not show when it expires.';
        return [finding('Fly.io token', 'skipped', 'token-expiry-unknown', words)];
    }
    const date = Number.isNaN(new Date(expires).valueOf())
        ? 'in the far future'
        : `on ${new Date(expires).toISOString().slice(0, 10)}`;
    const fix = newToken(app, ' --expiry 8760h');
    if (expires <= now)
        return [
            {
                ...finding('Fly.io token', 'bad', 'token-expired', `The token expired ${date}.`, fix),
                cause: expired,
            },
        ];
    const days = Math.floor((expires - now) / day);
    return days < 14
        ? [
            finding('Fly.io token', 'warning', 'token-expires-soon', `The token expires ${date}, in ${(0,format/* counted */.hS)(days, 'day')}.`, fix),
        ]
        : [finding('Fly.io token', 'ok', 'token-expires-later', `The token expires ${date}.`)];
}
function fleet(machines, app) {
    const images = Map.groupBy(machines, ({ image, digest }) => `${(0,report_finding/* named */.KT)(image)}, ${digest ?? 'whose digest Fly.io does not report'}`);
    if (machines.length === 0)
        return finding('Fly.io app', 'ok', 'app-without-machines', 'The app has no machine yet. The first deploy creates them.');
    const list = [...images].map(([name, some]) => `${name} (${(0,format/* counted */.hS)(some.length, 'machine')})`);
    return images.size === 1
        ? finding('Fly.io app', 'ok', 'app-on-one-image', `All machines run one image: ${list[0]}.`)
        : finding('Fly.io app', 'warning', 'app-on-several-images', `The ${machines.length} machines of the app run ${images.size} images: ${list.slice(0, 5).join('; ')}${images.size > 5 ? '; …' : ''}.`, `Deploy again. Overlapping deploys cause this, and so does a deploy that stopped halfway. These lines in the workflow keep deploys from overlapping:\n${(0,advice/* concurrencyLines */.XK)(app)}`);
}

// EXTERNAL MODULE: ./build/github/client.js + 1 modules
var client = __webpack_require__(9968);
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/registry/reference.js
var reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __webpack_require__(1993);
// EXTERNAL MODULE: ./build/image/newest-tag.js
var newest_tag = __webpack_require__(7579);
// EXTERNAL MODULE: ./build/registry/commit-tags.js
var commit_tags = __webpack_require__(4775);
// EXTERNAL MODULE: ./build/registry/metadata-lines.js
var metadata_lines = __webpack_require__(4879);
;// CONCATENATED MODULE: ./build/doctor/tags.js







const shown = 3;
const examples = (tags) => tags.slice(-shown).map(report_finding/* named */.KT).join(', ');
function commitTags(tags, { shaTag }, branch) {
    const whole = shaTag.includes('{full-sha}');
    const digits = (0,tag_template/* digitsFor */.CB)(shaTag);
    return tags.filter((tag) => {
        const commit = (0,tag_template/* commitInTag */.P$)(tag, shaTag, branch);
        return (commit !== undefined &&
            (whole ? commit.length === 40 || commit.length === 64 : commit.length === digits));
    });
}
const commitTagCause = 'tags of commits';
const noTags = 'no tags';
const tagCause = (tag) => `tag ${tag}`;
function tagFindings(given, inputs, branch) {
    const { tags } = (0,commit_tags/* imageTags */.rK)(given);
    if (tags.length === 0)
        return [
            {
                area: 'Image',
                mark: 'bad',
                code: 'repository-without-tags',
                words: 'The image repository has no tag.',
                fix: `Run the workflow that builds and pushes the image. These lines write its tags:\n${(0,metadata_lines/* metadataLines */.r)(inputs.shaTag)}`,
                cause: noTags,
            },
        ];
    return [
        ...((0,tag_template/* namesCommit */.yF)(inputs.shaTag) ? [ofCommits(tags, inputs, branch)] : []),
        ...ofMoving(tags, inputs, branch),
    ];
}
function ofCommits(tags, inputs, branch) {
    const { shaTag } = inputs;
    const ours = commitTags(tags, inputs, branch);
    if (ours.length > 0) {
        const words = `${(0,format/* counted */.hS)(ours.length, 'tag')} of branch ${(0,report_finding/* named */.KT)(branch)} ${ours.length === 1 ? 'matches' : 'match'} \`sha-tag\` ${(0,report_finding/* named */.KT)(shaTag)}, e.g. ${examples(ours)}.`;
        return { area: 'Image', mark: 'ok', code: 'commit-tags-found', words };
    }
    const shape = (0,commit_tags/* shapeOf */.F5)(tags, branch);
    const missing = `No tag of the image repository matches \`sha-tag\` ${(0,report_finding/* named */.KT)(shaTag)} for branch ${(0,report_finding/* named */.KT)(branch)}.`;
    const build = `let the build write the tags that \`sha-tag\` describes:\n${(0,metadata_lines/* metadataLines */.r)(shaTag)}`;
    if (shape === undefined)
        return {
            area: 'Image',
            mark: 'bad',
            code: 'commit-tags-missing',
            words: `${missing} Its ${(0,format/* counted */.hS)(tags.length, 'tag')}, such as ${examples(tags)}, ${tags.length === 1 ? 'does' : 'do'} not name a commit.`,
            fix: eitherOr([build]),
            cause: commitTagCause,
        };
    const lines = [
        ...(shape.branch === undefined ? [] : [`  branch: ${quoted(shape.branch)}`]),
        ...(shape.template === (0,tag_template/* plainTemplate */.Hf)(shaTag) ? [] : [`  sha-tag: ${quoted(shape.template)}`]),
    ];
    return {
        area: 'Image',
        mark: 'bad',
        code: 'commit-tags-of-other-form',
        words: `${missing} It has tags of another form, such as ${examples(shape.tags)}.`,
        fix: eitherOr([`select the tags that exist:\nwith:\n${lines.join('\n')}`, build]),
        cause: commitTagCause,
    };
}
const quoted = (text) => `"${text}"`;
function ofMoving(tags, inputs, branch) {
    const { manualSelect, shaTag } = inputs;
    const filled = (text) => text.replaceAll('{branch}', (0,tag_template/* cleanBranch */.Y8)(branch));
    const area = 'Image';
    const ours = commitTags(tags, inputs, branch);
    const pattern = ours.length === 0 ? undefined : `newest:${shaTag.replace(/\{(?:full-)?sha(?::\d+)?\}/g, '*')}`;
    const instead = pattern === undefined
        ? []
        : [`let manual runs deploy the newest image of a commit:\nwith:\n  manual-select: ${quoted(pattern)}`];
    switch (manualSelect.form) {
        case 'newest': {
            const wanted = filled(manualSelect.pattern);
            const newest = (0,newest_tag.newestTag)(tags, wanted).tag;
            if (newest !== undefined) {
                const words = `A manual run would deploy ${(0,report_finding/* named */.KT)(newest)}, the newest tag that matches ${(0,report_finding/* named */.KT)(wanted)}.`;
                return [{ area, mark: 'ok', code: 'newest-tag-found', words }];
            }
            const words = `No tag matches ${(0,report_finding/* named */.KT)(wanted)} of \`manual-select\`, so a manual run would find no image.`;
            const fix = eitherOr([...instead, 'correct the pattern in the input `manual-select`.']);
            return [{ area, mark: 'warning', code: 'newest-tag-missing', words, fix }];
        }
        case 'tag': {
            const moving = filled(manualSelect.tag);
            if (tags.includes(moving)) {
                const words = `The moving tag ${(0,report_finding/* named */.KT)(moving)}, which manual runs deploy, exists.`;
                return [{ area, mark: 'ok', code: 'moving-tag-found', words }];
            }
            const words = `The moving tag ${(0,report_finding/* named */.KT)(moving)} does not exist, so a manual run would find no image.`;
            const build = (0,metadata_lines/* metadataLines */.r)(manualSelect.tag.includes('{branch}') ? manualSelect.tag : moving);
            const fix = eitherOr([`let the build write the tag:\n${build}`, ...instead]);
            return [{ area, mark: 'warning', code: 'moving-tag-missing', words, fix, cause: tagCause(moving) }];
        }
        default:
            return [];
    }
}

;// CONCATENATED MODULE: ./build/doctor/github.js







const removeToken = 'Remove the input `github-token`: it defaults to the job’s token.';
async function checkGitHub(rt, inputs, branch, tags) {
    const finding = (mark, code, words, fix) => ({
        area: 'GitHub token',
        mark,
        code,
        words,
        ...(fix === undefined ? {} : { fix }),
    });
    if (inputs.githubToken === '')
        return [
            finding('skipped', 'github-token-missing', 'There is no `github-token`, so no run can detect an outdated build.', removeToken),
        ];
    const github = (0,client/* githubOf */.z)(rt, inputs.githubToken, http/* policies */.R3.githubCheck);
    const head = await github.branchHead(branch);
    const status = typeof head === 'string' ? 200 : head.status;
    if (status === 401)
        return [
            finding('warning', 'github-token-unknown', 'GitHub does not accept the `github-token` (401).', removeToken),
        ];
    if (status === 403 || status === 404)
        return [
            {
                ...finding('warning', 'github-token-without-contents', `The job’s token cannot read this repository’s commits (${status}), so no run can detect an outdated build.`, 'Give the job this permission:\npermissions:\n  contents: read'),
                cause: 'contents: read',
            },
        ];
    if (status === 422)
        return [
            finding('bad', 'branch-missing', `The repository has no branch ${(0,report_finding/* named */.KT)(branch)}, whose builds are deployed.`, 'Correct the input `branch`, or remove it: it defaults to the default branch of the repository.'),
        ];
    if (typeof head !== 'string')
        return [
            finding('skipped', 'github-not-checked', `GitHub answered ${status} for the newest commit of branch ${(0,report_finding/* named */.KT)(branch)}, so it was not checked.`, advice/* retryGitHub */.oc),
        ];
    const accepted = finding('ok', 'github-token-accepted', `The job’s token can read this repository’s commits. The newest commit of branch ${(0,report_finding/* named */.KT)(branch)} is ${(0,report_finding/* named */.KT)(head)}.`);
    const whole = (0,reference/* namesImage */.Gc)(inputs.image);
    if (whole || !(0,tag_template/* namesCommit */.yF)(inputs.shaTag) || commitTags(tags, inputs, branch).length === 0)
        return [accepted];
    const possible = (0,tag_template/* renderTags */.Ep)(inputs.shaTag, { branch, commit: head });
    const tag = possible.find((each) => tags.includes(each));
    if (tag !== undefined)
        return [
            accepted,
            {
                area: 'Image',
                mark: 'ok',
                code: 'head-with-image',
                words: `The newest commit of branch ${(0,report_finding/* named */.KT)(branch)} has its image, ${(0,report_finding/* named */.KT)(tag)}.`,
            },
        ];
    const [wanted = ''] = possible;
    const words = `The newest commit of branch ${(0,report_finding/* named */.KT)(branch)} has no image ${(0,report_finding/* named */.KT)(wanted)}. It is not built yet, its build failed, or a \`paths:\` filter skipped it.`;
    return [
        accepted,
        {
            area: 'Image',
            mark: 'warning',
            code: 'head-without-image',
            words,
            fix: `Check the build of commit ${(0,report_finding/* named */.KT)((0,tag_template/* shortSha */.Fu)(head))}.`,
            cause: tagCause(wanted),
        },
    ];
}

// EXTERNAL MODULE: ./build/github/links.js
var links = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/image/resolve.js + 1 modules
var image_resolve = __webpack_require__(9506);
// EXTERNAL MODULE: ./build/image/tag-list.js
var tag_list = __webpack_require__(5719);
// EXTERNAL MODULE: ./build/mirror/errors.js
var errors = __webpack_require__(7427);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 6 modules
var mirror_mirror = __webpack_require__(8050);
// EXTERNAL MODULE: ./build/registry/connect.js + 4 modules
var connect = __webpack_require__(7251);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/registry/manifest.js
var manifest = __webpack_require__(9329);
// EXTERNAL MODULE: ./build/attestation/words.js
var attestation_words = __webpack_require__(2332);
// EXTERNAL MODULE: ./build/image/find.js + 6 modules
var find = __webpack_require__(972);
// EXTERNAL MODULE: ./build/image/revision.js
var revision = __webpack_require__(6537);
;// CONCATENATED MODULE: ./build/doctor/meant.js






const quiet = (rt) => {
    const { debug } = rt.log;
    return { ...rt, log: { ...rt.log, line: debug, warning: (words) => debug(words) } };
};
async function meant(rt, inputs, trigger, facts) {
    const { image, beside } = await (0,find/* findImage */.F)(quiet(rt), { ...inputs, waitForImage: 0 }, trigger, {
        api: (0,fly_api/* flyApi */.mH)(rt, inputs),
        recorder: facts.untimed,
    });
    const { attested } = facts.known;
    const name = (0,reference/* formatReference */.FH)({
        ...image.repository,
        ...(image.tag === undefined ? {} : { tag: image.tag }),
    });
    const byDigest = image.reference.digest === undefined ? '' : ' by its digest';
    const would = `This run would deploy ${(0,report_finding/* named */.KT)(name)}${byDigest}, ${image.digest}.`;
    const found = [{ area: 'Image', mark: 'ok', code: 'image-found', words: would }];
    if (beside?.kind === 'differs')
        found.push({
            area: 'Image',
            mark: 'warning',
            code: 'image-of-other-commit',
            words: `The image ${(0,revision/* sayingOf */.NM)(beside.image)} ${(0,revision/* oneWord */.ZH)(beside.image.commit)}, but the event is about ${(0,report_finding/* named */.KT)(beside.event)}.`,
            fix: 'If another commit must not be deployed, make the step fail:\nwith:\n  check-revision: require',
        });
    if (attested === undefined)
        return found;
    if (attested.kind === 'not-attested') {
        const { found: words, fix } = attested.error;
        return [...found, { area: 'Image', mark: 'warning', code: 'image-not-attested', words, fix }];
    }
    const words = `The image is attested: ${(0,report_finding/* named */.KT)(attested.signer)} built it from commit ${(0,report_finding/* named */.KT)(attested.commit)} for ${(0,report_finding/* named */.KT)(attested.ref)}${(0,attestation_words/* runnerWords */.G)(attested.runner, ', on ')}.`;
    return [...found, { area: 'Image', mark: 'ok', code: 'image-attested', words }];
}

;// CONCATENATED MODULE: ./build/doctor/image.js














const mostTags = 5000;
async function checkImages(rt, inputs, trigger, branch, facts) {
    const { host, path } = inputs.image;
    const name = (0,reference/* formatReference */.FH)({ host, path });
    const mirror = (0,hosts/* flyRepository */.QY)(inputs.app, rt.env);
    const own = host === mirror.host;
    const session = (0,connect/* sourceSession */.g)(rt, inputs, { host, path }, 0);
    const findings = [];
    let tags;
    findings.push(...(await (0,report_finding/* findingsOf */.WX)('Image', async () => {
        if (own) {
            tags = [];
            const words = `The tags of ${(0,report_finding/* named */.KT)(name)} were not checked, because Fly.io’s registry does not list tags.`;
            return [{ area: 'Image', mark: 'skipped', code: 'tags-not-listed', words }];
        }
        tags = await (0,manifest/* listTags */.cB)(session, mostTags);
        if (tags !== undefined)
            return visibility(name, session, inputs, mirror);
        return [
            {
                area: 'Image',
                mark: 'bad',
                code: 'repository-missing',
                words: `The image repository ${(0,report_finding/* named */.KT)(name)} does not exist (404).`,
                fix: 'Run the workflow that builds and pushes the image. If the image is in another repository, correct the input `image`.',
            },
        ];
    })));
    if (tags === undefined) {
        const words = 'Tags and images were not checked, because the repository could not be read.';
        findings.push({ area: 'Image', mark: 'skipped', code: 'images-not-checked', words });
        return { findings, private: undefined, tags: [] };
    }
    const isPublic = own || session.identity === 'anonymous';
    if ((0,mirror_mirror/* needsMirror */.l)(inputs.mirror, { repository: { host, path }, public: isPublic }, mirror))
        findings.push(...(await (0,report_finding/* findingsOf */.WX)('Image', () => copyTarget(rt, inputs, mirror))));
    const isNamed = (0,reference/* namesImage */.Gc)(inputs.image) || (inputs.select !== undefined && inputs.select.form !== 'commit');
    if (!isNamed && !own)
        findings.push(...tagFindings(tags, inputs, branch));
    const resolve = (what) => (0,image_resolve/* resolveImage */.A)(what, { ...inputs, waitForImage: 0 }, {
        repositoryUrl: (0,links/* linksOf */.h)(rt).repositoryUrl,
        eventCommit: undefined,
        branch,
        buildRef: { kind: 'branch' },
    }, { ...quiet(rt), session });
    if (trigger !== undefined)
        findings.push(...(await (0,report_finding/* findingsOf */.WX)('Image', () => meant(rt, inputs, trigger, facts))).map((finding) => withCause(finding, facts, tags ?? [], inputs, branch)));
    if (inputs.attestation.mode !== 'off' && facts.known.image === undefined) {
        const words = 'The attestation was not checked, because this run has no image.';
        findings.push({ area: 'Image', mark: 'skipped', code: 'attestation-not-checked', words });
    }
    const any = facts.known.image ?? (await newest(tags, inputs, branch, session, resolve).catch(noted(findings)));
    if (any !== undefined)
        findings.push(...contents(any, inputs));
    return { findings, private: !isPublic, tags };
}
function withCause(finding, { known: { plan } }, tags, inputs, branch) {
    if (finding.code !== 'image-not-found' || plan === undefined)
        return finding;
    if ((0,commit_tags/* imageTags */.rK)(tags).tags.length === 0)
        return { ...finding, cause: noTags };
    if (plan.source === 'digest')
        return { ...finding, cause: tagCause(plan.tag) };
    if (plan.source !== 'sha-tag')
        return finding;
    const cause = commitTags(tags, inputs, branch).length === 0 ? commitTagCause : tagCause(plan.tag);
    return { ...finding, cause };
}
const noted = (findings) => (error) => {
    if (!(error instanceof user_error/* UserError */.yo))
        throw error;
    findings.push((0,report_finding/* findingOf */.hD)('Image', 'bad', error));
};
function visibility(name, session, { mirror }, to) {
    if (session.identity === 'anonymous')
        return [
            {
                area: 'Image',
                mark: 'ok',
                code: 'image-public',
                words: `${(0,report_finding/* named */.KT)(name)} is public, so Fly.io can pull it${mirror === 'always' ? '. A deploy copies it anyway, because `mirror` is `always`' : ''}.`,
            },
        ];
    const who = session.username === undefined ? 'a login' : `the login ${(0,report_finding/* named */.KT)(session.username)}`;
    if (mirror === 'never') {
        const fix = 'Either remove `mirror: never`, so that a deploy copies the image, or make the package public: Package settings → Change visibility.';
        return [
            {
                area: 'Image',
                mark: 'bad',
                code: 'image-not-public',
                words: `${(0,report_finding/* named */.KT)(name)} is private: ${who} can read it, but Fly.io pulls anonymously.`,
                fix,
            },
        ];
    }
    return [
        {
            area: 'Image',
            mark: 'ok',
            code: 'image-private',
            words: `${(0,report_finding/* named */.KT)(name)} is private: ${who} can read it, and a deploy copies it to ${(0,report_finding/* named */.KT)((0,reference/* formatReference */.FH)(to))}.`,
        },
    ];
}
const nobodys = 'deploy-fly-image-doctor';
async function copyTarget(rt, inputs, repository) {
    const name = (0,reference/* formatReference */.FH)(repository);
    if (inputs.flyToken === '')
        return [
            {
                area: 'Image',
                mark: 'skipped',
                code: 'mirror-not-checked',
                words: `${(0,report_finding/* named */.KT)(name)}, where a deploy copies the image, was not checked, because there is no Fly.io token.`,
            },
        ];
    const session = (0,connect/* flySession */.I)(rt, inputs.flyLogin, repository);
    const answer = await session.request(`manifests/${nobodys}`, {
        headers: { accept: 'application/vnd.oci.image.index.v1+json' },
        limit: 64 * 1024,
    });
    const unknown = answer.status === 404 && !/NAME_UNKNOWN|repository not found/i.test(answer.body.toString('utf8'));
    if (answer.status !== 200 && !unknown) {
        const error = (0,errors/* pushError */.J)(answer, session, 'the login for a push');
        return [(0,report_finding/* findingOf */.hD)('Image', (0,hosts/* passesByItself */.uj)(answer) ? 'skipped' : 'bad', error)];
    }
    const words = `${(0,report_finding/* named */.KT)(name)}, where a deploy copies the image, accepts the Fly.io token. Only an upload would show whether it can push.`;
    return [{ area: 'Image', mark: 'ok', code: 'mirror-accepts-token', words }];
}
async function newest(tags, inputs, branch, session, resolve) {
    const ours = commitTags(tags, inputs, branch);
    const { tags: images } = (0,commit_tags/* imageTags */.rK)(tags);
    const some = ours.length > 0 ? ours : ((0,commit_tags/* shapeOf */.F5)(images, branch)?.tags ?? images);
    const tag = (await (0,tag_list/* newestOf */.su)(session, some))[0]?.tag;
    if (tag === undefined)
        return undefined;
    const { repository } = session;
    return resolve({
        source: 'reference',
        by: 'event',
        repository,
        reference: { ...repository, tag },
        commit: undefined,
        pin: true,
    });
}
function contents({ repository, tag, digest, revision }, { checkRevision }) {
    const name = (0,report_finding/* named */.KT)((0,reference/* formatReference */.FH)({ ...repository, ...(tag === undefined ? { digest } : { tag }) }));
    const amd64 = {
        area: 'Image',
        mark: 'ok',
        code: 'image-for-amd64',
        words: `${name} contains linux/amd64.`,
    };
    if (revision !== undefined)
        return [
            amd64,
            {
                area: 'Image',
                mark: 'ok',
                code: 'image-names-commit',
                words: `The ${revision.from} of ${name} names commit ${(0,report_finding/* named */.KT)(revision.commit)}.`,
            },
        ];
    if (checkRevision === 'off')
        return [amd64];
    const fix = 'Label the image in the build:\n- uses: docker/build-push-action@v7\n  with:\n    labels: ${{ steps.meta.outputs.labels }}';
    const words = `${name} has no label or annotation \`org.opencontainers.image.revision\` of this repository, so only its tag names its commit.`;
    return [amd64, { area: 'Image', mark: 'warning', code: 'image-without-commit', words, fix }];
}

;// CONCATENATED MODULE: ./build/doctor/workflow-triggers.js


function eventsOf(on) {
    const one = on.text();
    if (one !== undefined)
        return [[one, on]];
    const listed = on
        .items()
        .flatMap((item) => (item.text() === undefined ? [] : [[item.text() ?? '', item]]));
    return [...listed, ...on.entries()];
}
function triggerFindings(on, rules, add) {
    const { branch, allowEvents } = rules;
    for (const [event, value] of eventsOf(on)) {
        if (event === 'workflow_run')
            workflowRun(value, rules, add);
        if (event === 'push' &&
            !value.get('branches').there &&
            !value.get('branches-ignore').there &&
            !value.get('tags').there)
            add('warning', 'push-of-any-branch', value, `A push to any branch starts this workflow. Runs of branches other than ${(0,report_finding/* named */.KT)(branch)} are refused.`, `Limit the trigger to that branch:\non:\n  push:\n    branches: [${listed(branch)}]`);
        if (event === 'pull_request_target')
            add('warning', 'pull-request-target', value, '`pull_request_target` gives this repository’s secrets to runs that strangers start. Such a run is not deployed unless `allow-events` names the event.', `Start the workflow by a push instead:\non:\n  push:\n    branches: [${listed(branch)}]`);
        if (event === 'pull_request' && !allowEvents.includes('pull_request'))
            add('warning', 'pull-request-refused', value, 'Pull requests start this workflow. Such runs are refused, because their commits are not merged.', `Either remove \`pull_request:\` from \`on:\`.\n\nOr, for review apps of this repository’s own branches, allow the event:\nwith:\n  allow-events: ${[...allowEvents, event].join(',')}`);
    }
}
const otherBranchCause = 'builds of another branch';
const listed = (name) => /^[A-Za-z][\w./-]*(?: [\w./-]+)*$/.test(name) ? name : JSON.stringify(name);
function workflowRun(value, { branch, workflows, builds }, add) {
    const types = value.get('types');
    if (!types.texts().includes('completed') || types.texts().length > 1)
        add('warning', 'workflow-run-not-completed', types, '`workflow_run` also starts this workflow when a build begins. Such runs are refused.', 'Wait for the end of the build:\non:\n  workflow_run:\n    types: [completed]');
    const branches = value.get('branches');
    const patterns = branches.texts();
    const ofBranch = `on:\n  workflow_run:\n    branches: [${listed(branch)}]`;
    if (!branches.there && !value.get('branches-ignore').there)
        add('warning', 'workflow-run-of-any-branch', value, `The build of any branch starts this workflow. Runs of branches other than ${(0,report_finding/* named */.KT)(branch)} are refused.`, `Limit the trigger to that branch:\n${ofBranch}`);
    else if (branches.there && !patterns.some((pattern) => pattern === branch || /[*?+[\]!]/.test(pattern))) {
        const [other] = patterns;
        add('bad', 'workflow-run-of-other-branch', branches, `Builds of ${patterns.map(report_finding/* named */.KT).join(', ')} start this workflow, but it deploys branch ${(0,report_finding/* named */.KT)(branch)}.`, eitherOr([
            `start it by builds of that branch:\n${ofBranch}`,
            ...(patterns.length === 1 && other !== undefined
                ? [`deploy the other branch:\nwith:\n  branch: ${listed(other)}`]
                : []),
        ]), otherBranchCause);
    }
    const names = value.get('workflows');
    const build = nameOne(builds, workflows ?? []);
    if (names.texts().length === 0)
        add('bad', 'workflow-run-of-nothing', names, '`workflow_run` does not name a workflow, so no build starts this one.', build);
    for (const name of names.texts()) {
        if (workflows !== undefined && !workflows.includes(name))
            add('bad', 'workflow-run-of-unknown-workflow', names, `\`workflow_run\` waits for workflow ${(0,report_finding/* named */.KT)(name)}, but no file in \`.github/workflows\` has that \`name:\`.`, build);
    }
}
function nameOne(builds, workflows) {
    const lines = (name) => `on:\n  workflow_run:\n    workflows: [${listed(name)}]`;
    const [only, ...more] = builds;
    if (only !== undefined && more.length === 0)
        return `Name the workflow that builds the image:\n${lines(only)}`;
    if (only !== undefined)
        return eitherOr(builds.slice(0, mostNames).map((name) => `wait for ${(0,report_finding/* named */.KT)(name)}:\n${lines(name)}`));
    return `Name the workflow that builds the image. The repository has: ${workflows.slice(0, mostNames).map(report_finding/* named */.KT).join(', ')}.`;
}
const mostNames = 10;

// EXTERNAL MODULE: ./build/inputs/workspace.js
var workspace = __webpack_require__(9193);
// EXTERNAL MODULE: ./build/lib/yaml.js
var yaml = __webpack_require__(581);
;// CONCATENATED MODULE: ./build/doctor/called.js
const callsOf = (root, workflow) => root
    .get('jobs')
    .entries()
    .map(([, job]) => job)
    .filter((job) => new RegExp(`/\\.github/workflows/${workflow}\\.ya?ml(?:@|$)`).test(job.get('uses').text() ?? ''));

;// CONCATENATED MODULE: ./build/doctor/metadata-action.js

const branchMark = '\uE000';
const shaMark = '\uE001';
const fullMark = '\uE002';
const dateMark = '\uE003';
const unknownMark = '\uE004';
const isDefault = '\uE005';
const isNotDefault = '\uE006';
const withoutExpressions = (text) => text
    .split('${{')
    .map((part, n) => {
    const end = part.indexOf('}}');
    if (n === 0)
        return part;
    return end < 0 ? `\${{${part}` : markOf(part.slice(0, end).trim()) + part.slice(end + 2);
})
    .join('');
const markOf = (expression) => expression === 'github.sha' ? fullMark : expression === 'github.ref_name' ? branchMark : unknownMark;
const withoutGlobals = (text) => text.replace(/\{\{\{?~?([^{}]*?)~?\}?\}\}/g, (_, inner) => {
    const name = inner.trim();
    return /^(?:commit_)?date\s/.test(name) ? dateMark : (globals[name] ?? unknownMark);
});
const globals = {
    branch: branchMark,
    sha: shaMark,
    tag: '',
    base_ref: '',
    is_default_branch: isDefault,
    is_not_default_branch: isNotDefault,
};
function fieldsOf(line) {
    const fields = [];
    const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/gy;
    for (;;) {
        const found = field.exec(line);
        if (found === null)
            return undefined;
        fields.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
        if (found[3] !== ',')
            return fields;
    }
}
function attributesOf(line) {
    const fields = fieldsOf(fieldsOf(line)?.join(',') ?? '"');
    return (fields &&
        new Map(fields.map((field) => {
            const at = field.indexOf('=', 1);
            return at === -1
                ? ['value', field]
                : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
        })));
}
const linesOf = (text) => withoutExpressions(text)
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
function lengthOf(given) {
    const text = withoutExpressions(given ?? '');
    return text.includes(unknownMark) ? undefined : text === '' ? 7 : Math.max(0, Math.trunc(Number(text)));
}
const spelled = (text) => text.replace(/[\uE000-\uE006]/g, (mark) => written[mark] ?? '${{ … }}');
const written = {
    [branchMark]: '${{ github.ref_name }}',
    [fullMark]: '${{ github.sha }}',
    [shaMark]: '{{sha}}',
    [dateMark]: "{{date '…'}}",
    [isDefault]: '{{is_default_branch}}',
    [isNotDefault]: '{{is_not_default_branch}}',
};
const types = ['schedule', 'semver', 'pep440', 'match', 'edge', 'ref', 'raw', 'sha'];
function readMetadata(inputs) {
    const faults = [];
    const made = [];
    const flavor = new Map();
    for (const line of linesOf(inputs.flavor))
        for (const [name, value] of attributesOf(line) ?? [])
            flavor.set(name, value.split('=')[0]?.trim() ?? '');
    const length = lengthOf(inputs.shortLength);
    if (Number.isNaN(length))
        faults.push(`DOCKER_METADATA_SHORT_SHA_LENGTH is "${inputs.shortLength}", which is not a number.`);
    const lines = linesOf(inputs.tags);
    for (const line of lines.length === 0 ? ['type=ref,event=branch'] : lines) {
        const attributes = attributesOf(line);
        const fault = attributes === undefined ? 'a quote in it is not closed or not alone' : faultOf(attributes);
        if (fault !== undefined)
            faults.push(`The line "${spelled(line)}" is not valid: ${fault}.`);
        else if (attributes !== undefined)
            made.push(...madeOf(attributes, flavor, length, inputs));
    }
    const flavored = (flavor.get('prefix') ?? '') !== '' || (flavor.get('suffix') ?? '') !== '';
    return { made, faults, flavored };
}
function faultOf(attributes) {
    const oneOf = (name, values, given = attributes.get(name)) => given === undefined || values.includes(given) || given.includes(unknownMark)
        ? undefined
        : `\`${name}\` is "${spelled(given)}" instead of ${values.map((value) => `"${spelled(value)}"`).join(' or ')}`;
    const type = attributes.get('type') ?? 'raw';
    const enable = withoutGlobals(attributes.get('enable') ?? 'true');
    return (oneOf('type', types) ??
        oneOf('enable', ['true', 'false', isDefault, isNotDefault], enable) ??
        (type === 'sha' ? oneOf('format', ['short', 'long']) : undefined) ??
        (type === 'ref' ? oneOf('event', ['branch', 'tag', 'pr'], attributes.get('event') ?? '') : undefined) ??
        (type === 'raw' && !attributes.has('value') ? 'it has no `value`' : undefined));
}
function madeOf(attributes, flavor, length, { onDefaultBranch }) {
    const filled = (text) => withoutGlobals(text ?? '');
    const enable = filled(attributes.get('enable') ?? 'true');
    if (enable === 'false' || (enable === isNotDefault && onDefaultBranch))
        return [];
    const always = enable === 'true' || (enable === isDefault && onDefaultBranch);
    const type = attributes.get('type') ?? 'raw';
    const prefix = filled(attributes.get('prefix') ?? (type === 'sha' ? 'sha-' : flavor.get('prefix')));
    const suffix = filled(attributes.get('suffix') ?? flavor.get('suffix'));
    const value = filled(attributes.get('value'));
    const tag = (body, certain = always) => {
        const template = templateOf(`${prefix}${body}${suffix}`, length);
        return template === '' ? [] : [{ template, always: certain }];
    };
    const branch = attributes.get('branch') ?? '';
    switch (`${type} ${attributes.get('event') ?? ''}`.trim().replace(/^(sha|raw|edge)\b.*/, '$1')) {
        case 'sha':
            return tag(attributes.get('format') === 'long' ? fullMark : shaMark);
        case 'raw':
            return tag(value);
        case 'ref branch':
            return tag(branchMark);
        case 'edge':
            return tag('edge', always && branch === '' && onDefaultBranch);
        default:
            return /[\uE001\uE002\uE004]/.test(prefix + suffix) || /[\uE001\uE002]/.test(value)
                ? [{ template: undefined, always: false }]
                : [];
    }
}
function templateOf(text, length) {
    if (/[\uE004-\uE006]/.test(text) || (length === undefined && text.includes(shaMark)))
        return undefined;
    const short = length === 0 ? '' : (0,tag_template/* placeholderOf */.hx)(length ?? 7);
    return text
        .replace(/[^a-zA-Z0-9._\uE000-\uE003-]+/g, '-')
        .replaceAll(branchMark, '{branch}')
        .replaceAll(shaMark, short)
        .replaceAll(fullMark, '{full-sha}')
        .replaceAll(dateMark, '{date}');
}

;// CONCATENATED MODULE: ./build/doctor/steps.js

const isExpression = (text) => text?.includes('${{') === true;
const isOurs = (uses, action) => (action !== undefined && uses.toLowerCase().startsWith(`${action.toLowerCase()}@`)) ||
    /^[\w.-]+\/deploy-fly-image@/.test(uses);
const releases = {
    'actions/checkout': 'v7',
    'docker/build-push-action': 'v7',
    'docker/login-action': 'v4',
    'docker/metadata-action': 'v6',
    'docker/setup-buildx-action': 'v4',
    'docker/setup-qemu-action': 'v4',
    'superfly/flyctl-actions/setup-flyctl': '1.6',
};
function checkSteps(job, chained, { action }, add) {
    for (const step of job.get('steps').items()) {
        const used = step.get('uses');
        const uses = used.text() ?? '';
        const [name = '', ref = ''] = uses.split('@');
        if (/^(?:main|master|HEAD|latest)$/.test(ref))
            add('warning', 'action-of-a-branch', used, `${(0,report_finding/* named */.KT)(name)} is taken from its branch ${(0,report_finding/* named */.KT)(ref)}. Anyone who can push to that branch can run code in a job that has the token.`, releaseOf(name, isOurs(uses, action)));
        if (name === 'actions/checkout' && chained) {
            const wanted = step.get('with').get('ref');
            if (!/head_sha/.test(wanted.text() ?? ''))
                add('warning', 'checkout-of-head', wanted.there ? wanted : used, 'On `workflow_run`, this step checks out the newest commit of the default branch. Its fly.toml can be newer than the image.', 'Check out the commit that was built:\n- uses: actions/checkout@v7\n  with:\n    ref: ${{ github.event.workflow_run.head_sha || github.sha }}');
        }
        const token = step.get('with').get('fly-api-token');
        if (isOurs(uses, action) && token.text() !== undefined && !isExpression(token.text()))
            add('bad', 'token-in-workflow', token, 'The Fly.io token is in the workflow file, so everyone who can read the repository has it.', 'Revoke the token, and store a new one as a secret:\nwith:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}');
    }
}
function releaseOf(name, ours) {
    const known = ours ? 'v1' : Object.hasOwn(releases, name) ? releases[name] : undefined;
    if (known !== undefined)
        return `Use a release, or its commit:\nuses: ${name}@${known}`;
    const [, repository] = /^([\w.-]+\/[\w.-]+)(?:\/|$)/.exec(name) ?? [];
    return `Use a release, or its commit${repository === undefined ? '' : ` (https://github.com/${repository}/releases)`}.`;
}

;// CONCATENATED MODULE: ./build/doctor/build-file.js









const metadata = 'docker/metadata-action';
const buildPush = 'docker/build-push-action';
const builds = (root) => callsOf(root, 'build-image').length > 0 || stepsOf(root).some(({ step }) => usesOf(step) === buildPush);
function buildFindings(root, rules) {
    const findings = [];
    const add = (0,report_finding/* adderOf */.ku)('Build', rules.file, findings);
    for (const call of callsOf(root, 'build-image'))
        called(call, rules, add);
    const all = stepsOf(root);
    const made = all.filter(({ step }) => usesOf(step) === metadata);
    const own = all.some(({ step }) => usesOf(step) === buildPush);
    if (own && (0,tag_template/* namesCommit */.yF)(rules.shaTag))
        tags(root, made, rules, add);
    for (const { step, job } of all.filter(({ step }) => usesOf(step) === buildPush)) {
        const given = step.get('with');
        const at = given.there ? given : step;
        const push = given.get('push').text();
        const elsewhere = given.get('outputs').there || isExpression(push);
        if (!elsewhere && !/^true$/i.test(push ?? ''))
            add('bad', 'build-not-pushed', given.get('push'), 'This step builds an image, but does not push it.', 'Push it:\nwith:\n  push: true');
        if (!given.get('labels').there && rules.checkRevision !== 'off')
            add('warning', 'build-without-labels', at, 'The build gives the image no labels, so the image does not name its commit.', `Label the image:\nwith:\n  labels: \${{ steps.${metaOf(job)}.outputs.labels }}`);
        const platforms = given.get('platforms');
        const arm = /(?:^|-)arm/.test(job.get('runs-on').text() ?? '');
        if (platforms.there
            ? !isExpression(platforms.texts().join()) && !/\blinux\/amd64\b(?!\/)/.test(platforms.texts().join())
            : arm)
            add('bad', 'build-other-platform', platforms.there ? platforms : at, `The image is built for ${platforms.there ? (0,report_finding/* named */.KT)(platforms.texts().join(', ')) : 'the Arm processor of the runner'}, but Fly.io runs only linux/amd64.`, platformLines, report_finding/* platformCause */.xQ);
    }
    return findings;
}
function called(call, { shaTag }, add) {
    const given = call.get('with');
    if (/^false$/i.test(given.get('push').text() ?? ''))
        add('bad', 'build-not-pushed', given.get('push'), 'This call builds an image, but does not push it.', 'Push it:\nwith:\n  push: true');
    const platforms = given.get('platforms').text();
    if (platforms !== undefined && !isExpression(platforms) && !/\blinux\/amd64\b(?!\/)/.test(platforms))
        add('bad', 'build-other-platform', given.get('platforms'), `The image is built for ${(0,report_finding/* named */.KT)(platforms)}, but Fly.io runs only linux/amd64.`, platformLines, report_finding/* platformCause */.xQ);
    const fits = (0,tag_template/* plainTemplate */.Hf)(shaTag) === '{branch}-{sha}';
    if ((0,tag_template/* namesCommit */.yF)(shaTag) && !fits && !given.get('tags').there)
        add('bad', 'build-other-tags', call, `\`build-image.yml\` tags the image of a commit as \`{branch}-{sha}\`, but \`sha-tag\` is ${(0,report_finding/* named */.KT)(shaTag)}.`, eitherOr([
            'remove the input `sha-tag` of this action.',
            `let the build write the tag:\nwith:\n  tags: ${inTags(shaTag)}`,
        ]), commitTagCause);
}
const platformLines = 'Build for linux/amd64:\nwith:\n  platforms: linux/amd64';
const inTags = (template) => (0,metadata_lines/* metadataLines */.r)(template).split('\n').at(-1)?.trim() ?? '';
const metaOf = (job) => {
    const meta = job
        .get('steps')
        .items()
        .find((step) => usesOf(step) === metadata);
    const id = meta?.get('id').text();
    return id !== undefined && /^[A-Za-z_][\w-]*$/.test(id) ? id : 'meta';
};
const stepsOf = (root) => root
    .get('jobs')
    .entries()
    .flatMap(([, job]) => job
    .get('steps')
    .items()
    .map((step) => ({ step, job })));
const usesOf = (step) => (step.get('uses').text() ?? '').split('@')[0] ?? '';
function tags(root, made, { shaTag, onDefaultBranch }, add) {
    const [first] = made;
    if (first === undefined) {
        add('skipped', 'build-tags-not-checked', root.get('jobs'), `The tags of this build were not checked, because it has no ${metadata}.`);
        return;
    }
    const at = first.step.get('with').get('tags');
    const read = made.map(({ step, job }) => readMetadata({
        tags: step.get('with').get('tags').text() ?? '',
        flavor: step.get('with').get('flavor').text() ?? '',
        shortLength: lengthFor(root, job, step),
        onDefaultBranch,
    }));
    const faults = read.flatMap((each) => each.faults);
    if (faults.length > 0) {
        const words = `docker/metadata-action fails in this build. ${faults.join(' ')}`;
        add('bad', 'build-tags-invalid', at, words, `Correct the build:\n${(0,metadata_lines/* metadataLines */.r)(shaTag)}`);
        return;
    }
    const wanted = (0,tag_template/* plainTemplate */.Hf)(shaTag);
    const written = read.flatMap((each) => each.made);
    if (written.some(({ template, always }) => template === wanted && always))
        return;
    if (written.some(({ template }) => template === wanted || template === undefined)) {
        add('skipped', 'build-tags-unknown', at, `It was not checked whether this build writes the tag ${(0,report_finding/* named */.KT)(shaTag)} of \`sha-tag\`: that depends on expressions that only GitHub can evaluate.`);
        return;
    }
    const known = written.flatMap(({ template }) => template !== undefined && (0,tag_template/* namesCommit */.yF)(template) ? [template] : []);
    const other = known.find((template) => (0,tag_template/* unknownPlaceholders */.hX)(template).length === 0 &&
        (0,reference/* isTag */.dz)((0,tag_template/* renderTag */.vY)(template, { branch: 'main', commit: '0123456789abcdef'.repeat(4) })));
    const length = made.map(({ step, job }) => lengthFor(root, job, step)).find((each) => each !== undefined);
    const lines = (0,metadata_lines/* metadataLines */.r)(shaTag, { flavored: read.some(({ flavored }) => flavored) });
    const without = length === undefined || lines.includes(lengthVariable)
        ? ''
        : ` without \`${lengthVariable}: ${length}\` in \`env:\``;
    const instead = other === undefined
        ? []
        : [`let this action select the tags that the build writes:\nwith:\n  sha-tag: "${other}"`];
    const what = known.map(report_finding/* named */.KT).join(', ');
    add('bad', known.length === 0 ? 'build-without-commit-tag' : 'build-other-tags', at, `The build writes ${what === '' ? 'no tag of a commit' : `the tag ${what}`}, but \`sha-tag\` is ${(0,report_finding/* named */.KT)(shaTag)}.`, eitherOr([`change the build${without}:\n${lines}`, ...instead]), commitTagCause);
}
const lengthVariable = 'DOCKER_METADATA_SHORT_SHA_LENGTH';
const lengthFor = (root, job, step) => [step, job, root]
    .map((part) => part.get('env').get(lengthVariable).text())
    .find((text) => text !== undefined);

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
;// CONCATENATED MODULE: ./build/doctor/shell.js
const expression = { begin: '${{', end: '}}' };
const before = new Set('if then else elif while until do ! { time sudo exec command env nohup timeout nice'.split(' '));
function commandsOf(script) {
    const commands = [];
    const heredocs = [];
    let words = [];
    let word;
    const endWord = () => {
        if (word !== undefined)
            words.push(word);
        word = undefined;
    };
    const endCommand = () => {
        endWord();
        if (words.length > 0)
            commands.push(commandOf(words));
        words = [];
    };
    const add = (text) => {
        word = (word ?? '') + text;
    };
    for (let n = 0; n < script.length; n++) {
        const character = script.charAt(n);
        if (script.startsWith(expression.begin, n)) {
            const whole = upTo(script, n, expression.end);
            add(whole);
            n += whole.length - 1;
        }
        else if (character === '\\') {
            const end = /^\r?\n/.exec(script.slice(n + 1, n + 3))?.[0];
            if (end === undefined)
                add(script.charAt(n + 1));
            n += end?.length ?? 1;
        }
        else if (character === "'") {
            const whole = upTo(script, n, "'");
            add(whole.slice(1, -1));
            n += whole.length - 1;
        }
        else if (character === '"') {
            const end = endOfQuote(script, n);
            add(script.slice(n + 1, end));
            n = end;
        }
        else if (character === '#' && word === undefined) {
            n += upTo(script, n, '\n').length - 1;
            if (script.charAt(n) === '\n')
                n--;
        }
        else if (script.startsWith('${', n)) {
            const whole = upTo(script, n, '}');
            add(whole);
            n += whole.length - 1;
        }
        else if (script.startsWith('<<', n)) {
            const [all = '<<', name] = /^<<-?[ \t]*(?:"|'|\\)?([A-Za-z_]\w*)?/.exec(script.slice(n, n + 80)) ?? [];
            if (name !== undefined)
                heredocs.push(name);
            endWord();
            n += all.length - 1;
        }
        else if (character === '\n') {
            endCommand();
            n = afterHeredocs(script, n, heredocs.splice(0));
        }
        else if (';&|()`'.includes(character) || ('{}'.includes(character) && word === undefined)) {
            endCommand();
        }
        else if (' \t\r'.includes(character))
            endWord();
        else
            add(character);
    }
    endCommand();
    return commands;
}
function upTo(script, from, end) {
    const found = script.indexOf(end, from + 1);
    return script.slice(from, found < 0 ? undefined : found + end.length);
}
function endOfQuote(script, from) {
    let n = from + 1;
    while (n < script.length && script.charAt(n) !== '"')
        n += script.charAt(n) === '\\' ? 2 : 1;
    return n;
}
function afterHeredocs(script, from, names) {
    let at = from;
    for (const name of names) {
        let line;
        do {
            line = upTo(script, at, '\n').slice(1);
            at += line.length;
        } while (line !== '' && line.trim() !== name && at < script.length);
    }
    return at;
}
function commandOf(given) {
    const variables = new Map();
    let n = 0;
    for (; n < given.length; n++) {
        const word = given[n] ?? '';
        const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
        if (name !== undefined)
            variables.set(name, value);
        else if (!before.has(word) && !(n > 0 && /^(?:-|\d+[smhd]?$)/.test(word)))
            break;
    }
    return { words: given.slice(n), variables };
}

;// CONCATENATED MODULE: ./build/doctor/deploy-commands.js




const valued = new Map([
    ['-a', 'app'],
    ['--app', 'app'],
    ['-c', 'config'],
    ['--config', 'config'],
    ['-t', 'token'],
    ['--access-token', 'token'],
    ['-o', 'organization'],
    ['--org', 'organization'],
]);
const mostShown = 80;
const mostFindings = 10;
function deployCommands(script) {
    let folder = '.';
    return commandsOf(script).flatMap((command) => {
        const [program = '', ...words] = command.words;
        if (program === 'cd' || program === 'pushd')
            folder = external_node_path_.posix.join(folder, words.at(-1) ?? '.');
        return /(?:^|\/)fly(?:ctl)?(?:\.exe)?$/.test(program) ? deployOf(command, folder) : [];
    });
}
function deployOf({ words, variables }, folder) {
    const values = new Map();
    const plain = [];
    const shown = ['flyctl'];
    for (let n = 1; n < words.length; n++) {
        const word = words[n] ?? '';
        const [flag = '', ...value] = word.split('=');
        const kind = valued.get(flag);
        if (kind === undefined) {
            plain.push(word);
            shown.push(word);
            continue;
        }
        const given = value.length > 0 ? value.join('=') : (words[++n] ?? '');
        values.set(kind, given);
        shown.push(flag, kind === 'token' ? '…' : given);
    }
    const [name] = plain.filter((word) => !word.startsWith('-'));
    if (name !== 'deploy' || plain.some((word) => ['-h', '--help', '--build-only'].includes(word)))
        return [];
    const text = shown.join(' ');
    return [
        {
            words: (0,lib_text/* shortened */.vI)(text, mostShown),
            app: values.get('app') ?? variables.get('FLY_APP'),
            config: external_node_path_.posix.join(folder, values.get('config') ?? 'fly.toml'),
        },
    ];
}
function otherDeploys(root, own, { app, config }, add) {
    let found = 0;
    for (const [id, job] of root.get('jobs').entries())
        for (const step of job.get('steps').items()) {
            const places = [step, job, root];
            const folder = [step, ...places.map((place) => place.get('defaults').get('run'))]
                .map((place) => place.get('working-directory').text())
                .find((text) => text !== undefined);
            const variable = (name) => places.map((place) => place.get('env').get(name).text()).find((text) => text !== undefined);
            const [script, at] = scriptOf(step);
            const command = deployCommands(script).find((each) => {
                const given = resolved(each.app ?? variable('FLY_APP'), variable);
                if (given !== undefined)
                    return given === app || (id === own && given.includes('$'));
                const path = external_node_path_.posix.join(folder ?? '.', each.config);
                if (config === undefined || external_node_path_.posix.normalize(config.path) !== path)
                    return false;
                return id === own || config.app === app;
            });
            if (command === undefined || ++found > mostFindings)
                continue;
            const what = id === own
                ? `Job ${(0,report_finding/* named */.KT)(id)} also runs ${(0,report_finding/* named */.KT)(command.words)}.`
                : `Job ${(0,report_finding/* named */.KT)(id)} also deploys app ${(0,report_finding/* named */.KT)(app)}, with ${(0,report_finding/* named */.KT)(command.words)}.`;
            add('warning', 'deploy-without-verification', at, `${what} Nothing verifies the image that this command deploys.`, 'Remove the command: the action runs `flyctl deploy` itself. Pass flags of the command in its input `flags`.');
        }
}
function scriptOf(step) {
    const [run, uses, args] = [step.get('run'), step.get('uses'), step.get('with').get('args')];
    if (/^superfly\/flyctl-actions@/.test(uses.text() ?? ''))
        return [`flyctl ${args.text() ?? ''}`, args];
    return [run.text() ?? '', run];
}
function resolved(text, variable) {
    if (text === undefined)
        return undefined;
    const [, inExpression, inBraces, plain] = /^(?:\$\{\{\s*env\.(\w+)\s*\}\}|\$\{(\w+)\}|\$(\w+))$/.exec(text) ?? [];
    const name = inExpression ?? inBraces ?? plain;
    return name === undefined ? text : (variable(name) ?? text);
}

;// CONCATENATED MODULE: ./build/doctor/workflow-file.js






function workflowFindings(root, rules) {
    const findings = [];
    const add = (0,report_finding/* adderOf */.ku)('Workflow', rules.file, findings);
    triggerFindings(root.get('on'), rules, add);
    const job = root.get('jobs').get(rules.job);
    const chained = root.get('on').get('workflow_run').there || root.get('on').texts().includes('workflow_run');
    if (!job.isMap || job.get('uses').there) {
        const calls = callsOf(root, 'deploy-image');
        for (const call of calls) {
            ownGroup(root, call, add);
            permissions(root, call, rules, add);
            condition(call, chained, add);
        }
        otherDeploys(root, undefined, rules, add);
        if (calls.length > 0)
            return findings;
        const words = `Job ${(0,report_finding/* named */.KT)(rules.job)} was not checked, because it is in a workflow that ${rules.file} calls.`;
        return [...findings, { area: 'Workflow', mark: 'skipped', code: 'job-not-checked', words }];
    }
    concurrency(root, job, rules, add);
    permissions(root, job, rules, add);
    condition(job, chained, add);
    if (!job.get('environment').there)
        add('warning', 'environment-missing', job, `Job ${(0,report_finding/* named */.KT)(rules.job)} has no \`environment:\`. A secret of an environment is kept from other jobs, and its rules can ask for a review.`, 'Add this line to the job, and store the token as a secret of the environment:\nenvironment: production');
    checkSteps(job, chained, rules, add);
    otherDeploys(root, rules.job, rules, add);
    return findings;
}
function groupLines(job, { app, action }) {
    const given = job
        .get('steps')
        .items()
        .filter((step) => isOurs(step.get('uses').text() ?? '', action))
        .map((step) => step.get('with').get('app').text() ?? '')
        .find((text) => /^\$\{\{ ?(?:matrix|inputs|vars)\.[\w-]+ ?\}\}$/.test(text));
    return (0,advice/* concurrencyLines */.XK)(given ?? app);
}
function concurrency(root, job, rules, add) {
    const lines = groupLines(job, rules);
    const set = [job.get('concurrency'), root.get('concurrency')].filter(({ there }) => there);
    const [first] = set;
    if (first === undefined) {
        add('warning', 'concurrency-missing', job, 'There is no `concurrency:`. Overlapping deploys can leave some machines on each image.', `Add these lines to the job:\n${lines}`);
        return;
    }
    for (const each of set) {
        const cancel = each.get('cancel-in-progress');
        if (/^true$/i.test(cancel.text() ?? ''))
            add('warning', 'concurrency-cancels', cancel, '`cancel-in-progress: true` stops a deploy halfway, which can leave some machines on each image.', 'Let a deploy finish:\nconcurrency:\n  cancel-in-progress: false');
    }
    const group = first.text() ?? first.get('group').text() ?? '';
    if (/github\.(?:sha|run_id|run_number)\b|head_sha/.test(group))
        add('warning', 'concurrency-group-per-run', first.isMap ? first.get('group') : first, 'Each run has a separate `concurrency:` group, so deploys can overlap.', `Use one group for the app:\n${lines}`);
}
function ownGroup(root, call, add) {
    const given = call.get('with');
    const apps = [
        ...`${given.get('app').text() ?? ''} ${given.get('apps').text() ?? ''}`.matchAll(/[a-z0-9-]+/g),
    ];
    for (const set of [call.get('concurrency'), root.get('concurrency')].filter(({ there }) => there)) {
        const group = set.text() ?? set.get('group').text() ?? '';
        if (apps.some(([app]) => group === `deploy-${app}`))
            add('bad', 'concurrency-group-taken', set.isMap ? set.get('group') : set, `The group ${(0,report_finding/* named */.KT)(group)} is also the group that \`deploy-image.yml\` uses for this app. Its job would wait for the run that it belongs to.`, 'Either remove this `concurrency:`. `deploy-image.yml` already keeps deploys of one app from overlapping.\n\nOr use another group:\nconcurrency:\n  group: ${{ github.workflow }}');
    }
}
const needs = {
    contents: { permission: 'contents: read', why: 'to read fly.toml and the order of commits' },
    packages: {
        permission: 'packages: read',
        why: 'to pull the image, unless it is public or has another login',
    },
    attestations: { permission: 'attestations: read', why: 'to read the attestation' },
    records: { permission: 'artifact-metadata: write', why: 'to write the deployment record' },
};
function permissions(root, job, { readsPackages, readsAttestations, writesRecords }, add) {
    const wanted = [
        needs.contents,
        ...(readsPackages ? [needs.packages] : []),
        ...(readsAttestations ? [needs.attestations] : []),
        ...(writesRecords ? [needs.records] : []),
    ];
    const lines = ['permissions:', ...wanted.map(({ permission }) => `  ${permission}`)].join('\n');
    const set = job.get('permissions').there ? job.get('permissions') : root.get('permissions');
    if (!set.there) {
        add('warning', 'permissions-missing', job, 'There are no `permissions:`, so a setting of the repository decides what the job’s token can do.', `Add these lines to the job:\n${lines}`);
        return;
    }
    if (set.text() === 'write-all')
        add('warning', 'permissions-write-all', set, 'The job’s token can write everything.', `Limit it to these permissions:\n${lines}`);
    const missing = wanted.filter(({ permission }) => {
        const [name = '', level = ''] = permission.split(': ');
        if (set.text() !== undefined)
            return set.text() === 'read-all' && level === 'write';
        return ![level, 'write'].includes(set.get(name).text() ?? '');
    });
    if (missing.length > 0) {
        const lacks = missing.map(({ permission, why }) => `\`${permission}\` ${why}`).join(' and ');
        const fix = `Give the job these permissions:\n${lines}`;
        const cause = missing.includes(needs.contents) ? needs.contents.permission : undefined;
        add('warning', 'permissions-incomplete', set, `\`permissions:\` lacks ${lacks}.`, fix, cause);
    }
}
function condition(job, chained, add) {
    if (!chained || /conclusion\s*==\s*['"]success['"]/.test(job.get('if').text() ?? ''))
        return;
    add('warning', 'condition-missing', job.get('if'), 'A failed build also starts this job. Such runs are refused.', "Add this line to the job:\nif: github.event_name != 'workflow_run' || github.event.workflow_run.conclusion == 'success'");
}

;// CONCATENATED MODULE: ./build/doctor/workflows.js











const folder = '.github/workflows';
const mostFiles = 100;
async function checkWorkflows(rt, inputs, branch, isPrivate) {
    const { env } = rt;
    const { repository } = (0,links/* linksOf */.h)(rt);
    const given = env['GITHUB_WORKFLOW_REF'] ?? '';
    const file = (0,workspace/* workflowFile */.E)(given, repository);
    if (file === undefined) {
        const words = `The workflow was not checked, because the runner does not name a workflow of ${repository}: \`GITHUB_WORKFLOW_REF\` is ${given === '' ? 'empty' : (0,report_finding/* named */.KT)(given)}.`;
        return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-unknown', words }];
    }
    const text = rt.readFile(file);
    if (text === undefined) {
        const words = `${(0,report_finding/* named */.KT)(file)} was not checked, because it is not in the workspace.`;
        const fix = 'Check out the repository in a step before this one:\n- uses: actions/checkout@v7';
        return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-not-checked-out', words, fix }];
    }
    const root = await (0,yaml/* readYaml */.gM)(text);
    if ('fault' in root)
        return [noYaml(file, root)];
    const others = await readAll(rt, file);
    const whole = (0,reference/* namesImage */.Gc)(inputs.image);
    const config = await configOf(rt);
    const own = { file, name: root.get('name').text() ?? file, root };
    const builders = [own, ...others].filter((each) => builds(each.root));
    const rules = {
        file,
        job: env['GITHUB_JOB'] ?? '',
        action: env['GITHUB_ACTION_REPOSITORY'] || undefined,
        branch,
        allowEvents: inputs.allowEvents,
        readsPackages: isPrivate !== false && inputs.registryLogin === undefined && inputs.githubLogin !== undefined,
        readsAttestations: inputs.attestation.mode !== 'off',
        writesRecords: inputs.deploymentRecord !== undefined,
        workflows: [own, ...others].map(({ name }) => name),
        builds: builders.filter((each) => each !== own).map(({ name }) => name),
        app: inputs.app,
        config,
    };
    const findings = workflowFindings(root, rules);
    if (findings.length === 0) {
        const words = `The triggers, \`if:\`, \`concurrency:\`, \`permissions:\`, \`environment:\` and checkout of ${(0,report_finding/* named */.KT)(file)} are as they should be.`;
        findings.push({ area: 'Workflow', mark: 'ok', code: 'workflow-complete', words, at: { file, line: 1 } });
    }
    for (const other of others)
        otherDeploys(other.root, undefined, rules, (0,report_finding/* adderOf */.ku)('Workflow', other.file, findings));
    const awaited = root.get('on').get('workflow_run').get('workflows').texts();
    const found = others.filter(({ name }) => awaited.includes(name));
    const chosen = found.length > 0 ? found : builders;
    for (const build of chosen) {
        if (builds(build.root)) {
            const problems = buildFindings(build.root, {
                ...inputs,
                file: build.file,
                shaTag: whole ? '' : inputs.shaTag,
                onDefaultBranch: inputs.branch === undefined,
            });
            const words = `${(0,report_finding/* named */.KT)(build.file)} pushes an image for linux/amd64, with labels${whole ? '' : ' and with the tags that `sha-tag` describes'}.`;
            findings.push(...(problems.length > 0
                ? problems
                : [
                    {
                        area: 'Build',
                        mark: 'ok',
                        code: 'build-complete',
                        words,
                        at: { file: build.file, line: 1 },
                    },
                ]));
        }
        else {
            const words = `The build in ${(0,report_finding/* named */.KT)(build.file)} was not checked, because it has no docker/build-push-action.`;
            findings.push({
                area: 'Build',
                mark: 'skipped',
                code: 'build-not-checked',
                words,
                at: { file: build.file, line: 1 },
            });
        }
    }
    if (chosen.length === 0)
        findings.push({
            area: 'Build',
            mark: 'skipped',
            code: 'build-not-found',
            words: 'The build was not checked: no file in `.github/workflows` has docker/build-push-action or calls build-image.yml.',
        });
    return findings;
}
async function configOf(rt) {
    try {
        const config = (0,fly_config/* readConfig */.Xg)(rt);
        return config && { path: config.path, app: (await (0,config_app/* appOf */.X)(config, rt.env)).name };
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            return undefined;
        throw error;
    }
}
async function readAll({ listFolder, readFile }, own) {
    const files = [];
    const names = listFolder(folder)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort();
    for (const file of names.slice(0, mostFiles).map((name) => `${folder}/${name}`)) {
        const text = file === own ? undefined : readFile(file);
        const root = text === undefined ? undefined : await (0,yaml/* readYaml */.gM)(text);
        if (root !== undefined && !('fault' in root))
            files.push({ file, name: root.get('name').text() ?? file, root });
    }
    return files;
}
const noYaml = (file, { fault, line }) => ({
    area: 'Workflow',
    mark: 'bad',
    code: 'workflow-invalid',
    words: `${(0,report_finding/* named */.KT)(file)} is not valid YAML: ${fault}`,
    fix: `Correct line ${line} of ${(0,report_finding/* named */.KT)(file)}.`,
    at: { file, line },
});

;// CONCATENATED MODULE: ./build/doctor/main.js















async function doctor(rt, inputs, facts) {
    const { log, clock } = rt;
    const check = (title, area, work) => facts.timed(title, async () => {
        const findings = await (0,report_finding/* findingsOf */.WX)(area, work);
        facts.note(findings.map((each) => (0,report_finding/* mapTexts */.zO)(each, log.hide)));
    });
    await check('Check Fly.io', 'Fly.io app', async () => {
        const { machines, findings } = await checkFly((0,fly_api/* flyApi */.mH)(rt, inputs), clock.now());
        if (machines !== undefined)
            facts.keep('before', machines);
        return findings;
    });
    await check('Check the config', 'Fly.io app', () => configFindings(rt, inputs));
    await check('Read the event', 'Event', () => {
        const { trigger, finding } = eventOf(rt, inputs);
        if (trigger !== undefined)
            facts.keep('trigger', trigger);
        return [finding];
    });
    const { trigger } = facts.known;
    const branch = (0,read/* branchOf */.W)(rt, inputs, trigger);
    let images;
    await check('Check the images', 'Image', async () => {
        images = await checkImages(rt, inputs, trigger, branch, facts);
        return images.findings;
    });
    await check('Check GitHub', 'GitHub token', () => checkGitHub(rt, inputs, branch, images?.tags ?? []));
    await check('Check the workflows', 'Workflow', () => checkWorkflows(rt, inputs, branch, images?.private));
    const findings = (0,report_finding/* onePerCause */.Fi)(facts.findings);
    (0,findings_log/* logFindings */.H0)(findings, log);
    return { kind: 'checked', mode: 'doctor', findings };
}
async function configFindings(rt, { app }) {
    const config = (0,fly_config/* readConfig */.Xg)(rt);
    if (config === undefined)
        return [
            {
                area: 'Fly.io app',
                mark: 'skipped',
                code: 'config-not-checked',
                words: 'The workspace has no fly.toml, fly.json or fly.yaml, so flyctl uses the config that the app has on Fly.io.',
            },
        ];
    const { path } = config;
    const { name, line = 1 } = await (0,config_app/* appOf */.X)(config, rt.env);
    if (name === app || name === '') {
        const words = name === '' ? `${(0,report_finding/* named */.KT)(path)} does not name an app.` : `${(0,report_finding/* named */.KT)(path)} names the same app.`;
        return [{ area: 'Fly.io app', mark: 'ok', code: 'config-of-app', words }];
    }
    const own = await main_configOf(rt, app);
    const ways = [
        ...((0,app_name/* isAppName */.f)(name) ? [`deploy the app of ${(0,report_finding/* named */.KT)(path)}:\nwith:\n  app: ${name}`] : []),
        ...(own === undefined ? [] : [`use the config of app ${(0,report_finding/* named */.KT)(app)}:\nwith:\n  config: ${own}`]),
        ...(own === undefined ? [`correct line ${line} of ${(0,report_finding/* named */.KT)(path)}:\n${(0,fly_config/* appLineIn */.hs)(config, app)}`] : []),
    ];
    const words = `${(0,report_finding/* named */.KT)(path)} names app ${(0,report_finding/* named */.KT)(name)}, but the input \`app\` is ${(0,report_finding/* named */.KT)(app)}. A run deploys ${(0,report_finding/* named */.KT)(app)} with the config of the other app.`;
    const fix = eitherOr(ways);
    const at = { file: path, line };
    return [{ area: 'Fly.io app', mark: 'warning', code: 'config-of-other-app', words, fix, at }];
}
async function main_configOf(rt, app) {
    const names = rt.listFolder('.').filter((name) => /^fly\.[\w-]+\.toml$/.test(name));
    for (const path of names.sort().slice(0, 20)) {
        const text = rt.readFile(path);
        const name = text === undefined ? undefined : await (0,config_app/* appOf */.X)({ path, text }, rt.env).catch(() => undefined);
        if (name?.name === app)
            return path;
    }
    return undefined;
}
function eventOf(rt, inputs) {
    try {
        const trigger = (0,read/* readTrigger */.v)(rt, inputs);
        if (trigger.kind === 'refused') {
            const finding = (0,report_finding/* findingOf */.hD)('Event', 'warning', new user_error/* UserError */.yo(trigger));
            const isOther = trigger.event === 'workflow_run' && trigger.code === 'event-other-branch';
            return {
                trigger: undefined,
                finding: isOther ? { ...finding, cause: otherBranchCause } : finding,
            };
        }
        if (trigger.kind === 'manual' && trigger.caution !== undefined)
            return { trigger, finding: (0,report_finding/* findingOf */.hD)('Event', 'warning', new user_error/* UserError */.yo(trigger.caution)) };
        if (trigger.kind === 'manual' && trigger.unread !== undefined)
            return {
                trigger,
                finding: {
                    area: 'Event',
                    mark: 'warning',
                    code: 'event-fields-unread',
                    ...(0,unread/* unreadText */.p)(trigger.unread),
                },
            };
        const { event } = trigger;
        const [code, what] = trigger.kind === 'manual'
            ? [
                'event-deploys-newest',
                `It does not name a commit, so \`manual-select\` decides which image of branch ${(0,report_finding/* named */.KT)(trigger.branch)} is deployed.`,
            ]
            : [
                'event-deploys-commit',
                `It deploys commit ${(0,report_finding/* named */.KT)(trigger.commit)} of branch ${(0,report_finding/* named */.KT)(trigger.branch)}.`,
            ];
        const words = `The event of this run is ${(0,report_finding/* named */.KT)(event)}. ${what}`;
        return { trigger, finding: { area: 'Event', mark: 'ok', code, words } };
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return { trigger: undefined, finding: (0,report_finding/* findingOf */.hD)('Event', 'bad', error) };
    }
}


/***/ }),

/***/ 7579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   newestTag: () => (/* binding */ newestTag)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2088);
/* harmony import */ var _registry_glob_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2398);


function newestTag(tags, pattern) {
    const fixed = /^[^*?]*/.exec(pattern)?.[0].length ?? 0;
    const matching = tags.filter((tag) => (0,_registry_glob_js__WEBPACK_IMPORTED_MODULE_1__/* .matchesGlob */ .k)(pattern, tag));
    const times = ranked(matching, (tag) => timeOf(tag.slice(fixed)));
    const versions = ranked(matching, (tag) => versionOf(tag.slice(fixed)));
    const releases = versions.filter(({ rank }) => rank.prerelease.length === 0);
    const tag = times.length > 0
        ? newestOf(times, compareTexts)
        : newestOf(releases.length > 0 ? releases : versions, compareVersions);
    const ordered = times.length || releases.length || versions.length;
    return { tag, matching: matching.length, ordered };
}
const ranked = (tags, rankOf) => tags.flatMap((tag) => {
    const rank = rankOf(tag);
    return rank === undefined ? [] : [{ tag, rank }];
});
function newestOf(tags, order) {
    let newest = tags[0];
    for (const each of tags)
        if (newest !== undefined && order(each.rank, newest.rank) > 0)
            newest = each;
    return newest?.tag;
}
const compareTexts = (a, b) => (a > b ? 1 : 0);
const compareVersions = (a, b) => (0,semver__WEBPACK_IMPORTED_MODULE_0__.compare)(a, b) || a.version.length - b.version.length || compareTexts(a.version, b.version);
const versionOf = (text) => (/^[0-9A-Za-z.-]+$/.test(text) && (0,semver__WEBPACK_IMPORTED_MODULE_0__.parse)(text)) || undefined;
function timeOf(text) {
    const [, ...parts] = /^(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[-_.T]?(\d{2})[-_.]?(\d{2})(?:[-_.]?(\d{2}))?Z?)?(?![0-9A-Za-z])/.exec(text) ?? [];
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
    const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
    const exists = isDay && hour < 24 && minute < 60 && second < 61;
    return exists && year >= 2000 && year < 2100
        ? [...parts.map((part) => part ?? '00'), text].join('')
        : undefined;
}


/***/ })

};

export const id = 817;
export const ids = [817,579];
export const modules = {

/***/ 8817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  doctor: () => (/* binding */ doctor)
});

// EXTERNAL MODULE: ./build/event/read.js + 9 modules
var read = __webpack_require__(8731);
// EXTERNAL MODULE: ./build/event/unread.js
var unread = __webpack_require__(4404);
// EXTERNAL MODULE: ./build/fly/api.js
var fly_api = __webpack_require__(4270);
// EXTERNAL MODULE: ./build/inputs/config-app.js
var config_app = __webpack_require__(8182);
// EXTERNAL MODULE: ./build/inputs/fly-config.js
var fly_config = __webpack_require__(5388);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/report/finding.js + 1 modules
var finding = __webpack_require__(3463);
// EXTERNAL MODULE: ./build/report/findings-log.js
var findings_log = __webpack_require__(9126);
// EXTERNAL MODULE: ./build/fly/machines.js + 1 modules
var fly_machines = __webpack_require__(1616);
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
async function checkFly(api, now) {
    const make = `make one with ${(0,advice/* tokenCommand */.xJ)(api.app)}, and store it as a secret`;
    const pass = 'with:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}';
    if (api.token === '') {
        const words = 'There is no Fly.io token: the input `fly-api-token` and the variable FLY_API_TOKEN are empty.';
        const why = 'Secrets are empty in runs that a fork started, and in a job without the `environment:` that holds them.';
        return {
            findings: [
                {
                    area: 'Fly.io token',
                    mark: 'bad',
                    code: 'fly-token-missing',
                    words,
                    fix: `${make}:\n${pass}\n${why}`,
                },
                {
                    area: 'Fly.io app',
                    mark: 'skipped',
                    code: 'app-not-checked',
                    words: 'Not looked at: there is no token to ask Fly.io with.',
                },
            ],
            machines: undefined,
        };
    }
    const facts = await readToken((0,fly_api/* bareToken */.eh)(api.token));
    const ends = expiry(facts, now, make);
    const answer = await (0,fly_api/* getJson */.Tt)(api, `/v1/apps/${encodeURIComponent(api.app)}`, limit);
    if (answer.status !== 200)
        return { findings: [...ends, refused(answer, api.app, make)], machines: undefined };
    const app = (0,json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s answer');
    const organization = app.get('organization').get('slug').maybeText();
    const others = organization === undefined ? undefined : await otherApps(api, organization);
    const findings = [
        fly_finding('Fly.io token', 'ok', 'token-accepted', `Fly.io takes the token for app "${api.app}".`),
        scope(facts, others, api.app, make),
        ...ends,
    ];
    const where = organization === undefined ? '' : ` in organization "${organization}"`;
    findings.push(fly_finding('Fly.io app', 'ok', 'app-exists', `App "${api.app}" exists${where}.`));
    try {
        const machines = await (0,fly_machines/* listMachines */.bO)(api);
        return { findings: [...findings, fleet(machines)], machines };
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return {
            findings: [...findings, { ...fly_finding('Fly.io app', 'bad', error.code, error.found), fix: error.fix }],
            machines: undefined,
        };
    }
}
const fly_finding = (area, mark, code, words, fix) => ({
    area,
    mark,
    code,
    words,
    ...(fix === undefined ? {} : { fix }),
});
const limit = 4 * 1024 * 1024;
function refused({ status, body }, app, make) {
    const said = body.toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 200);
    const words = (what) => `${what} (Fly.io answered ${status}${said === '' ? '' : `: ${said}`}).`;
    switch (status) {
        case 401:
            return fly_finding('Fly.io token', 'bad', 'fly-unauthorized', words('Fly.io does not know this token: it was revoked, ran out, or is not whole'), `${make}:\nwith:\n  fly-api-token: \${{ secrets.FLY_API_TOKEN }}`);
        case 403:
            return fly_finding('Fly.io token', 'bad', 'fly-unauthorized', words(`Fly.io knows this token, and it may not see app "${app}"`), `${make}:\nwith:\n  fly-api-token: \${{ secrets.FLY_API_TOKEN }}`);
        case 404:
            return fly_finding('Fly.io app', 'bad', 'fly-app-not-found', words(`There is no app "${app}", or the token is another app’s or organization’s, which sees it as missing`), `the input \`app\`, or create the app: \`fly apps create ${app}\`. Where it exists, ${make}.`);
        default:
            return fly_finding('Fly.io app', 'skipped', 'app-not-checked', words('Not looked at: Fly.io gave no sound answer'), advice/* retryFly */.eP);
    }
}
async function otherApps(api, organization) {
    const answer = await (0,fly_api/* getJson */.Tt)(api, `/v1/apps?${new URLSearchParams({ org_slug: organization })}`, limit);
    if (answer.status !== 200)
        return undefined;
    const apps = (0,json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s answer').get('apps').items();
    return apps.filter((app) => (app.get('name').maybeText() ?? api.app) !== api.app).length;
}
function scope({ kind, apps }, others, app, make) {
    const wide = (code, words) => fly_finding('Fly.io token', 'warning', code, words, `${make}.`);
    if (kind === 'user')
        return wide('token-of-a-person', 'The token is a person’s own login: it may all that the person may, in every organization.');
    if (apps !== undefined && apps.length > 1)
        return wide('token-of-several-apps', `The token is good for ${apps.length} apps: one app’s deploy token is enough.`);
    if (apps?.length === 1)
        return fly_finding('Fly.io token', 'ok', 'token-of-one-app', 'The token is limited to one app.');
    if (others !== undefined && others > 0)
        return wide('token-sees-other-apps', `The token also sees ${(0,format/* counted */.hS)(others, 'other app')} of the organization: one app’s deploy token is enough.`);
    if (kind === 'macaroon')
        return wide('token-of-an-organization', 'The token names no app that it is limited to, so it is good for the whole organization: one app’s deploy token is enough.');
    return fly_finding('Fly.io token', 'skipped', 'token-scope-unknown', `How wide the token is was not seen: it does not say, and shows no other app than "${app}".`);
}
function expiry({ kind, expires }, now, make) {
    if (expires === undefined) {
        if (kind === 'macaroon')
            return [fly_finding('Fly.io token', 'ok', 'token-without-expiry', 'The token has no end.')];
        const words = 'When the token ends was not seen: it does not say.';
        return [fly_finding('Fly.io token', 'skipped', 'token-expiry-unknown', words)];
    }
    const date = Number.isNaN(new Date(expires).valueOf())
        ? 'a far day'
        : new Date(expires).toISOString().slice(0, 10);
    const change = `${make}. \`--expiry 8760h\` is a year.`;
    if (expires <= now)
        return [fly_finding('Fly.io token', 'bad', 'token-expired', `The token ended on ${date}.`, change)];
    const days = Math.floor((expires - now) / day);
    return days < 14
        ? [
            fly_finding('Fly.io token', 'warning', 'token-expires-soon', `The token ends on ${date}, in ${(0,format/* counted */.hS)(days, 'day')}.`, change),
        ]
        : [fly_finding('Fly.io token', 'ok', 'token-expires-later', `The token ends on ${date}.`)];
}
function fleet(machines) {
    const images = Map.groupBy(machines, ({ image, digest }) => `${image}@${digest ?? '?'}`);
    if (machines.length === 0)
        return fly_finding('Fly.io app', 'ok', 'app-without-machines', 'It has no machine yet: the first deploy makes them.');
    const list = [...images].map(([name, some]) => `${name} (${(0,format/* counted */.hS)(some.length, 'machine')})`);
    return images.size === 1
        ? fly_finding('Fly.io app', 'ok', 'app-on-one-image', `All of it runs one image: ${list[0]}.`)
        : fly_finding('Fly.io app', 'warning', 'app-on-several-images', `Its ${machines.length} machines run ${images.size} images: ${list.slice(0, 5).join(', ')}${images.size > 5 ? ', …' : ''}.`, 'a deploy mends this. What makes it are two deploys at once, or one that stopped half-way: see `concurrency:` below.');
}

// EXTERNAL MODULE: ./build/github/client.js + 1 modules
var client = __webpack_require__(9968);
// EXTERNAL MODULE: ./build/lib/http.js
var http = __webpack_require__(9874);
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
const examples = (tags) => tags.slice(-shown).join(', ');
function commitTags(tags, { shaTag }, branch) {
    const whole = shaTag.includes('{full-sha}');
    const digits = (0,tag_template/* digitsFor */.CB)(shaTag);
    return tags.filter((tag) => {
        const commit = (0,tag_template/* commitInTag */.P$)(tag, shaTag, branch);
        return (commit !== undefined &&
            (whole ? commit.length === 40 || commit.length === 64 : commit.length === digits));
    });
}
function tagFindings(given, inputs, branch) {
    const { tags } = (0,commit_tags/* imageTags */.rK)(given);
    if (tags.length === 0) {
        const fix = `the build, which must push one before anything can be deployed:\n${(0,metadata_lines/* metadataLines */.r)(inputs.shaTag)}`;
        return [
            {
                area: 'Image',
                mark: 'bad',
                code: 'repository-without-tags',
                words: 'The repository has no tag yet.',
                fix,
            },
        ];
    }
    return [
        ...((0,tag_template/* namesCommit */.yF)(inputs.shaTag) ? [ofCommits(tags, inputs, branch)] : []),
        ...ofMoving(tags, inputs, branch),
    ];
}
function ofCommits(tags, inputs, branch) {
    const { shaTag } = inputs;
    const ours = commitTags(tags, inputs, branch);
    if (ours.length > 0) {
        const words = `\`sha-tag\` "${shaTag}" fits ${(0,format/* counted */.hS)(ours.length, 'tag')} of branch "${branch}", e.g. ${examples(ours)}.`;
        return { area: 'Image', mark: 'ok', code: 'commit-tags-found', words };
    }
    const shape = (0,commit_tags/* shapeOf */.F5)(tags, branch);
    const found = `None of the repository’s ${(0,format/* counted */.hS)(tags.length, 'tag')} is what \`sha-tag\` "${shaTag}" makes for branch "${branch}"`;
    const build = `let the build make the tags that this step looks for:\n${(0,metadata_lines/* metadataLines */.r)(shaTag)}`;
    if (shape === undefined)
        return {
            area: 'Image',
            mark: 'bad',
            code: 'commit-tags-missing',
            words: `${found}, and \`sha-tag\` can describe none: ${examples(tags)}.`,
            fix: build,
        };
    const lines = [
        ...(shape.branch === undefined ? [] : [`  branch: ${quoted(shape.branch)}`]),
        ...(shape.template === (0,tag_template/* plainTemplate */.Hf)(shaTag) ? [] : [`  sha-tag: ${quoted(shape.template)}`]),
    ];
    return {
        area: 'Image',
        mark: 'bad',
        code: 'commit-tags-of-other-form',
        words: `${found}; there are ${examples(shape.tags)}.`,
        fix: `take the tags that there are:\nwith:\n${lines.join('\n')}\nOr ${build}`,
    };
}
const quoted = (text) => `"${text}"`;
function ofMoving(tags, { manualSelect }, branch) {
    const filled = (text) => text.replaceAll('{branch}', (0,tag_template/* cleanBranch */.Y8)(branch));
    const area = 'Image';
    switch (manualSelect.form) {
        case 'newest': {
            const pattern = filled(manualSelect.pattern);
            const newest = (0,newest_tag.newestTag)(tags, pattern).tag;
            if (newest !== undefined) {
                const words = `A run by hand would deploy ${newest}, the newest tag like "${pattern}".`;
                return [{ area, mark: 'ok', code: 'newest-tag-found', words }];
            }
            const words = `No tag is like "${pattern}" of \`manual-select\`, so a run by hand would find no image.`;
            const fix = "with:\n  manual-select: 'newest:{branch}-*'";
            return [{ area, mark: 'warning', code: 'newest-tag-missing', words, fix }];
        }
        case 'tag': {
            const moving = filled(manualSelect.tag);
            if (tags.includes(moving)) {
                const words = `The moving tag "${moving}" is there, for runs by hand.`;
                return [{ area, mark: 'ok', code: 'moving-tag-found', words }];
            }
            const words = `The moving tag "${moving}" is not there, so a run by hand would find no image.`;
            const fix = 'a line more in the build:\n- uses: docker/metadata-action@v6\n  with:\n    tags: |\n      type=ref,event=branch\nOr name another one in the step: `with: manual-select: tag:…`.';
            return [{ area, mark: 'warning', code: 'moving-tag-missing', words, fix }];
        }
        default:
            return [];
    }
}

;// CONCATENATED MODULE: ./build/doctor/github.js





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
            finding('skipped', 'github-token-missing', 'Not looked at: there is no `github-token`, so that no run can tell an outdated build.', 'leave the input `github-token` out: the job’s own is its default.'),
        ];
    const github = (0,client/* githubOf */.z)(rt, inputs.githubToken, http/* policies */.R3.githubCheck);
    const head = await github.branchHead(branch);
    const status = typeof head === 'string' ? 200 : head.status;
    const lines = 'permissions:\n  contents: read';
    if (status === 401)
        return [
            finding('warning', 'github-token-unknown', 'GitHub does not know the `github-token` (401).', 'leave the input `github-token` out: the job’s own is its default.'),
        ];
    if (status === 403 || status === 404)
        return [
            finding('warning', 'github-token-without-contents', `The job’s token may not read this repository’s commits (${status}), so that no run can tell an outdated build.`, lines),
        ];
    if (status === 422)
        return [
            finding('bad', 'branch-missing', `The repository has no branch "${branch}", whose builds are to be deployed.`, '`with: branch:`; left out, it is the repository’s default branch.'),
        ];
    if (typeof head !== 'string')
        return [
            finding('skipped', 'github-not-checked', `Not looked at: GitHub answered ${status} for the head of branch "${branch}".`),
        ];
    const well = finding('ok', 'github-token-accepted', `The job’s token reads this repository’s commits; the head of branch "${branch}" is ${head}.`);
    const whole = (0,reference/* namesImage */.Gc)(inputs.image);
    if (whole || !(0,tag_template/* namesCommit */.yF)(inputs.shaTag) || commitTags(tags, inputs, branch).length === 0)
        return [well];
    const possible = (0,tag_template/* renderTags */.Ep)(inputs.shaTag, { branch, commit: head });
    const tag = possible.find((each) => tags.includes(each));
    if (tag !== undefined)
        return [
            well,
            {
                area: 'Image',
                mark: 'ok',
                code: 'head-with-image',
                words: `The head of branch "${branch}" has its image, ${tag}.`,
            },
        ];
    const words = `The head of branch "${branch}" has no image ${possible[0]}: it is not built yet, its build failed, or a \`paths:\` filter left it out.`;
    return [
        well,
        {
            area: 'Image',
            mark: 'warning',
            code: 'head-without-image',
            words,
            fix: 'look at the build of that commit; a run by hand deploys the moving tag meanwhile.',
        },
    ];
}

// EXTERNAL MODULE: ./build/github/links.js
var links = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/image/resolve.js + 1 modules
var resolve = __webpack_require__(9506);
// EXTERNAL MODULE: ./build/image/tag-list.js
var tag_list = __webpack_require__(5719);
// EXTERNAL MODULE: ./build/mirror/errors.js
var errors = __webpack_require__(7427);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 2 modules
var mirror_mirror = __webpack_require__(8562);
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
    const would = `This run would deploy ${(0,reference/* formatReference */.FH)(image.reference)}, ${image.digest}.`;
    const found = [{ area: 'Image', mark: 'ok', code: 'image-found', words: would }];
    if (beside?.kind === 'differs')
        found.push({
            area: 'Image',
            mark: 'warning',
            code: 'image-of-other-commit',
            words: `It ${(0,revision/* sayingOf */.NM)(beside.image)} ${(0,revision/* oneWord */.ZH)(beside.image.commit)}, and the event is about ${beside.event}.`,
            fix: '`with: check-revision: require` to fail then.',
        });
    if (attested === undefined)
        return found;
    if (attested.kind === 'not-attested') {
        const { found: words, fix } = attested.error;
        return [...found, { area: 'Image', mark: 'warning', code: 'image-not-attested', words, fix }];
    }
    const words = `The image is attested: ${attested.signer} built it from commit ${attested.commit} for ${attested.ref}${(0,attestation_words/* runnerWords */.G)(attested.runner, ', on ')}.`;
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
    findings.push(...(await (0,finding/* findingsOf */.WX)('Image', async () => {
        if (own) {
            tags = [];
            const words = `Not looked at: the tags of ${name}, as Fly.io’s registry lists none.`;
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
                words: `There is no repository ${name} yet (404).`,
                fix: 'the build must push an image first; or name another repository: `with: image:`.',
            },
        ];
    })));
    if (tags === undefined) {
        const words = 'Not looked at: tags and images, as the repository could not be read.';
        findings.push({ area: 'Image', mark: 'skipped', code: 'images-not-checked', words });
        return { findings, private: undefined, tags: [] };
    }
    const isPublic = own || session.identity === 'anonymous';
    if ((0,mirror_mirror/* needsMirror */.l)(inputs.mirror, { repository: { host, path }, public: isPublic }, mirror))
        findings.push(...(await (0,finding/* findingsOf */.WX)('Image', () => copyTarget(rt, inputs, mirror))));
    const named = (0,reference/* namesImage */.Gc)(inputs.image) || (inputs.select !== undefined && inputs.select.form !== 'commit');
    if (!named && !own)
        findings.push(...tagFindings(tags, inputs, branch));
    const lookAt = (what) => (0,resolve/* resolveImage */.A)(what, { ...inputs, waitForImage: 0 }, {
        repositoryUrl: (0,links/* linksOf */.h)(rt).repositoryUrl,
        eventCommit: undefined,
        branch,
        buildRef: { kind: 'branch' },
    }, { ...quiet(rt), session });
    if (trigger !== undefined)
        findings.push(...(await (0,finding/* findingsOf */.WX)('Image', () => meant(rt, inputs, trigger, facts))));
    if (inputs.attestation.mode !== 'off' && facts.known.image === undefined) {
        const words = 'Not looked at: the attestation, as there is no image of this run.';
        findings.push({ area: 'Image', mark: 'skipped', code: 'attestation-not-checked', words });
    }
    const any = facts.known.image ?? (await newest(tags, inputs, branch, session, lookAt).catch(said(findings)));
    if (any !== undefined)
        findings.push(...contents(any, inputs));
    return { findings, private: !isPublic, tags };
}
const said = (findings) => (error) => {
    if (!(error instanceof user_error/* UserError */.yo))
        throw error;
    findings.push((0,finding/* findingOf */.hD)('Image', 'bad', error));
};
function visibility(name, session, { mirror }, to) {
    if (session.identity === 'anonymous')
        return [
            {
                area: 'Image',
                mark: 'ok',
                code: 'image-public',
                words: `${name} is public: Fly.io, which pulls without a login, can pull it${mirror === 'always' ? '; it is copied all the same, as `mirror` is "always"' : ''}.`,
            },
        ];
    const who = session.username === undefined ? 'a login' : `the login "${session.username}"`;
    if (mirror === 'never') {
        const fix = 'take `mirror: never` away, or make the package public: Package settings → Change visibility.';
        return [
            {
                area: 'Image',
                mark: 'bad',
                code: 'image-not-public',
                words: `${name} is private: ${who} reads it, and Fly.io, which has none, cannot pull it.`,
                fix,
            },
        ];
    }
    return [
        {
            area: 'Image',
            mark: 'ok',
            code: 'image-private',
            words: `${name} is private: ${who} reads it, and a deploy copies it to ${(0,reference/* formatReference */.FH)(to)}.`,
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
                words: `Not looked at: ${name}, where images would be copied to, as there is no Fly.io token.`,
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
        return [(0,finding/* findingOf */.hD)('Image', (0,hosts/* passesByItself */.uj)(answer) ? 'skipped' : 'bad', error)];
    }
    const words = `${name} takes the Fly.io token. Whether it lets it push shows only when an upload is begun, and none was.`;
    return [{ area: 'Image', mark: 'ok', code: 'mirror-accepts-token', words }];
}
async function newest(tags, inputs, branch, session, lookAt) {
    const ours = commitTags(tags, inputs, branch);
    const { tags: images } = (0,commit_tags/* imageTags */.rK)(tags);
    const some = ours.length > 0 ? ours : ((0,commit_tags/* shapeOf */.F5)(images, branch)?.tags ?? images);
    const tag = (await (0,tag_list/* newestOf */.su)(session, some))[0]?.tag;
    if (tag === undefined)
        return undefined;
    const { repository } = session;
    return lookAt({
        source: 'reference',
        by: 'event',
        repository,
        reference: { ...repository, tag },
        commit: undefined,
        pin: true,
    });
}
function contents({ repository, tag, digest, revision }, { checkRevision }) {
    const name = (0,reference/* formatReference */.FH)({ ...repository, ...(tag === undefined ? { digest } : { tag }) });
    const amd64 = {
        area: 'Image',
        mark: 'ok',
        code: 'image-for-amd64',
        words: `${name} holds linux/amd64.`,
    };
    if (revision !== undefined)
        return [
            amd64,
            {
                area: 'Image',
                mark: 'ok',
                code: 'image-names-commit',
                words: `${name} says that it was built from ${revision.commit} (${revision.from}).`,
            },
        ];
    if (checkRevision === 'off')
        return [amd64];
    const fix = 'the build:\n- uses: docker/build-push-action@v7\n  with:\n    labels: ${{ steps.meta.outputs.labels }}';
    const words = `${name} has no label or annotation org.opencontainers.image.revision of this repository, so that its tag is all that names its commit, unless BuildKit’s provenance does.`;
    return [amd64, { area: 'Image', mark: 'warning', code: 'image-without-commit', words, fix }];
}

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
const spelled = (text) => text.replace(/[\uE000\uE002\uE004]/g, (mark) => mark === branchMark ? '${{ github.ref_name }}' : mark === fullMark ? '${{ github.sha }}' : '${{ … }}');
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
        : `\`${name}\` is "${spelled(given)}" instead of ${values.map((value) => `"${value}"`).join(' or ')}`;
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
function triggerFindings(on, { branch, allowEvents, workflows }, add) {
    for (const [event, value] of eventsOf(on)) {
        if (event === 'workflow_run')
            workflowRun(value, branch, workflows, add);
        if (event === 'push' &&
            !value.get('branches').there &&
            !value.get('branches-ignore').there &&
            !value.get('tags').there)
            add('warning', 'push-of-any-branch', value, 'A push to any branch starts this workflow, and only one branch is deployed: each other run is refused.', `on:\n  push:\n    branches: [${branch}]`);
        if (event === 'pull_request_target')
            add('warning', 'pull-request-target', value, '`pull_request_target` gives runs that strangers start this repository’s secrets; such a run is never deployed unless `allow-events` says so.', `on:\n  push:\n    branches: [${branch}]`);
        if (event === 'pull_request' && !allowEvents.includes('pull_request'))
            add('warning', 'pull-request-refused', value, 'Pull requests start this workflow, and their commits are not merged: each such run is refused.', `take \`pull_request:\` out of \`on:\`; for review apps of this repository’s own branches:\nwith:\n  allow-events: pull_request`);
    }
}
function workflowRun(value, branch, workflows, add) {
    const types = value.get('types');
    if (!types.texts().includes('completed') || types.texts().length > 1)
        add('warning', 'workflow-run-not-completed', types, '`workflow_run` also starts this workflow when a build begins, and such a run is refused.', 'on:\n  workflow_run:\n    types: [completed]');
    const branches = value.get('branches');
    const patterns = branches.texts();
    if (!branches.there && !value.get('branches-ignore').there)
        add('warning', 'workflow-run-of-any-branch', value, 'The build of any branch starts this workflow, and only one branch is deployed: each other run is refused.', `on:\n  workflow_run:\n    branches: [${branch}]`);
    else if (branches.there && !patterns.some((pattern) => pattern === branch || /[*?+[\]!]/.test(pattern)))
        add('bad', 'workflow-run-of-other-branch', branches, `\`workflow_run\` is for the builds of ${patterns.join(', ')}, and branch "${branch}" is the one that is deployed.`, `on:\n  workflow_run:\n    branches: [${branch}]`);
    const names = value.get('workflows');
    if (names.texts().length === 0)
        add('bad', 'workflow-run-of-nothing', names, '`workflow_run` names no workflow that builds the image.', 'on:\n  workflow_run:\n    workflows: [Build]');
    for (const name of names.texts()) {
        if (workflows !== undefined && !workflows.includes(name))
            add('bad', 'workflow-run-of-unknown-workflow', names, `\`workflow_run\` waits for a workflow "${name}", and no file below .github/workflows has that \`name:\`; there are ${workflows.slice(0, 10).join(', ')}.`, 'on:\n  workflow_run:\n    workflows: [the `name:` of the build workflow]');
    }
}

;// CONCATENATED MODULE: ./build/doctor/workflow-file.js




const isExpression = (text) => text?.includes('${{') === true;
function workflowFindings(root, rules) {
    const findings = [];
    const add = (0,finding/* adderOf */.ku)('Workflow', rules.file, findings);
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
        if (calls.length > 0)
            return findings;
        const words = `Not looked at: job "${rules.job}" is not written in ${rules.file}, but in a workflow that it calls.`;
        return [...findings, { area: 'Workflow', mark: 'skipped', code: 'job-not-checked', words }];
    }
    concurrency(root, job, add);
    permissions(root, job, rules, add);
    condition(job, chained, add);
    if (!job.get('environment').there)
        add('warning', 'environment-missing', job, `Job "${rules.job}" has no \`environment:\`, which keeps the secret from every other job, and may ask for a review.`, 'environment: production');
    steps(job, chained, rules, add);
    return findings;
}
function concurrency(root, job, add) {
    const set = [job.get('concurrency'), root.get('concurrency')].filter(({ there }) => there);
    const [first] = set;
    if (first === undefined) {
        add('warning', 'concurrency-missing', job, 'There is no `concurrency:`: two deploys at once leave machines on both images.', (0,advice/* concurrencyLines */.XK)());
        return;
    }
    for (const each of set) {
        const cancel = each.get('cancel-in-progress');
        if (/^true$/i.test(cancel.text() ?? ''))
            add('warning', 'concurrency-cancels', cancel, '`cancel-in-progress` ends a deploy half-way, and leaves machines on both images.', (0,advice/* concurrencyLines */.XK)());
    }
    const group = first.text() ?? first.get('group').text() ?? '';
    if (/github\.(?:sha|run_id|run_number)\b|head_sha/.test(group))
        add('warning', 'concurrency-group-per-run', first.isMap ? first.get('group') : first, 'The group of `concurrency:` is another one for each run, so two deploys can be at once.', (0,advice/* concurrencyLines */.XK)());
}
function ownGroup(root, call, add) {
    const given = call.get('with');
    const apps = [
        ...`${given.get('app').text() ?? ''} ${given.get('apps').text() ?? ''}`.matchAll(/[a-z0-9-]+/g),
    ];
    for (const set of [call.get('concurrency'), root.get('concurrency')].filter(({ there }) => there)) {
        const group = set.text() ?? set.get('group').text() ?? '';
        if (apps.some(([app]) => group === `deploy-${app}`))
            add('bad', 'concurrency-group-taken', set.isMap ? set.get('group') : set, `The group "${group}" is the one that deploy-image.yml has for this app: its job would wait for the run that it is in.`, 'take this `concurrency:` away; deploys of one app take turns without it');
    }
}
function permissions(root, job, { readsPackages, readsAttestations }, add) {
    const wanted = [
        'contents',
        ...(readsPackages ? ['packages'] : []),
        ...(readsAttestations ? ['attestations'] : []),
    ];
    const lines = ['permissions:', ...wanted.map((name) => `  ${name}: read`)].join('\n');
    const set = job.get('permissions').there ? job.get('permissions') : root.get('permissions');
    if (!set.there) {
        add('warning', 'permissions-missing', job, 'There are no `permissions:`: what the job’s token may is then a setting of the repository.', lines);
        return;
    }
    if (set.text() === 'write-all')
        add('warning', 'permissions-write-all', set, 'The job’s token may write everything.', lines);
    if (set.text() !== undefined)
        return;
    const missing = wanted.filter((name) => !['read', 'write'].includes(set.get(name).text() ?? ''));
    const why = {
        contents: 'to read fly.toml and the order of commits',
        packages: 'to pull the image, unless it is public or another login is given',
        attestations: 'to read the attestation',
    };
    if (missing.length > 0) {
        const needs = missing.map((name) => `\`${name}: read\` ${why[name]}`).join(' and ');
        add('warning', 'permissions-incomplete', set, `\`permissions:\` lacks ${needs}.`, lines);
    }
}
function condition(job, chained, add) {
    if (!chained || /conclusion\s*==\s*['"]success['"]/.test(job.get('if').text() ?? ''))
        return;
    add('warning', 'condition-missing', job.get('if'), 'A build that failed starts this job too, and such a run is refused.', "if: github.event_name != 'workflow_run' || github.event.workflow_run.conclusion == 'success'");
}
function steps(job, chained, { action }, add) {
    const isOurs = (uses) => (action !== undefined && uses.toLowerCase().startsWith(`${action.toLowerCase()}@`)) ||
        /^[\w.-]+\/deploy-fly-image@/.test(uses);
    for (const step of job.get('steps').items()) {
        const used = step.get('uses');
        const uses = used.text() ?? '';
        const [name = '', ref = ''] = uses.split('@');
        if (/^(?:main|master|HEAD|latest)$/.test(ref))
            add('warning', 'action-of-a-branch', used, `${name} is taken from its branch "${ref}": whoever changes it runs in a job that holds the token.`, `uses: ${name}@ a release’s tag, or better its commit`);
        if (name === 'actions/checkout' && chained) {
            const wanted = step.get('with').get('ref');
            if (!/head_sha/.test(wanted.text() ?? ''))
                add('warning', 'checkout-of-head', wanted.there ? wanted : used, 'On `workflow_run` this checks out the default branch’s head, whose fly.toml may be newer than the image.', '- uses: actions/checkout@v7\n  with:\n    ref: ${{ github.event.workflow_run.head_sha || github.sha }}');
        }
        const token = step.get('with').get('fly-api-token');
        if (isOurs(uses) && token.text() !== undefined && !isExpression(token.text()))
            add('bad', 'token-in-workflow', token, 'The Fly.io token is written into the workflow: everybody who reads the repository has it. Revoke it.', 'with:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}');
    }
}

;// CONCATENATED MODULE: ./build/doctor/build-file.js







const metadata = 'docker/metadata-action';
const buildPush = 'docker/build-push-action';
const builds = (root) => callsOf(root, 'build-image').length > 0 || stepsOf(root).some(({ step }) => usesOf(step) === buildPush);
function buildFindings(root, rules) {
    const findings = [];
    const add = (0,finding/* adderOf */.ku)('Build', rules.file, findings);
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
            add('bad', 'build-not-pushed', given.get('push'), 'This step builds an image and pushes it nowhere.', 'with:\n  push: true');
        if (!given.get('labels').there && rules.checkRevision !== 'off')
            add('warning', 'build-without-labels', at, 'The image gets no labels, so that it does not say which commit it was built from.', 'with:\n  labels: ${{ steps.meta.outputs.labels }}');
        const platforms = given.get('platforms');
        const arm = /(?:^|-)arm/.test(job.get('runs-on').text() ?? '');
        if (platforms.there
            ? !isExpression(platforms.texts().join()) && !/\blinux\/amd64\b(?!\/)/.test(platforms.texts().join())
            : arm)
            add('bad', 'build-other-platform', platforms.there ? platforms : at, `The image is built for ${platforms.there ? platforms.texts().join(', ') : 'the runner’s own processor, an Arm'}, and Fly.io runs linux/amd64 alone.`, 'with:\n  platforms: linux/amd64');
    }
    return findings;
}
function called(call, { shaTag }, add) {
    const given = call.get('with');
    if (/^false$/i.test(given.get('push').text() ?? ''))
        add('bad', 'build-not-pushed', given.get('push'), 'This call builds an image and pushes it nowhere.', 'with:\n  push: true');
    const platforms = given.get('platforms').text();
    if (platforms !== undefined && !isExpression(platforms) && !/\blinux\/amd64\b(?!\/)/.test(platforms))
        add('bad', 'build-other-platform', given.get('platforms'), `The image is built for ${platforms}, and Fly.io runs linux/amd64 alone.`, 'with:\n  platforms: linux/amd64');
    const fits = (0,tag_template/* plainTemplate */.Hf)(shaTag) === '{branch}-{sha}';
    if ((0,tag_template/* namesCommit */.yF)(shaTag) && !fits && !given.get('tags').there)
        add('bad', 'build-other-tags', call, `build-image.yml gives a commit’s image the tag {branch}-{sha}, and \`sha-tag\` looks for "${shaTag}".`, 'leave `sha-tag` out, or name more tags: `with: tags:`');
}
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
        add('skipped', 'build-tags-not-checked', root.get('jobs'), `Not looked at: which tags this build writes, as it has no ${metadata}.`);
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
        const words = `The build’s docker/metadata-action fails. ${faults.join(' ')}`;
        add('bad', 'build-tags-invalid', at, words, `the build:\n${(0,metadata_lines/* metadataLines */.r)(shaTag)}`);
        return;
    }
    const wanted = (0,tag_template/* plainTemplate */.Hf)(shaTag);
    const written = read.flatMap((each) => each.made);
    if (written.some(({ template, always }) => template === wanted && always))
        return;
    if (written.some(({ template }) => template === wanted || template === undefined)) {
        add('skipped', 'build-tags-unknown', at, `Whether this build writes what \`sha-tag\` "${shaTag}" looks for was not determined: that depends on expressions that only GitHub can evaluate.`);
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
        ? ''
        : `\nOr have this step look for the tags that it writes:\nwith:\n  sha-tag: "${other}"`;
    const what = known.map((template) => `"${template}"`).join(', ');
    add('bad', known.length === 0 ? 'build-without-commit-tag' : 'build-other-tags', at, `The build writes ${what === '' ? 'no tag of a commit' : what}, and \`sha-tag\` looks for "${shaTag}".`, `the build${without}:\n${lines}${instead}`);
}
const lengthVariable = 'DOCKER_METADATA_SHORT_SHA_LENGTH';
const lengthFor = (root, job, step) => [step, job, root]
    .map((part) => part.get('env').get(lengthVariable).text())
    .find((text) => text !== undefined);

;// CONCATENATED MODULE: ./build/doctor/workflows.js






const folder = '.github/workflows';
const mostFiles = 100;
async function checkWorkflows(rt, inputs, branch, isPrivate) {
    const { env } = rt;
    const { repository } = (0,links/* linksOf */.h)(rt);
    const given = env['GITHUB_WORKFLOW_REF'] ?? '';
    const file = (0,workspace/* workflowFile */.E)(given, repository);
    if (file === undefined) {
        const words = `Not looked at: the runner does not say which workflow of ${repository} this is (GITHUB_WORKFLOW_REF is "${given}").`;
        return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-unknown', words }];
    }
    const text = rt.readFile(file);
    if (text === undefined) {
        const words = `Not looked at: ${file} is not in the workspace, as the repository was not checked out.`;
        const fix = 'a step before this one:\n- uses: actions/checkout@v7';
        return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-not-checked-out', words, fix }];
    }
    const root = await (0,yaml/* readYaml */.gM)(text);
    if ('fault' in root)
        return [noYaml(file, root)];
    const others = await readAll(rt, file);
    const whole = (0,reference/* namesImage */.Gc)(inputs.image);
    const rules = {
        file,
        job: env['GITHUB_JOB'] ?? '',
        action: env['GITHUB_ACTION_REPOSITORY'] || undefined,
        branch,
        allowEvents: inputs.allowEvents,
        readsPackages: isPrivate !== false && inputs.registryLogin === undefined && inputs.githubLogin !== undefined,
        readsAttestations: inputs.attestation.mode !== 'off',
        workflows: [root, ...others.map((each) => each.root)].map((each, n) => each.get('name').text() ?? others[n - 1]?.file ?? file),
    };
    const findings = workflowFindings(root, rules);
    if (findings.length === 0) {
        const words = `${file} has what it should: triggers, \`if:\`, \`concurrency:\`, \`permissions:\`, \`environment:\` and its checkout.`;
        findings.push({ area: 'Workflow', mark: 'ok', code: 'workflow-complete', words, at: { file, line: 1 } });
    }
    const named = root.get('on').get('workflow_run').get('workflows').texts();
    const own = { file, name: root.get('name').text() ?? file, root };
    const chosen = named.length > 0
        ? others.filter(({ name }) => named.includes(name))
        : [own, ...others].filter((each) => builds(each.root));
    for (const build of chosen) {
        if (builds(build.root)) {
            const found = buildFindings(build.root, {
                ...inputs,
                file: build.file,
                shaTag: whole ? '' : inputs.shaTag,
                onDefaultBranch: inputs.branch === undefined,
            });
            const words = `${build.file} pushes an image for linux/amd64, with labels${whole ? '' : ' and with the tags that `sha-tag` looks for'}.`;
            findings.push(...(found.length > 0
                ? found
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
            const words = `Not looked at: how ${build.file} builds the image, as it has no docker/build-push-action.`;
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
            words: 'Not looked at: no workflow with docker/build-push-action was found below .github/workflows.',
        });
    return findings;
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
    words: `${file} is no YAML that can be read: ${fault}`,
    at: { file, line },
});

;// CONCATENATED MODULE: ./build/doctor/main.js












async function doctor(rt, inputs, facts) {
    const { log, clock } = rt;
    const check = (title, area, work) => facts.timed(title, async () => {
        const findings = await (0,finding/* findingsOf */.WX)(area, work);
        facts.note(findings.map((each) => (0,finding/* mapTexts */.zO)(each, log.hide)));
    });
    await check('Look at Fly.io', 'Fly.io app', async () => {
        const { machines, findings } = await checkFly((0,fly_api/* flyApi */.mH)(rt, inputs), clock.now());
        if (machines !== undefined)
            facts.keep('before', machines);
        return findings;
    });
    await check('Look at the config', 'Fly.io app', () => configFindings(rt, inputs));
    await check('Read the event', 'Event', () => {
        const { trigger, finding } = eventOf(rt, inputs);
        if (trigger !== undefined)
            facts.keep('trigger', trigger);
        return [finding];
    });
    const { trigger } = facts.known;
    const branch = (0,read/* branchOf */.W)(rt, inputs, trigger);
    let images;
    await check('Look at the images', 'Image', async () => {
        images = await checkImages(rt, inputs, trigger, branch, facts);
        return images.findings;
    });
    await check('Ask GitHub', 'GitHub token', () => checkGitHub(rt, inputs, branch, images?.tags ?? []));
    await check('Read the workflows', 'Workflow', () => checkWorkflows(rt, inputs, branch, images?.private));
    const { findings } = facts;
    (0,findings_log/* logFindings */.H0)(findings, log);
    return { kind: 'checked', mode: 'doctor', findings };
}
async function configFindings(rt, { app }) {
    const config = (0,fly_config/* readConfig */.X)(rt);
    if (config === undefined)
        return [
            {
                area: 'Fly.io app',
                mark: 'skipped',
                code: 'config-not-checked',
                words: 'Not looked at: there is no fly.toml, fly.json or fly.yaml in the workspace, so that flyctl takes the config that the app has at Fly.io.',
            },
        ];
    const { path } = config;
    const { name: named, line = 1 } = await (0,config_app/* appOf */.X)(config, rt.env);
    if (named === app || named === '')
        return [{ area: 'Fly.io app', mark: 'ok', code: 'config-of-app', words: `${path} is of the same app.` }];
    const fix = `one of the two:\nwith:\n  app: ${/^[a-z0-9-]+$/.test(named) ? named : 'your-app'}`;
    const words = `${path} is of app "${named}", and the input \`app\` is "${app}": it is "${app}" that is deployed, with the other’s config.`;
    const at = { file: path, line };
    return [{ area: 'Fly.io app', mark: 'warning', code: 'config-of-other-app', words, fix, at }];
}
function eventOf(rt, inputs) {
    try {
        const trigger = (0,read/* readTrigger */.v)(rt, inputs);
        if (trigger.kind === 'refused')
            return { trigger: undefined, finding: (0,finding/* findingOf */.hD)('Event', 'warning', new user_error/* UserError */.yo(trigger)) };
        if (trigger.kind === 'manual' && trigger.caution !== undefined)
            return { trigger, finding: (0,finding/* findingOf */.hD)('Event', 'warning', new user_error/* UserError */.yo(trigger.caution)) };
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
            ? ['event-deploys-newest', 'what is newest']
            : ['event-deploys-commit', `commit ${trigger.commit}`];
        const words = `A run by ${event} deploys ${what} of branch "${trigger.branch}".`;
        return { trigger, finding: { area: 'Event', mark: 'ok', code, words } };
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return { trigger: undefined, finding: (0,finding/* findingOf */.hD)('Event', 'bad', error) };
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
const compareTexts = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const compareVersions = (a, b) => (0,semver__WEBPACK_IMPORTED_MODULE_0__.compare)(a, b) || a.version.length - b.version.length || compareTexts(a.version, b.version);
const versionOf = (text) => (/^[0-9A-Za-z.-]+$/.test(text) && (0,semver__WEBPACK_IMPORTED_MODULE_0__.parse)(text)) || undefined;
function timeOf(text) {
    const [, ...parts] = /^(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[-_.T]?(\d{2})[-_.]?(\d{2})(?:[-_.]?(\d{2}))?Z?)?(?![0-9A-Za-z])/.exec(text) ?? [];
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
    const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
    return parts.length > 0 && exists && year >= 2000 && year < 2100 && second < 61
        ? [...parts.map((part) => part ?? '00'), text].join('')
        : undefined;
}


/***/ })

};

export const id = 362;
export const ids = [362];
export const modules = {

/***/ 2362:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findFlyctl: () => (/* binding */ findFlyctl)
});

// UNUSED EXPORTS: isOlder, versionIn

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(2088);
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var lib_http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/fly/flyctl/environment.js
var environment = __webpack_require__(3032);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/fly/flyctl/release.js + 1 modules
var release = __webpack_require__(3183);
;// CONCATENATED MODULE: ./build/fly/flyctl/install.js






const tool = 'flyctl-archive';
async function installFlyctl(version, deps) {
    const { env, platform, arch, log } = deps;
    const program = platform === 'win32' ? 'flyctl.exe' : 'flyctl';
    const asset = (0,release/* archiveName */.uv)(version, platform, arch);
    const cache = await Promise.all(/* import() */[__webpack_require__.e(53), __webpack_require__.e(803)]).then(__webpack_require__.bind(__webpack_require__, 803));
    const hasCache = Boolean(env['RUNNER_TOOL_CACHE']);
    const kept = hasCache ? (0,external_node_path_.join)(cache.find(tool, version, arch), asset) : '';
    const cached = isFile(kept);
    const expected = await (0,release/* expectedSum */.K8)(version, asset, deps, deps.pins);
    const archive = cached ? readKept(kept) : await (0,release/* downloadArchive */.Z)(version, asset, deps);
    const found = (0,release/* sumOf */.XN)(archive);
    if (found !== expected)
        throw cached ? otherInCache(kept, found, expected) : otherDownload(asset, found, expected);
    const folder = (0,external_node_path_.join)(env['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)(), `flyctl-${(0,external_node_crypto_.randomUUID)()}`);
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
    const file = (0,external_node_path_.join)(folder, asset);
    (0,external_node_fs_.writeFileSync)(file, archive);
    let unpacked;
    try {
        const unpack = platform === 'win32' ? cache.extractZip : cache.extractTar;
        unpacked = await unpack(file, (0,external_node_path_.join)(folder, version));
    }
    catch (error) {
        throw new user_error/* UserError */.yo({
            code: 'flyctl-not-unpacked',
            found: `${asset} could not be unpacked: ${(0,user_error/* messageOf */.bD)(error)}`,
            expected: 'A runner with tar (on Windows, PowerShell) and free disk space.',
            fix: 'Install tar or free disk space on the runner, or install flyctl in an earlier step.',
        }, { cause: error });
    }
    if (!isFile((0,external_node_path_.join)(unpacked, program))) {
        throw new user_error/* UserError */.yo({
            code: 'flyctl-archive-missing',
            found: `There is no ${program} in ${asset}.`,
            expected: 'The archive of a flyctl release.',
            fix: `Use another version: \`with: flyctl-version: ${release/* pinnedVersion */.V2}\`.`,
        });
    }
    log.line(`flyctl ${version} ${cached ? 'found in the tool cache' : 'installed'}, verified by SHA-256 ${found}`);
    if (hasCache && !cached)
        await cache.cacheFile(file, asset, tool, version, arch);
    return (0,external_node_path_.join)(unpacked, program);
}
const readKept = (file) => (0,external_node_fs_.statSync)(file).size > release/* archiveLimit */.qQ ? Buffer.alloc(0) : (0,external_node_fs_.readFileSync)(file);
const otherDownload = (asset, found, expected) => new user_error/* UserError */.yo({
    code: 'flyctl-checksum-mismatch',
    found: `${asset} has the SHA-256 ${found}.`,
    expected: `${expected}, as in the release’s list. Nothing was unpacked.`,
    fix: 'Run the job again. If the checksum still differs, check for a proxy between this runner and GitHub that changes downloads, and whether the release was changed.',
});
const otherInCache = (file, found, expected) => new user_error/* UserError */.yo({
    code: 'flyctl-cache-mismatch',
    found: `${file} in this runner’s tool cache has the SHA-256 ${found}.`,
    expected: `${expected}, as in the release’s list. Nothing was unpacked. Another job on this runner, or a disk error, changed the file.`,
    fix: `Find out which job wrote the file, then remove it: \`rm ${file}\`.`,
});
function isFile(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/fly/flyctl/find.js






const leastVersion = '0.3.0';
async function findFlyctl(deps, wanted) {
    const { env, log, ask } = deps;
    const found = wanted === undefined ? deps.findProgram('flyctl') : undefined;
    const http = (0,lib_http/* makeHttp */.fK)(deps, lib_http/* policies */.R3.download);
    const path = found ?? (await installFlyctl(wanted ?? release/* pinnedVersion */.V2, { ...deps, http }));
    const { FLY_API_TOKEN: _, ...withoutToken } = (0,environment/* flyctlEnvironment */.m)(env, '');
    const answer = await ask(path, ['version', '--json'], '', withoutToken);
    const version = versionIn(answer?.stdout ?? '');
    log.line(`flyctl ${version ?? 'of an unknown version'} at ${path}`);
    checkVersion(version, path);
    return path;
}
function versionIn(stdout) {
    try {
        const { Version: version } = JSON.parse(stdout);
        return typeof version === 'string' && (0,semver.valid)(version) !== null ? version : undefined;
    }
    catch {
        return undefined;
    }
}
function checkVersion(version, path) {
    if (version === undefined || !isOlder(version, leastVersion))
        return;
    throw new user_error/* UserError */.yo({
        code: 'flyctl-too-old',
        found: `The flyctl at ${path} is version ${version}.`,
        expected: `Version ${leastVersion} or newer.`,
        fix: `Set \`with: flyctl-version: ${release/* pinnedVersion */.V2}\`, or update the step that installs flyctl.`,
    });
}
const isOlder = (version, than) => ((0,semver.parse)(version)?.compareMain(than) ?? 0) < 0;


/***/ })

};

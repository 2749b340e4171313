// Builds the plugin, the admin panel and the application, each only when something that it is made of changed.
// `--force` builds all.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bin, distDir, pluginDir, root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { buildCheckpointThread, buildSealingThread, buildVerifier } from './lib/single-files.mjs';

const plugin = path.relative(root, pluginDir);

/** In order: the panel bundles the built plugin, and the application's own code comes over what the panel's build left. */
const targets = [
  {
    name: 'plugin',
    inputs: [
      `${plugin}/package.json`,
      `${plugin}/admin`,
      `${plugin}/server`,
      'scripts/lib/single-files.mjs',
      'package-lock.json',
    ],
    outputs: [
      `${plugin}/dist/server/index.js`,
      `${plugin}/dist/admin/index.js`,
      `${plugin}/dist/admin/index.mjs`,
      `${plugin}/dist/verifier/verify.mjs`,
      `${plugin}/dist/sealing-thread/main.mjs`,
      `${plugin}/dist/sqlite-checkpoints/main.mjs`,
    ],
    build: async () => {
      await buildVerifier();
      await buildSealingThread();
      await buildCheckpointThread();
      return run([bin.strapiPlugin, 'build'], { cwd: pluginDir });
    },
  },
  {
    name: 'panel',
    inputs: ['src/admin', `${plugin}/dist/admin`, 'config/admin.ts', 'package-lock.json'],
    outputs: ['dist/build/index.html'],
    build: () => run([bin.strapi, 'build']),
  },
  {
    name: 'application',
    inputs: ['config', 'database', 'src', 'scripts/demo', 'tsconfig.json', 'package-lock.json'],
    except: [plugin, 'src/admin'],
    outputs: ['dist/src/index.js', 'dist/config/plugins.js'],
    build: () => {
      // Strapi loads whatever lies in dist: what has lost its source must go.
      for (const folder of ['config', 'database', 'scripts', 'src']) {
        rmSync(path.join(distDir, folder), { recursive: true, force: true });
      }
      return run([bin.tsc, '-p', 'tsconfig.json']);
    },
  },
];

const isTest = (file) => /\.test\.[^.]+$/.test(file);

/** Every file below a path, in a steady order. */
function filesBelow(input, except = []) {
  const absolute = path.join(root, input);
  if (except.includes(input) || !existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return isTest(input) ? [] : [input];
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesBelow(path.posix.join(input, name), except));
}

function digestOf({ inputs, except }) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesBelow(input, except))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Builds what is out of date; throws when a build fails. */
export async function buildIfNeeded({ force = false } = {}) {
  for (const target of targets) {
    const stamp = path.join(root, '.cache/build', target.name);
    const digest = digestOf(target);
    const built = target.outputs.every((output) => existsSync(path.join(root, output)));
    const upToDate = built && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
    if (upToDate && !force) {
      console.log(`${target.name}: up to date`);
      continue;
    }

    console.log(`${target.name}: building …`);
    const started = Date.now();
    rmSync(stamp, { force: true });
    const { code } = await target.build();
    const absent = target.outputs.filter((output) => !existsSync(path.join(root, output)));
    if (code !== 0) throw new Error(`${target.name}: the build failed, see above.`);
    if (absent.length) throw new Error(`${target.name}: the build left out ${absent.join(', ')}.`);
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, digest);
    console.log(`${target.name}: built in ${Math.round((Date.now() - started) / 1000)} s`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  buildIfNeeded({ force: process.argv.includes('--force') }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
